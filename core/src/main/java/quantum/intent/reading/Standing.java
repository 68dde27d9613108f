package quantum.intent.reading;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;

/**
 * What a message says is held, by the names under which charts and bots say their state. Nothing held after the order
 * is an exit, in every notation; a state that cannot be read leaves open whether it is one.
 */
enum Standing {
    /** Nothing. */
    FLAT,
    LONG,
    SHORT,
    /** Something, on a side that is not named. */
    HELD,
    /** It says something that nobody can read, and that may be "nothing". */
    UNREADABLE;

    /** Made to say what is held after the order. */
    private static final Set<String> AFTER = Set.of(
            "marketposition",
            "marketpositionsize",
            "targetposition",
            "targetpositionsize",
            "targetpositionqty",
            "positionafter",
            "positionafterorder",
            "positionafterfill",
            "positionsizeafter",
            "positionaftertrade",
            "positionqtyafter",
            "newpositionsize",
            "newpositionqty",
            "remainingposition",
            "remainingpositionsize",
            "positionleft",
            "resultingposition",
            "desiredposition",
            "finalposition",
            "finalpositionsize",
            "targetpos",
            "targetexposure",
            "targetallocation",
            "targetweight");
    /** Of these nobody knows whether it is before or after the order: nothing, where it is a figure, is but a hint. */
    private static final Set<String> SOMETIME = Set.of(
            "position",
            "positionsize",
            "netposition",
            "netpositionsize",
            "netqty",
            "positionqty",
            "positionquantity",
            "positionamt",
            "positionamount",
            "positioncontracts",
            "posqty",
            "possize",
            "positiondirection",
            "posdirection",
            "holddirection");
    /** Names that mean other things too: what cannot be read in them is no state. */
    private static final Set<String> LOOSE =
            Set.of("position", "positionsize", "positiondirection", "posdirection", "holddirection");
    /** Figures above 0 are of a long. */
    private static final Set<String> SIGNED =
            Set.of("marketposition", "targetposition", "netposition", "positionafter", "resultingposition");

    /** Words for nothing, by {@link Spelling}. */
    private static final Set<String> NOTHING = Set.of(
            "flat", "none", "no", "noposition", "nothing", "nil", "zero", "out", "cash", "neutral", "closed", "false");
    /** What may stand behind a figure: {@code 0 BTC}, {@code 0 %}. */
    private static final String UNIT = "\\s*(%|\\p{L}{0,12})";
    /** Zero in any notation: one with a decimal comma was passed over, and the exit beside it opened a short (B-2). */
    private static final Pattern ZERO = Pattern.compile("[+-]?(0[0,.' ]*|[.,]0+)([eE][+-]?[0-9]+)?" + UNIT);
    /** Any figure, with separators of thousands; its size does not matter, only its sign. */
    private static final Pattern FIGURE = Pattern.compile("[+-]?[.,]?[0-9][0-9.,'_ ]*([eE][+-]?[0-9]+)?" + UNIT);

    /** Charts write strategy_market_position as well. */
    private static String key(Given field) {
        String key = Spelling.of(field.name());
        return key.startsWith("strategy") ? key.substring("strategy".length()) : key;
    }

    /** Whether the field says what is held. */
    static boolean isOne(Given field) {
        String key = key(field);
        return AFTER.contains(key) || SOMETIME.contains(key);
    }

    /**
     * What the field says; null if it is no state, or has no value and may be absent.
     *
     * @throws BadField if it must say something and does not
     */
    static @Nullable Standing of(Given field) {
        String key = key(field);
        if (!isOne(field)) {
            return null;
        }
        if (Placeholder.isIn(field.value())) {
            throw Placeholder.refusal(field);
        }
        // A chart sends these with every message: blank is a template that was not filled in, and no absence (B-2).
        boolean chart = key.startsWith("marketposition");
        if (!chart && !field.isPresent()) {
            return null;
        }
        Standing says = field.isPresent() ? read(field.value(), SIGNED.contains(key)) : UNREADABLE;
        if (says != UNREADABLE) {
            return says;
        }
        // position: swing-7 is a name, and no state.
        if (LOOSE.contains(key)) {
            return null;
        }
        if (field.value() instanceof Twice twice) {
            throw twice.refusal(field.name());
        }
        throw new BadField(
                field.name(),
                "cannot be read: it says what is held after the order, long, short, flat or a figure, and whether this"
                        + " opens or closes hangs on it");
    }

    private static Standing read(@Nullable Object value, boolean signed) {
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? FLAT : figure(number.signum() < 0, signed);
        }
        if (value instanceof Boolean flag) {
            // false is nothing; true may be a position of either side.
            return flag ? UNREADABLE : FLAT;
        }
        String text = value instanceof String given ? given.strip() : "";
        if (ZERO.matcher(text).matches() || NOTHING.contains(Spelling.of(text))) {
            return FLAT;
        }
        if (FIGURE.matcher(text).matches()) {
            return figure(text.startsWith("-"), signed);
        }
        // The words of a side are those of an order, and so are their spellings.
        Wish wish = Wish.of(text);
        if (wish == null || wish.action() == null) {
            return UNREADABLE;
        }
        return switch (wish.action()) {
            case BUY -> LONG;
            case SELL -> SHORT;
            case CLOSE -> FLAT;
        };
    }

    /** Below zero it is a short everywhere; above zero it is a long only under names whose figures have a sign. */
    private static Standing figure(boolean negative, boolean signed) {
        return negative ? SHORT : signed ? LONG : HELD;
    }

    /** Whether it closes: of a name that may mean the time before, a word has to say so. */
    static boolean closes(Given field) {
        return of(field) == FLAT && (AFTER.contains(key(field)) || isWord(field.value()));
    }

    /** A word, and no figure with a unit behind it: "flat" is one, "0 BTC" is none. */
    private static boolean isWord(@Nullable Object value) {
        return value instanceof String text
                && text.toLowerCase(Locale.ROOT).chars().anyMatch(Character::isLetter)
                && !FIGURE.matcher(text.strip()).matches();
    }

    /** The side that is held; null where nothing is, or none is named. */
    @Nullable
    Direction direction() {
        return switch (this) {
            case LONG -> Direction.LONG;
            case SHORT -> Direction.SHORT;
            default -> null;
        };
    }
}
