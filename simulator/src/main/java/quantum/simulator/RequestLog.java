package quantum.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Every request the exchange received; the oldest are forgotten, the count is not. */
public final class RequestLog {

    /** One request and its answer; a status of 0 says that the connection was cut. */
    public record Entry(long number, long at, Request request, int status, String answer) {}

    private static final int KEPT = 20_000;
    private static final int KEPT_ANSWER = 2_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long total;

    public void add(long at, Request request, int status, String answer) {
        total++;
        var kept = answer.length() > KEPT_ANSWER ? answer.substring(0, KEPT_ANSWER) : answer;
        entries.addLast(new Entry(total, at, request, status, kept));
        if (entries.size() > KEPT) entries.removeFirst();
    }

    public long total() {
        return total;
    }

    /** Those after this number, oldest first. */
    public List<Entry> since(long number) {
        return entries.stream().filter(entry -> entry.number > number).toList();
    }

    void clear() {
        entries.clear();
        total = 0;
    }
}
