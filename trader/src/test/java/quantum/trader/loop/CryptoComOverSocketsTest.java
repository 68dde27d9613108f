package quantum.trader.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.cryptocom.CryptoComExchange;
import quantum.cryptocom.CryptoComInput;
import quantum.cryptocom.CryptoComRequest;
import quantum.cryptocom.CryptoComSettings;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.market.Symbol;
import quantum.rules.Rules;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import quantum.trader.Exchange;
import quantum.trader.Floor;
import quantum.trader.ledger.Ledger;
import quantum.trader.stream.IntentCodec;
import quantum.trader.stream.NoticeCodec;
import quantum.venue.Exchange.Connection;
import tools.jackson.databind.JsonNode;

/** The shipped desk, loop, ledger and session on the simulated spot exchange, over its sockets. */
class CryptoComOverSocketsTest {

    private static final Symbol BTC = new Symbol("BTC_USD");
    /** For so long a request is valid. */
    private static final Duration NONCE = Duration.ofSeconds(60);

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorOptions.defaults().withPort(0));
    private final Exchange exchange = Exchange.at(server.baseUrl());
    private NoticeListener heard = new NoticeListener();
    private @Nullable Path data;
    private @Nullable Ledger ledger;
    private @Nullable DeskLoop<CryptoComInput, CryptoComRequest> loop;
    private @Nullable Connection<CryptoComRequest> connection;

    @BeforeEach
    void begin(@TempDir Path directory) {
        Awaitility.setDefaultTimeout(Floor.PATIENCE);
        data = directory;
        // What somebody had before is nobody's to sell.
        exchange.post("/sim/spot", "{\"coins\":{\"BTC\":\"0.5\"}}");
        exchange.price("BTC_USD", "60000");
        start(directory);
    }

    private void start(Path directory) {
        heard = new NoticeListener();
        Ledger own = Ledger.open(directory, new NoticeCodec("simulated"), _ -> {});
        CryptoComExchange venue = new CryptoComExchange(CryptoComSettings.simulator(server.baseUrl(), Set.of(BTC)));
        DeskLoop<CryptoComInput, CryptoComRequest> desk =
                new DeskLoop<>(new Desk(Rules.DEFAULT.withWindows(NONCE, NONCE)), venue.session(), own, heard);
        Connection<CryptoComRequest> sockets = venue.connect(desk::received, desk::at, (_, _) -> {});
        ledger = own;
        loop = desk;
        connection = sockets;
        desk.start(own.load(), sockets::perform);
        await().until(heard::isAdmitted);
    }

    private void stop() {
        if (loop != null) loop.stop();
        if (connection != null) connection.close();
        if (ledger != null) ledger.close();
    }

    @AfterEach
    void end() {
        stop();
        exchange.close();
        server.close();
    }

    private void send(String intentId, String action, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.put("intent_id", intentId);
        fields.put("symbol", BTC.name());
        fields.put("action", action);
        fields.put("position_size_usd", "600");
        fields.put("timestamp", Instant.now().toString());
        if (loop != null) {
            loop.arrived(new Event.IntentArrived(intentId, fields, IntentCodec.read(fields), null, 1));
        }
    }

    /** A protected position of 0.01. */
    private void bought() {
        send("i1", "BUY", Map.of("stop_loss", "57000", "take_profit", "66000"));
        await().until(() -> !reports("i1").isEmpty());
        assertThat(reports("i1").getFirst()).isInstanceOf(Report.Filled.class);
        await().until(() -> types().equals(List.of("LIMIT", "STOP_LOSS")));
    }

    private List<Report> reports(String intentId) {
        return heard.reports().stream()
                .filter(report -> report.subject().intentId().equals(intentId))
                .toList();
    }

    private List<JsonNode> live() {
        return exchange.ledger()
                .path("spot")
                .path("advanced")
                .valueStream()
                .filter(order -> Set.of("NEW", "PENDING", "ACTIVE")
                        .contains(order.path("status").asString()))
                .toList();
    }

    private List<String> pair() {
        return live().stream()
                .map(order -> order.path("clientId").asString())
                .sorted()
                .toList();
    }

    private List<String> types() {
        return live().stream()
                .map(order -> order.path("type").asString())
                .sorted()
                .toList();
    }

    private BigDecimal coins() {
        return exchange.ledger()
                .path("spot")
                .path("balances")
                .valueStream()
                .filter(balance -> balance.path("coin").asString().equals("BTC"))
                .map(balance -> new BigDecimal(balance.path("amount").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<JsonNode> orders() {
        return exchange.ledger().path("spot").path("orders").valueStream().toList();
    }

    @Test
    void whatIsBoughtIsWholeAndProtectedByAPairAndSoldByItsStop() {
        bought();
        assertThat(coins()).isEqualByComparingTo("0.51");
        exchange.price("BTC_USD", "56900");
        await().until(() -> !heard.ends().isEmpty());
        assertThat(heard.ends().getFirst().reason()).isEqualTo(Closed.Reason.SL);
        assertThat(coins()).as("the savings stay").isEqualByComparingTo("0.5");
        await().until(() -> live().isEmpty());
    }

    @Test
    void theTargetSellsItAndTheStopGoesWithIt() {
        bought();
        exchange.price("BTC_USD", "66100");
        await().until(() -> !heard.ends().isEmpty());
        assertThat(heard.ends().getFirst().reason()).isEqualTo(Closed.Reason.TP);
        assertThat(coins()).isEqualByComparingTo("0.5");
        await().until(() -> live().isEmpty());
    }

    @Test
    void aCloseTakesThePairOffFirst() {
        bought();
        send("i2", "SELL", Map.of());
        await().until(() -> !heard.ends().isEmpty());
        assertThat(heard.ends().getFirst().reason()).isEqualTo(Closed.Reason.SIGNAL);
        assertThat(coins()).isEqualByComparingTo("0.5");
        assertThat(reports("i2").getLast()).isInstanceOf(Report.Filled.class);
        await().until(() -> live().isEmpty());
    }

    /** Scenario 4 of the first platform: the answer is lost, the order is there, and there is one position. */
    @Test
    void anOrderWhoseAnswerWasLostIsFoundAndNotSentAgain() {
        exchange.fault("lost_after", "POST /exchange/v1/private/create-order", "BTC_USD");
        bought();
        assertThat(orders().stream()
                        .filter(order -> order.path("side").asString().equals("BUY")))
                .hasSize(1);
        assertThat(coins()).isEqualByComparingTo("0.51");
    }

    /** Scenario 6: the process ends while a position is held, and another one goes on with it. */
    @Test
    void anotherProcessGoesOnWithWhatIsHeld() {
        bought();
        List<String> before = pair();
        stop();
        start(Objects.requireNonNull(data));
        assertThat(pair()).as("the same pair").hasSize(2).isEqualTo(before);
        send("i2", "CLOSE", Map.of());
        await().until(() -> !heard.ends().isEmpty());
        assertThat(coins()).isEqualByComparingTo("0.5");
        await().until(() -> live().isEmpty());
    }
}
