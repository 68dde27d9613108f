package quantum.book;

import java.util.function.IntSupplier;
import quantum.rules.Rules;

/**
 * The account's places for resting conditional orders (200 over all symbols, binance-usdm 4.7): stops come first, targets
 * take what is spare, and some places stay free for moves and for what others place.
 */
public final class ConditionalSlots {

    private final Rules.Slots rules;
    private final IntSupplier positions;
    private final IntSupplier beside;
    private int others;

    /** Positions take one each, for their stops; {@code beside} is what rests beside those. */
    public ConditionalSlots(Rules.Slots rules, IntSupplier positions, IntSupplier beside) {
        this.rules = rules;
        this.positions = positions;
        this.beside = beside;
    }

    /**
     * How many resting orders that are not ours the exchange has listed. Until the next list they may be more; then the
     * exchange's own refusal (-4045) makes room.
     */
    public void listed(int foreign) {
        others = foreign;
    }

    /**
     * A place for the stop of one more position, whatever targets must give theirs. An open that could have no stop is
     * refused as PROTECTION_SLOTS_TAKEN.
     */
    public boolean hasStopPlace() {
        return positions.getAsInt() + others < usable();
    }

    /** Only what is spare, since each position counts a place for its stop, laid or not. */
    public boolean hasTargetPlace() {
        return taken() < usable();
    }

    /** More is taken than may be; a target must go. */
    public boolean isOverfull() {
        return taken() > usable();
    }

    /** A stop that moves takes two places for a moment. */
    private int usable() {
        return rules.most() - rules.keptFree();
    }

    private int taken() {
        return positions.getAsInt() + beside.getAsInt() + others;
    }
}
