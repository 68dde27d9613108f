package quantum.trader.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The process that owns the ledger started or stopped, as the log tells it. A process that was killed could not say so:
 * its end is known from the next start, and its time is that of the last thing it recorded.
 *
 * @param afterSeq the last row of the log that was recorded before it
 */
public record ProcessEvent(Kind kind, Instant at, long afterSeq) {

    static final String KIND = "process";
    static final String KEY = "process";

    /** What happened; KILLED is never recorded, it is concluded. */
    public enum Kind {
        STARTED,
        STOPPED,
        KILLED
    }

    static String body(Kind kind) {
        return "{\"event\":\"" + kind + "\",\"pid\":" + ProcessHandle.current().pid() + "}";
    }

    private static Kind kind(LogRow row) {
        return row.body().contains("\"" + Kind.STARTED + "\"") ? Kind.STARTED : Kind.STOPPED;
    }

    /** From the rows of the log about processes, each with the row recorded before it. */
    static List<ProcessEvent> of(List<LogRow> processes, LongFunction<Instant> lastBefore) {
        List<ProcessEvent> events = new ArrayList<>();
        boolean running = false;
        for (LogRow row : processes) {
            Kind kind = kind(row);
            if (kind == Kind.STARTED && running) {
                events.add(new ProcessEvent(Kind.KILLED, lastBefore.apply(row.seq()), row.seq() - 1));
            }
            running = kind == Kind.STARTED;
            events.add(new ProcessEvent(kind, row.at(), row.seq() - 1));
        }
        return events;
    }
}
