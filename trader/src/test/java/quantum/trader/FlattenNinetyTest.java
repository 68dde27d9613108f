package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.desk.DeskView;
import quantum.guard.Limits;
import quantum.reliability.Required;
import quantum.reliability.Results;
import quantum.simulator.SimulatorOptions;
import tools.jackson.databind.JsonNode;

/**
 * Ninety positions are flat within ten seconds of the order, each answer 50 ms late; for it our guards and the
 * simulated exchange's order limits are raised.
 */
class FlattenNinetyTest {

    private static final Path LISTED = Path.of("../../shared/data/binance-usdm-exchangeInfo-2021-09-06.json");
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int POSITIONS = 90;

    @Test
    void ninetyPositionsAreFlatWithinTenSeconds(@TempDir Path data) {
        assumeTrue(
                Files.exists(LISTED),
                "SKIPPED: no exchange data at " + LISTED.toAbsolutePath().normalize());
        SimulatorOptions options = Floor.options().withFilters(LISTED).withStartBalance(new BigDecimal("10000000"));
        Limits seeds = Floor.unlimitedRates();
        Limits raised = new Limits(
                seeds.rates(),
                seeds.margin(),
                new Limits.Exposure(POSITIONS, 1, 10, new BigDecimal("60")),
                seeds.openMaxAge(),
                seeds.priceMaxAge());
        try (Floor floor = Floor.open(data, Floor.withLimits(raised), options)) {
            // What is opened and protected a moment before counts into the exchange's limits too, which are raised for
            // it.
            floor.exchange()
                    .settings("{\"ordersPer10Seconds\":3000,\"ordersPerMinute\":12000,\"weightPerMinute\":24000}");
            List<String> symbols = symbols(floor);
            for (String symbol : symbols) {
                // Opened by a hand outside: the desk finds and protects them.
                floor.exchange().byHand("BUY", symbol, quantity(floor, symbol));
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> isProtected(floor.trader().view()));

            for (String path :
                    List.of("POST /fapi/v1/order", "DELETE /fapi/v1/algoOrder", "GET /fapi/v3/positionRisk")) {
                floor.exchange()
                        .post(
                                "/sim/fault",
                                "{\"kind\":\"delay\",\"match\":\"%s\",\"millis\":50,\"count\":100000}".formatted(path));
            }
            long began = System.nanoTime();
            floor.order("flatten", "{\"all\":true}");
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> floor.exchange()
                            .rows("positions", row -> decimal(row, "amount").signum() != 0)
                            .isEmpty());
            Duration flat = Duration.ofNanos(System.nanoTime() - began);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !floor.get("/api/v1/guards").contains("\"flattening\":true"));
            Duration proven = Duration.ofNanos(System.nanoTime() - began);
            report(flat, proven);
            Required.within(WITHIN, proven, "flat");
            assertThat(floor.exchange().requests("POST", "/fapi/v1/order").stream()
                            .filter(request -> text(request.path("parameters"), "newClientOrderId")
                                    .startsWith("qx-")))
                    .as("one close each")
                    .hasSize(POSITIONS);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> floor.exchange()
                            .rows("protections", row -> "NEW".equals(text(row, "status")))
                            .isEmpty());
        }
    }

    private static boolean isProtected(@org.jspecify.annotations.Nullable DeskView view) {
        return view != null
                && view.positions().size() == POSITIONS
                && view.positions().stream().allMatch(p -> p.unprotectedFor().isZero());
    }

    private static List<String> symbols(Floor floor) {
        return floor.exchange()
                .get("/fapi/v1/exchangeInfo")
                .path("symbols")
                .valueStream()
                .filter(listed -> "TRADING".equals(text(listed, "status"))
                        && "PERPETUAL".equals(text(listed, "contractType"))
                        && text(listed, "symbol").endsWith("USDT"))
                .map(listed -> text(listed, "symbol"))
                .sorted()
                .limit(POSITIONS)
                .toList();
    }

    /** Worth at least 200 USDT, in whole steps of the symbol. */
    private static String quantity(Floor floor, String symbol) {
        JsonNode listed = floor.exchange()
                .get("/fapi/v1/exchangeInfo")
                .path("symbols")
                .valueStream()
                .filter(row -> symbol.equals(text(row, "symbol")))
                .findFirst()
                .orElseThrow();
        BigDecimal step = listed.path("filters")
                .valueStream()
                .filter(filter -> "MARKET_LOT_SIZE".equals(text(filter, "filterType")))
                .map(filter -> decimal(filter, "stepSize"))
                .findFirst()
                .orElseThrow();
        BigDecimal price = decimal(floor.exchange().get("/fapi/v2/ticker/price?symbol=" + symbol), "price");
        BigDecimal steps = new BigDecimal("200").divide(price.multiply(step), 0, java.math.RoundingMode.UP);
        return steps.multiply(step).stripTrailingZeros().toPlainString();
    }

    private static void report(Duration flat, Duration proven) {
        Results.tell(
                "flatten-ninety",
                Map.of(
                        "positions", POSITIONS,
                        "flat_ms", flat.toMillis(),
                        "proven_ms", proven.toMillis(),
                        "limit_ms", WITHIN.toMillis()));
    }
}
