package quantum.trader.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantum.desk.DeskView;
import quantum.guard.Limits;
import quantum.rules.Rules;
import quantum.simulator.InvalidInput;
import quantum.trader.Market;
import quantum.trader.Setup;
import quantum.trader.Trader;
import quantum.trader.page.PageUnavailable;
import quantum.trader.stream.StreamNames;
import quantum.trader.venue.Venue;
import tools.jackson.databind.JsonNode;

/** The main job with nothing configured: fresh data, free ports, a sample producer, and a summary that is an audit. */
@Command(
        name = "demo",
        description = "Run the main job with nothing configured: embedded Redis, simulated exchange, sample producer.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--for", description = "How long to run, such as 60s or 5m; until Ctrl-C if absent.")
    @Nullable
    Duration runFor;

    @Option(names = "--port", description = "The page's port (default ${DEFAULT-VALUE}).", defaultValue = "8007")
    int port = 8007;

    @Option(names = "--venue", description = "binance (default) or crypto-com.", defaultValue = "binance")
    String venue = "binance";

    @Option(names = "--prices", description = PricesHelp.TEXT)
    @Nullable
    Path prices;

    @Option(
            names = "--speed",
            description = "How much faster prices run (default ${DEFAULT-VALUE}).",
            defaultValue = "1")
    int speed = 1;

    @Option(names = "--seed", description = "Seed of the price walk and the producer.", defaultValue = "1")
    long seed = 1;

    @Option(names = "--keep", description = "Keep the data directory; it is removed when the demo proves itself.")
    boolean keep;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Venue chosen = venue();
        UsageError.requireFile("--prices", prices);
        UsageError.requirePort("--port", port);
        Terminal terminal = Terminal.standard(json);
        Path data = Files.createTempDirectory("quantum-demo-");
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Interruption interruption = new Interruption(interrupted::countDown)) {
            int code = run(terminal, chosen, data, interrupted);
            if (code != ExitCode.OK || keep) {
                terminal.line("data kept in " + data);
            } else {
                discard(data);
            }
            return interruption.endsWith(code);
        } catch (InvalidInput | PageUnavailable refused) {
            discard(data);
            throw refused;
        }
    }

    private Venue venue() {
        try {
            return Venue.named(venue);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    /** What nobody needs any more: a demo that never began, or one that proved itself. */
    private static void discard(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private int run(Terminal terminal, Venue chosen, Path data, CountDownLatch interrupted)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        quantum.trader.Program.logToFile(data.resolve("quantum.log"));
        terminal.line("Quantum Trader " + quantum.trader.Program.version() + "   SIMULATED   data in " + data
                + "   Ctrl-C stops");
        try (Trader trader = Trader.start(setup(chosen, data))) {
            trader.awaitReady();
            terminal.line(String.format(
                    java.util.Locale.ROOT,
                    "ready in %.1f s   page http://127.0.0.1:%d   log %s",
                    seconds(began),
                    trader.pagePort(),
                    data.resolve("quantum.log")));
            try (IntentClient stream = new IntentClient(trader.redis(), StreamNames.DEFAULT);
                    Simulated exchange = new Simulated(Market.addressIn(data).orElseThrow(), chosen);
                    SampleProducer producer = new SampleProducer(
                            stream, exchange, taste(chosen, exchange), seed, () -> positions(trader))) {
                tellPrices(terminal, exchange, "words");
                DemoStory story = new DemoStory(terminal, chosen, began);
                trader.listen(story::published);
                producer.start();
                boolean _ =
                        interrupted.await(runFor == null ? Long.MAX_VALUE : runFor.toMillis(), TimeUnit.MILLISECONDS);
                producer.stop();
                tellPrices(terminal, exchange, "played");
                terminal.line("stopping: settling what is in flight, then comparing the ledger with the exchange");
                return story.end(trader, exchange, producer);
            }
        }
    }

    private SampleProducer.Taste taste(Venue chosen, Simulated exchange) {
        String recorded = exchange.recording().path("symbol").asString("");
        return SampleProducer.Taste.at(chosen, speed)
                .with(exchange.prices().keySet().stream()
                        .filter(symbol -> symbol.replace("_", "").equals(recorded))
                        .findFirst()
                        .orElse(""));
    }

    /** What the file of prices holds, or how much of it was played. */
    private static void tellPrices(Terminal terminal, Simulated exchange, String what) {
        JsonNode recording = exchange.recording();
        if (recording.isEmpty()) {
            return;
        }
        terminal.line(
                "words".equals(what)
                        ? "prices       " + recording.path(what).asString()
                        : "prices       played " + recording.path(what).asInt() + " of "
                                + recording.path("bars").asInt() + " bars of "
                                + recording.path("symbol").asString());
    }

    private static List<DeskView.PositionView> positions(Trader trader) {
        DeskView view = trader.view();
        return view == null ? List.of() : view.positions();
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** The guards of a service, but for the rates, which a demo of a minute has to raise to show anything. */
    private Setup setup(Venue chosen, Path data) {
        Limits limits = Rules.DEFAULT.limits();
        Limits raised = new Limits(
                new Limits.Rates(Duration.ofSeconds(2), 60, Duration.ofSeconds(10)),
                limits.margin(),
                limits.exposure(),
                limits.openMaxAge(),
                limits.priceMaxAge());
        return new Setup(
                "simulated",
                data,
                new Setup.Store(null, 0, false, "quantum", "execution-1", 100_000),
                new Setup.Exchange.Inside(chosen, prices, null, speed, seed),
                new Setup.Page("127.0.0.1", port),
                Rules.DEFAULT.withLimits(raised));
    }
}
