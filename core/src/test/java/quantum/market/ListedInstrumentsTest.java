package quantum.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quantum.market.Instrument.Sizing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every trading perpetual of a real listing: sizes pass its filters, and a close in parts leaves nothing. */
class ListedInstrumentsTest {

    private static List<Instrument> listed() throws IOException {
        Path file = Path.of(System.getProperty("basedir", "."), "../../shared/data")
                .resolve("binance-usdm-exchangeInfo-2021-09-06.json");
        assumeTrue(Files.exists(file), "the exchange's listing is not beside this checkout: " + file);
        List<Instrument> listed = new ArrayList<>();
        for (JsonNode symbol :
                JsonMapper.shared().readTree(Files.readString(file)).get("symbols")) {
            if ("TRADING".equals(symbol.get("status").asString())
                    && "PERPETUAL".equals(symbol.get("contractType").asString())) {
                listed.add(instrument(symbol));
            }
        }
        return listed;
    }

    private static Instrument instrument(JsonNode symbol) {
        return new Instrument(
                new Symbol(symbol.get("symbol").asString()),
                true,
                new Instrument.PriceRule(
                        figure(symbol, "PRICE_FILTER", "tickSize"),
                        figure(symbol, "PRICE_FILTER", "minPrice"),
                        figure(symbol, "PRICE_FILTER", "maxPrice")),
                lots(symbol, "LOT_SIZE"),
                lots(symbol, "MARKET_LOT_SIZE"),
                figure(symbol, "MIN_NOTIONAL", "notional"));
    }

    private static LotRule lots(JsonNode symbol, String filter) {
        return new LotRule(
                figure(symbol, filter, "minQty"), figure(symbol, filter, "maxQty"), figure(symbol, filter, "stepSize"));
    }

    private static BigDecimal figure(JsonNode symbol, String type, String name) {
        for (JsonNode filter : symbol.get("filters")) {
            if (type.equals(filter.get("filterType").asString())) {
                return new BigDecimal(filter.get(name).asString());
            }
        }
        throw new IllegalStateException("no " + type);
    }

    @Test
    void randomSizesPassTheFiltersAndAFullCloseLeavesExactlyZero() throws IOException {
        Random random = new Random(5);
        List<Instrument> listed = listed();
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
