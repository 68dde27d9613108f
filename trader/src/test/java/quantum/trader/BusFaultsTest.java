package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.desk.DeskView;
import quantum.position.PositionMode;
import quantum.trader.redis.RedisProcess;
import quantum.trader.redis.RedisUnavailable;
import quantum.trader.stream.ResettingProxy;
import quantum.trader.venue.Venue;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;

/**
 * Redis fails in every way of the fault catalogue (F15 to F22, F27) while a position is held: its stop is put back and it
 * is closed meanwhile, and when Redis is back what is owed is published once, in order, and nothing is executed twice.
 */
class BusFaultsTest {

    private static final String INTENTS = "quantum:stream:trade.intent";
    private static final String REPORTS = "quantum:stream:trade.execution.res";
    private static final String GROUP = "quantum:group:execution:trade.intent";
    private static final Set<String> READERS = Set.of("intent-reader", "intent-ack", "publisher", "key-mirror");

    private static RedisProcess redis;
    private static ResettingProxy proxy;
    private static Floor floor;

    @BeforeAll
    static void open(@TempDir Path data, @TempDir Path redisData) {
        Awaitility.setDefaultTimeout(Floor.PATIENCE);
        redis = new RedisProcess(redisData);
        redis.startAndWait();
        proxy = new ResettingProxy(redis.port());
        floor = Floor.open(data, Floor.quickRules(), proxy.url(), redis.url());
        floor.restartWithoutLimits();
    }

    @AfterAll
    static void close() {
        floor.close();
        proxy.close();
        redis.close();
    }

    @BeforeEach
    void beWell() {
        floor.reconnect();
        await().until(BusFaultsTest::busIsWell);
    }

    /** Each report of each intent lies in its stream once, whatever happened to Redis. */
    @AfterEach
    void nothingIsPublishedTwice() {
        Map<String, String> seen = new HashMap<>();
        for (StreamEntry entry : entries(REPORTS)) {
            String event = entry.getFields().get("event_id");
            assertThat(seen.put(event, entry.getFields().get("payload")))
                    .as(event)
                    .isNull();
        }
    }

    private static List<StreamEntry> entries(String stream) {
        return floor.redis().xrange(stream, (StreamEntryID) null, (StreamEntryID) null);
    }

    private static Exchange exchange() {
        return floor.exchange();
    }

    private static boolean busIsWell() {
        return floor.get("/health").contains("\"redis\":{\"ok\":true");
    }

    /** A position is opened, Redis fails, the position is protected and closed, Redis is well again, and all is told. */
    private static void survives(String symbol, Runnable fault, Runnable heal) {
        opened("held-" + symbol, symbol);
        await().until(BusFaultsTest::busIsWell);
        String stop = text(exchange().liveStops(symbol).getFirst(), "algoId");
        fault.run();

        exchange().cancelStopByHand(symbol);
        await().until(() -> exchange().liveStops(symbol).size() == 1
                && !stop.equals(text(exchange().liveStops(symbol).getFirst(), "algoId")));
        floor.flatten(symbol);
        await().until(() -> exchange().held(symbol).signum() == 0);
        await().until(() -> !busIsWell());
        heal.run();
        floor.reconnect();

        assertThat(text(floor.closed(symbol), "reason")).isEqualTo("kill");
        await().until(BusFaultsTest::busIsWell);
        floor.resume();
        opened("after-" + symbol, symbol);
        assertThat(floor.ends(symbol)).hasSize(1);
        assertThat(opens(symbol)).hasSize(2).doesNotHaveDuplicates();
    }

    private static void opened(String id, String symbol) {
        floor.open(id, symbol, "BUY", "100");
        JsonNode report = floor.ending(id);
        assertThat(text(report, "status")).as(report.toString()).isEqualTo("filled");
        await().until(() -> exchange().liveStops(symbol).size() == 1);
    }

    /** The client ids of the requests that would open. */
    private static List<String> opens(String symbol) {
        return exchange().orderRequests(symbol).stream()
                .map(request -> text(request.path("parameters"), "newClientOrderId"))
                .filter(id -> id.startsWith("qo-"))
                .toList();
    }

    private static boolean opensAreHeld() {
        DeskView view = floor.trader().view();
        return view != null && view.status().degraded();
    }

    /** Nobody would hear how they ended (law 8); what is held is protected and closed all the same. */
    @Test
    void opensWaitWhileNoStreamTakesTheirReports() {
        opened("before-blocked", "INJUSDT");
        await().until(() -> !opensAreHeld());
        floor.redis().rename(REPORTS, "kept");
        floor.redis().set(REPORTS, "x");
        try {
            floor.flatten("INJUSDT");
            await().until(() -> exchange().held("INJUSDT").signum() == 0);
            floor.open("unheard", "NOSUCHUSDT", "BUY", "100");
            await().until(BusFaultsTest::opensAreHeld);
            floor.open("waits", "ARBUSDT", "BUY", "100");
            await().until(() -> floor.trader().ledger().intent("waits").isPresent());
        } finally {
            floor.redis().del(REPORTS);
            floor.redis().rename("kept", REPORTS);
            floor.resume();
        }
        assertThat(text(floor.ending("waits"), "reason")).isEqualTo("REPORTS_BLOCKED");
        assertThat(exchange().orderRequests("ARBUSDT")).isEmpty();
        await().until(() -> !opensAreHeld());
        opened("goes-on", "ARBUSDT");
    }

    @Test
    void f15_killedAndStartedAgainWithoutABusyLoop() {
        survives(
                "ETHUSDT",
                () -> {
                    redis.kill();
                    await().until(() -> !busIsWell());
                    long before = processorTime();
                    await().during(Duration.ofSeconds(2))
                            .pollInterval(Duration.ofSeconds(1))
                            .until(() -> !busIsWell());
                    assertThat(Duration.ofNanos(processorTime() - before)).isLessThan(Duration.ofMillis(100));
                },
                redis::startAndWait);
        assertThat(floor.alerts("redis-lost")).isNotEmpty();
        assertThat(floor.alerts("redis-back")).isNotEmpty();
    }

    private static long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && READERS.contains(info.getThreadName()))
                .mapToLong(ThreadInfo::getThreadId)
                .map(threads::getThreadCpuTime)
                .sum();
    }

    @Test
    void f15_goneAtAStartThatHasAPositionToProtect() {
        opened("gone", "SOLUSDT");
        floor.restart(() -> {
            redis.kill();
            exchange().cancelStopByHand("SOLUSDT");
        });
        await().until(() -> exchange().liveStops("SOLUSDT").size() == 1);
        floor.flatten("SOLUSDT");
        await().until(() -> exchange().held("SOLUSDT").signum() == 0);
        redis.startAndWait();
        floor.reconnect();

        assertThat(text(floor.closed("SOLUSDT"), "reason")).isEqualTo("kill");
        assertThat(opens("SOLUSDT")).hasSize(1);
    }

    @Test
    void f17_wipedGroupMissing() {
        opened("wiped", "XRPUSDT");
        floor.redis().flushAll();

        floor.open("after-wipe", "XRPUSDT", "BUY", "100", "stop_loss_pct", "1.0");
        JsonNode report = floor.ending("after-wipe");
        assertThat(text(report, "status")).as(report.toString()).isEqualTo("updated");
        await().until(() -> !floor.alerts("group-missing").isEmpty());
        assertThat(floor.reports("wiped")).hasSize(1);
        assertThat(floor.redis().xinfoGroups(INTENTS))
                .singleElement()
                .satisfies(group -> assertThat(group.getLastDeliveredId()).isNotEqualTo(new StreamEntryID(0, 0)));
        assertThat(opens("XRPUSDT")).hasSize(1);
    }

    @Test
    void f25_theGroupLostAndTheWholeStreamReadAgainFromItsBeginning() {
        opened("replayed", "FILUSDT");
        long orders = exchange().requests("POST", "/fapi/v1/order").size();
        long reports = floor.redis().xlen(REPORTS);
        floor.redis().xgroupDestroy(INTENTS, GROUP);
        floor.redis().xgroupCreate(INTENTS, GROUP, new StreamEntryID(0, 0), true);
        floor.open("after-replay", "FILUSDT", "SELL", "100");
        floor.ending("after-replay");

        assertThat(exchange().requests("POST", "/fapi/v1/order")).hasSize((int) orders);
        assertThat(floor.redis().xlen(REPORTS)).isEqualTo(reports + 1);
    }

    @Test
    void f18_readOnlyAsAReplica() {
        survives("ADAUSDT", () -> admin("REPLICAOF", "127.0.0.1", "1"), () -> admin("REPLICAOF", "NO", "ONE"));
    }

    @Test
    void f18_outOfMemory() {
        survives("AVAXUSDT", () -> redis.config("maxmemory", "1"), () -> redis.config("maxmemory", "0"));
    }

    @Test
    void f18_notEnoughReplicas() {
        survives(
                "LINKUSDT",
                () -> redis.config("min-replicas-to-write", "1"),
                () -> redis.config("min-replicas-to-write", "0"));
    }

    @Test
    void f18_misconfBecauseASnapshotFails() throws IOException {
        Path snapshot = redis.data().resolve("dump.rdb");
        Files.createDirectories(snapshot.resolve("in-the-way"));
        survives(
                "LTCUSDT",
                () -> {
                    redis.config("save", "3600 1");
                    admin("BGSAVE");
                    await().until(() -> floor.redis().info("persistence").contains("rdb_last_bgsave_status:err"));
                },
                () -> redis.config("save", ""));
        Files.delete(snapshot.resolve("in-the-way"));
        Files.delete(snapshot);
    }

    @Test
    void f18_loadingForAWhile() {
        try (AbstractPipeline pipeline = floor.redis().pipelined()) {
            for (int i = 0; i < 12_000; i++) {
                pipeline.set("filler:" + i, "x");
            }
        }
        survives(
                "DOTUSDT",
                () -> {
                    redis.kill();
                    redis.start("key-load-delay 500");
                    await().pollInterval(Duration.ofMillis(10))
                            .until(() -> redis.ask().startsWith("LOADING"));
                },
                () -> await().until(() -> redis.ask().equals("PONG")));
    }

    @Test
    void f16_startedAgainFromAnOlderCopy() {
        opened("kept", "BNBUSDT");
        Path copy = redis.copy();
        opened("lost", "NEARUSDT");
        JsonNode before = floor.ending("lost");
        opened("lost-too", "ATOMUSDT");
        List<String> order = events();
        redis.kill();
        redis.restore(copy);
        redis.startAndWait();
        floor.reconnect();

        assertThat(floor.ending("lost")).isEqualTo(before);
        floor.ending("lost-too");
        assertThat(events()).isEqualTo(order);
        assertThat(opens("NEARUSDT")).hasSize(1);
        assertThat(opens("ATOMUSDT")).hasSize(1);
    }

    private static List<String> events() {
        return entries(REPORTS).stream()
                .map(entry -> entry.getFields().get("event_id"))
                .toList();
    }

    @Test
    void f20_connectionsResetAfterTheReportWasTaken() {
        proxy.loseAnswers("event_id", 3);
        opened("reset", "OPUSDT");
        await().until(() -> proxy.left() == 0 && busIsWell());

        assertThat(floor.reports("reset")).hasSize(1);
        assertThat(opens("OPUSDT")).hasSize(1);
    }

    @Test
    void f15_flappingTwentyTimes() {
        floor.open("flapping", "DOGEUSDT", "BUY", "100");
        for (int i = 0; i < 20; i++) {
            proxy.resetAll();
        }
        assertThat(text(floor.ending("flapping"), "status")).isEqualTo("filled");
        floor.close("flapped", "DOGEUSDT");
        assertThat(text(floor.ending("flapped"), "status")).isEqualTo("filled");
        assertThat(opens("DOGEUSDT")).hasSize(1);
    }

    @Test
    void f22_trimmedWhilePending() {
        String decided = floor.open("decided", "SUIUSDT", "BUY", "100");
        floor.ending("decided");
        String[] trimmed = new String[1];
        floor.restart(() -> {
            try (Jedis client = new Jedis("127.0.0.1", redis.port())) {
                trimmed[0] = client.xadd(
                                INTENTS,
                                StreamEntryID.NEW_ENTRY,
                                Floor.fields("trimmed", "SUIUSDT", "SELL", "position_size_usd", "100"))
                        .toString();
                client.xgroupSetID(INTENTS, GROUP, before(decided));
                client.xreadGroup(
                        GROUP,
                        "execution-1",
                        XReadGroupParams.xReadGroupParams().count(1_000),
                        Map.of(INTENTS, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
                client.xtrim(INTENTS, 0, false);
            }
        });

        JsonNode dead = floor.deadLetter(trimmed[0]);
        assertThat(text(dead, "reason")).isEqualTo("SCHEMA_INVALID");
        await().until(() -> floor.alerts("intent-trimmed:" + trimmed[0]).size() == 1);
        await().until(() -> floor.redis().xpending(INTENTS, GROUP).getTotal() == 0);
        assertThat(floor.stream("trade.intent.dead", r -> decided.equals(text(r, "message_id"))))
                .isEmpty();
        assertThat(opens("SUIUSDT")).hasSize(1);
    }

    private static StreamEntryID before(String id) {
        StreamEntryID entry = new StreamEntryID(id);
        return new StreamEntryID(entry.getTime() - 1, 0);
    }

    @Test
    void f27_aRedisThatMayLoseMessagesIsRefusedInLiveMode(@TempDir Path data, @TempDir Path other) {
        try (RedisProcess spoilt = new RedisProcess(other)) {
            spoilt.startAndWait("maxmemory-policy allkeys-lru");

            assertThatThrownBy(() -> Trader.start(new Setup(
                            "live",
                            data,
                            new Setup.Store(spoilt.url(), 0, false, "quantum", "execution-1", 1_000),
                            new Setup.Exchange.Outside(
                                    Venue.BINANCE, Venue.BINANCE.simulated("http://127.0.0.1:9", PositionMode.ONE_WAY)),
                            new Setup.Page("127.0.0.1", 0),
                            Floor.quickRules())))
                    .isInstanceOf(RedisUnavailable.class)
                    .hasMessageContainingAll("maxmemory-policy is allkeys-lru", "noeviction");
        }
    }

    private static void admin(String command, String... arguments) {
        try (Jedis client = new Jedis("127.0.0.1", redis.port())) {
            Object _ = client.sendCommand(() -> command.getBytes(java.nio.charset.StandardCharsets.UTF_8), arguments);
        }
    }
}
