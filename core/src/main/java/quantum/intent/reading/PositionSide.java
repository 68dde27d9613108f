package quantum.intent.reading;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;

/** The position that is meant, in the exchange's words; BOTH, its word of one-way mode, means none. */
final class PositionSide {

    /** The names of several exchanges; one more of them once opened a position (hold_side, B-4). */
    static final String[] NAMES = {"position_side", "pos_side", "hold_side", "position_idx"};

    private PositionSide() {}

    /**
     * Null where none is meant.
     *
     * @throws BadField for any other word: in hedge mode a guess would close the wrong side (law 7)
     */
    static @Nullable Direction of(Fields f) {
        String name = f.nameOf(NAMES);
        String text = f.text(NAMES);
        return switch (text == null ? "" : text.toUpperCase(Locale.ROOT)) {
            // position_idx counts: 0 is one-way, 1 the long, 2 the short.
            case "", "BOTH", "NET", "0" -> null;
            case "LONG", "1" -> Direction.LONG;
            case "SHORT", "2" -> Direction.SHORT;
            default -> throw new BadField(name, "must be LONG, SHORT or BOTH");
        };
    }
}
