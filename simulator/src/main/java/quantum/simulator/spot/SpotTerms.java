package quantum.simulator.spot;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Side;

/** What a customer asks for; the coin of the fee is empty where none was chosen. */
public record SpotTerms(
        String clientId,
        SpotInstrument instrument,
        Side side,
        SpotType type,
        Size size,
        @Nullable BigDecimal price,
        Handling handling,
        String feeCoin) {

    /** How long it works. */
    public enum Patience {
        GOOD_TILL_CANCEL,
        IMMEDIATE_OR_CANCEL,
        FILL_OR_KILL
    }

    /** A quantity of the base coin, or an amount of the quote coin to spend. */
    public record Size(
            @Nullable BigDecimal quantity, @Nullable BigDecimal notional) {

        public static Size of(BigDecimal quantity) {
            return new Size(quantity, null);
        }
    }

    /** The time in force and the further instructions, as they were given. */
    public record Handling(Patience patience, List<String> instructions) {

        public static final Handling PLAIN = new Handling(Patience.GOOD_TILL_CANCEL, List.of());

        public Handling {
            instructions = List.copyOf(instructions);
        }

        public boolean postOnly() {
            return instructions.contains("POST_ONLY") || instructions.contains("SMART_POST_ONLY");
        }
    }

    /** The quote coin if it was chosen, else the coin that is received. */
    public String paysFeeIn() {
        return side == Side.BUY && !feeCoin.equals(instrument.quote()) ? instrument.base() : instrument.quote();
    }

    SpotTerms resized(String newClientId, BigDecimal quantity, @Nullable BigDecimal newPrice) {
        var newType = type.with(newPrice != null);
        return new SpotTerms(newClientId, instrument, side, newType, Size.of(quantity), newPrice, handling, feeCoin);
    }

    /** The order that a trigger turns into. */
    SpotTerms fired(String childId) {
        return new SpotTerms(childId, instrument, side, type.fired(), size, price, handling, feeCoin);
    }
}
