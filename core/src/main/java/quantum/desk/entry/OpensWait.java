package quantum.desk.entry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.guard.Verdict;
import quantum.intent.Refusal;
import quantum.record.Notice;

/**
 * Alerts when a cooldown, safe mode or the exchange begins to hold all opens back, and when nothing of them does any
 * more: opens once waited for minutes while the state said ACTIVE (O-13). Safe mode and the exchange's halts have
 * alerts of their own when they begin; a pause is alerted where it is ordered.
 */
public final class OpensWait {

    /** What holds opens back; until a person acts where the time is absent. */
    private record Cause(Refusal why, @Nullable Instant until) {}

    private final Books books;
    /**
     * What was logged last; null while nothing holds opens back. Of this process alone, so that the next one says it
     * again.
     */
    private @Nullable Cause told;

    public OpensWait(Books books) {
        this.books = books;
    }

    /** After every decision, because what holds opens back may end by a command, by a reading or by time. */
    public void look(Decision decision) {
        // It began because several positions were naked at once and ends when none is; no person has to lift it.
        if (books.readiness().isDegraded() && books.positions().all().stream().noneMatch(books::isNaked)) {
            books.readiness().setDegraded(false);
            decision.alert(
                    "protection-restored",
                    Notice.Severity.INFO,
                    "every position has a live stop again; opens are allowed",
                    "");
        }
        // No open is taken in before the start has read the exchange, so that none waits for anything here.
        if (!books.readiness().isReady()) {
            return;
        }
        Cause before = told;
        Cause now = cause(decision.now().exchange());
        told = now;
        // A cause that is prolonged has another end: the log says so, and an alert only where the cause is new.
        if (now != null && !now.equals(before)) {
            begins(now, before, decision);
        } else if (now == null && before != null) {
            decision.log(Marker.OPENS_ALLOWED, "after", before.why().name());
            decision.alert(
                    "opens-allowed", Notice.Severity.INFO, "opens are allowed again; " + before.why() + " is over", "");
        }
    }

    private void begins(Cause now, @Nullable Cause before, Decision decision) {
        Instant until = now.until();
        decision.log(Marker.OPENS_WAIT, "reason", now.why().name(), "until", words(until));
        boolean isNew = before == null || before.why() != now.why();
        // Safe mode and halts were alerted when they began.
        if (isNew && now.why() == Refusal.COOLDOWN_GLOBAL) {
            decision.alert(
                    "opens-wait", Notice.Severity.INFO, "a cooldown holds all opens back until " + words(until), "");
        }
        // Without a wake-up its end would be noticed with the next event, and a quiet market has none.
        if (until != null) {
            decision.wake(Timer.Kind.OPENS, "", Duration.between(decision.now().exchange(), until));
        }
    }

    /** Empty where only a person ends it; the log leaves an empty field out. */
    private static String words(@Nullable Instant until) {
        return until == null ? "" : until.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * The first one in the order in which {@link PreTradeChecks} refuses an open; what the operator ordered is not
     * among them.
     */
    private @Nullable Cause cause(Instant now) {
        if (books.halts().admit(now) instanceof Verdict.Refused(Refusal why, var _)) {
            return new Cause(why, books.halts().until(now));
        }
        if (books.guards().inSafeMode(now)) {
            return new Cause(Refusal.SAFE_MODE, books.guards().safeMode());
        }
        Instant cooldown = books.guards().globalCooldown();
        return cooldown != null && now.isBefore(cooldown) ? new Cause(Refusal.COOLDOWN_GLOBAL, cooldown) : null;
    }
}
