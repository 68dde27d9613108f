package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PositionTest {

    private final Position position = new Position("BTCUSDT", PositionSide.BOTH);

    private BigDecimal trade(String change, String price) {
        return position.trade(new BigDecimal(change), new BigDecimal(price), BigDecimal.ZERO, 1);
    }

    @Test
    void scaleInAveragesTheEntryAndPartialCloseKeepsIt() {
        trade("0.3", "100");
        trade("0.1", "120");
        assertThat(position.entryPrice()).isEqualByComparingTo("105");
        assertThat(trade("-0.2", "110")).isEqualByComparingTo("1");
        assertThat(position.amount()).isEqualByComparingTo("0.2");
        assertThat(position.entryPrice()).isEqualByComparingTo("105");
    }

    @Test
    void shortGainsWhenThePriceFalls() {
        trade("-2", "50");
        assertThat(position.unrealized(new BigDecimal("45"))).isEqualByComparingTo("10");
        assertThat(trade("2", "45")).isEqualByComparingTo("10");
        assertThat(position.flat()).isTrue();
    }

    @Test
    void orderBeyondThePositionTurnsIt() {
        trade("1", "100");
        assertThat(trade("-3", "90")).isEqualByComparingTo("-10");
        assertThat(position.amount()).isEqualByComparingTo("-2");
        assertThat(position.entryPrice()).isEqualByComparingTo("90");
    }

    @Test
    void gainsOfAWholeLifeSumUpToWhatWasPaidAndReceived() {
        var random = new SplittableRandom(7);
        for (int life = 0; life < 200; life++) {
            var cash = BigDecimal.ZERO;
            var gains = BigDecimal.ZERO;
            var fresh = new Position("X", PositionSide.BOTH);
            for (int step = 0; step < 20; step++) {
                var change = BigDecimal.valueOf(random.nextLong(-3_000, 3_001), 3);
                if (step == 19) change = fresh.amount().negate();
                if (change.signum() == 0) continue;
                var price = BigDecimal.valueOf(random.nextLong(1, 1_000_000), 4);
                cash = cash.subtract(change.multiply(price));
                gains = gains.add(fresh.trade(change, price, BigDecimal.ZERO, step));
            }
            assertThat(fresh.flat()).isTrue();
            assertThat(gains).isEqualByComparingTo(cash);
        }
    }
}
