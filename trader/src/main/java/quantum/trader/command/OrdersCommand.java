package quantum.trader.command;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quantum.record.Entry;
import quantum.trader.ledger.LedgerView;

/** The latest orders of the ledger; a running service is not needed. */
@Command(name = "orders", description = "Show the latest orders of the ledger.", mixinStandardHelpOptions = true)
final class OrdersCommand implements Callable<Integer> {

    private static final String ROW = "%-28s %-12s %-5s %-8s %12s %-12s %12s %12s  %s";

    @Mixin
    Configured configured = new Configured();

    @Option(names = "--limit", description = "How many (default ${DEFAULT-VALUE}).", defaultValue = "20")
    int limit = 20;

    @Override
    public Integer call() {
        if (limit < 1 || limit > 10_000) {
            throw new UsageError("--limit must be 1 to 10000, not " + limit);
        }
        Terminal terminal = configured.terminal();
        try (LedgerView ledger = Stores.ledger(configured.settings())) {
            terminal.line(String.format(
                    Locale.ROOT,
                    ROW,
                    "client order id",
                    "symbol",
                    "side",
                    "purpose",
                    "quantity",
                    "state",
                    "filled",
                    "at price",
                    "order id"));
            for (Entry.OrderRow order : ledger.orders(limit)) {
                show(order, terminal);
            }
        }
        return ExitCode.OK;
    }

    private static void show(Entry.OrderRow order, Terminal terminal) {
        String orderId = order.orderId();
        terminal.line(String.format(
                Locale.ROOT,
                ROW,
                order.clientOrderId(),
                order.symbol(),
                order.side(),
                order.purpose(),
                order.quantity().toPlainString(),
                order.state(),
                plain(order.fillQuantity()),
                plain(order.fillPrice()),
                orderId == null ? "" : orderId));
        terminal.object(Json.object()
                .put("client_order_id", order.clientOrderId())
                .put("symbol", order.symbol())
                .put("side", order.side())
                .put("purpose", order.purpose())
                .put("quantity", order.quantity())
                .put("state", order.state())
                .put("fill_quantity", order.fillQuantity())
                .put("fill_price", order.fillPrice())
                .put("order_id", orderId));
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }
}
