package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import quantum.reliability.Results;
import quantum.trader.Command;
import quantum.trader.Floor;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XTrimParams;

/**
 * Messages of 100 B to 16 kB, some of 1 MB, more than the service can hold: it ends each of them and stays small. {@code
 * -Dquantum.messages=1000000} sends so many; at most 1 GB of them waits at a time. Before that sixty of 1.5 MB wait for a
 * service that was away, in a Redis that takes them.
 */
@EnabledOnOs(OS.LINUX)
class StreamMemoryTest {

    private static final String GROUP = "quantum:group:execution:trade.intent";
    private static final int MESSAGES = Integer.getInteger("quantum.messages", 3_000);
    /** One in so many is of 1 MB; in a small run more of them, so that they matter. */
    private static final int LARGE_EVERY = MESSAGES >= 100_000 ? 1_000 : 50;

    private static final long MOST_WAITING = 1L << 30;
    private static final int PART = 200;
    private static final long LIMIT_KB = 256 << 10;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Test
    void p1_3_aMillionMessagesAndTheLargeAmongThemLeaveTheServiceSmall(@TempDir Path directory) {
        try (Installation at = Installation.open(directory, Map.of())) {
            // The disk of Redis is not what is measured.
            at.redis().configSet("appendonly", "no");
            at.redis().configSet("proto-max-bulk-len", "64mb");
            int ended = sendLarge(at);
            try (Instance instance = at.start().awaitReady()) {
                RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
                long average = 8_100L + 1_000_000L / LARGE_EVERY;
                for (int sent = 0; sent < MESSAGES; sent += PART) {
                    send(at, random, sent);
                    int before = sent;
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> waiting(at) * average < MOST_WAITING - PART * average || before == 0);
                    if (sent % (PART * 50) == 0) {
                        forget(at);
                    }
                }
                await().atMost(PATIENCE)
                        .failFast("the service ended", () -> !instance.command().isAlive())
                        .until(at::isDrained);
                assertThat(at.ledger().alerts(1_000))
                        .noneMatch(alert -> alert.payload().contains("intents-trimmed"));
                report(instance.command(), ended + MESSAGES);
            }
        }
    }

    /** Far more than its memory in one page, and one that alone is too large for it. */
    private static int sendLarge(Installation at) {
        byte[] large = new byte[1_500_000];
        Arrays.fill(large, (byte) 'a');
        try (AbstractPipeline pipeline = at.redis().pipelined()) {
            for (int i = 0; i < 60; i++) {
                pipeline.xadd(
                        Installation.INTENTS,
                        StreamEntryID.NEW_ENTRY,
                        Map.of("payload", new String(large, java.nio.charset.StandardCharsets.US_ASCII)));
            }
        }
        at.send(Map.of("payload", "b".repeat(60_000_000)));
        return 61;
    }

    private static void send(Installation at, RandomGenerator random, int first) {
        try (AbstractPipeline pipeline = at.redis().pipelined()) {
            for (int i = first; i < first + PART; i++) {
                int size = i % LARGE_EVERY == 0 ? 1_000_000 : 100 + random.nextInt(16_000);
                Map<String, String> fields = new HashMap<>(
                        Floor.fields("m-" + i, i % 3 == 0 ? "NOSUCHUSDT" : "BTCUSDT", i % 2 == 0 ? "BUY" : "SELL"));
                fields.put("timestamp", Instant.now().minus(Duration.ofDays(1)).toString());
                fields.put("position_size_usd", "100");
                fields.put("note", "n".repeat(size));
                pipeline.xadd(Installation.INTENTS, StreamEntryID.NEW_ENTRY, fields);
            }
        }
    }

    private static long waiting(Installation at) {
        Object lag = at.redis()
                .xinfoGroups(Installation.INTENTS)
                .getFirst()
                .getGroupInfo()
                .get("lag");
        return lag instanceof Long known ? known : 0;
    }

    /** What has its ending need not lie in the memory of Redis any longer; what waits must. */
    private static void forget(Installation at) {
        StreamEntryID pending = at.redis().xpending(Installation.INTENTS, GROUP).getMinId();
        if (pending != null) {
            at.redis().xtrim(Installation.INTENTS, XTrimParams.xTrimParams().minId(pending.toString()));
        }
    }

    private static void report(Command command, int messages) {
        Map<String, Object> figures = new TreeMap<>();
        figures.put("messages", messages);
        figures.put("most_kb", peak(command));
        figures.put("limit_kb", LIMIT_KB);
        Results.tell("stream-memory", figures);
        assertThat(peak(command)).isLessThan(LIMIT_KB);
    }

    /** The most that ever was in memory, in kB. */
    private static long peak(Command command) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(command.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
