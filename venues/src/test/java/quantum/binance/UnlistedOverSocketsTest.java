package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.desk.DeskView;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import quantum.venue.Call;

/** A symbol that the exchange lists while the service runs, without a word of it that arrives (X-F4). */
final class UnlistedOverSocketsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Symbol NEW = new Symbol("NEWUSDT");

    private final SimulatorServer server = SimulatorServer.start(SimulatorOptions.defaults()
            .withPort(0)
            .withFillDelay(Duration.ofMillis(20), Duration.ofMillis(40))
            .withSymbols(Set.of("BTCUSDT", "SOLUSDT")));
    private final SimulatorControl control = SimulatorControl.of(server.baseUrl());
    private final DeskOverSockets trading =
            new DeskOverSockets(BinanceSettings.simulator(server.baseUrl()), Rules.DEFAULT);

    @BeforeEach
    void list() {
        await().atMost(PATIENCE).until(trading::isAdmitting);
        control.post("/sim/fault", "{\"kind\":\"drop\",\"match\":\"STREAM contractInfo\",\"count\":1000}");
        control.post("/sim/fault", "{\"kind\":\"drop\",\"match\":\"STREAM !contractInfo\",\"count\":1000}");
        control.post("/sim/symbol", "{\"symbol\":\"NEWUSDT\",\"like\":\"SOLUSDT\"}");
    }

    @AfterEach
    void shutDown() {
        trading.close();
        server.close();
        control.client().close();
    }

    private void bought() {
        trading.call(new Call.Open(new ClientOrderId("hand-1"), NEW, Side.BUY, Quantity.of("10"), 1));
    }

    private List<DeskView.PositionView> positions() {
        DeskView view = trading.view();
        return view == null ? List.of() : view.positions();
    }

    private List<Notice.Alert> alerts(String key) {
        return trading.notices(
                notice -> notice instanceof Notice.Alert alert && alert.key().startsWith(key)
                        ? Stream.of(alert)
                        : Stream.<Notice.Alert>of());
    }

    @Test
    void xF4_aPositionInItIsShownAtOnceAndProtectedOnceTheRulesAreReadAgain() {
        bought();
        await().atMost(PATIENCE).until(() -> !positions().isEmpty());
        assertThat(positions().getFirst().quantity()).isEqualByComparingTo(BigDecimal.TEN);
        assertThat(alerts("unlisted:NEWUSDT")).hasSize(1);
        await().atMost(PATIENCE)
                .until(() -> !positions().getFirst().unlisted()
                        && positions().getFirst().stop().state().equals("RESTING"));
    }

    @Test
    void xF4_flattenClosesIt() {
        bought();
        await().atMost(PATIENCE).until(() -> !positions().isEmpty());
        trading.command(new Event.Command.Flatten(null));
        await().atMost(PATIENCE)
                .until(() ->
                        alerts("flat").stream().anyMatch(alert -> alert.key().equals("flat")));
        assertThat(control.get("/sim/ledger").get("positions").toString()).doesNotContain("\"amount\":\"10\"");
    }

    @Test
    void xF4_anIntentInItIsCarriedOutOnceThereIsAPrice() {
        // Rules that were read within 10 s are believed when they do not list it.
        AtomicInteger number = new AtomicInteger();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            trading.open("i" + number.incrementAndGet(), "NEWUSDT", "1000");
            return trading.outcomes().contains("filled");
        });
        assertThat(number.get()).isGreaterThan(1);
    }
}
