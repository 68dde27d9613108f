package quantum.trader.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quantum.trader.settings.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the service is. */
@Command(name = "status", description = "Show how the running service is.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    Configured configured = new Configured();

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = configured.settings();
        RunningTrader service = new RunningTrader(settings);
        Terminal terminal = configured.terminal();
        if (!service.answers()) {
            return withoutService(service, new LastKnown(settings), terminal);
        }
        JsonNode health = service.get("/health");
        boolean healthy = "healthy".equals(health.path("status").asString());
        terminal.line((healthy ? terminal.good("healthy") : terminal.bad("unhealthy"))
                + "   mode " + health.path("mode").asString()
                + "   state " + health.path("state").asString()
                + "   build " + health.path("build").asString());
        terminal.line("positions " + health.path("tracked_positions").asString() + ", without a live stop "
                + health.path("unprotected_positions").asString()
                + "   exits " + health.path("exits_triggered").asString() + " (tp "
                + health.path("tp_hits").asString()
                + ", sl " + health.path("sl_hits").asString() + ", trailing "
                + health.path("trailing_hits").asString() + ")   lag "
                + (health.has("lag") ? health.path("lag").asString() : "unknown"));
        terminal.line("protection: " + health.path("protection").asString());
        for (var check : health.path("checks").properties()) {
            String age = check.getValue().has("age_seconds")
                    ? check.getValue().path("age_seconds").asString() + " s ago"
                    : "";
            boolean ok = check.getValue().path("ok").asBoolean();
            terminal.line(String.format(
                    Locale.ROOT, "%-15s %-5s %s", check.getKey(), ok ? terminal.good("ok") : terminal.bad("bad"), age));
        }
        if (health instanceof ObjectNode object) {
            terminal.object(object);
        }
        return healthy ? ExitCode.OK : ExitCode.NOT_PROVEN;
    }

    private static int withoutService(RunningTrader service, LastKnown known, Terminal terminal)
            throws InterruptedException {
        LastKnown.Holdings holdings = known.positions();
        ObjectNode guards = known.guards();
        String state = guards == null ? "UNKNOWN" : guards.path("state").asString();
        terminal.line(terminal.bad("no service answers") + " on " + service + "; " + known.lastEnd());
        terminal.line("positions " + holdings.positions().size() + ", without a live stop "
                + (holdings.byExchange() ? holdings.unprotected() : "unknown") + ": " + holdings.source());
        terminal.line(
                "state at the next start " + state + ". Start: ./quantum run   close: ./quantum flatten --all --yes");
        ObjectNode status = Json.object()
                .put("status", "no service answers")
                .put("state", state)
                .put("tracked_positions", holdings.positions().size());
        terminal.object(holdings.byExchange() ? status.put("unprotected_positions", holdings.unprotected()) : status);
        return ExitCode.NOT_PROVEN;
    }
}
