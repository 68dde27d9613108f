package quantum.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.market.Instrument.Sizing;

class InstrumentTest {

    static Instrument instrument(String tick, String step, String min, String max, String minNotional) {
        LotRule lots = new LotRule(new BigDecimal(min), new BigDecimal(max), new BigDecimal(step));
        return new Instrument(
                new Symbol("BTCUSDT"),
                true,
                Contract.perpetual("USDT"),
                new Instrument.PriceRule(new BigDecimal(tick), BigDecimal.ZERO, BigDecimal.ZERO),
                lots,
                lots,
                new BigDecimal(minNotional));
    }

    private final Instrument btc = instrument("0.10", "0.001", "0.001", "120", "100");

    @ParameterizedTest
    @CsvSource({"100, 50000, 0.002", "149.99, 50000, 0.002", "150, 50000, 0.003", "100.1, 33334, 0.003"})
    void sizeIsRoundedDownToTheStep(String usd, String price, String quantity) {
        assertThat(btc.sizeFor(new BigDecimal(usd), Price.of(price))).isEqualTo(new Sizing.Fits(Quantity.of(quantity)));
    }

    @Test
    void whatNoFilterAcceptsIsToldWithItsBound() {
        assertThat(btc.sizeFor(new BigDecimal("49"), Price.of("50000"))).isInstanceOf(Sizing.TooSmall.class);
        assertThat(btc.sizeFor(new BigDecimal("99"), Price.of("50000"))).isInstanceOf(Sizing.TooCheap.class);
        assertThat(btc.sizeFor(new BigDecimal("1e29"), Price.of("0.1"))).isInstanceOf(Sizing.TooLarge.class);
    }

    @Test
    void incI51FullCloseTakesTheExchangesQuantityAndPartsAreWholeSteps() {
        Quantity held = Quantity.of("0.0137");
        assertThat(btc.partOf(held, BigDecimal.ONE)).isEqualTo(held);
        assertThat(btc.partOf(held, new BigDecimal("0.5"))).isEqualTo(Quantity.of("0.006"));
        assertThat(btc.partOf(held, new BigDecimal("0.01"))).isNull();
        assertThat(btc.wholeSteps(new BigDecimal("0.5"))).isEqualTo(Quantity.of("0.5"));
        assertThat(btc.mostOf(Quantity.of("300.0005"))).isEqualTo(Quantity.of("120"));
        assertThat(btc.mostOf(held)).isEqualTo(held);
    }

    @Test
    void pricesStayWithinTheExchangesBounds() {
        Instrument bounded = new Instrument(
                new Symbol("X"),
                true,
                Contract.perpetual("USDT"),
                new Instrument.PriceRule(new BigDecimal("0.1"), new BigDecimal("5"), new BigDecimal("1000")),
                btc.lots(),
                btc.marketLots(),
                BigDecimal.ONE);
        assertThat(bounded.nearestTick(new BigDecimal("1e29"))).isEqualTo(Price.of("1000"));
        assertThat(bounded.nearestTick(new BigDecimal("0.0001"))).isEqualTo(Price.of("5"));
        assertThat(bounded.nearestTick(new BigDecimal("7.16"))).isEqualTo(Price.of("7.2"));
    }

    @Test
    void roundingNeverCarriesALevelOntoOrAcrossTheMark() {
        Random random = new Random(11);
        String[] ticks = {"0.0001", "0.01", "0.1", "0.5", "1"};
        for (int i = 0; i < 50_000; i++) {
            BigDecimal tick = new BigDecimal(ticks[random.nextInt(ticks.length)]);
            Instrument instrument = instrument(tick.toPlainString(), "1", "1", "10", "1");
            Price mark = new Price(tick.multiply(BigDecimal.valueOf(10 + random.nextInt(100_000)))
                    .add(tick.multiply(BigDecimal.valueOf(random.nextInt(4)).movePointLeft(1))));
            BigDecimal away =
                    tick.multiply(BigDecimal.valueOf(1 + random.nextInt(40)).movePointLeft(1));
            Direction direction = random.nextBoolean() ? Direction.LONG : Direction.SHORT;
            BigDecimal loses = mark.value().subtract(away.multiply(BigDecimal.valueOf(direction.sign())));
            BigDecimal wins = mark.value().add(away.multiply(BigDecimal.valueOf(direction.sign())));
            Price stop = instrument.stopTick(loses, direction, mark);
            Price target = instrument.targetTick(wins, direction, mark);
            assertThat(direction.gains(stop, mark))
                    .as("stop %s of %s at %s", stop, direction, mark)
                    .isTrue();
            assertThat(direction.gains(mark, target))
                    .as("target %s of %s at %s", target, direction, mark)
                    .isTrue();
            assertThat(stop.value().remainder(tick)).isEqualByComparingTo("0");
        }
    }

    @Test
    void figuresThatNoExchangeHasAreRefused() {
        assertThatThrownBy(() -> Price.of("0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantity.of("-1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Price.of("1e999999")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Price.of("1e1").toString()).isEqualTo("10");
        assertThat(Quantity.of("10.00")).isEqualTo(Quantity.of("1e1"));
    }
}
