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
    private static final int MOST_UNREAD = LAST / 2;
    private static final int FEW_UNREAD = 2;
    /** Told no more often, however messages alternate. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** One bit a message, the latest lowest; set where it could not be understood. */
    private int unread;

    private boolean lasts;

    @Nullable
    private Long toldNanos;

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
