package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.guard.Limits;

/**
 * Random answers, losses, drops, repetitions and waits against desk and session at once. Whatever happens, each call is
 * answered once, no order id leaves again unless it is proven undone, no exit waits without the exchange's word, and
 * when the weather clears every position has its stop.
 */
final class StormTest {

    /** Opens as often as the weather lets them: no pause is ours. */
    static final Limits EAGER = eager();

    private static Limits eager() {
        Limits seeds = Limits.DEFAULT;
        return new Limits(
                new Limits.Rates(Duration.ofMillis(1), 1000, Duration.ofMillis(1)),
                new Limits.MarginLimits(
                        seeds.margin().bufferFactor(),
                        Duration.ofMillis(1),
                        1000,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1)),
                seeds.exposure(),
                seeds.openMaxAge(),
                seeds.priceMaxAge());
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theLawsHoldInAnyWeather(long seed) {
        Storm storm = new Storm(seed);
        for (int front = 0; front < 4; front++) {
            storm.rage(400);
            storm.calm(Duration.ofMinutes(3));
        }
        storm.calm(Duration.ofMinutes(5));
        assertThat(storm.executed()).as("something happened").isPositive();
        storm.assertQuiet();
    }
}
