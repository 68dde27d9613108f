package quantum.trader.command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;
import quantum.trader.ledger.LedgerView;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.venue.SimulatedBooks;
import quantum.trader.venue.SimulatedBooks.Executed;

/**
 * Holds our ledger against the simulated exchange's own books, to the last digit: every order and its execution, every
 * position, every protection, and the wallet as the sum of what we say was won, lost and paid.
 */
final class Audit {

    private static final int ALL = 1_000_000;

    private final LedgerView ledger;
    private final SimulatedBooks exchange;
    private final BigDecimal startBalance;
    private final List<String> differences = new ArrayList<>();

    private Audit(LedgerView ledger, SimulatedBooks exchange, BigDecimal startBalance) {
        this.ledger = ledger;
        this.exchange = exchange;
        this.startBalance = startBalance;
    }

    /** What differs, in words; empty if nothing does. */
    static List<String> compare(LedgerView ledger, SimulatedBooks books, BigDecimal startBalance) {
        Audit audit = new Audit(ledger, books, startBalance);
        Map<String, Entry.OrderRow> ours = new HashMap<>();
        ledger.orders(ALL).forEach(row -> ours.put(row.clientOrderId(), row));
        audit.orders(ours);
        audit.positions();
        audit.wallet(ours);
        return audit.differences;
    }

    private void orders(Map<String, Entry.OrderRow> ours) {
        Map<String, Executed> theirs = exchange.orders();
        theirs.forEach((id, order) -> {
            Entry.OrderRow row = ours.get(id);
            if (row == null) {
                if (order.quantity().signum() > 0) {
                    differences.add("order " + id + " is executed on the exchange and unknown to the ledger");
                }
                return;
            }
            same("order " + id + " quantity", zeroIfNull(row.fillQuantity()), order.quantity());
            if (order.quantity().signum() > 0) {
                same("order " + id + " price", zeroIfNull(row.fillPrice()), order.price());
            }
        });
        Map<String, BigDecimal> fees = exchange.fees();
        ours.forEach((id, row) -> {
            if (row.fillQuantity() != null && !theirs.containsKey(id)) {
                differences.add("order " + id + " is executed in the ledger and unknown to the exchange");
            }
            BigDecimal fee = row.fee();
            if (fee != null) {
                same("order " + id + " fee", fee, fees.getOrDefault(id, BigDecimal.ZERO));
            }
        });
    }

    private void positions() {
        Map<String, BigDecimal> ours = new HashMap<>();
        for (Entry.PositionRow row : ledger.openPositions()) {
            if (!"OPEN".equals(row.state())) {
                differences.add("position " + row.symbol() + " is still being settled");
                continue;
            }
            BigDecimal amount = "LONG".equals(row.direction())
                    ? row.quantity()
                    : row.quantity().negate();
            ours.merge(exchange.holding(row.symbol()), amount, BigDecimal::add);
            BigDecimal entry = exchange.entryPrice(row.symbol());
            if (entry != null) {
                same("entry of " + row.symbol(), row.entryPrice(), entry);
            }
            long stops = exchange.liveStops(row.symbol());
            if (stops != 1) {
                differences.add("position " + row.symbol() + " has " + stops + " live stops");
            }
        }
        Map<String, BigDecimal> theirs = new HashMap<>(exchange.held());
        ours.forEach((name, amount) -> {
            BigDecimal held = theirs.remove(name);
            if (held == null) {
                differences.add("position " + name + " is open in the ledger alone");
            } else {
                same("position " + name, amount, held);
            }
        });
        theirs.keySet().forEach(name -> differences.add("position " + name + " is open on the exchange alone"));
    }

    /** start + results of closed positions + what open ones changed already = the exchange's wallet. */
    private void wallet(Map<String, Entry.OrderRow> ours) {
        BigDecimal expected = startBalance;
        for (OutboxRow closed : ledger.closedTrades(ALL)) {
            expected = expected.add(
                    new BigDecimal(Json.read(closed.payload()).path("pnl_usd").asString()));
        }
        for (Entry.PositionRow open : ledger.openPositions()) {
            List<Entry.OrderRow> ofThisLife = ours.values().stream()
                    .filter(order -> open.epoch().equals(order.clientOrderId())
                            || open.epoch().equals(order.epoch()))
                    .toList();
            expected = expected.add(exchange.moneyOf(open, ofThisLife));
        }
        same("wallet", expected, exchange.money());
    }

    private void same(String what, BigDecimal ours, BigDecimal theirs) {
        if (ours.compareTo(theirs) != 0) {
            differences.add(what + ": ledger " + ours.toPlainString() + ", exchange " + theirs.toPlainString());
        }
    }

    private static BigDecimal zeroIfNull(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }
}
