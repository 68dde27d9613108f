package quantum.trader.command;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import quantum.intent.Refusal;
import quantum.record.Entry;
import quantum.trader.ledger.LedgerView;
import quantum.trader.ledger.LogRow;
import quantum.trader.ledger.ProcessEvent;
import tools.jackson.databind.node.ObjectNode;

/** The story of one intent: its stages in milliseconds, its orders, where its position ends, or why it was refused. */
@Command(
        name = "explain",
        description = "Print the story of one intent: its waterfall, its orders, or why it was refused.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    private static final int WIDTH = 40;

    @Mixin
    Configured configured = new Configured();

    @Parameters(index = "0", description = "The intent's id, as in its report.")
    String intentId = "";

    @Override
    public Integer call() {
        Terminal terminal = configured.terminal();
        try (LedgerView ledger = Stores.ledger(configured.settings())) {
            Entry.IntentRow intent = ledger.intent(intentId)
                    .orElseThrow(() -> new NotProven("the ledger knows no intent " + intentId
                            + ". A message without readable identity is in the dead letter stream."));
            head(intent, terminal);
            waterfall(IntentStory.of(intent, ledger.history(intentId), ledger.processes()), terminal);
            List<Entry.OrderRow> orders = ledger.ordersOf(intentId);
            orders.forEach(order -> order(order, terminal));
            List<Entry.PositionRow> positions = ledger.positionsOf(intentId);
            positions.forEach(position -> position(position, terminal));
            terminal.object(object(intent, orders, positions, ledger.history(intentId), ledger.processes()));
        }
        return ExitCode.OK;
    }

    private static void head(Entry.IntentRow intent, Terminal terminal) {
        String state = intent.terminalState();
        terminal.line(intent.intentId() + "   " + intent.action() + " " + intent.symbol() + "   received "
                + intent.receivedAt() + " as " + intent.messageId());
        terminal.line("ending   " + (state == null ? "none yet" : state));
        String reason = intent.reason();
        if (reason != null) {
            terminal.line("reason   " + reason + ": " + meaning(reason));
            terminal.line("detail   " + intent.detail());
        }
    }

    private static String meaning(String reason) {
        for (Refusal refusal : Refusal.values()) {
            if (refusal.name().equals(reason)) {
                return refusal.meaning();
            }
        }
        return "";
    }

    private static void waterfall(List<IntentStory.Step> steps, Terminal terminal) {
        long total = steps.isEmpty() ? 0 : steps.getLast().micros();
        long before = 0;
        for (IntentStory.Step step : steps) {
            int from = total == 0 ? 0 : Math.toIntExact(before * WIDTH / total);
            int to = total == 0 ? 0 : Math.toIntExact(step.micros() * WIDTH / total);
            String bar = " ".repeat(from) + "#".repeat(Math.max(1, to - from));
            terminal.line(
                    String.format(Locale.ROOT, "  %-30s %-42s %10s ms", step.words(), bar, millis(step.micros())));
            before = step.micros();
        }
    }

    private static String millis(long micros) {
        return new BigDecimal(micros).movePointLeft(3).toPlainString();
    }

    private static void order(Entry.OrderRow order, Terminal terminal) {
        BigDecimal quantity = order.fillQuantity();
        BigDecimal price = order.fillPrice();
        String filled = quantity == null || price == null
                ? "nothing executed"
                : "executed " + quantity.toPlainString() + " @ " + price.toPlainString();
        String denial = order.denial();
        terminal.line("order    " + order.clientOrderId() + "   " + order.side() + " "
                + order.quantity().toPlainString() + "   " + order.state() + "   " + filled
                + (denial == null ? "" : "   " + denial));
    }

    private static void position(Entry.PositionRow position, Terminal terminal) {
        terminal.line(
                "position " + position.direction() + " " + position.quantity().toPlainString() + " " + position.symbol()
                        + " @ " + position.entryPrice().toPlainString() + "   " + position.state());
        exits(position).forEach((name, value) -> terminal.line("  " + name.replace('_', ' ') + " " + value));
    }

    /** Where a position ends, in the words of the contract. */
    private static Map<String, String> exits(Entry.PositionRow position) {
        Map<String, String> exits = new LinkedHashMap<>();
        Entry.PlanRow plan = position.plan();
        put(exits, "stop", plan.stop());
        put(exits, "target", plan.target());
        put(exits, "trailing_pct", plan.trailingPct());
        Entry.WatchRow watch = plan.watch();
        if (watch != null) {
            BigDecimal breakEven = watch.breakEvenPct();
            put(exits, "break_even_pct", breakEven == null || breakEven.signum() == 0 ? null : breakEven);
            Long longest = watch.maxTimeSeconds();
            if (longest != null && longest > 0) {
                exits.put("until", position.openedAt().plusSeconds(longest).toString());
            }
            List<Entry.RungRow> ladder = Objects.requireNonNullElse(watch.ladder(), List.of());
            Entry.ProgressRow progress = position.progress();
            for (int i = 0; i < ladder.size(); i++) {
                Entry.RungRow rung = ladder.get(i);
                boolean reached = progress != null && i < progress.rungs();
                exits.put(
                        "rung_" + (i + 1),
                        rung.at().toPlainString() + " closes " + rung.fraction().toPlainString()
                                + (reached ? ", reached" : ""));
            }
        }
        return exits;
    }

    private static void put(Map<String, String> exits, String name, @Nullable BigDecimal value) {
        if (value != null) {
            exits.put(name, value.toPlainString());
        }
    }

    private static ObjectNode object(
            Entry.IntentRow intent,
            List<Entry.OrderRow> orders,
            List<Entry.PositionRow> positions,
            List<LogRow> story,
            List<ProcessEvent> processes) {
        ObjectNode node = Json.object()
                .put("intent_id", intent.intentId())
                .put("symbol", intent.symbol())
                .put("action", intent.action())
                .put("terminal_state", intent.terminalState())
                .put("reason", intent.reason())
                .put("detail", intent.detail());
        intent.stages().forEach(node.putObject("stages_us")::put);
        orders.forEach(order -> node.withArray("orders")
                .addObject()
                .put("client_order_id", order.clientOrderId())
                .put("state", order.state())
                .put("order_id", order.orderId())
                .put("fill_quantity", order.fillQuantity())
                .put("fill_price", order.fillPrice()));
        positions.forEach(position -> {
            ObjectNode row = node.withArray("positions")
                    .addObject()
                    .put("epoch", position.epoch())
                    .put("state", position.state());
            exits(position).forEach(row.putObject("exits")::put);
        });
        story.forEach(row -> node.withArray("story")
                .addObject()
                .put("at", row.at().toString())
                .put("kind", row.kind())
                .set("body", Json.read(row.body())));
        processes.forEach(event -> node.withArray("processes")
                .addObject()
                .put("at", event.at().toString())
                .put("event", event.kind().name()));
        return node;
    }
}
