package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.LocatableEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.trader.Command;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import quantum.trader.stream.EmbeddedRedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XAddParams;

/**
 * A thread of the running service is killed by an {@code Error}, through the debugger's door: nothing in the service
 * helps the test. No process may live on without one of its loops.
 */
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

    private static final Pattern DOOR = Pattern.compile("dt_socket at address: (?:127\\.0\\.0\\.1:)?([0-9]+)");
    private static final Duration SOON = Duration.ofSeconds(20);

    static Stream<String> o12_loops() {
        return LOOPS.stream();
    }

    @ParameterizedTest
    @MethodSource("o12_loops")
    void o12_aThreadThatDiesEndsTheProcess(String name, @TempDir Path directory) throws Exception {
        Command service = start(directory, System.getProperty("java.class.path"));
        try {
            VirtualMachine machine = attach(service);
            try {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(loopsOf(machine)).containsExactlyInAnyOrderElementsOf(LOOPS));
                ObjectReference error = machine.classesByName("java.lang.OutOfMemoryError")
                        .getFirst()
                        .instances(1)
                        .getFirst();
                strike(machine, name, error);
            } finally {
                machine.dispose();
            }
            assertThat(service.exitCode(20)).isEqualTo(1);
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
            assertThat(service.exitCode(20)).isEqualTo(1);
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
                        "JAVA_TOOL_OPTIONS",
                                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0"),
                "run");
        service.awaitOutput("SERVICE_STARTED");
        return service;
    }

    private static VirtualMachine attach(Command service) throws Exception {
        Matcher door = DOOR.matcher(service.output());
        assertThat(door.find()).as(service.output()).isTrue();
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(c -> c.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(door.group(1));
        return connector.attach(arguments);
    }

    private static Set<String> loopsOf(VirtualMachine machine) {
        return machine.allThreads().stream()
                .map(ThreadReference::name)
                .filter(name -> !FOREIGN.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * At the next method of ours that the thread enters; elsewhere it may be inside the machine itself. It goes on when the
     * debugger has left, which must not watch the end.
     */
    private static void strike(VirtualMachine machine, String name, ObjectReference error) throws Exception {
        MethodEntryRequest entries = machine.eventRequestManager().createMethodEntryRequest();
        entries.addThreadFilter(thread(machine, name));
        entries.addClassFilter("quantum.*");
        entries.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        entries.enable();
        EventSet events = Objects.requireNonNull(machine.eventQueue().remove(SOON.toMillis()));
        entries.disable();
        for (Event event : events) {
            ((LocatableEvent) event).thread().stop(error);
        }
    }

    private static ThreadReference thread(VirtualMachine machine, String name) {
        return machine.allThreads().stream()
                .filter(thread -> thread.name().equals(name))
                .findFirst()
                .orElseThrow();
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
