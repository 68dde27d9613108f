package quantum.intent.reading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.intent.Intent.Action;
import quantum.market.Direction;
import quantum.market.Side;

/**
 * What in a message says that it is an exit. A field that is made to say so closes; one that only hints at it is
 * refused, because an exit that is read as an open is a position on the wrong side (INC-I43: 53 % of an account).
 *
 * @param closes it is an exit
 * @param ofOrder a flag of the order says so, whose side is then an order's side also where it is LONG or SHORT
 * @param named the position that is named by it
 * @param part a part is meant
 * @param all nothing is held afterwards
 */
record ExitSigns(boolean closes, boolean ofOrder, @Nullable Direction named, boolean part, boolean all) {

    /** Fields of a chart's bar that nothing else is called by. */
    private static final Set<String> BAR = Set.of("high", "low");

    /** Flags of an order: beside them LONG and SHORT are the order's side. */
    private static final String[] REDUCE_FLAGS = {"reduceOnly", "is_reduce_only"};
    /** A flag of the order as well; beside a trigger price it is an order that rests. */
    private static final String CLOSE_POSITION = "close_position";
    /** Flags that can mean nothing else, by {@link Spelling}; 18 spellings of an exit once opened a position (J-1). */
    private static final Set<String> FLAGS = Set.of(
            "closeorder",
            "isclose",
            "isclosing",
            "isexit",
            "closeontrigger",
            "exitorder",
            "closepos",
            "isflat",
            "closenow",
            "exitnow",
            "reduceposition");
    /** Words that exchanges use for what an order does to a position. */
    private static final String[] EFFECTS = {
        "position_action",
        "position_effect",
        "offset",
        "effect",
        "trade_side",
        "open_close",
        "type",
        "order_type",
        "ord_type"
    };

    /** The code of one letter that some write for it. */
    private static final String CLOSING_CODE = "c";

    /** Names of a part of what is held; only a close has one. */
    private static final String[] PARTS = {
        "close_fraction",
        "close_pct",
        "close_percent",
        "close_percentage",
        "close_qty",
        "close_quantity",
        "close_size",
        "exit_fraction",
        "exit_pct",
        "qty_fraction"
    };

    /** Indicates a hint of an exit in an open. */
    static final class Unmarked extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String field;
        private final String detail;

        /** The words show the producer both ways out: to mark the exit, or to leave the sign out. */
        Unmarked(String field, String what) {
            super(what, null, false, false);
            this.field = field;
            this.detail = field + " " + what + ": an exit is marked by reduceOnly true or by action CLOSE, an open must"
                    + " not look like one";
        }

        String field() {
            return field;
        }

        String detail() {
            return detail;
        }
    }

    /**
     * Reads the fields that are made to say it; the wish is what action and side say. One that cannot be read leaves
     * open whether it is an exit; where that is known otherwise it does not matter.
     */
    static ExitSigns of(Fields f, Wish wish) {
        // Kept and not thrown at once: beside a sign that can be read, one that cannot holds no exit back (law 5).
        List<BadField> doubts = new ArrayList<>();
        boolean reduces = flag(f, doubts, REDUCE_FLAGS);
        boolean closesPosition = flag(f, doubts, CLOSE_POSITION);
        ExitSigns signs = new ExitSigns(
                wish.closes() || reduces || closesPosition,
                reduces || closesPosition,
                wish.closes() ? wish.named() : null,
                wish.part(),
                false);
        for (Given field : f.named()) {
            Wish said = null;
            try {
                said = said(f, field);
            } catch (BadField e) {
                // If it is an exit by another field, the report names this one among those without effect.
                f.setAside(field.name());
                doubts.add(e);
            }
            signs = said == null ? signs : signs.with(said, field);
        }
        // Nothing says exit for certain, and something may: a lost flag that was read as false took 53 % of an
        // account (INC-I43).
        if (!signs.closes && !doubts.isEmpty()) {
            throw doubts.getFirst();
        }
        return signs;
    }

    /** A close, with what this field says of it. A state that is flat means that all of it ends. */
    private ExitSigns with(Wish said, Given field) {
        if (named != null && said.named() != null && named != said.named()) {
            throw new BadField(field.name(), "contradicts another field that names the position");
        }
        return new ExitSigns(
                true, ofOrder, named == null ? said.named() : named, part || said.part(), all || Standing.isOne(field));
    }

    /** False also where it cannot be read, which is kept as a doubt. */
    private static boolean flag(Fields f, List<BadField> doubts, String... names) {
        try {
            return Boolean.TRUE.equals(f.flag(names));
        } catch (BadField e) {
            f.setAside(names);
            doubts.add(e);
            return false;
        }
    }

    /** The close that a field says; null if it says none. */
    private static @Nullable Wish said(Fields f, Given field) {
        if (Standing.isOne(field)) {
            // The question whether it is there marks it as read: it is not among what had no effect.
            return Standing.closes(field) && f.has(field.name()) ? Wish.of("close") : null;
        }
        // A blank state is unreadable and was judged above; other blank fields say nothing.
        if (!field.isPresent()) {
            return null;
        }
        String key = Spelling.of(field.name());
        for (String effect : EFFECTS) {
            if (key.equals(Spelling.of(effect)) && field.value() instanceof String text) {
                return effect(f, field, text);
            }
        }
        // A template that nobody filled in may stand for false, which would deny the opening (B-2).
        if (ExitWords.isOpeningFlag(key) && Placeholder.isIn(field.value())) {
            throw Placeholder.refusal(field);
        }
        Wish byName = Wish.of(key);
        // A name that is a word of exit itself, as exit_long; the flags of the order were read before.
        boolean dedicated = FLAGS.contains(key)
                || (byName != null && byName.closes() && !key.equals("reduceonly") && !key.equals("closeposition"));
        if (!dedicated || (key.equals("close") && isPrice(field.value())) || isCloseOfABar(f, field)) {
            return null;
        }
        Boolean truth = Values.truth(field.value());
        f.has(field.name());
        // Whether the message opens or closes hangs on it, so that it is not passed over.
        if (truth == null) {
            throw Fields.noFlag(field);
        }
        return !truth ? null : byName == null ? Wish.of("close") : byName;
    }

    /** Null where the word does not close: open, market and the like are read, or refused, elsewhere. */
    private static @Nullable Wish effect(Fields f, Given field, String text) {
        if (Placeholder.isIn(text)) {
            throw Placeholder.refusal(field);
        }
        Wish wish = Wish.of(Spelling.of(text).equals(CLOSING_CODE) ? "close" : text);
        return wish != null && wish.closes() && f.has(field.name()) ? wish : null;
    }

    /** The close of a bar, which charts send beside open, high and low. */
    private static boolean isPrice(@Nullable Object value) {
        return Values.truth(value) == null
                && (value instanceof BigDecimal || String.valueOf(value).strip().matches("[0-9.,eE+-]+"));
    }

    /** A coin may cost exactly 1: beside the high and the low of its bar a number is the bar's close. */
    private static boolean isCloseOfABar(Fields f, Given field) {
        return field.name().equalsIgnoreCase("close")
                && ExitWords.isNumber(String.valueOf(field.value()))
                && BAR.stream()
                        .allMatch(part -> f.all().stream()
                                .anyMatch(other -> Spelling.of(other.name()).equals(part)
                                        && ExitWords.isNumber(String.valueOf(other.value()))));
    }

    /**
     * Refuses what hints at an exit.
     *
     * @throws Unmarked if something does
     */
    static void requireNone(Fields f, Wish wish, @Nullable Direction positionSide) {
        Action action = wish.action();
        Direction side = positionSide == null ? wish.named() : positionSide;
        // A BUY that names a short: whoever sends that wants to be out of it, or has mixed up two fields.
        if (isExitOf(side, action)) {
            throw new Unmarked(
                    f.nameOf("position_side", "pos_side", "hold_side", "position_idx", "side", "direction"),
                    "makes it the exit of a " + side);
        }
        for (Given field : f.all()) {
            requireOpen(f, field, action);
        }
        List<String> parts = f.present(PARTS);
        if (!parts.isEmpty()) {
            // A figure that cannot be read is refused as such, which names the slip better.
            f.number(parts.getFirst());
            throw new Unmarked(parts.getFirst(), "is of a close");
        }
        // Free texts come last: a field that is made to say it is the better one to blame.
        String speaks = ExitWords.in(
                f.all().stream().filter(field -> !isCloseOfABar(f, field)).toList());
        if (speaks != null) {
            throw new Unmarked(speaks, "speaks of an exit");
        }
    }

    /**
     * What is held after an open is of its own side, and something. A producer that says otherwise means an exit, or
     * has an idea of its position that no open may rest on (INC-I58, I-F1).
     */
    private static void requireOpen(Fields f, Given field, @Nullable Action action) {
        Standing state = Standing.of(field);
        if (state == null) {
            if (ExitWords.deniesOpening(field)) {
                throw new Unmarked(field.name(), "says that it does not open");
            }
            return;
        }
        f.has(field.name());
        if (state == Standing.FLAT) {
            throw new Unmarked(field.name(), "says that nothing is held afterwards");
        }
        if (isExitOf(state.direction(), action)) {
            throw new Unmarked(field.name(), "says that the strategy stays " + state);
        }
    }

    /** In the exchange's words BUY of a SHORT closes. */
    private static boolean isExitOf(@Nullable Direction position, @Nullable Action action) {
        return position != null && position.exit() == (action == Action.BUY ? Side.BUY : Side.SELL);
    }
}
