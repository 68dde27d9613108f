package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import quantum.trader.Command;
import quantum.trader.Exchange;
import quantum.trader.Floor;
import quantum.trader.Ports;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.LedgerView;
import quantum.trader.redis.EmbeddedRedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamGroupInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An exchange and a Redis that outlive the service, and the service's data, port and configuration. */
final class Installation implements AutoCloseable {

    static final String INTENTS = "quantum:stream:trade.intent";

    static final BigDecimal BALANCE = new BigDecimal(1_000_000);

    private static final Pattern ADDRESS = Pattern.compile("simulator on (http://\\S+)");
    private static final String NO_LIMITS =
            "{\"ordersPerMinute\":1000000,\"ordersPer10Seconds\":1000000,\"weightPerMinute\":1000000}";

    private final Path directory;
    private final Command simulator;
    private final Exchange exchange;
    private final SentEntries sentEntries;
    private final EmbeddedRedis redis;
    private final RedisClient client;
    private final Map<String, String> environment;
    private int starts;

    private Installation(Path directory, Map<String, String> configuration) {
        this.directory = directory;
        simulator = Command.start(directory.resolve("simulator"), Map.of(), "simulator", "--port", "0");
        redis = EmbeddedRedis.start(directory.resolve("bus"), 0, false);
        client = redis.address().client("producer", 4);
        environment = new HashMap<>(configuration);
        environment.put("QUANTUM_DATA", data().toString());
        environment.put("QUANTUM_REDIS_URL", redis.address().uri().toString());
        environment.put("QUANTUM_HTTP_PORT", Integer.toString(Ports.free()));
        await().atMost(Floor.PATIENCE)
                .until(() -> ADDRESS.matcher(simulator.output()).find());
        Matcher address = ADDRESS.matcher(simulator.output());
        assertThat(address.find()).isTrue();
        exchange = Exchange.at(address.group(1));
        sentEntries = new SentEntries(exchange);
        environment.put("QUANTUM_SIMULATOR_URL", exchange.url());
        exchange.settings(NO_LIMITS);
        exchange.balance(BALANCE.toPlainString());
    }

    /**
     * Starts everything but the service. The exchange's own rate limits are out of the way and the account is rich, so
     * that only what a test asks for holds an order back.
     */
    static Installation open(Path directory, Map<String, String> configuration) {
        return new Installation(directory, configuration);
    }

    Path data() {
        return directory.resolve("data");
    }

    Exchange exchange() {
        return exchange;
    }

    SentEntries sentEntries() {
        return sentEntries;
    }

    RedisClient redis() {
        return client;
    }

    /** Starts the service; whoever started it ends it. */
    Instance start() {
        return start(Map.of());
    }

    Instance start(Map<String, String> other) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(other);
        Command command = Command.start(directory.resolve("service-" + starts++), all, "run");
        return new Instance(command, Integer.parseInt(Objects.requireNonNull(all.get("QUANTUM_HTTP_PORT"))));
    }

    /** Another verb beside the service, on the same settings; ended when this returns. */
    Command run(String... arguments) {
        Command command = Command.start(directory.resolve("verb-" + starts++), environment, arguments);
        assertThat(command.exitCode()).as(command.output()).isZero();
        return command;
    }

    /** The ledger as it is on disk now, beside a running service or without one. */
    LedgerView ledger() {
        return LedgerView.open(data());
    }

    /** Asks the ledger on disk; false while there is none or it is being made. */
    boolean ledgerKnows(Predicate<LedgerView> question) {
        try (LedgerView ledger = ledger()) {
            return question.test(ledger);
        } catch (LedgerException _) {
            return false;
        }
    }

    /** Lists so many further symbols, each with the rules of one that there is; before the service starts. */
    List<String> list(int count, String like) {
        List<String> symbols =
                IntStream.range(0, count).mapToObj("T%03dUSDT"::formatted).toList();
        symbols.forEach(
                symbol -> exchange.post("/sim/symbol", "{\"symbol\":\"%s\",\"like\":\"%s\"}".formatted(symbol, like)));
        return symbols;
    }

    /** Publishes an entry as it is and returns its id. */
    String send(Map<String, String> entry) {
        return client.xadd(INTENTS, XAddParams.xAddParams(), entry).toString();
    }

    List<StreamEntry> entries(String kind) {
        return client.xrange("quantum:stream:" + kind, (StreamEntryID) null, (StreamEntryID) null);
    }

    /** Payloads of a stream. */
    List<JsonNode> payloads(String kind, Predicate<JsonNode> wanted) {
        return entries(kind).stream().map(Installation::payload).filter(wanted).toList();
    }

    static JsonNode payload(StreamEntry entry) {
        return JsonMapper.shared()
                .readTree(Objects.requireNonNull(entry.getFields().get("payload")));
    }

    /** The terminal reports of an intent: one, or none yet. */
    List<JsonNode> endings(String intentId) {
        return payloads("trade.execution.res", r -> intentId.equals(text(r, "intent_id")) && r.has("terminal_state"));
    }

    JsonNode awaitEnding(String intentId) {
        await().atMost(Floor.PATIENCE).until(() -> !endings(intentId).isEmpty());
        return endings(intentId).getFirst();
    }

    /** Identities that have their terminal report. */
    Set<String> endedIntents() {
        return payloads("trade.execution.res", r -> r.has("terminal_state")).stream()
                .map(r -> text(r, "intent_id"))
                .collect(Collectors.toSet());
    }

    /** Delivered and not acknowledged. */
    long pending() {
        return group().map(StreamGroupInfo::getPending).orElse(0L);
    }

    /** Everything published was delivered and acknowledged. */
    boolean isDrained() {
        return group().map(g ->
                        g.getPending() == 0 && Objects.equals(g.getGroupInfo().get("lag"), 0L))
                .orElse(false);
    }

    private Optional<StreamGroupInfo> group() {
        return client.exists(INTENTS) ? client.xinfoGroups(INTENTS).stream().findFirst() : Optional.empty();
    }

    @Override
    public void close() {
        client.close();
        redis.close();
        exchange.close();
        simulator.end();
    }
}
