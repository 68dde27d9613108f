package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No call reads the exchange's clock: it is put together from what replies and heartbeats say beside. */
final class ExchangeClockTest {

    private static final Instant SERVER = Instant.parse("2026-11-30T12:00:00.700Z");

    private final ExchangeClock clock = new ExchangeClock();

    private void dated(long asked, long received, Instant at) {
        Duration moved = clock.dated(at.truncatedTo(ChronoUnit.SECONDS), asked, received, Instant.EPOCH);
        assertThat(moved).isNull();
    }

    private Duration error(long nanos, Instant truth) {
        return Duration.between(Objects.requireNonNull(clock.at(nanos)), truth).abs();
    }

    @Test
    void theTimeIsNotKnownBeforeTheFirstReply() {
        assertThat(clock.isKnown()).isFalse();
        assertThat(clock.at(0)).isNull();
        assertThat(new Script().session.exchangeTime(0)).isNull();
    }

    @Test
    void oneDateIsGoodToHalfASecondAndHalfTheWay() {
        dated(0, 200_000_000, SERVER.plusMillis(100));
        assertThat(error(0, SERVER)).isLessThanOrEqualTo(Duration.ofMillis(600));
    }

    @Test
    void manyDatesAreGoodToAFewMilliseconds() {
        Random random = new Random(7);
        long nanos = 0;
        for (int i = 0; i < 200; i++) {
            nanos += random.nextInt(2_000_000_000);
            long way = 5_000_000;
            dated(nanos, nanos + way, SERVER.plusNanos(nanos + way / 2));
        }
        assertThat(error(nanos, SERVER.plusNanos(nanos))).isLessThan(Duration.ofMillis(60));
    }

    @Test
    void aHeartbeatMakesItNarrower() {
        dated(0, 10_000_000, SERVER);
        for (int i = 1; i <= 3; i++) {
            long received = i * 30_000_000_000L;
            clock.beat(SERVER.plusNanos(received).minusMillis(20).toEpochMilli(), received);
            assertThat(error(received, SERVER.plusNanos(received))).isLessThan(Duration.ofMillis(600));
        }
    }

    @Test
    void anIdThatIsNoTimeMovesNothing() {
        dated(0, 10_000_000, SERVER);
        Instant before = clock.at(0);
        clock.beat(1, 0);
        clock.beat(Long.MAX_VALUE, 0);
        clock.beat(-5, 0);
        assertThat(clock.at(0)).isEqualTo(before);
    }

    @Test
    void aJumpIsPublishedAndTheNewTimeCounts() {
        dated(0, 10_000_000, SERVER);
        long later = 5_000_000_000L;
        Instant jumped = SERVER.plusNanos(later).plusSeconds(30);
        Duration moved = clock.dated(jumped.truncatedTo(ChronoUnit.SECONDS), later, later + 1_000_000, Instant.EPOCH);
        assertThat(moved).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
        assertThat(error(later, jumped)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void theSessionKnowsTheExchangesTimeFromItsFirstReply() {
        Script script = new Script();
        script.begin();
        script.usually(Script.INSTRUMENTS);
        Instant known =
                Objects.requireNonNull(script.session.exchangeTime(script.now().nanos()));
        assertThat(Duration.between(known, script.server()).abs()).isLessThanOrEqualTo(Duration.ofMillis(500));
    }
}
