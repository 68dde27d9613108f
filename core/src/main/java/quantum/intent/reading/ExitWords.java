package quantum.intent.reading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Exit words in fields that are not made for them: in a comment, an order's id, the name of a signal or of an unknown
 * flag. They are no order to close, but whoever sends them does not mean to open. A word too many refuses an open by
 * the name of its field, and the producer can mend that; a word too few opens the wrong side (INC-I43, B-4).
 */
final class ExitWords {

    /** Free texts, in which one word may be the whole message: {@code tp}, {@code stop}, {@code roi}. */
    private static final Set<String> TEXTS = Set.of(
            "reason",
            "comment",
            "comments",
            "ordercomment",
            "signal",
            "signalname",
            "signaltype",
            "event",
            "eventname",
            "eventtype",
            "message",
            "msg",
            "note",
            "notes",
            "text",
            "tag",
            "label",
            "alert",
            "alertmessage",
            "alertname",
            "orderid",
            "ordertag",
            "trigger",
            "cause",
            "description",
            "title",
            "intent",
            "intenttype",
            "command",
            "remark",
            "remarks",
            "memo");

    /** Names that end like a free text are one: {@code strategy_order_comment}. */
    private static final Pattern TEXT =
            Pattern.compile(".*(comments?|reason|message|notes?|remarks?|memo|labels?|tag)");
    /** What somebody calls an order or a rule: a name that is nothing but the end of a position is no name. */
    private static final Pattern LABEL = Pattern.compile(
            "id|name|rule|rulename|orderkind|.*(order|signal|alert|trade|position|event)(id|name|rule)");

    /** Names and secrets, in which letters mean nothing, and what is read for its own sake. */
    private static final Set<String> SILENT = Set.of(
            "intentid",
            "traceid",
            "correlationid",
            "clientorderid",
            "newclientorderid",
            "symbol",
            "ticker",
            "pair",
            "action",
            "side",
            "secret",
            "token",
            "key",
            "hmac",
            "signature",
            "passphrase",
            "nonce",
            "producer",
            "uuid",
            "botuuid",
            "emailtoken",
            "url",
            "stoploss",
            "takeprofit",
            "ladder",
            "aiharvestpolicy",
            "harvestpolicy");

    /** Names of flags; as a value they mean that names and values of an entry have changed places. */
    private static final Set<String> FLAG_NAMES = Set.of("reduceonly", "closeposition", "closeorder", "closeontrigger");

    /** The flag in the middle of a text, as in {@code post|reduceOnly}, unless the text says that it is off. */
    private static final Pattern REDUCE_ONLY =
            Pattern.compile("(?i)reduce[\\s_-]?only(?![\"']?\\s*[=:]\\s*[\"']?(false|no|off|0))");

    /** Several words that mean the end of a position, and single ones that mean it as a word of their own. */
    private static final Pattern PHRASES =
            Pattern.compile("\\b(square ?off|squared off|squaring off|margin ?call(ed)?|unwind|unwinding|unwound|cover"
                    + "|(book|books|booked|booking|bank|banked) (some |the |full |partial )?profits?|profit booking"
                    + "|cash(ed|ing)? out)\\b");

    /** Close and exit in plain words of other languages; {@code 平} alone is also of a level, and of an average. */
    private static final Pattern FOREIGN = Pattern.compile("(?<!水)平[仓倉多空今昨掉]|全平|清[仓倉]|[减減][仓倉]|[离離][场場]|出[场場]"
            + "|決済|手仕舞|利確|損切|청산"
            + "|^(закры|выход|выйти|выйди|фиксац|фиксир|закрит|вихід|schlie(ß|ss)(?!lich)|glattstell|ausstieg"
            + "|cerra[rdn]|cierr[ae]|salida|ferme[rtz]|fermeture|cl[oô]tur|sortie|chiud|chiusura|uscita"
            + "|fechar|feche|fechamento|saída|kapat|çık[ıi]ş|zamkn|sluit|tutup)");

    /** Where a bar's close is spoken of. */
    private static final Set<String> BARS = Set.of("bar", "bars", "candle", "price", "freq", "frequency", "ohlc");

    /** Words that only begin or end like "close". */
    private static final Set<String> NO_EXITS = Set.of("closest", "closer", "closely", "closet", "enclosed");
    /** Words for the end of a position. They count only where the whole text is made of such words. */
    private static final Set<String> ENDS = Set.of(
            "tp",
            "sl",
            "stop",
            "stopped",
            "stoploss",
            "loss",
            "takeprofit",
            "profit",
            "target",
            "roi",
            "trailing",
            "trail",
            "time",
            "timeout",
            "ladder",
            "breakeven",
            "adl",
            "settlement",
            "emergency",
            "kill",
            "止损",
            "止損",
            "止盈",
            "强平",
            "爆仓");
    /** What may stand beside them: "TP2 reached" is an exit, "profit factor 2.1 on the book" is none. */
    private static final Set<String> BESIDE_ENDS = Set.of(
            "hit",
            "take",
            "reached",
            "triggered",
            "fired",
            "filled",
            "fill",
            "full",
            "partial",
            "out",
            "order",
            "level",
            "price",
            "long",
            "short",
            "position",
            "trade",
            "by",
            "at",
            "the",
            "market");
    /** In the name of a field beside a word of exit: such a field speaks of an exit whatever its text says. */
    private static final Set<String> TELLING = Set.of("reason", "tag", "signal", "type", "comment");
    /** Written for false, beside what {@link Values} reads as false: enough for a hint, too little for a flag. */
    private static final Set<String> NOTHING = Set.of("n", "off", "f", "none", "null", "n/a", "na", "-");
    /** The same for true. */
    private static final Set<String> AFFIRMED = Set.of("y", "on", "t");

    /** Flags that it opens: where one is false it does not. */
    private static final Pattern OPENING =
            Pattern.compile("is(open|opening|entry|enter|entering|new)(order|trade|position|signal)?"
                    + "|open|opening|(entry|opening|new)(order|trade|position)");

    /** The same, where 0 may count what is open. */
    private static final Set<String> OPENING_OR_COUNT =
            Set.of("openposition", "opentrade", "openorder", "openpositions", "opensposition");

    private ExitWords() {}

    /** The first field that speaks of an exit, as the producer wrote it; null if none does. */
    static @Nullable String in(List<Given> fields) {
        for (Given field : fields) {
            if (speaks(field)) {
                return field.name();
            }
        }
        return null;
    }

    /**
     * Texts by their words, objects and lists by what lies in them, other values by the name and whether it is true.
     */
    private static boolean speaks(Given field) {
        String key = Spelling.of(field.name());
        if (SILENT.contains(key)) {
            return false;
        }
        return switch (field.value()) {
            case null -> false;
            case String text -> isTextOfExit(field.name(), key, text);
            case Map<?, ?> map -> holdsFlag(map);
            case List<?> list -> list.stream().anyMatch(e -> speaks(field, e));
            case Object flag -> isNameOfExit(field.name()) && Boolean.TRUE.equals(Values.truth(flag));
        };
    }

    /** An element counts as if it stood alone in the field: {@code tags: [scalp, exit]}. */
    private static boolean speaks(Given list, @Nullable Object element) {
        return switch (element) {
            case String text -> isTextOfExit(list.name(), Spelling.of(list.name()), text);
            case Map<?, ?> map -> holdsFlag(map);
            case null, default -> false;
        };
    }

    /** An object that is not read may still say of its order that it only reduces. */
    private static boolean holdsFlag(Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (entry.getValue() instanceof Map<?, ?> inner) {
                // Libraries nest their options; how deep, the size of a message bounds.
                if (holdsFlag(inner)) {
                    return true;
                }
            } else if (isNameOfExit(name) && isAffirmed(String.valueOf(entry.getValue()))) {
                return true;
            } else if (deniesOpeningInside(new Given(name, entry.getValue()))) {
                return true;
            }
        }
        return false;
    }

    /** What cannot be read inside of an object that is not read says nothing. */
    private static boolean deniesOpeningInside(Given inner) {
        try {
            return deniesOpening(inner);
        } catch (BadField _) {
            return false;
        }
    }

    /** Whether a field says that nothing is held, or that it does not open. */
    static boolean deniesOpening(Given field) {
        if (Standing.isOne(field)) {
            return Standing.closes(field);
        }
        // open_position: 0 may say that none is open yet; only the word false denies an opening there.
        String key = Spelling.of(field.name());
        return OPENING_OR_COUNT.contains(key)
                ? "false".equals(Values.canonical(field.value()))
                : isOpeningFlag(key) && isDenied(field.value());
    }

    /** A flag by whose name an order opens. */
    static boolean isOpeningFlag(String key) {
        return OPENING.matcher(key).matches();
    }

    /**
     * From the surest sign to the weakest. How much a word counts depends on what the field is for: "flat" is an exit
     * in a comment and a mood of the market in a field that nobody knows.
     */
    private static boolean isTextOfExit(String name, String key, String text) {
        List<String> words = Spelling.words(text);
        // The name of a flag as a value: names and values have changed places.
        if (FLAG_NAMES.contains(Spelling.of(text)) || REDUCE_ONLY.matcher(text).find()) {
            return true;
        }
        // A bar has a close too, and charts send it with every message.
        if (words.stream().anyMatch(ExitWords::isExit) && !speaksOfBars(name)) {
            return true;
        }
        // should_exit by its truth, exit_reason by its name; close_time is a number of a bar, and a flag that is off
        // says nothing.
        if (isNameOfExit(name)) {
            return isAffirmed(text) || (!isDenied(text) && !isNumber(text) && tellsOfExit(name));
        }
        // What remains are words that mean an exit only where somebody comments on an order or names it.
        boolean free = TEXTS.contains(key) || TEXT.matcher(key).matches();
        return (free && words.stream().anyMatch(ExitWords::isReduction))
                || ((free || LABEL.matcher(key).matches()) && (isEnd(words) || isPhrase(words)));
    }

    /** By whole words: "cover" is one, "recovery" is another (B-4). */
    private static boolean isPhrase(List<String> words) {
        return PHRASES.matcher(String.join(" ", words)).find();
    }

    /** By its words; reduceonly written in one is no word that could be split, and is looked for as it is. */
    private static boolean isNameOfExit(String name) {
        return Spelling.words(name).stream().anyMatch(w -> isExit(w) || isReduction(w))
                || Spelling.of(name).contains("reduceonly");
    }

    /** {@code exit_reason} with any text; {@code close_time} is of a bar. */
    private static boolean tellsOfExit(String name) {
        return Spelling.words(name).stream().anyMatch(w -> w.startsWith("exit") || TELLING.contains(w));
    }

    /** Fields about bars and prices, in which "close" is a price. */
    private static boolean speaksOfBars(String name) {
        return Spelling.words(name).stream().anyMatch(BARS::contains);
    }

    /** At either end of a word, because producers join words in both orders: exitFill, autoclose. */
    private static boolean isExit(String word) {
        return word.startsWith("exit")
                || word.endsWith("exit")
                || (word.startsWith("clos") && !NO_EXITS.contains(word))
                || word.endsWith("close")
                || (word.endsWith("closed") && !NO_EXITS.contains(word))
                || FOREIGN.matcher(word).find();
    }

    /** Weaker than exit: a regime may be FLAT, and an exposure reduced, while something is opened. */
    private static boolean isReduction(String word) {
        return word.startsWith("flat") || word.startsWith("reduc") || word.startsWith("liquidat");
    }

    /** Nothing but such words, and at least one of an end: any other word makes it a sentence about the market. */
    private static boolean isEnd(List<String> words) {
        return words.stream().anyMatch(ExitWords::isEnd)
                && words.stream().allMatch(w -> isEnd(w) || BESIDE_ENDS.contains(w));
    }

    private static boolean isEnd(String word) {
        return ENDS.contains(word) || isReduction(word);
    }

    /** True in any writing, in fields of which nobody knows the type. */
    private static boolean isAffirmed(String text) {
        return Boolean.TRUE.equals(Values.truth(text))
                || AFFIRMED.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether a flag is false in any type. */
    static boolean isDenied(@Nullable Object value) {
        return switch (value) {
            case BigDecimal number -> number.signum() == 0;
            case Boolean flag -> !flag;
            case String text -> isDenied(text);
            case null, default -> false;
        };
    }

    private static boolean isDenied(String text) {
        return Boolean.FALSE.equals(Values.truth(text))
                || NOTHING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** A time or a price under a name that sounds like an exit. */
    static boolean isNumber(String text) {
        return text.strip().matches("[+-]?[0-9.,]+([eE][+-]?[0-9]+)?");
    }
}
