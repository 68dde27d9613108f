package quantum.trader.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantum.intent.Reading;
import quantum.intent.reading.ExitMeant;
import quantum.intent.reading.Spelling;
import quantum.intent.reading.Twice;
import quantum.intent.reading.Values;
import quantum.market.Symbol;

/**
 * What can still be found in a message that cannot be read as a whole: names with their values, in whatever notation
 * and depth. It is nothing to trade by, and enough to tell that an exit is lost.
 */
final class Remains {

    /** Fields in which the whole message lies as one text, by {@link Spelling}. */
    static final List<String> WRAPPINGS = List.of("payload", "data", "details");

    private static final Pattern PAIR = Pattern.compile("(?<![\\p{L}\\p{N}_.-])([\\p{L}_][\\p{L}\\p{N}_.-]{0,60}+)"
            + "\\\\{0,3}+[\"']?+\\s{0,9}+[:=]\\s{0,9}+"
            + "(?:\\\\{0,3}+\"([^\"\\\\]{0,200}+)|\\\\{0,3}+'([^'\\\\]{0,200}+)|([^\\s\"'\\\\,;&{}\\[\\]]{1,60}+))");
    /** What serializers write before a text. */
    private static final Pattern PREFIX = Pattern.compile("^.{0,20}[\\p{Cc}\ufffd]", Pattern.DOTALL);

    private Remains() {}

    /** The same reading; of a message that ends as a dead letter, with the exits that it may have been. */
    static Reading with(Reading reading, Map<String, String> entry, Map<String, Twice> twice) {
        if (!(reading instanceof Reading.Unreadable dead) || !dead.exits().isEmpty()) {
            return reading;
        }
        List<Symbol> exits = ExitMeant.of(found(entry, twice));
        return exits.isEmpty() ? reading : new Reading.Unreadable(dead.why(), dead.field(), dead.detail(), exits);
    }

    private static Map<String, Object> found(Map<String, String> entry, Map<String, Twice> twice) {
        Map<String, Object> found = new LinkedHashMap<>();
        entry.forEach((name, value) -> {
            List<String> values = twice.containsKey(name) ? twice.get(name).values() : List.of(value);
            for (String text : values) {
                if (WRAPPINGS.contains(Spelling.of(name)) || text.strip().matches("(?s)[{\\[\"].*[:=].*")) {
                    scan(text, found);
                } else {
                    add(bare(name), bare(text), found);
                }
            }
        });
        return found;
    }

    private static void scan(String text, Map<String, Object> found) {
        Matcher pair = PAIR.matcher(text.substring(0, Math.min(text.length(), IntentMessage.MAX_BYTES)));
        while (pair.find()) {
            String quoted = pair.group(2) == null ? pair.group(3) : pair.group(2);
            add(pair.group(1), quoted == null ? pair.group(4) : quoted, found);
        }
    }

    private static void add(String name, String value, Map<String, Object> found) {
        found.merge(name, value, (earlier, _) -> switch (earlier) {
            case Twice again -> again.and(value);
            default ->
                Values.canonical(earlier).equals(Values.canonical(value))
                        ? earlier
                        : new Twice(List.of(String.valueOf(earlier), value));
        });
    }

    private static String bare(String text) {
        String bare = PREFIX.matcher(text).replaceFirst("");
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1)
                : bare;
    }
}
