package quantum.trader.ledger;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was found where the reports in their streams were compared with this ledger, which each life of the service does
 * once before it reads intents: a ledger that was lost, or is an older copy, does not know its own latest ones.
 *
 * @param since nothing was forgotten before: the last record of the life that compared last
 * @param forgotten event ids that were found and told
 * @param discovered when the latest of them were, if any
 */
record Comparison(
        Instant since, Set<String> forgotten, @Nullable Instant discovered) {

    static final String KIND = "comparison";
    static final String KEY = "comparison";
    /** So many of the latest are read. */
    static final int MOST = 1_000;

    private static final int MOST_NAMED = 200;
    private static final Pattern NAMED = Pattern.compile("\"id\":\"([0-9a-f]*)\"");

    static String body(List<String> forgotten) {
        StringBuilder text = new StringBuilder("{\"forgotten\":[");
        forgotten.stream()
                .limit(MOST_NAMED)
                .forEach(event -> text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
                        .append("{\"id\":\"")
                        .append(digest(event))
                        .append("\"}"));
        return text.append("]}").toString();
    }

    /** Whether a published report was told already as one that the ledger does not know. */
    boolean knows(String eventId) {
        return forgotten.contains(digest(eventId));
    }

    private static String digest(String eventId) {
        return Chain.next("", 0, 0, KIND, KEY, eventId).substring(0, 32);
    }

    /** From the rows of the log about comparisons, the latest first, and the time of the last record of a life. */
    static Comparison of(List<LogRow> rows, LongFunction<Instant> endOfLife) {
        Set<String> forgotten = new HashSet<>();
        Instant discovered = null;
        for (LogRow row : rows) {
            Matcher named = NAMED.matcher(row.body());
            while (named.find()) {
                forgotten.add(named.group(1));
                discovered = discovered == null ? row.at() : discovered;
            }
        }
        Instant since =
                rows.isEmpty() ? Instant.MIN : endOfLife.apply(rows.getFirst().seq());
        return new Comparison(since, forgotten, discovered);
    }
}
