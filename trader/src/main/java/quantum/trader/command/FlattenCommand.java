package quantum.trader.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quantum.market.Symbol;
import quantum.trader.Flattening;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.LedgerView;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.settings.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Closes what is held, by the running service, or without one by itself. */
@Command(
        name = "flatten",
        description = "Close one symbol, or everything, until the exchange proves it; opens there wait for resume.",
        mixinStandardHelpOptions = true)
final class FlattenCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration RECORDED = Duration.ofSeconds(2);
    private static final int MOST_ALERTS = 20;

    @Mixin
    Configured configured = new Configured();

    @Parameters(arity = "0..1", paramLabel = "SYMBOL", description = "The symbol to close.")
    @Nullable
    String symbol;

    @Option(names = "--all", description = "Close everything.")
    boolean all;

    @Option(names = "--yes", description = "Do it: without this word nothing is closed.")
    boolean yes;

    @Option(names = "--wait", defaultValue = "60s", description = "How long to wait for the proof (default 60s).")
    Duration wait = Duration.ofMinutes(1);

    @Override
    public Integer call() throws InterruptedException {
        if (all == (symbol != null)) {
            throw new UsageError("name the symbol to close, or say --all: ./quantum flatten BTCUSDT --yes, or"
                    + " ./quantum flatten --all --yes");
        }
        Symbol only = symbol();
        String what = only == null ? "everything" : only.name();
        if (!yes) {
            throw new UsageError("flatten closes " + what + " at the market; say so with --yes");
        }
        Settings settings = configured.settings();
        if (settings.rules().observe()) {
            throw new NotProven("observe mode sends no order; nothing is flattened");
        }
        RunningTrader running = new RunningTrader(settings);
        long before = lastAlert(settings);
        boolean flat = running.answers() ? byService(running, only) : alone(settings, only);
        if (!flat) {
            throw new NotProven("not proven flat within " + wait.toSeconds()
                    + " s; a running service goes on. Look: ./quantum positions, ./quantum status");
        }
        Terminal terminal = configured.terminal();
        terminal.line(what + " is flat, as the exchange shows; opens" + (only == null ? "" : " in " + only)
                + " wait for ./quantum resume");
        ObjectNode proof = Json.object().put("flattened", what).put("flat", true);
        ArrayNode alerts = proof.putArray("alerts");
        for (JsonNode alert : told(settings, before)) {
            terminal.line(alert.path("severity").asString().toLowerCase(Locale.ROOT) + ": "
                    + alert.path("text").asString());
            alerts.add(alert);
        }
        terminal.object(proof);
        return ExitCode.OK;
    }

    private static long lastAlert(Settings settings) {
        return alerts(settings, 1).stream().mapToLong(OutboxRow::id).max().orElse(0);
    }

    /**
     * What the desk told meanwhile, in its order. Its proof is recorded a moment after it holds, and after that the
     * exchange is asked for orders that can open again.
     */
    private static List<JsonNode> told(Settings settings, long before) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(RECORDED.toNanos());
        return alerts(settings, MOST_ALERTS).reversed().stream()
                .filter(row -> row.id() > before)
                .map(row -> Json.read(row.payload()))
                .toList();
    }

    private static List<OutboxRow> alerts(Settings settings, int most) {
        try (LedgerView ledger = Stores.ledger(settings)) {
            return ledger.alerts(most);
        } catch (LedgerException _) {
            // A first flattening on a new directory has none yet.
            return List.of();
        }
    }

    private @Nullable Symbol symbol() {
        try {
            return symbol == null ? null : new Symbol(symbol.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new UsageError("'" + symbol + "' is not a symbol such as BTCUSDT");
        }
    }

    private boolean byService(RunningTrader running, @Nullable Symbol only) throws InterruptedException {
        ObjectNode body =
                only == null ? Json.object().put("all", true) : Json.object().put("symbol", only.name());
        tell(running.post("/api/v1/control/flatten", body));
        long until = System.nanoTime() + wait.toNanos();
        int told = -1;
        do {
            JsonNode guards = running.get("/api/v1/guards").path("guards");
            boolean going = only == null
                    ? guards.path("flattening").asBoolean()
                    : guards.path("flattened").path(only.name()).asBoolean();
            if (!going) {
                return true;
            }
            JsonNode positions = running.get("/api/v1/positions");
            int held = count(positions.path("positions"), only) + count(positions.path("unclear"), only);
            if (held != told) {
                configured.terminal().line(held + " positions held");
                for (JsonNode row : positions.path("unclear")) {
                    if (isMeant(row, only)) {
                        configured.terminal().line(PositionsCommand.unclear(row) + "; it cannot be closed from here");
                    }
                }
                configured.terminal().object(Json.object().put("positions", held));
                told = held;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        } while (System.nanoTime() - until < 0);
        return false;
    }

    private static int count(JsonNode rows, @Nullable Symbol only) {
        int count = 0;
        for (JsonNode row : rows) {
            count += isMeant(row, only) ? 1 : 0;
        }
        return count;
    }

    private static boolean isMeant(JsonNode row, @Nullable Symbol only) {
        return only == null || only.name().equals(row.path("symbol").asString());
    }

    private void tell(JsonNode progress) {
        configured
                .terminal()
                .line("closing " + progress.path("positions").asString() + " positions, "
                        + progress.path("orders_in_flight").asString() + " orders in flight");
        if (progress instanceof ObjectNode object) {
            configured.terminal().object(object);
        }
    }

    /** Nobody answers: under the ledger's lock this process is the service for as long as it takes. */
    private boolean alone(Settings settings, @Nullable Symbol only) throws InterruptedException {
        configured.terminal().line("no service answers; flattening without one");
        try (Flattening flattening = Flattening.begin(Configured.setup(settings), only)) {
            return flattening.await(wait, this::tell);
        } catch (Flattening.NotHeld e) {
            throw new NotProven(e.getMessage() + ". Nothing was ordered.");
        }
    }

    private void tell(Flattening.Progress progress) {
        configured.terminal().line(progress.words());
        if (progress.met()) {
            configured
                    .terminal()
                    .object(Json.object()
                            .put("positions", progress.positions())
                            .put("orders_in_flight", progress.ordersInFlight()));
        }
    }
}
