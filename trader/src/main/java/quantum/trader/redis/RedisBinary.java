package quantum.trader.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import quantum.trader.ledger.OwnFiles;

/** The server binary carried by org.signal:embedded-redis: five platforms, each known by its hash. */
final class RedisBinary {

    private static final String PREFIX = "redis-server-7.0.15-";
    private static final Map<String, String> HASHES = Map.of(
            PREFIX + "darwin-amd64",
            "e22a3d9147802bba0724efb2e446c49e1e514e76ff8031bb6d44b8628400d8f3",
            PREFIX + "darwin-arm64",
            "07838a2eb6f5961c89d8e6f1f83482de355dfc6bb04e05bfb00ae1f137dee129",
            PREFIX + "linux-386",
            "19106984e15b7e7ce22c9a3296fe6a5f85c43a72894144f98b1fb572b823a936",
            PREFIX + "linux-amd64",
            "c0cdeef856b3410fd99d6ec6fc6a20302e69059b00ce5d6abab7b3e5069ea91e",
            PREFIX + "linux-arm64",
            "d5c7ff117caf45d7dc2f59c1f956e1830438779947d66aa5647c2cdcc16eca50");

    private RedisBinary() {}

    /** Puts the binary into the directory unless it is there whole. */
    static Path extract(Path directory) throws IOException {
        String name = PREFIX + platform();
        String hash = HASHES.get(name);
        if (hash == null) {
            throw new RedisUnavailable(
                    "there is no embedded Redis for " + platform() + "; install Redis 7 or newer and set redis.url",
                    null);
        }
        Path file = directory.resolve(name);
        if (Files.isRegularFile(file) && Files.isExecutable(file) && hash.equals(hashOf(Files.readAllBytes(file)))) {
            return file;
        }
        OwnFiles.replace(directory, name, carried(name), OwnFiles.PROGRAM);
        // As it lies there now: a full disk, or another hand, may have made something else of it.
        if (!hash.equals(hashOf(Files.readAllBytes(file)))) {
            Files.delete(file);
            throw new RedisUnavailable(
                    "the embedded Redis is not the one this program was made with; set redis.url", null);
        }
        return file;
    }

    private static byte[] carried(String name) throws IOException {
        try (InputStream in = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new RedisUnavailable("the program lacks its embedded Redis; set redis.url", null);
            }
            return in.readAllBytes();
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "darwin" : os.contains("linux") ? "linux" : os.replace(' ', '-');
        return system
                + "-"
                + switch (arch) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    case "x86", "i386", "i686" -> "386";
                    default -> arch;
                };
    }

    private static String hashOf(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
