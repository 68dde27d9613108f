package quantum.intent;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.intent.Fields.Given;

/**
 * Exit words in fields that are not made for them: in a comment, an order's id, the name of a signal or of an unknown
 * flag. They are no order to close, but whoever sends them does not mean to open.
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
            "command");

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

    /** Where a bar's close is spoken of. */
    private static final Set<String> BARS = Set.of("bar", "bars", "candle", "price", "freq", "frequency", "ohlc");

    private static final Set<String> NO_EXITS = Set.of("closest", "closer", "closely", "closet", "enclosed");
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
            "kill");
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
    private static final Set<String> TELLING = Set.of("reason", "tag", "signal", "type", "comment");
    private static final Set<String> NOTHING = Set.of("n", "off", "f", "none", "null", "n/a", "na", "-");
    private static final Set<String> AFFIRMED = Set.of("y", "on", "t");

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
            case Object flag -> isNameOfExit(field.name()) && Boolean.TRUE.equals(Fields.truth(flag));
        };
    }

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
                if (holdsFlag(inner)) {
                    return true;
                }
            } else if (isNameOfExit(name) && isAffirmed(String.valueOf(entry.getValue()))) {
                return true;
            } else if (ExitSigns.isFlat(name, entry.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTextOfExit(String name, String key, String text) {
        List<String> words = Spelling.words(text);
        if (FLAG_NAMES.contains(Spelling.of(text))) {
            return true;
        }
        if (words.stream().anyMatch(ExitWords::isExit) && !speaksOfBars(name)) {
            return true;
        }
        if (isNameOfExit(name)) {
            return isAffirmed(text) || (!isDenied(text) && !isNumber(text) && tellsOfExit(name));
        }
        return TEXTS.contains(key) && (words.stream().anyMatch(ExitWords::isReduction) || isEnd(words));
    }

    private static boolean isNameOfExit(String name) {
        return Spelling.words(name).stream().anyMatch(w -> isExit(w) || isReduction(w))
                || Spelling.of(name).contains("reduceonly");
    }

    /** {@code exit_reason} with any text; {@code close_time} is of a bar. */
    private static boolean tellsOfExit(String name) {
        return Spelling.words(name).stream().anyMatch(w -> w.startsWith("exit") || TELLING.contains(w));
    }

    private static boolean speaksOfBars(String name) {
        return Spelling.words(name).stream().anyMatch(BARS::contains);
    }

    private static boolean isExit(String word) {
        return word.startsWith("exit")
                || word.endsWith("exit")
                || (word.startsWith("clos") && !NO_EXITS.contains(word))
                || word.endsWith("close")
                || (word.endsWith("closed") && !NO_EXITS.contains(word));
    }

    private static boolean isReduction(String word) {
        return word.startsWith("flat") || word.startsWith("reduc") || word.startsWith("liquidat");
    }

    private static boolean isEnd(List<String> words) {
        return words.stream().anyMatch(ENDS::contains)
                && words.stream().allMatch(w -> ENDS.contains(w) || BESIDE_ENDS.contains(w));
    }

    private static boolean isAffirmed(String text) {
        return Boolean.TRUE.equals(Fields.truth(text))
                || AFFIRMED.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isDenied(String text) {
        return Boolean.FALSE.equals(Fields.truth(text))
                || NOTHING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("[+-]?[0-9.,]+([eE][+-]?[0-9]+)?");
    }
}
