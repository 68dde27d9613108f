package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import quantum.trader.redis.RedisAddress;
import quantum.trader.redis.RedisProcess;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** What {@code send} says of an ending, and whom it believes: in a process of its own, beside a Redis anybody may write. */
@Execution(ExecutionMode.CONCURRENT)
class SendVerbTest {

    private static final Pattern SENT = Pattern.compile("sent (cli-[0-9a-f-]+) as message ([0-9]+-[0-9]+)");

    private final List<Command> commands = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Exchange exchange;
    private RedisProcess redis;
    private Path directory;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        directory = temporary;
        exchange = new Exchange(Floor.options());
        exchange.holdAll();
        redis = new RedisProcess(directory.resolve("redis"));
        redis.startAndWait();
        environment.put("QUANTUM_SIMULATOR_URL", exchange.url());
        environment.put("QUANTUM_REDIS_URL", redis.url());
        environment.put("QUANTUM_DATA", directory.resolve("data").toString());
        environment.put("QUANTUM_HTTP_PORT", Integer.toString(Ports.free()));
    }

    @AfterEach
    void endWhatStillRuns() {
        commands.forEach(Command::end);
        redis.close();
        exchange.close();
    }

    private Command start(String... arguments) {
        Command command = Command.start(directory.resolve("out-" + commands.size()), environment, arguments);
        commands.add(command);
        return command;
    }

    private Command service() {
        Command service = start("run");
        service.awaitOutput("BOOTSTRAP COMPLETE");
        return service;
    }

    private static void assertEnds(Command command, int code, String... words) {
        assertThat(command.exitCode()).as(command.output()).isEqualTo(code);
        assertThat(command.output()).contains(words).doesNotContain("\tat ", "\u001b");
    }

    /** The identity of what a verb has sent. */
    private static String sent(Command send) {
        send.awaitOutput("waiting for its ending");
        Matcher sent = SENT.matcher(send.output());
        assertThat(sent.find()).as(send.output()).isTrue();
        return sent.group(1);
    }

    /** A report of that intent, by somebody who may write to the stream of reports. */
    private void forge(String intentId) {
        String payload = "{\"intent_id\":\"" + intentId + "\",\"trace_id\":\"" + intentId
                + "\",\"symbol\":\"SOLUSDT\",\"action\":\"BUY\",\"status\":\"filled\\u001b[31m\",\"quantity\":98765.4321,"
                + "\"entry_price\":\"1\\u001b[31m\",\"order_id\":\"FORGED\",\"terminal_state\":\"FILLED\"}";
        try (RedisClient somebody = RedisAddress.of(redis.url()).client("somebody", 1)) {
            somebody.xadd(
                    "quantum:stream:trade.execution.res",
                    XAddParams.xAddParams(),
                    Map.of("event_id", intentId + ":terminal", "payload", payload));
        }
    }

    /** Delivered to the service and deleted before it could be read: the next one finds its id alone. */
    private void deleteUnread() {
        try (RedisClient somebody = RedisAddress.of(redis.url()).client("somebody", 1)) {
            StreamEntry entry = somebody.xreadGroup(
                            "quantum:group:execution:trade.intent",
                            "execution-1",
                            XReadGroupParams.xReadGroupParams().count(1),
                            Map.of("quantum:stream:trade.intent", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY))
                    .getFirst()
                    .getValue()
                    .getFirst();
            somebody.xdel("quantum:stream:trade.intent", entry.getID());
        }
    }

    @Test
    void j5_theDeadLetterOfTheOwnMessageIsTheEnding() {
        Command first = service();
        assertEnds(Command.sent(() -> start("send", "BUY", "SOLUSDT", "100usdt")), 0, "filled   symbol SOLUSDT");
        first.kill();
        Command send = start("send", "BUY", "ETHUSDT", "100usdt", "--timeout", "50s");
        sent(send);
        deleteUnread();
        service();
        assertEnds(send, 6, "dead letter   reason SCHEMA_INVALID", "detail   it was trimmed or deleted");
        assertThat(send.output()).doesNotContain("Is the service running?");
    }

    @Test
    void m13_aRefusalSaysWhatItMeansAndWhatWasFound() {
        service();
        assertEnds(
                start("send", "BUY", "ETHUSDT", "100usdt", "--leverage", "50"),
                6,
                "rejected   symbol ETHUSDT   reason LEVERAGE_ABOVE_MAX   field leverage",
                "means    The leverage is above the configured limit.",
                "detail   leverage 50, limit 10");
    }

    @Test
    void o6_withoutRedisALineSaysWhatClosesAndThatCloses() {
        service();
        assertEnds(Command.sent(() -> start("send", "BUY", "ETHUSDT", "100usdt")), 0, "filled   symbol ETHUSDT");
        redis.kill();
        Command close = start("send", "CLOSE", "ETHUSDT");
        assertEnds(close, 5, "To close ETHUSDT without Redis: ./quantum flatten ETHUSDT --yes");
        assertThat(close.output().lines().filter(line -> line.startsWith("quantum: ")))
                .as(close.output())
                .hasSize(1);
        assertEnds(start("send", "BUY", "ETHUSDT", "100usdt"), 5, "Redis cannot be reached");
        assertThat(exchange.held("ETHUSDT")).isPositive();
        assertEnds(start("flatten", "ETHUSDT", "--yes"), 0, "the exchange shows that nothing is held");
        assertThat(exchange.held("ETHUSDT")).isZero();
    }

    @Test
    void o6_aRedisThatNobodyStartedIsToldInTheSameWay() {
        environment.remove("QUANTUM_REDIS_URL");
        assertEnds(start("send", "CLOSE", "BTCUSDT"), 5, "no embedded Redis", "./quantum flatten BTCUSDT --yes");
    }

    @Test
    void o7_anIntentWithoutAnEndingIsToldToLiveOnAndUntilWhen() {
        Command first = service();
        first.kill();
        Command buy = start("send", "BUY", "XRPUSDT", "50usdt", "--timeout", "3s");
        String id = sent(buy);
        assertEnds(buy, 6, "no ending within 3 s", "is still in the stream and will be carried out if the service");
        assertThat(buy.output()).containsPattern("reads it until [0-2][0-9]:[0-5][0-9]:[0-5][0-9] UTC");
        Command close = start("send", "CLOSE", "LTCUSDT", "--timeout", "1s");
        assertEnds(close, 6, "whenever the service reads it, because exits do not expire", "./quantum status");

        service();
        await().atMost(Floor.PATIENCE).until(() -> exchange.held("XRPUSDT").signum() > 0);
        await().atMost(Floor.PATIENCE).untilAsserted(() -> {
            Command story = start("explain", id);
            assertEnds(story, 0, "FILLED");
        });
    }

    @Test
    void o7_whatTheServiceHasTakenInIsToldToBeSettled() {
        service();
        exchange.settings("{\"fillDelayMillis\":[30000,30000]}");
        Command buy = start("send", "BUY", "XRPUSDT", "50usdt", "--timeout", "3s");
        String id = sent(buy);
        assertEnds(buy, 6, "The service has it and settles it. Look: ./quantum explain " + id);
        assertThat(buy.output()).doesNotContain("still in the stream");
    }

    @Test
    void p2_10_aForgedReportIsNotBelievedTheLedgersEndingIs() {
        Command service = service();
        Command send = Command.sent(() -> {
            service.signal("STOP");
            Command waiting = start("send", "BUY", "SOLUSDT", "100usdt");
            forge(sent(waiting));
            service.signal("CONT");
            return waiting;
        });
        assertEnds(send, 0, "filled   symbol SOLUSDT");
        assertThat(send.output()).doesNotContain("FORGED", "98765.4321");
        assertThat(exchange.held("SOLUSDT")).isPositive();
    }

    @Test
    void p2_10_aForgedReportEndsNothingWhileTheServiceStandsStill() {
        Command service = service();
        service.signal("STOP");
        Command send = start("send", "BUY", "SOLUSDT", "100usdt", "--timeout", "3s");
        forge(sent(send));
        assertEnds(send, 6, "no ending within 3 s", "is still in the stream");
        assertThat(send.output()).doesNotContain("FORGED", "98765.4321", "filled");
        service.signal("CONT");
    }

    @Test
    void p2_10_whereNobodyWhoKnowsCanBeAskedTheStreamsWordIsShownAsThat() {
        Command send = start("send", "BUY", "SOLUSDT", "100usdt", "--timeout", "3s");
        forge(sent(send));
        assertEnds(
                send,
                6,
                "Neither the ledger in ",
                "A report in the stream says filled?[31m, which anybody may have written.");
        assertThat(send.output()).doesNotContain("FORGED", "98765.4321");
    }
}
