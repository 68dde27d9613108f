package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.desk.DeskView;
import quantum.guard.Limits;
import quantum.rules.Rules;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;

/**
 * The ban drill: producers flood the desk with opens while positions are closed. Our own guards of the rate are raised
 * out of the way by configuration, so that only the exchange's limits and our shares of them are left.
 */
final class FloodOverSocketsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int INTENTS = 3000;
    private static final int LIMIT_WEIGHT = 2400;
    private static final int LIMIT_ORDERS = 300;
    private static final int LIMIT_ORDERS_MINUTE = 1200;

    private static Rules withoutGuards() {
        Limits limits = Limits.DEFAULT;
        return Rules.DEFAULT.withLimits(new Limits(
                new Limits.Rates(Duration.ZERO, Integer.MAX_VALUE, Duration.ZERO),
                limits.margin(),
                new Limits.Exposure(60, 1, 10, limits.exposure().liquidationSharePct()),
                limits.openMaxAge(),
                limits.priceMaxAge()));
    }

    @ParameterizedTest
    @EnumSource(names = {"REST", "WEBSOCKET"})
    void aFloodOfOpensBringsNoBanAndHoldsNoCloseBack(OrderEntry entry) {
        try (SimulatorServer server = SimulatorServer.start(SimulatorOptions.defaults()
                        .withPort(0)
                        .withStartBalance(new BigDecimal("10000000"))
                        .withFillDelay(Duration.ofMillis(20), Duration.ofMillis(40)));
                DeskOverSockets trading = new DeskOverSockets(
                        BinanceSettings.simulator(server.baseUrl()).withOrderEntry(entry), withoutGuards())) {
            SimulatorControl control = SimulatorControl.of(server.baseUrl());
            await().atMost(PATIENCE).until(trading::isAdmitting);
            List<String> symbols = listed(control);
            flood(trading, symbols);
            await().atMost(PATIENCE).until(() -> trading.outcomes().size() >= INTENTS);

            Map<String, Long> outcomes = trading.outcomes().stream()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(outcomes.get("EXCHANGE_LIMITS"))
                    .as("the flood met our shares: %s", outcomes)
                    .isPositive();
            assertThat(outcomes.get("filled"))
                    .as("and some of it was traded: %s", outcomes)
                    .isGreaterThan(40);
            assertThat(trading.closes).as("closes in the flood").hasSizeGreaterThan(10);

            assertThat(trading.answers)
                    .extracting(DeskOverSockets.Answered::status)
                    .doesNotContain(418, 429, 403);
            assertThat(highest(trading, Usage::weight)).isBetween(1L, LIMIT_WEIGHT * 80L / 100);
            assertThat(highest(trading, Usage::ordersTenSeconds)).isBetween(1L, LIMIT_ORDERS * 80L / 100);
            assertThat(highest(trading, Usage::ordersMinute)).isBetween(1L, LIMIT_ORDERS_MINUTE * 80L / 100);
            // Every close left in the turn that decided it, with no request of ours before it: it waits for its own
            // round trip, and over the one socket for the answers to what left before at most.
            assertThat(trading.closes).allSatisfy(left -> {
                assertThat(left.requests()).hasSize(1);
                assertThat(left.requests().getFirst())
                        .contains(left.close().id().value());
            });
            control.client().close();
        }
    }

    private static void flood(DeskOverSockets trading, List<String> symbols) {
        for (int i = 0; i < INTENTS; i++) {
            String symbol = symbols.get(i % symbols.size());
            DeskView view = trading.view();
            boolean isHeld = view != null
                    && view.positions().stream()
                            .anyMatch(position -> position.symbol().equals(symbol));
            if (isHeld && i % 3 == 0) {
                trading.close("close-" + i, symbol);
            } else {
                trading.open("open-" + i, symbol, "500");
            }
            // Paced by what the desk has answered, so that closes meet positions while the flood goes on.
            int sent = i + 1;
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(PATIENCE)
                    .until(() -> sent - trading.outcomes().size() < 60);
        }
    }

    private static long highest(DeskOverSockets trading, Function<Usage, @Nullable Long> figure) {
        return trading.answers.stream()
                .map(DeskOverSockets.Answered::usage)
                .map(figure)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static List<String> listed(SimulatorControl control) {
        return control.get("/fapi/v1/exchangeInfo")
                .get("symbols")
                .valueStream()
                .map(symbol -> symbol.get("symbol").asString())
                .toList();
    }
}
