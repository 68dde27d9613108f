package quantum.trader.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is held and what protects it. */
@Command(name = "positions", description = "Show what is held and what protects it.", mixinStandardHelpOptions = true)
final class PositionsCommand implements Callable<Integer> {

    private static final String ROW = "%-12s %-6s %12s %12s %12s %12s %12s  %-10s %s";

    @Mixin
    Configured configured = new Configured();

    @Option(names = "--watch", description = "Again every second, until Ctrl-C.")
    boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        RunningTrader service = new RunningTrader(configured.settings());
        Terminal terminal = configured.terminal();
        show(service, terminal);
        while (watch) {
            TimeUnit.SECONDS.sleep(1);
            show(service, terminal);
        }
        return ExitCode.OK;
    }

    private static void show(RunningTrader service, Terminal terminal) throws InterruptedException {
        JsonNode positions = service.get("/api/v1/positions").path("positions");
        terminal.line(String.format(
                Locale.ROOT,
                ROW,
                "symbol",
                "side",
                "quantity",
                "entry",
                "mark",
                "stop",
                "target",
                "stop is",
                "pnl usd"));
        for (JsonNode p : positions) {
            terminal.line(String.format(
                    Locale.ROOT,
                    ROW,
                    p.path("symbol").asString(),
                    p.path("direction").asString(),
                    p.path("quantity").asString(),
                    p.path("entry_price").asString(),
                    p.path("mark").asString(""),
                    p.path("stop").path("price").asString(),
                    p.path("target").path("price").asString(),
                    p.path("stop").path("state").asString(),
                    p.path("unrealised_usd").asString("")));
            if (p instanceof ObjectNode object) {
                terminal.object(object);
            }
        }
        if (positions.isEmpty()) {
            terminal.line("no positions");
        }
    }
}
