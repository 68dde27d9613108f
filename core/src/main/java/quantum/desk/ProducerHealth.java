package quantum.desk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import quantum.decision.Decision;
import quantum.intent.Reading;
import quantum.record.Notice;

/**
 * Notices a producer that left the contract: 75 of 76 intents were refused over 16 hours, and nobody was told (INC-I47).
 * Messages are counted, not minutes, because producers may send few.
 */
final class ProducerHealth {

    private static final int LAST = 10;
    /** Beyond half of them a producer has changed its form, and it is no single slip. */
    private static final int MOST_UNREAD = LAST / 2;
    /** At so few it is over. */
    private static final int FEW_UNREAD = 2;
    /** Told no more often, however messages alternate. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** One bit a message, the latest lowest; set where it could not be understood. */
    private int unread;

    /** Alerted, and not over: that is so once few of the last messages could not be understood. */
    private boolean lasts;

    @Nullable
    private Long toldNanos;

    /**
     * The alert comes once while it lasts. It ends at fewer than it began with, so that a producer at the bound is not
     * alerted again and again.
     */
    void heard(Reading reading, Decision decision) {
        int bit = reading instanceof Reading.Understood ? 0 : 1;
        unread = (unread << 1 | bit) & (1 << LAST) - 1;
        int count = Integer.bitCount(unread);
        long now = decision.now().nanos();
        if (count > MOST_UNREAD && !lasts && (toldNanos == null || now - toldNanos >= PAUSE.toNanos())) {
            lasts = true;
            toldNanos = now;
            decision.alert(
                    "intents-unread",
                    Notice.Severity.WARNING,
                    count + " of the last " + LAST
                            + " messages could not be understood; has a producer changed its form?",
                    "");
        } else if (count <= FEW_UNREAD) {
            lasts = false;
        }
    }
}
