package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.desk.DeskView;
import quantum.intent.Closed;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import quantum.venue.Call;
import tools.jackson.databind.JsonNode;

/** Closes that one market order cannot do, with the independent exchange at the other end. */
final class ExitsOverSocketsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Symbol SOL = new Symbol("SOLUSDT");

    private final SimulatorServer server = SimulatorServer.start(SimulatorOptions.defaults()
            .withPort(0)
            .withStartBalance(new BigDecimal("10000000"))
            .withFillDelay(Duration.ofMillis(20), Duration.ofMillis(40))
            .withSymbols(Set.of("BTCUSDT", "SOLUSDT")));
    private final SimulatorControl control = SimulatorControl.of(server.baseUrl());
    private final DeskOverSockets trading =
            new DeskOverSockets(BinanceSettings.simulator(server.baseUrl()), Rules.DEFAULT);

    @BeforeEach
    void begin() {
        await().atMost(PATIENCE).until(trading::isAdmitting);
    }

    @AfterEach
    void shutDown() {
        trading.close();
        server.close();
        control.client().close();
    }

    @Test
    void aPositionAboveTheMarketLotIsClosedInParts() {
        // More than one market order may carry (5,000 SOL), bought in two by a hand outside.
        trading.call(new Call.Open(new ClientOrderId("hand-1"), SOL, Side.BUY, Quantity.of("4000"), 1));
        await().atMost(PATIENCE).until(() -> held().compareTo(new BigDecimal("4000")) == 0);
        trading.call(new Call.Open(new ClientOrderId("hand-2"), SOL, Side.BUY, Quantity.of("4000"), 1));
        await().atMost(PATIENCE).until(() -> held().compareTo(new BigDecimal("8000")) == 0);

        trading.command(new Event.Command.Flatten(SOL));
        assertThat(closed().quantity().value()).isEqualByComparingTo("8000");
        assertThat(closes()).extracting(each -> each.get("quantity").asString()).containsExactly("5000", "3000");
        assertThat(closes())
                .allSatisfy(each -> assertThat(each.get("type").asString()).isEqualTo("MARKET"));
    }

    @Test
    void aCloseThatTheBookCannotTakeGoesOnAtAPriceWithinTheBand() {
        trading.open("a", "SOLUSDT", "1000");
        await().atMost(PATIENCE).until(() -> trading.outcomes().contains("filled"));
        control.post(
                "/sim/fault",
                "{\"match\":\"POST /fapi/v1/order\",\"kind\":\"http\",\"status\":400,\"code\":-4131,"
                        + "\"msg\":\"The counterparty's best price does not meet the PERCENT_PRICE filter limit.\"}");
        trading.close("c", "SOLUSDT");
        assertThat(closed().reason()).isEqualTo(Closed.Reason.SIGNAL);
        assertThat(closes()).extracting(each -> each.get("type").asString()).containsExactly("MARKET", "LIMIT");
        assertThat(closes())
                .extracting(each -> each.get("newClientOrderId").asString())
                .containsOnly(ClientOrderId.close("c").value());
        assertThat(trading.outcomes()).containsExactly("filled", "filled");
    }

    private Closed closed() {
        return await().atMost(PATIENCE)
                .until(
                        () -> trading.notices(notice -> notice instanceof Notice.TradeClosed(Closed closed, var _)
                                ? Stream.of(closed)
                                : Stream.<Closed>of()),
                        found -> found.size() == 1)
                .getFirst();
    }

    private BigDecimal held() {
        DeskView view = trading.view();
        return view == null || view.positions().isEmpty()
                ? BigDecimal.ZERO
                : view.positions().getFirst().quantity();
    }

    /** The parameters of every reduce-only order that the exchange received, oldest first. */
    private List<JsonNode> closes() {
        return control.received("POST", "/fapi/v1/order").stream()
                .map(each -> each.get("parameters"))
                .filter(each -> each.has("reduceOnly"))
                .toList();
    }
}
