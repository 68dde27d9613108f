package quantum.trader.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The Redis server for those who have none: on loopback, every write on disk before it is answered. It runs in a
 * session of its own, so that neither Ctrl-C nor the death of this process takes it away in mid-write; the next start
 * adopts it. Whoever calls holds the data directory's lock. For development and one host: production uses the
 * distribution's Redis, which gets security updates.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOADING_PATIENCE = Duration.ofMinutes(5);
    private static final Duration KEEP_EVERY = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final RedisFiles files;
    private final RedisAddress address;
    private final Thread keeper =
            Thread.ofPlatform().daemon().name("redis-keeper").unstarted(this::keep);
    private volatile boolean closing;

    private EmbeddedRedis(RedisFiles files, RedisAddress address) {
        this.files = files;
        this.address = address;
    }

    /**
     * Starts the server, or adopts the one that an earlier process left running on the same data.
     *
     * @param port 0 for a free one
     * @throws RedisUnavailable if the port is taken by something else or the server does not start
     */
    public static EmbeddedRedis start(Path dataDirectory, int port, boolean withPassword) {
        try {
            RedisFiles files = RedisFiles.in(dataDirectory);
            String password = withPassword ? files.password() : null;
            EmbeddedRedis orphan = orphan(files);
            if (orphan != null) {
                boolean fits = files.lastStart().endsWith(" password") == withPassword
                        && (port == 0 || port == orphan.address.uri().getPort());
                if (fits) {
                    log.info("adopted the Redis that an earlier process left running address={}", orphan.address);
                    orphan.awaitReady();
                    orphan.bound();
                    return orphan;
                }
                orphan.close();
            }
            return launch(files, port == 0 ? freePort() : port, password);
        } catch (IOException e) {
            throw new RedisUnavailable("the embedded Redis could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * Where the server of a data directory listens, for commands beside the service.
     *
     * @throws RedisUnavailable if none was ever started there
     */
    public static RedisAddress addressIn(Path dataDirectory) {
        try {
            RedisFiles files = RedisFiles.in(dataDirectory);
            String[] start = files.lastStart().split(" ", 2);
            if (start[0].isEmpty()) {
                throw new RedisUnavailable(
                        "no embedded Redis was started in " + dataDirectory
                                + ". Start the service (./quantum run), or set redis.url.",
                        null);
            }
            return RedisAddress.local(Integer.parseInt(start[0]), start.length > 1 ? files.password() : null);
        } catch (IOException e) {
            throw new RedisUnavailable(
                    "the embedded Redis in " + dataDirectory + " cannot be found: " + e.getMessage(), e);
        }
    }

    /** The address clients use; it may hold a password, its text does not. */
    public RedisAddress address() {
        return address;
    }

    /** From now on starts the server again on the same port and data whenever it dies, until this is closed. */
    public void keepAlive() {
        keeper.start();
    }

    private void keep() {
        Backoff backoff = new Backoff();
        int port = address.uri().getPort();
        while (!closing) {
            LockSupport.parkNanos(KEEP_EVERY.toNanos());
            if (!closing && !answers(port)) {
                log.error("the embedded Redis has died and is started again address={}", address);
                try {
                    launch(files, port, address.password());
                    backoff.reset();
                } catch (IOException | RedisUnavailable e) {
                    log.error("the embedded Redis could not be started again cause={}", e.getMessage());
                    backoff.await(() -> closing);
                }
            }
        }
    }

    /** The living server of this directory, if there is one. A port that merely answers is not proof. */
    private static @Nullable EmbeddedRedis orphan(RedisFiles files) throws IOException {
        OptionalLong pid = files.pid();
        String last = files.lastStart();
        if (pid.isEmpty() || last.isEmpty()) {
            return null;
        }
        boolean secret = last.endsWith(" password");
        int port = Integer.parseInt(secret ? last.substring(0, last.indexOf(' ')) : last);
        EmbeddedRedis orphan = new EmbeddedRedis(files, RedisAddress.local(port, secret ? files.password() : null));
        if (answers(port) && orphan.hasLoaded() && orphan.isOurs()) {
            return orphan;
        }
        Files.deleteIfExists(files.pidFile());
        return null;
    }

    /** While it loads it refuses every question, also the one whose it is. */
    private boolean hasLoaded() {
        return await(LOADING_PATIENCE, () -> {
            try (RedisClient client = address.client("start", 1)) {
                return "PONG".equals(client.ping());
            } catch (JedisException e) {
                String refusal = e.getMessage();
                return refusal == null || !refusal.startsWith("LOADING");
            }
        });
    }

    private boolean isOurs() {
        try (RedisClient client = address.client("start", 1)) {
            return isDirectory(client.configGet("dir").get("dir"));
        } catch (JedisException _) {
            return false;
        }
    }

    private boolean isDirectory(@Nullable String path) {
        return path != null && Path.of(path).equals(files.directory());
    }

    private static EmbeddedRedis launch(RedisFiles files, int port, @Nullable String password) throws IOException {
        if (answers(port)) {
            throw new RedisUnavailable(
                    "port " + port + " is used by something else: stop it, choose another redis.port,"
                            + " or set redis.url if that is the Redis to use",
                    null);
        }
        Path binary = RedisBinary.extract(files.directory());
        Path configuration = files.writeConfiguration(port, password);
        Files.deleteIfExists(files.pidFile());
        ProcessBuilder server = new ProcessBuilder(binary.toString(), configuration.toString())
                .directory(files.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.logFile().toFile()));
        // It outlives this process, and the environment may hold the keys of the account.
        server.environment().clear();
        Process process = server.start();
        EmbeddedRedis redis = new EmbeddedRedis(files, RedisAddress.local(port, password));
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new RedisUnavailable("the embedded Redis did not start: " + files.logTail(), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisUnavailable("interrupted while starting Redis", e);
        }
        if (!await(PATIENCE, () -> Files.exists(files.pidFile()))) {
            throw new RedisUnavailable("the embedded Redis did not start: " + files.logTail(), null);
        }
        redis.awaitReady();
        return redis;
    }

    /** One that an earlier version started takes texts of any size. */
    private void bound() {
        try (RedisClient client = address.client("start", 1)) {
            client.configSet("proto-max-bulk-len", RedisFiles.LARGEST_TEXT);
        }
    }

    /** Past LOADING: a long log takes its time, and a first command before would fail. */
    private void awaitReady() throws IOException {
        boolean ready = await(LOADING_PATIENCE, () -> {
            try (RedisClient client = address.client("start", 1)) {
                return "PONG".equals(client.ping());
            } catch (JedisException _) {
                return !isRunning() || !answers(address.uri().getPort());
            }
        });
        if (!ready || !isRunning()) {
            throw new RedisUnavailable("the embedded Redis did not become ready: " + files.logTail(), null);
        }
        RedisCheck.Findings findings = RedisCheck.run(address);
        if (!findings.losses().isEmpty() || !findings.warnings().isEmpty() || !isOurs()) {
            throw new RedisUnavailable("what answers at " + address + " is not the embedded Redis", null);
        }
    }

    /** A server that is killed leaves its file behind, and nobody may wait for it: it listens before it writes that. */
    private boolean isRunning() {
        OptionalLong pid = files.pid();
        return pid.isPresent()
                && ProcessHandle.of(pid.getAsLong()).map(ProcessHandle::isAlive).orElse(false);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean await(Duration patience, BooleanSupplier condition) {
        long until = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** Stops the server and returns when it has ended; what it acknowledged is on disk already. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(keeper);
        try {
            keeper.join(PATIENCE.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try (RedisClient admin = address.client("stop", 1)) {
            Object _ = admin.executeCommand(new CommandArguments(Protocol.Command.SHUTDOWN).add("NOSAVE"));
        } catch (JedisConnectionException _) {
            // It hangs up instead of answering.
            log.debug("Redis hung up");
        } catch (JedisException e) {
            log.warn("Redis refused to stop cause={}", e.getMessage());
        }
        int port = address.uri().getPort();
        if (!await(PATIENCE, () -> !Files.exists(files.pidFile()) && !answers(port))) {
            log.warn("Redis did not end in time address={}", address);
        }
    }
}
