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
import tools.jackson.databind.JsonNode;

/**
 * Holds our ledger against the simulated exchange's own books, to the last digit: every order and its execution, every
 * position, every protection, and the wallet as the sum of what we say was won, lost and paid.
 */
final class Audit {

    private static final int ALL = 1_000_000;

    private final LedgerView ledger;
    private final JsonNode exchange;
    private final BigDecimal startBalance;
    private final List<String> differences = new ArrayList<>();

    private Audit(LedgerView ledger, JsonNode exchange, BigDecimal startBalance) {
        this.ledger = ledger;
        this.exchange = exchange;
        this.startBalance = startBalance;
    }

    /** What differs, in words; empty if nothing does. */
    static List<String> compare(LedgerView ledger, JsonNode simLedger, BigDecimal startBalance) {
        Audit audit = new Audit(ledger, simLedger, startBalance);
        Map<String, Entry.OrderRow> ours = new HashMap<>();
        ledger.orders(ALL).forEach(row -> ours.put(row.clientOrderId(), row));
        audit.orders(ours);
        audit.positions();
        audit.wallet(ours);
        return audit.differences;
    }

    private void orders(Map<String, Entry.OrderRow> ours) {
        Map<String, JsonNode> theirs = new HashMap<>();
        for (JsonNode order : exchange.path("orders")) {
            String id = order.path("clientOrderId").asString();
            theirs.put(id, order);
            BigDecimal executed = decimal(order, "executed");
            Entry.OrderRow row = ours.get(id);
            if (row == null) {
                if (executed.signum() > 0) {
                    differences.add("order " + id + " is executed on the exchange and unknown to the ledger");
                }
                continue;
            }
            same("order " + id + " quantity", zeroIfNull(row.fillQuantity()), executed);
            if (executed.signum() > 0) {
                same("order " + id + " price", zeroIfNull(row.fillPrice()), decimal(order, "averagePrice"));
            }
        }
        Map<String, BigDecimal> fees = new HashMap<>();
        for (JsonNode fill : exchange.path("fills")) {
            fees.merge(fill.path("clientOrderId").asString(), decimal(fill, "commission"), BigDecimal::add);
        }
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
        Map<String, JsonNode> theirs = new HashMap<>();
        for (JsonNode position : exchange.path("positions")) {
            if (decimal(position, "amount").signum() != 0) {
                theirs.put(position.path("symbol").asString(), position);
            }
        }
        for (Entry.PositionRow row : ledger.openPositions()) {
            if (!"OPEN".equals(row.state())) {
                differences.add("position " + row.symbol() + " is still being settled");
                continue;
            }
            JsonNode position = theirs.remove(row.symbol());
            if (position == null) {
                differences.add("position " + row.symbol() + " is open in the ledger alone");
                continue;
            }
            BigDecimal amount = "LONG".equals(row.direction())
                    ? row.quantity()
                    : row.quantity().negate();
            same("position " + row.symbol(), amount, decimal(position, "amount"));
            same("entry of " + row.symbol(), row.entryPrice(), decimal(position, "entryPrice"));
            if (liveStops(row.symbol()) != 1) {
                differences.add("position " + row.symbol() + " has " + liveStops(row.symbol()) + " live stops");
            }
        }
        theirs.keySet().forEach(symbol -> differences.add("position " + symbol + " is open on the exchange alone"));
    }

    private long liveStops(String symbol) {
        long stops = 0;
        for (JsonNode rest : exchange.path("protections")) {
            boolean live = "NEW".equals(rest.path("status").asString())
                    && symbol.equals(rest.path("symbol").asString())
                    && "STOP_MARKET".equals(rest.path("type").asString());
            stops += live ? 1 : 0;
        }
        return stops;
    }

    /** start + results of closed positions - fees and funding of what is still open = the exchange's wallet. */
    private void wallet(Map<String, Entry.OrderRow> ours) {
        BigDecimal expected = startBalance;
        for (OutboxRow closed : ledger.closedTrades(ALL)) {
            expected = expected.add(decimal(Json.read(closed.payload()), "pnl_usd"));
        }
        for (Entry.PositionRow open : ledger.openPositions()) {
            expected = expected.add(fundingSince(open));
            for (Entry.OrderRow order : ours.values()) {
                boolean ofThisLife = open.epoch().equals(order.clientOrderId())
                        || open.epoch().equals(order.epoch());
                BigDecimal fee = order.fee();
                if (ofThisLife && fee != null) {
                    expected = expected.subtract(fee);
                }
            }
        }
        for (JsonNode balance : exchange.path("balances")) {
            same("wallet", expected, decimal(balance, "wallet"));
        }
    }

    private BigDecimal fundingSince(Entry.PositionRow open) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode paid : exchange.path("transfers")) {
            boolean ofThisLife = "FUNDING_FEE".equals(paid.path("kind").asString())
                    && open.symbol().equals(paid.path("symbol").asString())
                    && paid.path("at").longValue() / 1_000_000
                            >= open.openedAt().toEpochMilli();
            sum = ofThisLife ? sum.add(decimal(paid, "amount")) : sum;
        }
        return sum;
    }

    private void same(String what, BigDecimal ours, BigDecimal theirs) {
        if (ours.compareTo(theirs) != 0) {
            differences.add(what + ": ledger " + ours.toPlainString() + ", exchange " + theirs.toPlainString());
        }
    }

    private static BigDecimal zeroIfNull(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asString());
    }
}
