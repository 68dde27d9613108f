package quantum.trader.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;

/** The exchange alone. */
@Command(name = "simulator", description = "Run the simulated exchange alone.", mixinStandardHelpOptions = true)
final class SimulatorCommand implements Callable<Integer> {

    @Option(names = "--port", description = "Port (default ${DEFAULT-VALUE}).", defaultValue = "9100")
    int port = 9100;

    @Option(names = "--prices", description = PricesHelp.TEXT)
    @Nullable
    Path prices;

    @Option(
            names = "--speed",
            description = "How much faster prices run (default ${DEFAULT-VALUE}).",
            defaultValue = "1")
    int speed = 1;

    @Option(names = "--filters", description = "A Binance exchangeInfo JSON to list instead of the own symbols.")
    @Nullable
    Path filters;

    @Option(names = "--brackets", description = "A Binance leverageBracket JSON for the symbols that it has.")
    @Nullable
    Path brackets;

    @Option(names = "--seed", description = "Seed of the price walk.", defaultValue = "1")
    long seed = 1;

    @Option(names = "--hedge", description = "Keep a long and a short position of a symbol side by side.")
    boolean hedge;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    @Override
    public Integer call() throws InterruptedException {
        UsageError.requireFile("--prices", prices);
        UsageError.requirePort("--port", port);
        Terminal terminal = Terminal.standard(json);
        SimulatorOptions options = SimulatorOptions.defaults()
                .withPort(port)
                .withSeed(seed)
                .withSpeed(speed)
                .withPrices(prices)
                .withFilters(filters)
                .withBrackets(brackets)
                .withHedged(hedge);
        CountDownLatch stop = new CountDownLatch(1);
        try (Interruption interruption = new Interruption(stop::countDown);
                SimulatorServer server = SimulatorServer.start(options)) {
            terminal.line("simulator on " + server.baseUrl() + "   key simkey   secret simsecret   Ctrl-C stops");
            if (!server.recording().isEmpty()) {
                terminal.line("prices " + server.recording());
            }
            terminal.object(Json.object().put("url", server.baseUrl()).put("port", server.port()));
            stop.await();
            return interruption.endsWith(ExitCode.OK);
        }
    }
}
