package quantum.intent.reading;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.intent.Intent.Action;
import quantum.market.Direction;

/**
 * What the words for action and side say. {@code named} is the position that they name, {@code closes} is true where
 * they say so, {@code part} where they say that a part is closed. The action is null where they name no side and no
 * close.
 */
record Wish(@Nullable Action action, @Nullable Direction named, boolean closes, boolean part) {

    /** What is to be done, or the side of the order. */
    static final String[] ACTION = {"action", "order_action"};
    /**
     * The side of the order, or of the position. {@code side} once stood where {@code action} was read, and 4,194
     * exits failed in 18 hours (INC-P13).
     */
    static final String[] SIDE = {"side", "order_side", "direction"};
    /** No word, or one such as open that names no side. */
    static final Wish NONE = new Wish(null, null, false, false);
    /** The order's side, which names no position by itself. */
    private static final Wish BUY = new Wish(Action.BUY, null, false, false);
    /** The same for the other side. */
    private static final Wish SELL = new Wish(Action.SELL, null, false, false);
    /** Sides of a position, not of an order: beside a close they name it. */
    private static final Wish LONG = new Wish(Action.BUY, Direction.LONG, false, false);

    private static final Wish SHORT = new Wish(Action.SELL, Direction.SHORT, false, false);
    private static final Wish CLOSE = new Wish(Action.CLOSE, null, true, false);
    private static final Wish CLOSE_LONG = new Wish(Action.CLOSE, Direction.LONG, true, false);
    private static final Wish CLOSE_SHORT = new Wish(Action.CLOSE, Direction.SHORT, true, false);
    /** A part of it, which another field has to name. */
    private static final Wish CLOSE_PART = new Wish(Action.CLOSE, null, true, true);

    /**
     * By {@link Spelling}. A word that is missing here makes the message a dead letter that names those which are
     * read; none of them is guessed (INC-I58).
     */
    private static final Map<String, Wish> WORDS = Map.<String, Wish>ofEntries(
            Map.entry("buy", BUY),
            Map.entry("long", LONG),
            Map.entry("enterlong", LONG),
            Map.entry("entrylong", LONG),
            Map.entry("longentry", LONG),
            Map.entry("openlong", LONG),
            Map.entry("longopen", LONG),
            Map.entry("golong", LONG),
            Map.entry("buylong", LONG),
            Map.entry("buytoopen", BUY),
            Map.entry("buyopen", BUY),
            Map.entry("openbuy", BUY),
            Map.entry("sell", SELL),
            Map.entry("short", SHORT),
            Map.entry("entershort", SHORT),
            Map.entry("entryshort", SHORT),
            Map.entry("shortentry", SHORT),
            Map.entry("openshort", SHORT),
            Map.entry("shortopen", SHORT),
            Map.entry("goshort", SHORT),
            Map.entry("sellshort", SHORT),
            Map.entry("selltoopen", SELL),
            Map.entry("sellopen", SELL),
            Map.entry("opensell", SELL),
            Map.entry("open", NONE),
            Map.entry("enter", NONE),
            Map.entry("entry", NONE),
            Map.entry("close", CLOSE),
            Map.entry("exit", CLOSE),
            Map.entry("flat", CLOSE),
            Map.entry("flatten", CLOSE),
            Map.entry("closeall", CLOSE),
            Map.entry("exitall", CLOSE),
            Map.entry("closeposition", CLOSE),
            Map.entry("exitposition", CLOSE),
            Map.entry("closetrade", CLOSE),
            Map.entry("fullclose", CLOSE),
            Map.entry("closefull", CLOSE),
            Map.entry("closeatmarket", CLOSE),
            Map.entry("closeatmarketprice", CLOSE),
            Map.entry("closetoday", CLOSE),
            Map.entry("closeyesterday", CLOSE),
            Map.entry("reduceonly", CLOSE),
            Map.entry("closelong", CLOSE_LONG),
            Map.entry("exitlong", CLOSE_LONG),
            Map.entry("longexit", CLOSE_LONG),
            Map.entry("longclose", CLOSE_LONG),
            Map.entry("selltoclose", CLOSE_LONG),
            Map.entry("sellclose", CLOSE_LONG),
            Map.entry("closebuy", CLOSE_LONG),
            Map.entry("closeshort", CLOSE_SHORT),
            Map.entry("exitshort", CLOSE_SHORT),
            Map.entry("shortexit", CLOSE_SHORT),
            Map.entry("shortclose", CLOSE_SHORT),
            Map.entry("buytoclose", CLOSE_SHORT),
            Map.entry("buytocover", CLOSE_SHORT),
            Map.entry("buyclose", CLOSE_SHORT),
            Map.entry("cover", CLOSE_SHORT),
            Map.entry("closesell", CLOSE_SHORT),
            Map.entry("reduce", CLOSE_PART),
            Map.entry("partialclose", CLOSE_PART),
            Map.entry("closepartial", CLOSE_PART),
            Map.entry("partialexit", CLOSE_PART),
            Map.entry("scaleout", CLOSE_PART),
            Map.entry("squareoff", CLOSE),
            Map.entry("unwind", CLOSE),
            Map.entry("平", CLOSE),
            Map.entry("平仓", CLOSE),
            Map.entry("平倉", CLOSE),
            Map.entry("平今", CLOSE),
            Map.entry("平昨", CLOSE),
            Map.entry("全平", CLOSE),
            Map.entry("平多", CLOSE_LONG),
            Map.entry("平空", CLOSE_SHORT),
            Map.entry("закрыть", CLOSE),
            Map.entry("закрытьлонг", CLOSE_LONG),
            Map.entry("закрытьшорт", CLOSE_SHORT));

    /** The meaning of one word, in any spelling; null if it has none. */
    static @Nullable Wish of(String word) {
        return WORDS.get(Spelling.of(word));
    }

    /** What the message says; an action that is missing is null. */
    static Wish of(Fields f) {
        Wish action = word(f, ACTION);
        Wish side = word(f, SIDE);
        if (action.action == null) {
            return side;
        }
        if (side.action == null) {
            return action;
        }
        // CLOSE beside SHORT: the position that ends.
        if (action.closes) {
            return action.named == null && side.named != null ? action.closing(side) : action;
        }
        // SELL beside exit_long: the order's side stays, and the close comes from the other field.
        if (side.closes) {
            return new Wish(action.action, side.named, true, side.part);
        }
        if (action.action == side.action) {
            return action;
        }
        // BUY beside SHORT is kept as it is: it is refused later as the exit of a short that is not marked as one.
        if (action.named == null && side.named != null) {
            return new Wish(action.action, side.named, false, false);
        }
        throw new BadField(f.nameOf(SIDE), "contradicts " + f.nameOf(ACTION));
    }

    private Wish closing(Wish side) {
        return new Wish(action, side.named, true, part);
    }

    /** What the fields of one kind say together; a side in one and another in the next is a contradiction. */
    private static Wish word(Fields f, String... names) {
        Wish found = NONE;
        for (String name : f.present(names)) {
            Wish wish = of(String.valueOf(f.text(name)));
            // direction is used for other things as well, so that a word in it that is no side says nothing.
            if (wish == null && Spelling.of(name).equals("direction")) {
                continue;
            }
            if (wish == null) {
                throw new BadField(
                        name,
                        "is '" + f.text(name) + "'; it must be BUY, SELL or CLOSE (LONG, SHORT, enter_long, exit_long,"
                                + " close_short and the like are read too)");
            }
            if (found.action != null && wish.action != null && found.action != wish.action) {
                throw new BadField(name, "contradicts another word for the same");
            }
            found = wish.action == null ? found : wish;
        }
        return found;
    }
}
