package quantum.intent;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;

/** The position that is meant, in the exchange's words; BOTH, its word of one-way mode, means none. */
final class PositionSide {

    static final String[] NAMES = {"position_side", "pos_side", "hold_side", "position_idx"};

    private PositionSide() {}

    static @Nullable Direction of(Fields f) {
        String name = f.nameOf(NAMES);
        String text = f.text(NAMES);
        return switch (text == null ? "" : text.toUpperCase(Locale.ROOT)) {
            case "", "BOTH", "NET", "0" -> null;
            case "LONG", "1" -> Direction.LONG;
            case "SHORT", "2" -> Direction.SHORT;
            default -> throw new BadField(name, "must be LONG, SHORT or BOTH");
        };
    }
}
