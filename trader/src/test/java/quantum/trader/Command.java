package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of the program, started with the launcher's own options on the compiled classes. */
public final class Command {

    private static final Path LAUNCHER = Path.of("..", "quantum");
    private static final Pattern OPTIONS = Pattern.compile("options=\\(([^)]*)\\)");
    private static final Pattern LONG_LIVED = Pattern.compile("(?m)^ +([a-z]+(?: \\| [a-z]+)*)\\) ;;$");

    private static final Pattern TOO_SLOW =
            Pattern.compile("reason (NOT_SENT|LEDGER_BEHIND|STALE_INTENT|PRICE_STALE)\\b");
    /** What never left counts among the orders of its symbol all the same, for half a minute. */
    private static final Pattern SENT_A_MOMENT_AGO = Pattern.compile("reason RATE_SYMBOL\\b");

    private final Process process;
    private final Path out;
    private final long startedNanos;

    private Command(Process process, Path out, long startedNanos) {
        this.process = process;
        this.out = out;
        this.startedNanos = startedNanos;
    }

    /** Starts a verb; what it prints goes to the file, and its environment has none of this machine's settings. */
    public static Command start(Path out, Map<String, String> environment, String... arguments) {
        StartArchive archive = StartArchive.here();
        return startWith(archive.options(), archive.classPath(), out, environment, arguments);
    }

    /** As {@link #start}, on other classes than those of this test run. */
    public static Command startOn(String classPath, Path out, Map<String, String> environment, String... arguments) {
        return startWith(List.of(), classPath, out, environment, arguments);
    }

    static Command startWith(
            List<String> more, String classPath, Path out, Map<String, String> environment, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options(arguments[0]));
        line.addAll(more);
        line.addAll(List.of("-cp", classPath, "quantum.trader.Main"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.contains("TESTNET") || name.startsWith("QUANTUM_") || name.equals("REDIS_URL"));
        builder.environment().putAll(environment);
        long startedNanos = System.nanoTime();
        try {
            return new Command(builder.start(), out, startedNanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the launcher gives the JVM for a verb. */
    static List<String> options(String verb) {
        String launcher;
        try {
            launcher = Files.readString(LAUNCHER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher given = OPTIONS.matcher(launcher);
        Matcher longLived = LONG_LIVED.matcher(launcher);
        assertThat(given.find() && longLived.find())
                .as("the launcher's options are found")
                .isTrue();
        List<String> options = new ArrayList<>(List.of(given.group(1).strip().split("\\s+")));
        if (!List.of(longLived.group(1).split(" \\| ")).contains(verb)) {
            options.add("-XX:TieredStopAtLevel=1");
        }
        return options;
    }

    /**
     * Sends an open until its record is written in time: on a busy machine it may not be, the order then does not leave, and
     * the verb says to send another.
     */
    public static Command sent(Supplier<Command> send) {
        Command first = send.get();
        if (!first.isRefusedFor(TOO_SLOW)) {
            return first;
        }
        AtomicReference<Command> last = new AtomicReference<>(first);
        await().atMost(Floor.PATIENCE).pollInterval(Duration.ofSeconds(4)).until(() -> {
            Command again = send.get();
            last.set(again);
            return !again.isRefusedFor(TOO_SLOW) && !again.isRefusedFor(SENT_A_MOMENT_AGO);
        });
        return last.get();
    }

    private boolean isRefusedFor(Pattern reason) {
        return exitCode() != 0 && reason.matcher(output()).find();
    }

    /** Everything it printed so far. */
    public String output() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitOutput(String words) {
        await().atMost(Floor.PATIENCE).until(() -> output().contains(words));
    }

    public long startedNanos() {
        return startedNanos;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() {
        return exitCode(180);
    }

    public int exitCode(int seconds) {
        try {
            assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                    .as("ends in time: " + output())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    public void terminate() {
        process.destroy();
    }

    /** Ends it as nobody can refuse, in the middle of whatever it does. */
    public void kill() {
        process.destroyForcibly();
        exitCode(180);
    }

    /** Sends a signal by its name, for example STOP or CONT. */
    public void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it, with time to end well. */
    public void end() {
        if (process.isAlive()) {
            process.destroy();
            exitCode(180);
        }
    }
}
