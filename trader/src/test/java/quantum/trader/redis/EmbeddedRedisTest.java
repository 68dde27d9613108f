package quantum.trader.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.Ports;
import redis.clients.jedis.RedisClient;

class EmbeddedRedisTest {

    @TempDir
    Path directory;

    private static String runId(EmbeddedRedis redis) {
        try (RedisClient client = redis.address().client("test", 1)) {
            return client.info("server").replaceAll("(?s).*run_id:([0-9a-f]+).*", "$1");
        }
    }

    private static void set(EmbeddedRedis redis, String value) {
        try (RedisClient client = redis.address().client("test", 1)) {
            client.set("key", value);
        }
    }

    private static String get(EmbeddedRedis redis) {
        try (RedisClient client = redis.address().client("test", 1)) {
            return client.get("key");
        }
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, false)) {
            set(redis, "1");
            assertThat(RedisCheck.run(redis.address()))
                    .isEqualTo(new RedisCheck.Findings("7.0.15", List.of(), List.of()));
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, false)) {
            assertThat(get(redis)).isEqualTo("1");
        }
    }

    @Test
    void aServerLeftRunningIsAdopted() {
        EmbeddedRedis left = EmbeddedRedis.start(directory, 0, false);
        set(left, "1");

        try (EmbeddedRedis adopted = EmbeddedRedis.start(directory, 0, false)) {
            assertThat(runId(adopted)).isEqualTo(runId(left));
            assertThat(adopted.address()).isEqualTo(left.address());
            assertThat(get(adopted)).isEqualTo("1");
        }
    }

    @Test
    void aServerThatDiesIsStartedAgainAndHasWhatWasWritten() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, true)) {
            redis.keepAlive();
            for (int i = 0; i < 2; i++) {
                set(redis, "value " + i);
                String before = runId(redis);
                assertThat(ProcessHandle.of(pid(redis)).orElseThrow().destroyForcibly())
                        .isTrue();
                await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> !before.equals(runId(redis)));
                assertThat(get(redis)).isEqualTo("value " + i);
            }
        }
    }

    /** Whoever starts it again must not wait for one that was killed while it started. */
    @Test
    void aServerThatDiesWhileItStartsIsStartedAgain() throws IOException {
        RedisFiles files = RedisFiles.in(directory);
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, false)) {
            redis.keepAlive();
            set(redis, "1");
            for (int i = 0; i < 4; i++) {
                long pid = files.pid().orElseThrow();
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                await().atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> files.pid().orElse(pid) != pid);
            }
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> "1".equals(get(redis)));
        }
    }

    private static long pid(EmbeddedRedis redis) {
        try (RedisClient client = redis.address().client("test", 1)) {
            return Long.parseLong(client.info("server").replaceAll("(?s).*process_id:([0-9]+).*", "$1"));
        }
    }

    @Test
    void aServerLeftRunningWithoutThePasswordIsReplaced() throws IOException {
        EmbeddedRedis left = EmbeddedRedis.start(directory, 0, false);
        set(left, "1");
        String before = runId(left);

        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, true)) {
            assertThat(runId(redis)).isNotEqualTo(before);
            assertThat(get(redis)).isEqualTo("1");
            String password = Files.readString(directory.resolve("redis/password"));
            assertThat(password).hasSize(48);
            assertThat(redis.address().toString()).doesNotContain(password);
            for (String file : List.of("password", "redis.conf")) {
                assertThat(Files.getPosixFilePermissions(
                                directory.resolve("redis").resolve(file)))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
            RedisAddress open = RedisAddress.local(redis.address().uri().getPort(), null);
            assertThatThrownBy(() -> RedisCheck.run(open)).isInstanceOf(RedisUnavailable.class);
        }
    }

    @Test
    void aPortTakenBySomethingElseIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedRedis.start(directory, other.getLocalPort(), false))
                    .isInstanceOf(RedisUnavailable.class)
                    .hasMessageContaining("port " + other.getLocalPort())
                    .hasMessageContaining("redis.url");
        }
    }

    @Test
    void anotherServersPortIsNotAdopted(@TempDir Path elsewhere) {
        try (EmbeddedRedis other = EmbeddedRedis.start(elsewhere, 0, false)) {
            int port = other.address().uri().getPort();

            assertThatThrownBy(() -> EmbeddedRedis.start(directory, port, false))
                    .isInstanceOf(RedisUnavailable.class);
        }
    }

    @Test
    void aTornBinaryIsExtractedAgain() throws IOException {
        EmbeddedRedis.start(directory, 0, false).close();
        try (var files = Files.list(directory.resolve("redis"))) {
            Path binary = files.filter(file -> file.getFileName().toString().startsWith("redis-server"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(binary, "torn", StandardOpenOption.TRUNCATE_EXISTING);
        }

        EmbeddedRedis.start(directory, 0, false).close();
    }

    @Test
    void aLogTornByACrashIsLoaded() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, false)) {
            set(redis, "1");
        }
        try (var files = Files.walk(directory.resolve("redis/appendonlydir"))) {
            Path log = files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(log, "*3\r\n$3\r\nSET\r\n$3\r\nke", StandardOpenOption.APPEND);
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, false)) {
            assertThat(get(redis)).isEqualTo("1");
        }
    }

    @Test
    void aDirectoryWithBlanksAndQuotesWorks() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("a \"b\" c"), 0, true)) {
            set(redis, "1");
            assertThat(get(redis)).isEqualTo("1");
        }
    }

    @Test
    void anUnreachableServerIsSaidSoWithoutItsPassword() throws IOException {
        int port = Ports.free();
        assertThatThrownBy(() -> RedisCheck.run(RedisAddress.of("redis://u:hidden@127.0.0.1:" + port + "/0")))
                .isInstanceOf(RedisUnavailable.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> RedisAddress.of("redis://u:hid den@x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hid den");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void p2_6_theServerInheritsNothingOfOurEnvironment() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0, false);
                RedisClient client = redis.address().client("test", 1)) {
            Matcher pid = Pattern.compile("process_id:([0-9]+)").matcher(client.info("server"));
            assertThat(pid.find()).isTrue();
            assertThat(memory(Path.of("/proc", pid.group(1))).contains("PATH=" + System.getenv("PATH")))
                    .isFalse();
            assertThat(client.configGet("proto-max-bulk-len").get("proto-max-bulk-len"))
                    .isEqualTo("1048576");
        }
    }

    /** What the process may write to; the test is skipped where that may not be read. */
    private static String memory(Path process) throws IOException {
        StringBuilder found = new StringBuilder();
        try (RandomAccessFile memory =
                new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            for (String region : Files.readAllLines(process.resolve("maps"))) {
                if (region.contains(" rw-p ") && !region.endsWith(".so")) {
                    String[] range = region.substring(0, region.indexOf(' ')).split("-", 2);
                    long from = Long.parseLong(range[0], 16);
                    byte[] bytes = new byte[(int) (Long.parseLong(range[1], 16) - from)];
                    memory.seek(from);
                    memory.readFully(bytes);
                    found.append(new String(bytes, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            assumeTrue(false, "the memory of another process may not be read here: " + e.getMessage());
        }
        return found.toString();
    }
}
