package quantum.trader.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quantum.trader.settings.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operator's short words to the running service. */
final class Operating {

    private static final String ROOT = "/api/v1/control/";

    private Operating() {}

    /** Orders something and shows what the service says to it. */
    private static Integer order(Configured configured, String verb, ObjectNode body, String done)
            throws InterruptedException {
        JsonNode answer = new RunningTrader(configured.settings()).post(ROOT + verb, body);
        Terminal terminal = configured.terminal();
        terminal.line(done + "   state " + answer.path("state").asString()
                + (answer.path("recorded").asBoolean()
                        ? ""
                        : "   " + terminal.bad("not yet durable: the ledger is behind")));
        if (answer instanceof ObjectNode object) {
            terminal.object(object);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "pause",
            description = "Stop opens until resume; exits and protection go on.",
            mixinStandardHelpOptions = true)
    static final class Pause implements Callable<Integer> {
        @Mixin
        Configured configured = new Configured();

        @Override
        public Integer call() throws InterruptedException {
            return order(
                    configured, "pause", Json.object(), "opens are paused; exits go on. To go on: ./quantum resume");
        }
    }

    @Command(
            name = "resume",
            description = "Allow opens again: ends a pause, and the halt that flatten left.",
            mixinStandardHelpOptions = true)
    static final class Resume implements Callable<Integer> {
        @Mixin
        Configured configured = new Configured();

        @Override
        public Integer call() throws InterruptedException {
            return order(configured, "resume", Json.object(), "opens are allowed again, as far as guards let them");
        }
    }

    @Command(
            name = "safety",
            description = "Show what holds opens back, or end it.",
            mixinStandardHelpOptions = true,
            subcommands = Clear.class)
    static final class Safety implements Callable<Integer> {
        @Mixin
        Configured configured = new Configured();

        @Override
        public Integer call() throws InterruptedException {
            Settings settings = configured.settings();
            RunningTrader service = new RunningTrader(settings);
            Terminal terminal = configured.terminal();
            if (service.answers()) {
                show(service.get("/api/v1/guards"), terminal);
                return ExitCode.OK;
            }
            ObjectNode guards = new LastKnown(settings).guards();
            if (guards == null) {
                throw new NotProven("no service answers on " + service + ", and no ledger in " + settings.data()
                        + " knows what held opens back");
            }
            terminal.line("no service answers on " + service + "; what the next start takes over:");
            show(guards, terminal);
            return ExitCode.OK;
        }

        private static void show(JsonNode guards, Terminal terminal) {
            String state = guards.path("state").asString();
            terminal.line("state " + state);
            if (guards.path("guards").path("paused").asBoolean()) {
                terminal.line("paused by the operator   ends with ./quantum resume");
            }
            if (guards.path("guards").path("halted").asBoolean()) {
                terminal.line("halted: everything was flattened   ends with ./quantum resume");
            }
            JsonNode flattened = guards.path("guards").path("flattened");
            flattened
                    .properties()
                    .forEach(symbol -> terminal.line("flattened " + symbol.getKey() + "   "
                            + (symbol.getValue().asBoolean() ? "still being closed" : "ends with ./quantum resume")));
            for (JsonNode guard : guards.path("active")) {
                String until = guard.path("until").asString("");
                terminal.line(guard.path("name").asString() + "   "
                        + (until.isEmpty() ? "until it is cleared" : "until " + until)
                        + "   ends early with ./quantum safety clear "
                        + guard.path("name").asString() + " --why TEXT");
            }
            if (guards.path("active").isEmpty() && state.equals("ACTIVE") && flattened.isEmpty()) {
                terminal.line("no guard holds opens back");
            }
            if (state.equals("DEGRADED") || state.equals("STARTING") || state.equals("STOPPING")) {
                terminal.line("opens wait for what fails or starts   look: ./quantum status");
            }
            if (guards instanceof ObjectNode object) {
                terminal.object(object);
            }
        }
    }

    @Command(
            name = "clear",
            description = "End a guard before its time; why is recorded.",
            mixinStandardHelpOptions = true)
    static final class Clear implements Callable<Integer> {
        @Mixin
        Configured configured = new Configured();

        @Parameters(
                paramLabel = "NAME",
                description = "safe_mode, cooldown_global, cooldown_symbol:SYMBOL or breaker:SYMBOL.")
        String name = "";

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why it is safe to go on.")
        @Nullable
        String why;

        @Override
        public Integer call() throws InterruptedException {
            return order(configured, "safety", Json.object().put("name", name).put("why", why), name + " is ended");
        }
    }
}
