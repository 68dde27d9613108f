package quantum.trader.stream;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamLocation;

/** What stands in a message instead of what can be read, as the libraries of producers write it. */
final class NotJson {

    /** At the place where reading ended, or shortly before it. */
    private static final Pattern NO_NUMBER = Pattern.compile("-?(NaN|Infinity|nan|inf)\\b");

    private static final Pattern PYTHON =
            Pattern.compile("\\s*\\{\\s*'.*|.*[:,\\[]\\s*(None|True|False)\\b.*", Pattern.DOTALL);
    private static final Pattern NAME_BEFORE = Pattern.compile("\"([^\"]{1,60})\"\\s*:\\s*\\[?\\s*$");
    private static final int NEAR = 12;

    private NotJson() {}

    /** What was found where a text is no JSON; empty where nothing is known of it. */
    static String found(String text, @Nullable TokenStreamLocation end) {
        int offset = end == null ? -1 : (int) Math.min(end.getCharOffset(), text.length());
        if (offset >= 0) {
            Matcher token = NO_NUMBER.matcher(text);
            if (token.find(Math.max(0, offset - NEAR)) && token.start() <= offset) {
                return ": " + token.group() + " at character " + (token.start() + 1) + nameBefore(text, token.start())
                        + " is no number of JSON; leave the field away";
            }
        }
        if (PYTHON.matcher(text).matches()) {
            return ": it is the text of a Python dictionary; write it with json.dumps";
        }
        return offset < 0 ? "" : ": it cannot be read at character " + (offset + 1);
    }

    private static String nameBefore(String text, int at) {
        Matcher name = NAME_BEFORE.matcher(text.substring(Math.max(0, at - 80), at));
        return name.find() ? " (" + name.group(1) + ")" : "";
    }

    /** What is odd about the names of an entry's fields; null where nothing is. */
    static @Nullable String oddNames(Map<String, String> entry) {
        for (String name : entry.keySet()) {
            String odd = odd(name);
            if (odd != null) {
                return odd;
            }
        }
        return null;
    }

    private static @Nullable String odd(String name) {
        // The two bytes that begin a Java stream are no UTF-8 and come as two replacement characters.
        if (name.startsWith("\u00ac\u00ed") || name.startsWith("\ufffd\ufffd\u0000\u0005")) {
            return "the names of its fields are Java-serialized; use a StringRedisTemplate, or string serializers for"
                    + " hash keys and values";
        }
        if (name.indexOf('\ufffd') >= 0 || name.chars().anyMatch(c -> c < 0x20)) {
            return "the names of its fields are binary, as the default codec of a Redis client writes them; use its"
                    + " string codec";
        }
        if (name.length() > 2 && name.startsWith("\"") && name.endsWith("\"")) {
            return "the names of its fields are JSON texts in quotes; use a string serializer for hash keys and values";
        }
        return null;
    }
}
