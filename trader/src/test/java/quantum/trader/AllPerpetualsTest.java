package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.market.Contract;
import quantum.market.Instrument;
import quantum.market.LotRule;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.simulator.Request;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.binance.BinanceFace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every perpetual the real exchange listed, with its real filters: any size passes them, and a close leaves zero. */
class AllPerpetualsTest {

    private static final Path LISTED = Path.of("../../shared/data/binance-usdm-exchangeInfo-2021-09-06.json");
    private static final long START = 1_795_000_000_000_000_000L;
    private static final int TRIES = 5;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    @BeforeEach
    void needsTheData() {
        assumeTrue(
                Files.exists(LISTED),
                "SKIPPED: no exchange data at " + LISTED.toAbsolutePath().normalize());
    }

    @Test
    void randomSizesPassTheFiltersOfEverySymbolAndAFullCloseLeavesZero() {
        Simulator exchange = Simulator.create(
                Floor.options().withFilters(LISTED).withStartBalance(new BigDecimal("1000000000")), START);
        BinanceFace face = new BinanceFace(exchange);
        JsonNode symbols = get(face, "/fapi/v1/exchangeInfo", "").path("symbols");
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        get(face, "/fapi/v2/ticker/price", "").forEach(row -> prices.put(text(row, "symbol"), decimal(row, "price")));
        assertThat(symbols.size()).isGreaterThan(100);
        for (JsonNode listed : symbols) {
            if (!Exchange.isUsual(listed)) {
                continue;
            }
            String symbol = text(listed, "symbol");
            Instrument instrument = instrument(listed);
            Price price = new Price(prices.getOrDefault(symbol, BigDecimal.ZERO));
            // At the leverage we use where an intent names none; a higher one allows smaller positions.
            exchange.choices().leverage(exchange.accounts().iterator().next(), symbol, 1);
            int sized = 0;
            for (int i = 0; i < TRIES; i++) {
                // From a little above the minimum up to a hundred thousand, evenly over the magnitudes.
                BigDecimal usd = instrument
                        .minNotional()
                        .max(new BigDecimal("5"))
                        .multiply(BigDecimal.valueOf(Math.exp(random.nextDouble() * 10)))
                        .setScale(random.nextInt(9), java.math.RoundingMode.UP);
                sized += instrument.sizeFor(usd, price) instanceof Instrument.Sizing.Fits(Quantity quantity)
                        ? openAndClose(exchange, face, instrument, quantity)
                        : 0;
            }
            assertThat(sized).as(symbol).isPositive();
        }
    }

    /** Opens, closes a random part and then the rest. */
    private int openAndClose(Simulator exchange, BinanceFace face, Instrument instrument, Quantity quantity) {
        String symbol = instrument.symbol().name();
        order(exchange, face, symbol, "BUY", quantity.value());
        Quantity part = instrument.partOf(quantity, new BigDecimal("0." + (1 + random.nextInt(98))));
        BigDecimal closed = BigDecimal.ZERO;
        if (part != null) {
            order(exchange, face, symbol, "SELL", part.value());
            closed = part.value();
        }
        if (closed.compareTo(quantity.value()) < 0) {
            order(exchange, face, symbol, "SELL", quantity.value().subtract(closed));
        }
        BigDecimal left = exchange.accounts().iterator().next().positions().all().stream()
                .filter(p -> p.symbol().equals(symbol))
                .map(quantum.simulator.Position::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(left).as(symbol + " after " + quantity).isEqualByComparingTo("0");
        return 1;
    }

    private static void order(Simulator exchange, BinanceFace face, String symbol, String side, BigDecimal quantity) {
        String query = "symbol=" + symbol + "&side=" + side + "&type=MARKET&quantity=" + quantity.toPlainString()
                + (side.equals("SELL") ? "&reduceOnly=true" : "") + "&timestamp=" + exchange.serverMillis();
        var reply = face.handle(
                new Request("POST", "/fapi/v1/order", query + "&signature=" + Exchange.signature(query), "", "simkey"));
        assertThat(reply.status())
                .as(symbol + " " + quantity + ": " + reply.body())
                .isEqualTo(200);
        exchange.advanceTo(exchange.now() + Duration.ofMillis(100).toNanos());
    }

    @Test
    void theServiceOpensAndClosesARandomSampleExactly(@TempDir Path data) {
        SimulatorOptions options = Floor.options().withFilters(LISTED);
        try (Floor floor = Floor.open(data, Floor.quickRules(), options)) {
            List<String> symbols = new ArrayList<>(floor.exchange().symbols());
            java.util.Collections.shuffle(symbols, java.util.Random.from(random));
            for (String symbol : symbols.subList(0, 8)) {
                floor.open(symbol, symbol, "BUY", "317.77");
                assertThat(text(floor.ending(symbol), "status")).as(symbol).isEqualTo("filled");
                floor.close(symbol + "-half", symbol, "close_fraction", "0.37");
                assertThat(text(floor.ending(symbol + "-half"), "status")).isIn("filled", "rejected");
                floor.close(symbol + "-rest", symbol);
                assertThat(text(floor.ending(symbol + "-rest"), "status"))
                        .as(symbol)
                        .isEqualTo("filled");
                assertThat(floor.exchange().held(symbol)).as(symbol).isEqualByComparingTo("0");
                assertThat(decimal(floor.closed(symbol), "pnl_usd"))
                        .as(symbol)
                        .isEqualByComparingTo(floor.exchange().net(symbol));
            }
        }
    }

    private static Instrument instrument(JsonNode listed) {
        JsonNode price = filter(listed, "PRICE_FILTER");
        return new Instrument(
                new Symbol(text(listed, "symbol")),
                true,
                Contract.perpetual("USDT"),
                new Instrument.PriceRule(
                        decimal(price, "tickSize"), decimal(price, "minPrice"), decimal(price, "maxPrice")),
                lot(filter(listed, "LOT_SIZE")),
                lot(filter(listed, "MARKET_LOT_SIZE")),
                decimal(filter(listed, "MIN_NOTIONAL"), "notional"));
    }

    private static JsonNode filter(JsonNode listed, String type) {
        for (JsonNode filter : listed.path("filters")) {
            if (type.equals(text(filter, "filterType"))) {
                return filter;
            }
        }
        throw new AssertionError("no filter " + type);
    }

    private static LotRule lot(JsonNode filter) {
        return new LotRule(decimal(filter, "minQty"), decimal(filter, "maxQty"), decimal(filter, "stepSize"));
    }

    private static JsonNode get(BinanceFace face, String path, String query) {
        return JsonMapper.shared()
                .readTree(face.handle(new Request("GET", path, query, "", null)).body());
    }
}
