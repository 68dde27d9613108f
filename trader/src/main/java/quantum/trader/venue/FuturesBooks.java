package quantum.trader.venue;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;
import tools.jackson.databind.JsonNode;

/** Positions, and a wallet that fees and funding are taken from while they are open. */
record FuturesBooks(JsonNode ledger) implements SimulatedBooks {

    @Override
    public Map<String, Executed> orders() {
        Map<String, Executed> orders = new HashMap<>();
        for (JsonNode order : ledger.path("orders")) {
            orders.put(
                    order.path("clientOrderId").asString(),
                    new Executed(decimal(order, "executed"), decimal(order, "averagePrice")));
        }
        return orders;
    }

    @Override
    public Map<String, BigDecimal> fees() {
        Map<String, BigDecimal> fees = new HashMap<>();
        for (JsonNode fill : ledger.path("fills")) {
            fees.merge(fill.path("clientOrderId").asString(), decimal(fill, "commission"), BigDecimal::add);
        }
        return fees;
    }

    @Override
    public long liveStops(String symbol) {
        return ledger.path("protections")
                .valueStream()
                .filter(rest -> "NEW".equals(rest.path("status").asString())
                        && symbol.equals(rest.path("symbol").asString())
                        && "STOP_MARKET".equals(rest.path("type").asString()))
                .count();
    }

    @Override
    public Map<String, BigDecimal> held() {
        Map<String, BigDecimal> held = new HashMap<>();
        for (JsonNode position : ledger.path("positions")) {
            if (decimal(position, "amount").signum() != 0) {
                held.put(position.path("symbol").asString(), decimal(position, "amount"));
            }
        }
        return held;
    }

    @Override
    public String holding(String symbol) {
        return symbol;
    }

    @Override
    public @Nullable BigDecimal entryPrice(String symbol) {
        return ledger.path("positions")
                .valueStream()
                .filter(position -> symbol.equals(position.path("symbol").asString())
                        && decimal(position, "amount").signum() != 0)
                .map(position -> decimal(position, "entryPrice"))
                .findFirst()
                .orElse(null);
    }

    @Override
    public BigDecimal money() {
        return ledger.path("balances")
                .valueStream()
                .map(balance -> decimal(balance, "wallet"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public BigDecimal moneyOf(Entry.PositionRow open, List<Entry.OrderRow> orders) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode paid : ledger.path("transfers")) {
            boolean ofThisLife = "FUNDING_FEE".equals(paid.path("kind").asString())
                    && open.symbol().equals(paid.path("symbol").asString())
                    && paid.path("at").longValue() / 1_000_000
                            >= open.openedAt().toEpochMilli();
            sum = ofThisLife ? sum.add(decimal(paid, "amount")) : sum;
        }
        for (Entry.OrderRow order : orders) {
            BigDecimal fee = order.fee();
            sum = fee == null ? sum : sum.subtract(fee);
        }
        return sum;
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asString());
    }
}
