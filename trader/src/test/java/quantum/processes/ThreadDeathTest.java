package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.trader.Command;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import quantum.trader.redis.EmbeddedRedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XAddParams;

/**
 * A thread of the running service is killed by an {@code Error}, by an agent ({@link StrickenThread}): nothing in the
 * service helps the test. No process may live on without one of its loops.
 */
@Execution(ExecutionMode.CONCURRENT)
class ThreadDeathTest {

    private static final List<String> LOOPS = List.of(
            "account-lease",
            "desk",
            "intent-ack",
            "intent-reader",
            "key-mirror",
            "ledger-watch",
            "ledger-writer",
            "page-events",
            "publisher",
            "redis-keeper",
            "simulator");
    /** Of the JVM and of libraries: whatever they run for us ends in a loop of ours. */
    private static final Pattern FOREIGN = Pattern.compile(
            "main|Reference Handler|Finalizer|Signal Dispatcher|Notification Thread|Common-Cleaner|DestroyJavaVM"
                    + "|Attach Listener|JDWP.*|process reaper.*|HttpClient-.*|JettyServerThreadPool.*|qtp.*"
                    + "|Scheduler-.*|ForkJoinPool.*|CompletableFutureDelayScheduler|Thread-[0-9]+|.*JMX.*|gc-notif.*"
                    + "|Service Thread|Monitor Deflation Thread|C[12] CompilerThread.*|VirtualThread-unblocker"
                    + "|.*Poller.*|commons-pool-evictor");

    static Stream<String> o12_loops() {
        return LOOPS.stream();
    }

    @ParameterizedTest
    @MethodSource("o12_loops")
    void o12_aThreadThatDiesEndsTheProcess(String name, @TempDir Path directory) throws Exception {
        Command service = start(directory, System.getProperty("java.class.path"));
        try {
            Path agent = agent(directory);
            // A busy JVM may drop who attaches to it; one that has ended says why.
            await().atMost(Floor.PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .failFast(() -> {
                        assertThat(service.isAlive()).as(service.output()).isTrue();
                    })
                    .untilAsserted(
                            () -> assertThat(loopsOf(service, agent)).containsExactlyInAnyOrderElementsOf(LOOPS));
            load(service, agent, "strike=" + name);
            assertThat(service.exitCode(90)).isEqualTo(1);
            assertThat(service.output())
                    .contains("THREAD_DIED thread=" + name)
                    .contains("java.lang.OutOfMemoryError")
                    .contains("start it again");
        } finally {
            end(service, directory);
        }
    }

    /** As when the jar is overwritten in place: a class that was not needed so far cannot be loaded any more. */
    @Test
    void o12_aProgramWhoseFilesAreGoneEnds(@TempDir Path directory) throws Exception {
        Path classes = directory.resolve("classes");
        copy(Path.of("..", "core", "target", "classes"), classes);
        String others = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(entry -> !entry.contains("/core/target/"))
                .collect(Collectors.joining(":"));
        Command service = start(directory, classes + ":" + others);
        try {
            Files.move(classes, directory.resolve("elsewhere"));
            send(directory.resolve("data"));
            assertThat(service.exitCode(90)).isEqualTo(1);
            assertThat(service.output()).contains("THREAD_DIED thread=").contains("NoClassDefFoundError");
        } finally {
            end(service, directory);
        }
    }

    private static Command start(Path directory, String classPath) {
        Command service = Command.startOn(
                classPath,
                directory.resolve("service"),
                Map.of(
                        "QUANTUM_DATA", directory.resolve("data").toString(),
                        "QUANTUM_HTTP_PORT", "0",
                        "QUANTUM_REDIS_PORT", "0",
                        "JAVA_TOOL_OPTIONS", "-XX:+EnableDynamicAgentLoading"),
                "run");
        service.awaitOutput("SERVICE_STARTED");
        return service;
    }

    /** The jar that a running JVM loads {@link StrickenThread} from. */
    private static Path agent(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", StrickenThread.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = directory.resolve("agent.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }

    /** Has done what it was loaded for when this returns. */
    private static void load(Command service, Path agent, String argument) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(service.pid()));
        try {
            machine.loadAgent(agent.toString(), argument);
        } finally {
            machine.detach();
        }
    }

    private static Set<String> loopsOf(Command service, Path agent) throws Exception {
        Path names = agent.resolveSibling("loops");
        load(service, agent, "loops=" + names);
        return Files.readAllLines(names).stream()
                .filter(name -> !FOREIGN.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void send(Path data) {
        try (RedisClient producer = EmbeddedRedis.addressIn(data).client("producer", 1)) {
            Map<String, String> open = Floor.fields("after", "BTCUSDT", "BUY", "position_size_usd", "100");
            producer.xadd("quantum:stream:trade.intent", XAddParams.xAddParams(), WireForm.FLAT.wrap(open));
        }
    }

    /** Its Redis outlives it, and is ended by whoever adopts it. */
    private static void end(Command service, Path directory) {
        service.kill();
        EmbeddedRedis.start(directory.resolve("data"), 0, false).close();
    }
}
