package quantum.intent;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.intent.Fields.Given;
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
 */
record ExitSigns(boolean closes, boolean ofOrder, @Nullable Direction named, boolean part) {

    private static final String[] REDUCE_FLAGS = {"reduceOnly", "is_reduce_only"};
    private static final String CLOSE_POSITION = "close_position";
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

    /** Reads the fields that are made to say it; the wish is what action and side say. */
    static ExitSigns of(Fields f, Wish wish) {
        boolean reduces = flag(f, wish.closes(), REDUCE_FLAGS);
        boolean closesPosition = flag(f, wish.closes(), CLOSE_POSITION);
        ExitSigns signs = new ExitSigns(
                wish.closes() || reduces || closesPosition,
                reduces || closesPosition,
                wish.closes() ? wish.named() : null,
                wish.part());
        for (Given field : f.all()) {
            Wish said = said(f, field, signs.closes);
            if (said != null) {
                signs = signs.with(said, field);
            }
        }
        return signs;
    }

    private ExitSigns with(Wish said, Given field) {
        if (named != null && said.named() != null && named != said.named()) {
            throw new BadField(field.name(), "contradicts another field that names the position");
        }
        return new ExitSigns(true, ofOrder, named == null ? said.named() : named, part || said.part());
    }

    /** An unreadable flag leaves open whether it is an exit; where that is known it does not matter. */
    private static boolean flag(Fields f, boolean known, String... names) {
        try {
            return Boolean.TRUE.equals(f.flag(names));
        } catch (BadField e) {
            if (known) {
                f.setAside(names);
                return false;
            }
            throw e;
        }
    }

    /** The close that a field says; null if it says none. */
    private static @Nullable Wish said(Fields f, Given field, boolean known) {
        String key = Spelling.of(field.name());
        if (isFlat(field.name(), field.value())) {
            f.has(field.name());
            return Wish.of("close");
        }
        for (String effect : EFFECTS) {
            if (key.equals(Spelling.of(effect)) && field.value() instanceof String text) {
                Wish wish = Wish.of(text);
                return wish != null && wish.closes() && f.has(effect) ? wish : null;
            }
        }
        Wish byName = Wish.of(key);
        boolean dedicated = FLAGS.contains(key)
                || (byName != null && byName.closes() && !key.equals("reduceonly") && !key.equals("closeposition"));
        if (!dedicated || (key.equals("close") && isPrice(field.value()))) {
            return null;
        }
        Boolean truth = Fields.truth(field.value());
        f.has(field.name());
        if (truth == null && !known) {
            throw Fields.noFlag(field);
        }
        return !Boolean.TRUE.equals(truth) ? null : byName == null ? Wish.of("close") : byName;
    }

    /** A chart's state after its order: the strategy holds nothing any more. */
    static boolean isFlat(String name, @Nullable Object value) {
        String key = Spelling.of(name);
        return switch (key) {
            case "marketposition", "position", "targetposition" -> "flat".equals(Fields.canonical(value));
            case "marketpositionsize" -> "0".equals(Fields.canonical(value));
            default -> false;
        };
    }

    /** The close of a bar, which charts send beside open, high and low. */
    private static boolean isPrice(@Nullable Object value) {
        return Fields.truth(value) == null
                && (value instanceof BigDecimal || String.valueOf(value).strip().matches("[0-9.,eE+-]+"));
    }

    /**
     * Refuses what hints at an exit.
     *
     * @throws Unmarked if something does
     */
    static void requireNone(Fields f, Wish wish, @Nullable Direction positionSide) {
        Action action = wish.action();
        Direction side = positionSide == null ? wish.named() : positionSide;
        if (isExitOf(side, action)) {
            throw new Unmarked(
                    f.nameOf("position_side", "pos_side", "position_idx", "side", "direction"),
                    "makes it the exit of a " + side);
        }
        for (String name : List.of("market_position", "position", "target_position")) {
            Wish state = f.isText(name) ? Wish.of(String.valueOf(f.text(name))) : null;
            if (state != null && isExitOf(state.named(), action)) {
                throw new Unmarked(f.nameOf(name), "says that the strategy stays " + state.named());
            }
        }
        for (String name : f.present("position_size", "market_position_size")) {
            if ("0".equals(Fields.canonical(f.text(name)))) {
                throw new Unmarked(name, "says that nothing is held afterwards");
            }
        }
        List<String> parts = f.present(PARTS);
        if (!parts.isEmpty()) {
            throw new Unmarked(parts.getFirst(), "is of a close");
        }
        String speaks = ExitWords.in(f.all());
        if (speaks != null) {
            throw new Unmarked(speaks, "speaks of an exit");
        }
    }

    /** In the exchange's words BUY of a SHORT closes. */
    private static boolean isExitOf(@Nullable Direction position, @Nullable Action action) {
        return position != null && position.exit() == (action == Action.BUY ? Side.BUY : Side.SELL);
    }
}
