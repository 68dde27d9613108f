package quantum.trader.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.binance.BinanceConnection;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceSession;
import quantum.binance.BinanceSettings;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Marker;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import quantum.trader.ledger.Ledger;
import quantum.trader.stream.IntentCodec;
import quantum.trader.stream.NoticeCodec;
import quantum.venue.Load;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Desk, session, ledger and the exchange over sockets; messages come straight in, without Redis. */
class DeskLoopTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Effect> effects = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Path directory = Path.of("");
    private volatile boolean admitted;
    private volatile @Nullable CountDownLatch standstill;
    private volatile @Nullable CountDownLatch midTurn;
    private volatile boolean stands;
    private volatile @Nullable DeskView view;
    private volatile Load used = new Load(0, 0);
    private @Nullable SimulatorServer exchange;
    private @Nullable Ledger ledger;
    private @Nullable DeskLoop<BinanceInput, BinanceRequest> loop;
    private @Nullable BinanceConnection connection;

    @BeforeEach
    void start(@TempDir Path data) {
        directory = data;
        exchange = SimulatorServer.start(SimulatorOptions.defaults().withPort(0));
        ledger = Ledger.open(data, new NoticeCodec("simulated"), this::ledgerBehind);
        BinanceSettings settings = BinanceSettings.simulator(exchange.baseUrl());
        loop = new DeskLoop<>(new Desk(Rules.DEFAULT), new BinanceSession(settings), ledger, new Recorder());
        connection = new BinanceConnection(settings, loop::received, loop::at);
        loop.start(ledger.load(), connection::perform);
        await().atMost(Duration.ofSeconds(10)).until(() -> admitted);
        await().atMost(Duration.ofSeconds(10)).until(() -> lines.stream().anyMatch(l -> l.contains("self-test")));
    }

    private void ledgerBehind(boolean behind) {
        if (loop != null) {
            loop.tell(new Event.LedgerBehind(behind));
        }
    }

    @AfterEach
    void stop() {
        if (loop != null) loop.stop();
        if (connection != null) connection.close();
        if (ledger != null) ledger.close();
        if (exchange != null) exchange.close();
    }

    @Test
    void anIntentBecomesAFilledProtectedAndClosedPosition() throws Exception {
        hold("ETHUSDT", "3200");
        send("1-0", "i1", "ETHUSDT", "BUY", Map.of("stop_loss", "3168", "take_profit", "3232"));
        await().atMost(Duration.ofSeconds(10)).until(() -> reports().size() == 1);
        assertThat(reports().getFirst()).isInstanceOf(Report.Filled.class);
        Report.Filled filled = (Report.Filled) reports().getFirst();
        assertThat(filled.orders().stopId()).isNotNull();
        assertThat(filled.orders().targetId()).isNotNull();
        assertThat(filled.fill().fee()).isPositive();
        await().until(() -> view != null && view.counts().unprotected() == 0);
        // A start reads the account and the rules; of the exchange's own limit that is a small part.
        assertThat(used.used()).isPositive().isLessThan(used.limit() / 2);
        assertThat(used.limit()).isEqualTo(2400);
        hold("ETHUSDT", "3167");
        await().atMost(Duration.ofSeconds(10)).until(() -> closed().size() == 1);
        assertThat(closed().getFirst().closed().reason()).isEqualTo(quantum.intent.Closed.Reason.SL);
    }

    @Test
    void aTrailingStopEndsWhatTurnsAfterAGain() throws Exception {
        hold("ETHUSDT", "3200");
        send("1-0", "i1", "ETHUSDT", "BUY", Map.of());
        await().until(() -> reports().size() == 1);
        hold("ETHUSDT", "3250");
        await().until(() -> trailing() != null);
        assertThat(trailing()).isEqualByComparingTo("3201.25");
        hold("ETHUSDT", "3201");
        await().until(() -> closed().size() == 1);
        assertThat(closed().getFirst().closed().reason()).isEqualTo(quantum.intent.Closed.Reason.TRAILING);
        assertThat(ordersIn("ETHUSDT")).isEqualTo(2);
    }

    private @Nullable BigDecimal trailing() {
        DeskView seen = view;
        return seen == null || seen.positions().isEmpty()
                ? null
                : seen.positions().getFirst().trailing();
    }

    /** Law 5: a full or locked disk stops opens and no exit; what was decided is recorded as soon as possible. */
    @Test
    void aLockedLedgerStopsOpensAndNoExit() throws Exception {
        hold("ETHUSDT", "3200");
        send("1-0", "i1", "ETHUSDT", "BUY", Map.of());
        await().until(() -> reports().size() == 1);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN EXCLUSIVE");
            send("2-0", "i2", "BTCUSDT", "BUY", Map.of());
            send("3-0", "i3", "ETHUSDT", "CLOSE", Map.of());
            await().until(() -> ordersIn("ETHUSDT") == 2);
            // The open waits for its record longer than an order may wait, and is never sent.
            await().until(() -> effects.stream()
                    .anyMatch(e -> e instanceof Effect.Log line
                            && line.marker() == Marker.ALERT
                            && "ledger-behind".equals(line.fields().get("key"))));
            await().pollDelay(Duration.ofMillis(2200)).until(() -> ordersIn("BTCUSDT") == 0);
            lock.execute("ROLLBACK");
        }
        await().until(() -> endings().size() == 3);
        assertThat(endings()).containsEntry("i1", "FILLED").containsEntry("i3", "FILLED");
        assertThat(endings()).containsEntry("i2", Refusal.NOT_SENT.terminalState());
        assertThat(ordersIn("BTCUSDT")).isZero();
    }

    /** Reliability F4: what was known before a stall is old, so nothing opens before the exchange was read again. */
    @Test
    void afterAStallTheExchangeIsReadBeforeAnythingOpens() throws Exception {
        hold("ETHUSDT", "2000");
        CountDownLatch stopped = new CountDownLatch(1);
        standstill = stopped;
        await().until(() -> stands);
        send("1-0", "i1", "ETHUSDT", "BUY", Map.of());
        slowPositions();
        int before = readings();
        long since = System.nanoTime();
        await().until(() -> System.nanoTime() - since > Duration.ofMillis(5_200).toNanos());
        standstill = null;
        stopped.countDown();
        await().until(() -> endings().containsKey("i1"));
        assertThat(((Report.Rejected) reports().getFirst()).why()).isEqualTo(Refusal.STALLED);
        assertThat(ordersIn("ETHUSDT")).isZero();
        await().until(() -> readings() > before);
        await().until(() -> {
            send("2-" + System.nanoTime(), "i" + System.nanoTime(), "ETHUSDT", "BUY", Map.of());
            return ordersIn("ETHUSDT") > 0;
        });
        assertThat(lines).filteredOn(line -> line.contains("key=stalled")).hasSize(1);
    }

    /** INV-19: between the decision to open and its record the process may stop as anywhere else. */
    @Test
    void aStallInTheMiddleOfADecisionLetsNoOpenLeaveLate() throws Exception {
        hold("ETHUSDT", "3200");
        CountDownLatch stopped = new CountDownLatch(1);
        midTurn = stopped;
        send("1-0", "i1", "ETHUSDT", "BUY", Map.of());
        await().until(() -> stands);
        long since = System.nanoTime();
        await().until(() -> System.nanoTime() - since > Duration.ofMillis(2_200).toNanos());
        midTurn = null;
        stopped.countDown();
        await().until(() -> endings().containsKey("i1"));
        assertThat(reports())
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why()).isEqualTo(Refusal.NOT_SENT));
        assertThat(ordersIn("ETHUSDT")).isZero();
    }

    private void slowPositions() throws Exception {
        post("/sim/fault", "{\"kind\":\"delay\",\"match\":\"GET /fapi/v3/positionRisk\",\"millis\":1000}");
    }

    private int readings() {
        int readings = 0;
        for (JsonNode request : JSON.readTree(get("/sim/requests")).path("requests")) {
            readings += "/fapi/v3/positionRisk".equals(request.path("path").asString()) ? 1 : 0;
        }
        return readings;
    }

    private Map<String, String> endings() {
        Map<String, String> endings = new java.util.HashMap<>();
        reports().forEach(r -> endings.put(r.subject().intentId(), String.valueOf(r.terminalState())));
        return endings;
    }

    private long ordersIn(String symbol) {
        long orders = 0;
        for (JsonNode order : JSON.readTree(get("/sim/ledger")).path("orders")) {
            orders += symbol.equals(order.path("symbol").asString()) ? 1 : 0;
        }
        return orders;
    }

    private String get(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create((exchange == null ? "" : exchange.baseUrl()) + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<Report> reports() {
        return effects.stream()
                .filter(Effect.Publish.class::isInstance)
                .map(e -> ((Effect.Publish) e).notice())
                .filter(Notice.Reported.class::isInstance)
                .map(n -> ((Notice.Reported) n).report())
                .toList();
    }

    private List<Notice.TradeClosed> closed() {
        return effects.stream()
                .filter(Effect.Publish.class::isInstance)
                .map(e -> ((Effect.Publish) e).notice())
                .filter(Notice.TradeClosed.class::isInstance)
                .map(Notice.TradeClosed.class::cast)
                .toList();
    }

    private void send(String messageId, String intentId, String symbol, String action, Map<String, String> more) {
        var fields = new java.util.LinkedHashMap<String, String>(more);
        fields.put("intent_id", intentId);
        fields.put("symbol", symbol);
        fields.put("action", action);
        fields.put("position_size_usd", "100");
        fields.put("timestamp", Instant.now().toString());
        if (loop != null) {
            loop.arrived(new Event.IntentArrived(messageId, fields, IntentCodec.read(fields), null, 1));
        }
    }

    private void hold(String symbol, String price) throws Exception {
        post("/sim/price", "{\"symbol\":\"" + symbol + "\",\"price\":\"" + price + "\",\"hold\":true}");
    }

    private void post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create((exchange == null ? "" : exchange.baseUrl()) + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
    }

    private static void awaitRelease(CountDownLatch stopped) {
        try {
            assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Recorder extends Bystander {
        @Override
        public void mirror(Effect.Mirror mirror) {
            CountDownLatch stopped = midTurn;
            if (stopped != null) {
                stands = true;
                awaitRelease(stopped);
            }
        }

        @Override
        public void log(Effect.Log line) {
            lines.add(line.marker().text() + " " + line.fields());
        }

        @Override
        public void observe(List<Effect> turn) {
            effects.addAll(turn);
        }

        @Override
        public void view(DeskView next, Load load) {
            view = next;
            used = load;
            CountDownLatch stopped = standstill;
            stands = stopped != null;
            if (stopped != null) {
                awaitRelease(stopped);
            }
        }

        @Override
        public void admitIntents() {
            admitted = true;
        }

        @Override
        public void giveUp(Effect.GiveUp why) {
            lines.add("GIVE UP " + why);
        }

        @Override
        public void failed(RuntimeException cause) {
            cause.printStackTrace();
        }
    }
}
