package quantum.trader.venue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;
import tools.jackson.databind.JsonNode;

/** Coins, and the money that was paid for them. */
record CoinBooks(JsonNode spot) implements SimulatedBooks {

    private static final Set<String> LIVE = Set.of("NEW", "PENDING", "ACTIVE");
    private static final String MONEY = "USD";
    /** The other coin that an account begins with; nothing here is paid with it. */
    private static final String OTHER_MONEY = "USDT";

    /** Of the simulator's whole ledger, of which only the spot side is read. */
    static CoinBooks of(JsonNode ledger) {
        return new CoinBooks(ledger.path("spot"));
    }

    /** The id under which each order is heard of: a target is on the book from the start, a stop became another order. */
    private Map<String, String> clientIds() {
        Map<String, String> ids = new HashMap<>();
        for (JsonNode order : spot.path("orders")) {
            ids.put(order.path("orderId").asString(), order.path("clientId").asString());
        }
        for (JsonNode leg : spot.path("advanced")) {
            if (leg.has("orderId") && "LIMIT".equals(leg.path("type").asString())) {
                ids.put(leg.path("orderId").asString(), leg.path("clientId").asString());
            }
        }
        return ids;
    }

    @Override
    public Map<String, Executed> orders() {
        Map<String, String> ids = clientIds();
        Map<String, Executed> orders = new HashMap<>();
        for (JsonNode order : spot.path("orders")) {
            BigDecimal executed = decimal(order, "executed");
            BigDecimal price = executed.signum() == 0
                    ? BigDecimal.ZERO
                    : decimal(order, "value").divide(executed, MathContext.DECIMAL128);
            orders.put(ids.getOrDefault(order.path("orderId").asString(), ""), new Executed(executed, price));
        }
        return orders;
    }

    @Override
    public Map<String, BigDecimal> fees() {
        Map<String, String> ids = clientIds();
        Map<String, BigDecimal> fees = new HashMap<>();
        for (JsonNode trade : spot.path("trades")) {
            fees.merge(ids.getOrDefault(trade.path("orderId").asString(), ""), decimal(trade, "fee"), BigDecimal::add);
        }
        return fees;
    }

    @Override
    public long liveStops(String symbol) {
        return spot.path("advanced")
                .valueStream()
                .filter(rest -> LIVE.contains(rest.path("status").asString())
                        && symbol.equals(rest.path("instrument").asString())
                        && "STOP_LOSS".equals(rest.path("type").asString()))
                .count();
    }

    @Override
    public Map<String, BigDecimal> held() {
        Map<String, BigDecimal> held = new HashMap<>();
        for (JsonNode balance : spot.path("balances")) {
            String coin = balance.path("coin").asString();
            boolean isMoney = coin.equals(MONEY) || coin.equals(OTHER_MONEY);
            if (!isMoney && decimal(balance, "amount").signum() != 0) {
                held.merge(coin, decimal(balance, "amount"), BigDecimal::add);
            }
        }
        return held;
    }

    @Override
    public String holding(String symbol) {
        return symbol.substring(0, Math.max(symbol.indexOf('_'), 0));
    }

    @Override
    public @Nullable BigDecimal entryPrice(String symbol) {
        return null;
    }

    @Override
    public BigDecimal money() {
        return spot.path("balances")
                .valueStream()
                .filter(balance -> MONEY.equals(balance.path("coin").asString()))
                .map(balance -> decimal(balance, "amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public BigDecimal moneyOf(Entry.PositionRow open, List<Entry.OrderRow> orders) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Entry.OrderRow order : orders) {
            BigDecimal price = order.fillPrice();
            BigDecimal quantity = order.fillQuantity();
            BigDecimal fee = order.fee();
            if (price != null && quantity != null) {
                BigDecimal worth = price.multiply(quantity);
                sum = sum.add(order.side().equals("SELL") ? worth : worth.negate());
            }
            sum = fee == null ? sum : sum.subtract(fee);
        }
        return sum;
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asString());
    }
}
