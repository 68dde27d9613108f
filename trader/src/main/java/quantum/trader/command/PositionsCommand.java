package quantum.trader.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quantum.trader.settings.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is held and what protects it; with no service the exchange and the ledger are asked. */
@Command(name = "positions", description = "Show what is held and what protects it.", mixinStandardHelpOptions = true)
final class PositionsCommand implements Callable<Integer> {

    private static final String ROW = "%-12s %-6s %12s %12s %12s %12s %12s  %-10s %s";

    @Mixin
    Configured configured = new Configured();

    @Option(names = "--watch", description = "Again every second, until Ctrl-C.")
    boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = configured.settings();
        RunningTrader service = new RunningTrader(settings);
        Terminal terminal = configured.terminal();
        if (!service.answers()) {
            return withoutService(service, new LastKnown(settings).positions(), terminal);
        }
        show(service, terminal);
        while (watch) {
            TimeUnit.SECONDS.sleep(1);
            show(service, terminal);
        }
        return ExitCode.OK;
    }

    private static int withoutService(RunningTrader service, LastKnown.Holdings holdings, Terminal terminal) {
        terminal.line("no service answers on " + service + "; " + holdings.source());
        show(holdings.positions(), List.of(), terminal);
        return holdings.byExchange() ? ExitCode.OK : ExitCode.NOT_PROVEN;
    }

    private static void show(RunningTrader service, Terminal terminal) throws InterruptedException {
        List<JsonNode> positions = new ArrayList<>();
        List<JsonNode> unclear = new ArrayList<>();
        JsonNode told = service.get("/api/v1/positions");
        told.path("positions").forEach(positions::add);
        told.path("unclear").forEach(unclear::add);
        show(positions, unclear, terminal);
    }

    private static void show(List<? extends JsonNode> positions, List<? extends JsonNode> unclear, Terminal terminal) {
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
                    p.path("stop").path("price").asString(""),
                    p.path("target").path("price").asString(""),
                    p.path("stop").path("state").asString()
                            + (p.path("unlisted").asBoolean() ? ", unlisted" : ""),
                    p.path("unrealised_usd").asString("")));
            if (p instanceof ObjectNode object) {
                terminal.object(object);
            }
        }
        for (JsonNode row : unclear) {
            terminal.line(unclear(row));
            if (row instanceof ObjectNode object) {
                terminal.object(object);
            }
        }
        if (positions.isEmpty() && unclear.isEmpty()) {
            terminal.line("no positions");
        }
    }

    /** A row of the exchange that is neither protected nor closed from here, as it is told. */
    static String unclear(JsonNode row) {
        return "not clear: " + row.path("side").asString() + " "
                + row.path("quantity").asString() + " "
                + row.path("symbol").asString() + " at "
                + row.path("entry_price").asString() + ", unprotected; "
                + row.path("why").asString();
    }
}
