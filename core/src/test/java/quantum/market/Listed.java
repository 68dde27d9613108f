package quantum.market;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every trading perpetual of a real listing, with its filters. */
public final class Listed {

    private Listed() {}

    /** Skips the test aloud where the listing is absent. */
    public static List<Instrument> instruments() throws IOException {
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
                Contract.perpetual("USDT"),
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
}
