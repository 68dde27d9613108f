package quantum.trader.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import quantum.trader.Ports;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis server of the test's own, whose settings and data a test can spoil: killed, started again, put back. */
public final class RedisProcess implements AutoCloseable {

    /** One for this JVM: what is written may not be run while another test starts a process, which holds it open. */
    private static final Path BINARY = Path.of("target", "redis-" + System.getProperty("quantum.fork", "0"))
            .toAbsolutePath();

    private final Path directory;
    private final int port;
    private @Nullable Process process;

    public RedisProcess(Path directory) {
        this.directory = directory;
        port = Ports.free();
        try {
            Files.createDirectories(directory.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts with further settings, each a line; returns at once, as a supervisor's start does. */
    public void start(String... settings) {
        try {
            Path file = directory.resolve("redis.conf");
            Files.createDirectories(directory.resolve("data"));
            Files.writeString(file, """
                    bind 127.0.0.1
                    port %d
                    dir "%s"
                    appendonly yes
                    appendfsync always
                    save ""
                    %s
                    """.formatted(port, directory.resolve("data"), String.join("\n", settings)));
            process = new ProcessBuilder(binary().toString(), file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path binary() throws IOException {
        Files.createDirectories(BINARY);
        return RedisBinary.extract(BINARY);
    }

    /** Starts and waits until it answers. */
    public void startAndWait(String... settings) {
        start(settings);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> "PONG".equals(ask()));
    }

    /** What a ping is answered: PONG, a refusal, or nothing. */
    public String ask() {
        try (Jedis client = new Jedis("127.0.0.1", port)) {
            return client.ping();
        } catch (JedisConnectionException _) {
            return "";
        } catch (JedisException e) {
            return String.valueOf(e.getMessage());
        }
    }

    public void config(String name, String value) {
        try (Jedis client = new Jedis("127.0.0.1", port)) {
            client.configSet(name, value);
        }
    }

    /** Sends a signal by its name, for example STOP: it then takes connections and answers nothing. */
    public void signal(String name) {
        Process running = process;
        if (running != null) {
            try {
                assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(running.pid()))
                                .start()
                                .waitFor())
                        .isZero();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** As by kill -9. */
    public void kill() {
        Process running = process;
        if (running != null) {
            try {
                assertThat(running.destroyForcibly().waitFor(10, TimeUnit.SECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A copy of its data as it lies on the disk now. */
    public Path copy() {
        Path copy = directory.resolve("copy-" + System.nanoTime());
        copy(directory.resolve("data"), copy);
        return copy;
    }

    /** Puts an older copy in the place of its data; it must not run. */
    public void restore(Path copy) {
        remove(directory.resolve("data"));
        copy(copy, directory.resolve("data"));
    }

    /** Where it keeps its files. */
    public Path data() {
        return directory.resolve("data");
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted((a, b) -> b.compareTo(a)).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
