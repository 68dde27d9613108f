package quantum.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quantum.market.Instrument.Sizing;

/** Every trading perpetual of a real listing: sizes pass its filters, and a close in parts leaves nothing. */
class ListedInstrumentsTest {

    @Test
    void randomSizesPassTheFiltersAndAFullCloseLeavesExactlyZero() throws IOException {
        Random random = new Random(5);
        List<Instrument> listed = Listed.instruments();
        assertThat(listed).hasSizeGreaterThan(80);
        for (Instrument instrument : listed) {
            int fitting = 0;
            for (int i = 0; i < 300; i++) {
                Price price = instrument.nearestTick(BigDecimal.valueOf(1 + random.nextInt(5_000_000), 3));
                Sizing sizing = instrument.sizeFor(BigDecimal.valueOf(random.nextInt(3_000_000), 2), price);
                if (sizing instanceof Sizing.Fits(Quantity quantity)) {
                    fitting++;
                    assertThat(instrument.acceptsMarket(quantity))
                            .as("%s %s", instrument.symbol(), quantity)
                            .isTrue();
                    assertThat(price.times(quantity)).isGreaterThanOrEqualTo(instrument.minNotional());
                    assertThat(leftAfterClosingInParts(instrument, quantity, random))
                            .isEqualByComparingTo("0");
                }
            }
            assertThat(fitting).as("sizes of %s", instrument.symbol()).isPositive();
        }
    }

    private static BigDecimal leftAfterClosingInParts(Instrument instrument, Quantity held, Random random) {
        Quantity part = instrument.partOf(held, BigDecimal.valueOf(1 + random.nextInt(99), 2));
        BigDecimal rest = part == null ? held.value() : held.value().subtract(part.value());
        if (part != null) {
            assertThat(instrument.lots().accepts(part.value())).isTrue();
        }
        Quantity whole = Objects.requireNonNull(instrument.partOf(new Quantity(rest), BigDecimal.ONE));
        return rest.subtract(whole.value());
    }
}
