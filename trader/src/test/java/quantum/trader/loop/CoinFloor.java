package quantum.trader.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.CryptoComExchange;
import quantum.cryptocom.CryptoComInput;
import quantum.cryptocom.CryptoComRequest;
import quantum.cryptocom.CryptoComSettings;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.market.Symbol;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import quantum.trader.Exchange;
import quantum.trader.ledger.Ledger;
import quantum.trader.stream.IntentCodec;
import quantum.trader.stream.NoticeCodec;
import quantum.venue.Exchange.Connection;
import tools.jackson.databind.JsonNode;

/** The shipped desk, loop, ledger and session, and a simulated spot exchange behind sockets. */
final class CoinFloor implements AutoCloseable {

    static final Symbol BTC = new Symbol("BTC_USD");

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorOptions.defaults().withPort(0));
    final Exchange exchange = Exchange.at(server.baseUrl());
    private final Path data;
    private final Rules rules;
    private final Set<Symbol> symbols;
    private NoticeListener heard = new NoticeListener();
    private @Nullable Ledger ledger;
    private @Nullable DeskLoop<CryptoComInput, CryptoComRequest> loop;
    private @Nullable Connection<CryptoComRequest> connection;

    private CoinFloor(Path data, Rules rules, Set<Symbol> symbols) {
        this.data = data;
        this.rules = rules;
        this.symbols = symbols;
    }

    /** Bitcoin at 60000, half a coin of it somebody's before, and a desk that takes intents. */
    static CoinFloor open(Path data, Rules rules, Symbol... others) {
        CoinFloor floor = new CoinFloor(
                data, rules, Stream.concat(Stream.of(BTC), Stream.of(others)).collect(Collectors.toSet()));
        // What somebody had before is nobody's to sell.
        floor.exchange.post("/sim/spot", "{\"coins\":{\"BTC\":\"0.5\"}}");
        floor.exchange.price(BTC.name(), "60000");
        floor.start();
        return floor;
    }

    /** Another life of the process, on the same ledger. */
    void start() {
        heard = new NoticeListener();
        Ledger own = Ledger.open(data, new NoticeCodec("simulated"), _ -> {});
        CryptoComExchange venue = new CryptoComExchange(CryptoComSettings.simulator(server.baseUrl(), symbols));
        Desk decides = new Desk(
                rules.withWindows(venue.validity().open(), venue.validity().exit()));
        DeskLoop<CryptoComInput, CryptoComRequest> desk = new DeskLoop<>(decides, venue.session(), own, heard);
        Connection<CryptoComRequest> sockets = venue.connect(desk::received, desk::at, (_, _) -> {});
        ledger = own;
        loop = desk;
        connection = sockets;
        desk.start(own.load(), sockets::perform);
        await().until(heard::isAdmitted);
    }

    void stop() {
        if (loop != null) loop.stop();
        if (connection != null) connection.close();
        if (ledger != null) ledger.close();
    }

    @Override
    public void close() {
        stop();
        exchange.close();
        server.close();
    }

    void send(String intentId, Symbol symbol, String action, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.put("intent_id", intentId);
        fields.put("symbol", symbol.name());
        fields.put("action", action);
        fields.putIfAbsent("position_size_usd", "600");
        fields.put("timestamp", Instant.now().toString());
        if (loop != null) {
            loop.arrived(new Event.IntentArrived(intentId, fields, IntentCodec.read(fields), null, 1));
        }
    }

    void command(Event.Command command) {
        if (loop != null) {
            loop.tell(new Event.Commanded(command));
        }
    }

    /** 0.01 bitcoins, protected. */
    void bought() {
        send("i1", BTC, "BUY", Map.of("stop_loss", "57000", "take_profit", "66000"));
        await().until(() -> !reports("i1").isEmpty());
        assertThat(reports("i1").getFirst()).isInstanceOf(Report.Filled.class);
        await().until(() -> types().equals(List.of("LIMIT", "STOP_LOSS")));
    }

    List<Report> reports(String intentId) {
        return heard.reports().stream()
                .filter(report -> report.subject().intentId().equals(intentId))
                .toList();
    }

    List<Closed> ends() {
        return heard.ends();
    }

    List<Notice.Alert> alerts() {
        return heard.alerts();
    }

    List<JsonNode> live() {
        return exchange.ledger()
                .path("spot")
                .path("advanced")
                .valueStream()
                .filter(order -> Set.of("NEW", "PENDING", "ACTIVE")
                        .contains(order.path("status").asString()))
                .toList();
    }

    List<JsonNode> live(Symbol symbol) {
        return live().stream()
                .filter(order -> order.path("instrument").asString().equals(symbol.name()))
                .toList();
    }

    static List<String> ids(List<JsonNode> orders) {
        return orders.stream()
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

    /** Of one coin, whoever's. */
    BigDecimal coins(String coin) {
        return exchange.ledger()
                .path("spot")
                .path("balances")
                .valueStream()
                .filter(balance -> balance.path("coin").asString().equals(coin))
                .map(balance -> new BigDecimal(balance.path("amount").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    List<JsonNode> orders(String side) {
        return exchange.ledger()
                .path("spot")
                .path("orders")
                .valueStream()
                .filter(order -> order.path("side").asString().equals(side))
                .toList();
    }
}
