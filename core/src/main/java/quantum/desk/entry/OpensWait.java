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
 * Tells when a cooldown, safe mode or the exchange begins to hold all opens back, and when nothing of them does any
 * more. Safe mode and the exchange's halts have alerts of their own when they begin; a pause is told where it is ordered.
 */
public final class OpensWait {

    /** What holds opens back; until a person acts where the time is absent. */
    private record Cause(Refusal why, @Nullable Instant until) {}

    private final Books books;
    private @Nullable Cause told;

    public OpensWait(Books books) {
        this.books = books;
    }

    /** After every decision. */
    public void look(Decision decision) {
        if (books.readiness().isDegraded() && books.positions().all().stream().noneMatch(books::isNaked)) {
            books.readiness().setDegraded(false);
            decision.alert(
                    "protection-restored",
                    Notice.Severity.INFO,
                    "every position has a live stop again; opens are allowed",
                    "");
        }
        if (!books.readiness().isReady()) {
            return;
        }
        Cause before = told;
        Cause now = cause(decision.now().exchange());
        told = now;
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
        if (isNew && now.why() == Refusal.COOLDOWN_GLOBAL) {
            decision.alert(
                    "opens-wait", Notice.Severity.INFO, "a cooldown holds all opens back until " + words(until), "");
        }
        if (until != null) {
            decision.wake(Timer.Kind.OPENS, "", Duration.between(decision.now().exchange(), until));
        }
    }

    private static String words(@Nullable Instant until) {
        return until == null ? "" : until.truncatedTo(ChronoUnit.SECONDS).toString();
    }

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
