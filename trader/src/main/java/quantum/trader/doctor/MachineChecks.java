package quantum.trader.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.OwnFiles;
import quantum.trader.redis.RedisAddress;
import quantum.trader.redis.RedisCheck;
import quantum.trader.redis.RedisUnavailable;

/** The data directory, another instance on it, and Redis. */
public final class MachineChecks {

    private static final long LITTLE_ROOM = 1L << 30;
    private static final long NO_ROOM = 100L << 20;
    private static final Duration SLOW_DISK = Duration.ofMillis(50);
    private static final int WRITES = 5;

    private MachineChecks() {}

    /** Room and speed of the disk that every decision is written to before it is carried out. */
    public static Finding disk(Path data) {
        try {
            OwnFiles.makeDirectory(data);
            long room = Files.getFileStore(data).getUsableSpace();
            Duration slowest = slowestWrite(data);
            String words =
                    data + ": " + (room >> 20) + " MB free, a durable write takes up to " + slowest.toMillis() + " ms";
            if (room < NO_ROOM) {
                return Finding.failed("disk", words, "make room: without it no position is opened");
            }
            if (room < LITTLE_ROOM) {
                return Finding.warning("disk", words, "make room: the ledger grows for ever");
            }
            return slowest.compareTo(SLOW_DISK) > 0
                    ? Finding.warning("disk", words, "use a faster disk: each open waits for one durable write")
                    : Finding.fine("disk", words);
        } catch (IOException e) {
            return Finding.failed(
                    "disk", data + " cannot be written: " + e.getMessage(), "make it writable, or set data");
        }
    }

    private static Duration slowestWrite(Path data) throws IOException {
        Path file = Files.createTempFile(data, "doctor", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long slowest = 0;
            for (int i = 0; i < WRITES; i++) {
                long from = System.nanoTime();
                channel.write(ByteBuffer.allocate(4096), i * 4096L);
                channel.force(false);
                slowest = Math.max(slowest, System.nanoTime() - from);
            }
            return Duration.ofNanos(slowest);
        } finally {
            Files.delete(file);
        }
    }

    /** Whether a service runs on this data; two on one account would undo each other's work. */
    public static Finding instance(Path data) {
        try {
            Optional<String> owner = Ledger.owner(data);
            return Finding.fine(
                    "instance",
                    owner.map(who -> "a service runs on " + data + " (" + who + ")")
                            .orElse("no service runs on " + data));
        } catch (LedgerException e) {
            return Finding.failed("instance", String.valueOf(e.getMessage()), "make the data directory writable");
        }
    }

    /** Whether the account is owned, by a service of this data or by another one; the lease is of all that share a Redis. */
    public static Finding account(Path data, Optional<String> onHost, Optional<String> lease) {
        String next = "stop that service, or run this one on another account; a service on this data is refused";
        if (onHost.isPresent() && Ledger.owner(data).isEmpty()) {
            return Finding.warning("account", "owned by another service on this host, " + onHost.get(), next);
        }
        if (lease.isPresent() && onHost.isEmpty()) {
            return Finding.warning("account", "owned by another service, by its lease in Redis: " + lease.get(), next);
        }
        return Finding.fine(
                "account", onHost.map(_ -> "owned by the service on " + data).orElse("owned by no service"));
    }

    /** Redis at an address of one's own: reachable, new enough, and set so that it loses nothing. */
    public static List<Finding> redis(RedisAddress address) {
        try {
            RedisCheck.Findings found = RedisCheck.run(address);
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.fine("redis", "Redis " + found.version() + " answers at " + address));
            Stream.concat(found.losses().stream(), found.warnings().stream())
                    .forEach(warning -> findings.add(
                            Finding.warning("redis", warning, "change it in the server's configuration file")));
            return findings;
        } catch (RedisUnavailable e) {
            return List.of(Finding.failed("redis", String.valueOf(e.getMessage()), "start Redis, or set redis.url"));
        }
    }

    /** Redis that the service starts by itself. */
    public static Finding embeddedRedis(boolean realMoney) {
        String words = "the service starts one of its own";
        return realMoney
                ? Finding.warning("redis", words, "use the distribution's Redis by redis.url: it gets security updates")
                : Finding.fine("redis", words);
    }
}
