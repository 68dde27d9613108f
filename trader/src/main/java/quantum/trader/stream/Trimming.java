package quantum.trader.stream;

import java.time.Duration;
import quantum.record.Notice.Severity;
import redis.clients.jedis.exceptions.JedisDataException;

/** What was lost before it was delivered, and a stream that counts from the future; each is told once. */
final class Trimming {

    private static final Duration AHEAD = Duration.ofMinutes(1);

    private long told;
    private boolean ahead;

    /** By how much it corrected what Redis counts as read. */
    long look(Standing standing, IntentGroup group, IntentReceiver receiver) {
        long trimmed = standing.trimmed();
        if (trimmed > told) {
            receiver.trimmed(trimmed - told);
        }
        told = trimmed;
        long corrected = trimmed > 0 && countAsRead(standing, group) ? standing.passed() - standing.read() : 0;
        boolean now = Long.compareUnsigned(standing.last().time(), group.time() + AHEAD.toMillis()) > 0;
        if (now && !ahead) {
            receiver.noticed(
                    "intent-ids-ahead",
                    Severity.WARNING,
                    "an entry was added under the id " + standing.last()
                            + ", ahead of the clock of Redis: every later one is numbered after it; they are read all"
                            + " the same");
        }
        ahead = now;
        return corrected;
    }

    /** Redis goes on counting what was cut off as waiting; where it lets us, it is told better. */
    private boolean countAsRead(Standing standing, IntentGroup group) {
        try {
            group.moveTo(standing.delivered().toString(), standing.passed());
            told = 0;
            return true;
        } catch (JedisDataException _) {
            // A user without that right; the count of this process is enough to tell it once.
            told = standing.trimmed();
            return false;
        }
    }
}
