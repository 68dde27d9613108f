package quantum.trader;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.decision.Event;
import quantum.desk.DeskView;
import quantum.guard.Limits;
import quantum.market.Symbol;
import quantum.position.ExistingPolicy;
import quantum.position.ExitPolicy;
import quantum.position.PositionMode;
import quantum.rules.Rules;
import quantum.simulator.SimulatorOptions;
import quantum.trader.page.OperatorToken;
import quantum.trader.redis.RedisAddress;
import quantum.trader.venue.PublicAddresses;
import quantum.trader.venue.Venue;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An exchange, a service and a producer, joined by real sockets. The exchange outlives the service. */
public final class Floor implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Path data;
    private final Rules rules;
    private final Exchange exchange;
    private final String mode;
    private final @Nullable String redisUrl;
    private final @Nullable String producerUrl;
    private final DeskLog log = new DeskLog();
    private Trader trader;
    private RedisClient redis;

    private Floor(Path data, Rules rules, SimulatorOptions options, String mode) {
        this(data, rules, options, mode, null, null);
    }

    private Floor(
            Path data,
            Rules rules,
            SimulatorOptions options,
            String mode,
            @Nullable String redisUrl,
            @Nullable String producerUrl) {
        this.mode = mode;
        this.redisUrl = redisUrl;
        this.producerUrl = producerUrl;
        this.data = data;
        this.rules = rules;
        this.exchange = new Exchange(options.withHedged(rules.positions() == PositionMode.HEDGE));
        exchange.holdAll();
        // The waits of the rules are short here, so that the exchange is read more often than in use.
        exchange.settings("{\"weightPerMinute\":9600}");
        trader = start();
        redis = producer();
    }

    /** Opens with prices that stand still and fills that come within a moment. */
    public static Floor open(Path data, Rules rules) {
        return open(data, rules, options());
    }

    static Floor open(Path data, Rules rules, SimulatorOptions options) {
        return new Floor(data, rules, options, "simulated");
    }

    /** With a Redis of the test's own, which the service reaches by one way and the producer by another. */
    static Floor open(Path data, Rules rules, String redisUrl, String producerUrl) {
        return new Floor(data, rules, options(), "simulated", redisUrl, producerUrl);
    }

    /** The exchange is the real one here, whose prices and rules paper trading follows. */
    static Floor paper(Path data, Rules rules) {
        return paper(data, rules, options());
    }

    /** The same, of an exchange with contracts of its own. */
    static Floor paper(Path data, Rules rules, SimulatorOptions options) {
        return new Floor(data, rules, options, "paper");
    }

    static SimulatorOptions options() {
        return SimulatorOptions.defaults().withFillDelay(Duration.ofMillis(20), Duration.ofMillis(60));
    }

    /** Every number of the seeds but for the waits, which are short, and the rates, which are no limit. */
    public static Rules quickRules() {
        return withLimits(unlimitedRates());
    }

    static Rules withLimits(Limits limits) {
        return new Rules(
                limits,
                ExitPolicy.SEEDS,
                new Rules.Confirmation(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5)),
                Rules.DEFAULT.guarding(),
                new Rules.Reading(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(15)),
                PositionMode.ONE_WAY,
                ExistingPolicy.DEFAULT,
                false);
    }

    static Limits unlimitedRates() {
        return new Limits(
                new Limits.Rates(Duration.ZERO, 1_000_000, Duration.ZERO),
                Limits.DEFAULT.margin(),
                new Limits.Exposure(50, 1, 10, new BigDecimal("60")),
                Limits.DEFAULT.openMaxAge(),
                Duration.ofSeconds(20));
    }

    private Trader start() {
        Trader started = Trader.start(setup());
        try {
            started.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return started;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            started.close();
            throw new IllegalStateException(e);
        }
    }

    /** What the service is built from. */
    Setup setup() {
        return new Setup(
                rules.observe() ? mode + "-observe" : mode,
                data,
                new Setup.Store(redisUrl, 0, false, "quantum", "execution-1", 100_000),
                where(),
                new Setup.Page("127.0.0.1", 0),
                rules);
    }

    private Setup.Exchange where() {
        return mode.equals("paper")
                ? new Setup.Exchange.Paper(
                        Venue.BINANCE, new PublicAddresses(exchange.url(), stream("/public"), stream("/market")))
                : new Setup.Exchange.Outside(Venue.BINANCE, Venue.BINANCE.simulated(exchange.url(), rules.positions()));
    }

    private String stream(String path) {
        return exchange.url().replaceFirst("http", "ws") + path;
    }

    /** The service keeps within the limits that the exchange tells at its start; from now on they are no limit. */
    void restartWithoutLimits() {
        restart(() -> exchange.settings(
                "{\"ordersPerMinute\":1000000,\"ordersPer10Seconds\":1000000," + "\"weightPerMinute\":1000000}"));
    }

    /** Ends the service, lets something happen without it, and starts it again on the same data. */
    public void restart(Runnable meanwhile) {
        redis.close();
        trader.close();
        meanwhile.run();
        trader = start();
        redis = producer();
    }

    private RedisClient producer() {
        return (producerUrl == null ? trader.redis() : RedisAddress.of(producerUrl)).client("producer", 4);
    }

    /** The producer's connections may have ended with a Redis that was killed. */
    void reconnect() {
        redis.close();
        redis = producer();
    }

    public Exchange exchange() {
        return exchange;
    }

    Trader trader() {
        return trader;
    }

    public RedisClient redis() {
        return redis;
    }

    /** What the desk wrote to its log, one entry a line. */
    public List<String> lines(String marker) {
        return log.lines(marker);
    }

    /** An open of now; further fields come as name, value, name, value. */
    public String open(String id, String symbol, String action, String usd, String... more) {
        Map<String, String> fields = fields(id, symbol, action, more);
        fields.putIfAbsent("position_size_usd", usd);
        return send(WireForm.BRIDGE.wrap(fields));
    }

    public String close(String id, String symbol, String... more) {
        Map<String, String> fields = fields(id, symbol, "CLOSE", more);
        fields.putIfAbsent("reduceOnly", "true");
        return send(WireForm.BRIDGE.wrap(fields));
    }

    public static Map<String, String> fields(String id, String symbol, String action, String... more) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("intent_id", id);
        fields.put("symbol", symbol);
        fields.put("action", action);
        fields.put("timestamp", Instant.now().toString());
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    /** Publishes an entry as it is and returns its id. */
    public String send(Map<String, String> entry) {
        return redis.xadd("quantum:stream:trade.intent", XAddParams.xAddParams(), entry)
                .toString();
    }

    /** The one terminal report of an intent. */
    public JsonNode ending(String id) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> reports(id).stream().anyMatch(r -> r.has("terminal_state")));
        return reports(id).stream()
                .filter(r -> r.has("terminal_state"))
                .findFirst()
                .orElseThrow();
    }

    public List<JsonNode> reports(String id) {
        return stream("trade.execution.res", r -> id.equals(Exchange.text(r, "intent_id")));
    }

    /** The end of a symbol's only position. */
    public JsonNode closed(String symbol) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !ends(symbol).isEmpty());
        return ends(symbol).getFirst();
    }

    public List<JsonNode> ends(String symbol) {
        return stream("trade.closed", r -> symbol.equals(Exchange.text(r, "symbol")));
    }

    public JsonNode deadLetter(String messageId) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !deadLetters(messageId).isEmpty());
        return deadLetters(messageId).getFirst();
    }

    private List<JsonNode> deadLetters(String messageId) {
        return stream("trade.intent.dead", r -> messageId.equals(Exchange.text(r, "message_id")));
    }

    public List<JsonNode> alerts(String keyPart) {
        return stream("alert", r -> Exchange.text(r, "key").contains(keyPart));
    }

    /** Payloads of a stream. */
    List<JsonNode> stream(String kind, Predicate<JsonNode> wanted) {
        return redis.xrange("quantum:stream:" + kind, (StreamEntryID) null, (StreamEntryID) null).stream()
                .map(entry ->
                        MAPPER.readTree(Objects.requireNonNull(entry.getFields().get("payload"))))
                .filter(wanted)
                .toList();
    }

    /** Whether the desk has read that it may spend nothing more. */
    public boolean isOutOfMargin() {
        DeskView view = trader.view();
        BigDecimal free = view == null ? null : view.status().freeMargin().get("USDT");
        return free != null && free.signum() <= 0;
    }

    /** The operator closes a symbol. */
    public void flatten(String symbol) {
        trader.command(new Event.Command.Flatten(new Symbol(symbol)));
    }

    /** The operator's pause. */
    public void pause() {
        trader.command(new Event.Command.Pause());
    }

    /** The operator allows opens again. */
    public void resume() {
        trader.command(new Event.Command.Resume());
    }

    /** The detail beside the reason, as recorded for {@code explain}. */
    public String detail(String id) {
        return String.valueOf(trader.ledger().view().intent(id).orElseThrow().detail());
    }

    /** The sum of a metric's samples that carry all of these labels. */
    public long metric(String name, String... labels) {
        return get("/metrics")
                .lines()
                .filter(line ->
                        line.startsWith(name) && List.of(labels).stream().allMatch(line::contains))
                .mapToLong(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)).longValue())
                .sum();
    }

    /** A page of the running service. */
    public String get(String path) {
        return send(request(path).build());
    }

    /** An order of the operator, with his token, and its answer. */
    JsonNode order(String verb, String body) {
        try {
            return MAPPER.readTree(send(request("/api/v1/control/" + verb)
                    .header(
                            "Authorization",
                            "Bearer " + OperatorToken.read(data).orElseThrow())
                    .POST(BodyPublishers.ofString(body))
                    .build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + trader.pagePort() + path));
    }

    private static String send(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        redis.close();
        trader.close();
        exchange.close();
        log.close();
    }
}
