package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeterminismTest {

    private static String run(long seed) {
        var trading = new Trading(SimulatorOptions.defaults().withSeed(seed));
        for (var market : trading.exchange.prices().markets())
            trading.exchange.prices().hold(market, false);
        for (int i = 0; i < 40; i++) {
            trading.market(i % 3 == 0 ? Side.SELL : Side.BUY, "0.00" + (1 + i % 5));
            trading.pass(Duration.ofMillis(137));
        }
        trading.pass(Duration.ofSeconds(30));
        return trading.exchange.snapshot();
    }

    @Test
    void sameSeedGivesTheSameLedger() {
        assertThat(run(5)).isEqualTo(run(5));
        assertThat(run(5)).isNotEqualTo(run(6));
    }

    @Test
    void walkMovesAboutAThirdOfAPercentInHalfAMinute() {
        int moved = 0;
        for (int seed = 0; seed < 50; seed++) {
            var exchange = Simulator.create(SimulatorOptions.defaults().withSeed(seed), Trading.START);
            var market = exchange.prices().market(Trading.BTC);
            var start = market.last();
            exchange.advanceTo(Trading.START + Duration.ofSeconds(60).toNanos());
            var change = market.last().subtract(start).abs().divide(start, 8, RoundingMode.HALF_EVEN);
            if (change.compareTo(new BigDecimal("0.003")) >= 0) moved++;
            assertThat(change).isLessThan(new BigDecimal("0.05"));
        }
        assertThat(moved).isBetween(10, 45);
    }
}
