package quantum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The first start on a machine with neither JDK nor Maven: in a root directory of its own that has a shell, its tools and
 * curl. The archives are this machine's JDK, made small, and a Maven that puts a program there instead of building one;
 * both come from loopback, by the names and the places that the real ones have.
 */
@ResourceLock("bare-root")
class BareRootTest {

    private static final Path SCRIPT = Path.of("src", "test", "scripts", "bare-root");
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    static Path directory = Path.of("");

    private static Map<String, String> served = Map.of();
    private static HttpServer server = null;

    @BeforeAll
    static void make() throws IOException, InterruptedException, NoSuchAlgorithmException {
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "SKIPPED: only root on Linux can make a root directory");
        assumeTrue(
                run(List.of("unshare", "--mount", "--net", "true")).code == 0
                        && run(List.of("curl", "--version")).code == 0,
                "SKIPPED: needs curl, and the right to unshare mounts and the network");
        Ran made = run(List.of(SCRIPT.toString(), "make", root().toString(), JDK.toString()));
        assertThat(made.code).as(made.output).isZero();
        Path archives = Files.createDirectory(directory.resolve("archives"));
        Path jdk = pack(archives, "OpenJDK25U-jdk_x64_linux_hotspot_25.0.3_9.tar.gz", smallJdk());
        Path maven = pack(archives, "apache-maven-3.9.11-bin.tar.gz", smallMaven());
        server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                archives.toAbsolutePath(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        served = Map.of(
                "SETUP_JDK_URL",
                url,
                "SETUP_JDK_SHA256",
                digest("SHA-256", jdk),
                "SETUP_MAVEN_URL",
                url,
                "SETUP_MAVEN_SHA512",
                digest("SHA-512", maven));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static Path root() {
        return directory.resolve("root");
    }

    private static Path smallJdk() throws IOException, InterruptedException {
        Path made = directory.resolve("jdk-25.0.3+9");
        Ran jlink = run(List.of(
                JDK.resolve("bin/jlink").toString(),
                "--add-modules",
                "java.base,jdk.compiler,jdk.jartool,jdk.unsupported",
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                made.toString()));
        assertThat(jlink.code).as(jlink.output).isZero();
        return made;
    }

    /** Its build is one compiled class. */
    private static Path smallMaven() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("apache-maven-3.9.11/bin"));
        Path mvn = Files.writeString(bin.resolve("mvn"), """
                #!/bin/sh
                [ "$1" = --version ] && echo 'Apache Maven 3.9.11' && exit
                mkdir -p trader/target/classes && cd trader/target
                cat >Main.java <<'END'
                public class Main {
                    public static void main(String[] words) {
                        System.out.println("runs " + words[0] + " on " + System.getProperty("java.home"));
                    }
                }
                END
                "$JAVA_HOME/bin/javac" -d classes Main.java
                "$JAVA_HOME/bin/jar" --create --file quantum-trader.jar --main-class Main -C classes .
                """);
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin.getParent();
    }

    private static Path pack(Path archives, String name, Path content) throws IOException, InterruptedException {
        Path archive = archives.resolve(name);
        Ran tar = run(List.of(
                "tar",
                "-czf",
                archive.toString(),
                "-C",
                String.valueOf(content.getParent()),
                String.valueOf(content.getFileName())));
        assertThat(tar.code).as(tar.output).isZero();
        return archive;
    }

    private static String digest(String algorithm, Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    }

    private record Ran(int code, String output) {}

    private static Ran run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("bare-root", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        String output = Files.readString(out);
        Files.delete(out);
        assertThat(ended).as(output).isTrue();
        return new Ran(process.exitValue(), output);
    }

    /** Runs a verb of the launcher in the home directory of a user, beside whom it lies. */
    private static Ran start(String network, Map<String, String> environment, String home, String verb)
            throws IOException, InterruptedException {
        Path launcher = root().resolve(home.substring(1)).resolve("quantum");
        Files.createDirectories(launcher.getParent());
        if (!Files.exists(launcher)) {
            Files.copy(Path.of("..", "quantum"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        }
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), network, root().toString()));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("HOME=" + home, home + "/quantum", verb));
        return run(command);
    }

    @Test
    void withoutANetworkItSaysTheOneCommandThatHelps() throws IOException, InterruptedException {
        Ran ran = start("alone", Map.of(), "/home/alone", "demo");
        assertThat(ran.code).as(ran.output).isEqualTo(2);
        assertThat(ran.output.lines().toList()).first().asString().startsWith("quantum: building");
        assertThat(ran.output.lines().toList())
                .last()
                .asString()
                .matches(
                        "quantum: no JDK 25 is here and none could be had\\. Bring OpenJDK25U-jdk_x64_linux_hotspot_25\\.0\\.3_9"
                                + "\\.tar\\.gz from https://\\S+ and run: mkdir -p '(\\S+)' && tar -xzf \\S+ -C '\\1'");
    }

    @Test
    void anArchiveThatIsNotTheOneIsNotUsed() throws IOException, InterruptedException {
        Map<String, String> pinned = Map.of("SETUP_JDK_URL", served.getOrDefault("SETUP_JDK_URL", ""));
        Ran ran = start("run", pinned, "/home/pinned", "demo");
        assertThat(ran.code).as(ran.output).isEqualTo(2);
        assertThat(ran.output)
                .contains("not used: the checksum of http://127.0.0.1", " is not 69264a7a211bf5029830d07bc3370f87")
                .contains("no JDK 25 is here and none could be had");
        assertThat(root().resolve("home/pinned/.cache/quantum-trader")).isEmptyDirectory();
    }

    @Test
    void archivesOnLoopbackAreFetchedOnceAndUsed() throws IOException, InterruptedException {
        Ran first = start("run", served, "/home/served", "demo");
        assertThat(first.output)
                .contains("quantum: a JDK 25 is missing: fetching it once from http://127.0.0.1:")
                .contains("quantum: Maven is missing: fetching it once from http://127.0.0.1:")
                .contains("built in")
                .contains("runs demo on /home/served/.cache/quantum-trader/jdk-25.0.3+9");
        assertThat(first.code).isZero();
        Ran second = start("alone", Map.of(), "/home/served", "status");
        assertThat(second.output).isEqualTo("runs status on /home/served/.cache/quantum-trader/jdk-25.0.3+9\n");
        assertThat(second.code).isZero();
    }
}
