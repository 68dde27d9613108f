package quantum.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.VenueEvent;

/**
 * Whether the exchange is heard. A person is told at once when it is gone, and when it is back: until then everything
 * that is shown of positions and stops is as it was last seen.
 */
final class Contact {

    /** Prices, and what the exchange says of our own orders; without both nothing comes by itself any more. */
    private static final Set<String> STREAMS = Set.of("MARKET", "PRIVATE");

    /** Prices come every second, and are asked for where they do not. */
    private static final Duration SILENCE = Duration.ofSeconds(5);
    /** What lies unread behind a moment in which we stood still is read before silence is believed. */
    private static final Duration DOUBT = Duration.ofMillis(500);

    private final Set<String> down = new TreeSet<>();
    private @Nullable Instant heardAt;
    private long heardNanos;
    private boolean doubted;
    private @Nullable Instant lostAt;

    /** When the exchange last said anything; null before. */
    @Nullable
    Instant heardAt() {
        return heardAt;
    }

    /** Both streams are down, or nothing was heard for a while; until the next sign of life. */
    boolean isLost() {
        return lostAt != null;
    }

    /** Streams that are down now. */
    Set<String> down() {
        return Collections.unmodifiableSet(new TreeSet<>(down));
    }

    /** From now on silence counts. Before the session was up it meant nothing. */
    void begin(Decision decision) {
        heard(decision);
        decision.wake(Timer.Kind.CONTACT, "", SILENCE);
    }

    /** We stood still ourselves: what we did not hear in that time tells nothing of the exchange. */
    void stalled(Decision decision) {
        heardNanos = decision.now().nanos();
    }

    /**
     * Anything that the session says. The exchange's own words are a sign of life. A reading that failed, an answer
     * that was lost and what the session concludes by itself are none (O-4).
     */
    void said(VenueEvent said, Decision decision) {
        switch (said) {
            case VenueEvent.StreamLost(String stream, String cause) -> streamLost(stream, cause, decision);
            // A session that is ready has its streams open again.
            case VenueEvent.Ready _ -> {
                down.clear();
                heard(decision);
            }
            case VenueEvent.OrderAnswered(var _, var answer) -> answered(answer, decision);
            case VenueEvent.OrderQueried(var _, var answer) -> answered(answer, decision);
            case VenueEvent.OpenCancelled(var _, var answer) -> answered(answer, decision);
            case VenueEvent.ConditionalAnswered(var _, var answer) -> answered(answer, decision);
            case VenueEvent.PairAnswered(var _, var _, var answer) -> answered(answer, decision);
            case VenueEvent.ConditionalQueried(var _, var answer) -> answered(answer, decision);
            case VenueEvent.ConditionalCancelled(var _, var answer) -> answered(answer, decision);
            case VenueEvent.ReadFailed _,
                    VenueEvent.Unusable _,
                    VenueEvent.OpensHalted _,
                    VenueEvent.Unread _,
                    VenueEvent.ClockMoved _ -> {}
            default -> heard(decision);
        }
    }

    /** A refusal is the exchange's word as well. */
    private void answered(Answer<?> answer, Decision decision) {
        if (answer instanceof Answer.Accepted || answer instanceof Answer.Denied) {
            heard(decision);
        }
    }

    /**
     * A sign of life. While both streams are down, answers alone do not end the loss: prices and fills do not come by
     * themselves.
     */
    private void heard(Decision decision) {
        heardAt = decision.now().exchange();
        heardNanos = decision.now().nanos();
        doubted = false;
        Instant since = lostAt;
        if (since != null && !down.containsAll(STREAMS)) {
            lostAt = null;
            decision.alert(
                    "exchange-back",
                    Notice.Severity.INFO,
                    "the exchange is heard again after "
                            + Duration.between(since, decision.now().exchange()).toSeconds() + " s",
                    "");
        }
    }

    /** One stream reconnects by itself while the other speaks on; the loss of both is alerted at once. */
    private void streamLost(String stream, String cause, Decision decision) {
        decision.log(Marker.STREAM_LOST, "stream", stream, "cause", cause);
        down.add(stream);
        if (down.containsAll(STREAMS)) {
            lost("its streams are lost: " + cause, decision);
        }
    }

    /**
     * The wake-up that looks for silence. It is believed at the second look: frames that came while we stood still lie
     * unread behind this wake-up.
     */
    void woken(Decision decision) {
        Duration left = SILENCE.minus(decision.now().since(heardNanos));
        if (left.isPositive()) {
            decision.wake(Timer.Kind.CONTACT, "", left);
        } else if (doubted) {
            lost(
                    "nothing was heard of it for "
                            + decision.now().since(heardNanos).toSeconds() + " s",
                    decision);
            decision.wake(Timer.Kind.CONTACT, "", SILENCE);
        } else {
            doubted = true;
            decision.wake(Timer.Kind.CONTACT, "", DOUBT);
        }
    }

    /** One alert for as long as it lasts. Nothing is cancelled: what rests on the exchange protects without us. */
    private void lost(String words, Decision decision) {
        if (lostAt == null) {
            lostAt = decision.now().exchange();
            decision.alert(
                    "exchange-lost",
                    Notice.Severity.CRITICAL,
                    "the exchange is gone, " + words
                            + "; stops and targets rest there as last seen, nothing opens without a price",
                    "");
        }
    }
}
