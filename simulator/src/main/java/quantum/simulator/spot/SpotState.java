package quantum.simulator.spot;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.KeptPart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The spot exchange's share of the kept state: coins, open orders, recent history, used client ids and prices. */
final class SpotState implements KeptPart {

    private static final int KEPT_HISTORY = 1_000;

    private final SpotExchange exchange;

    SpotState(SpotExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String name() {
        return "spot";
    }

    @Override
    public JsonNode snapshot() {
        var state = Json.object().put("ids", exchange.ids().given());
        var prices = state.putObject("prices");
        for (var market : exchange.markets().all())
            prices.put(market.instrument().symbol(), text(market.last()));
        var accounts = state.putArray("accounts");
        for (var account : exchange.accounts()) accounts.add(account(account));
        return state;
    }

    private static ObjectNode account(SpotAccount account) {
        var json = Json.object()
                .put("apiKey", account.owner().apiKey())
                .put("maker", text(account.fees().maker()))
                .put("taker", text(account.fees().taker()));
        var coins = json.putObject("coins");
        account.coins().forEach((coin, amount) -> coins.put(coin, text(amount)));
        var promotions = json.putObject("promotions");
        account.promotions()
                .forEach((symbol, fees) -> promotions
                        .putObject(symbol)
                        .put("maker", text(fees.maker()))
                        .put("taker", text(fees.taker())));
        var used = json.putArray("used");
        account.usedClientIds().stream().sorted().forEach(used::add);
        var advanced = json.putArray("advanced");
        for (var order : recent(account.advanced(), account.openAdvanced())) advanced.add(SpotStateJson.of(order));
        var orders = json.putArray("orders");
        for (var order : recent(account.orders(), account.open())) orders.add(SpotStateJson.of(order));
        var trades = json.putArray("trades");
        for (var trade : recent(account.trades(), List.of())) trades.add(SpotStateJson.of(trade));
        return json;
    }

    /** The latest of a long history, after everything in it that is still open. */
    private static <T> List<T> recent(List<T> all, List<T> open) {
        var latest = all.subList(Math.max(0, all.size() - KEPT_HISTORY), all.size());
        var kept = new LinkedHashSet<>(open);
        latest.forEach(kept::remove);
        kept.addAll(latest);
        return List.copyOf(kept);
    }

    @Override
    public void restore(JsonNode saved) {
        exchange.ids().resume(saved.path("ids").longValue());
        saved.path("prices").forEachEntry((symbol, price) -> {
            var market = exchange.find(symbol);
            if (market != null) exchange.markets().resume(market, new BigDecimal(price.asString()));
        });
        for (var node : saved.path("accounts")) {
            var owner = exchange.simulator().account(node.path("apiKey").asString());
            if (owner == null) throw new InvalidInput("The simulator's state holds spot coins of an unknown account");
            restore(exchange.account(owner), node);
        }
    }

    private static SpotFees fees(JsonNode node) {
        return new SpotFees(SpotStateJson.decimal(node, "maker"), SpotStateJson.decimal(node, "taker"));
    }

    private void restore(SpotAccount account, JsonNode saved) {
        account.charge(fees(saved));
        saved.path("promotions").forEachEntry((symbol, fees) -> account.promote(symbol, fees(fees)));
        saved.path("coins").forEachEntry((coin, amount) -> account.put(coin, new BigDecimal(amount.asString())));
        for (var clientId : saved.path("used")) account.use(clientId.asString());
        Map<Long, AdvancedOrder> advanced = new HashMap<>();
        for (var node : saved.path("advanced")) {
            var order = SpotStateJson.advanced(node, exchange.markets());
            advanced.put(order.id(), order);
            account.add(order);
        }
        for (var node : saved.path("orders")) {
            var origin = advanced.get(node.path("origin").asLong(0));
            var order = SpotStateJson.order(node, origin, exchange.markets());
            if (origin != null) origin.workThrough(order);
            account.add(order);
        }
        for (var node : saved.path("trades")) {
            var order = account.order(node.path("orderId").longValue());
            if (order != null) account.record(SpotStateJson.trade(node, order));
        }
        exchange.seen(account);
        account.open().forEach(order -> exchange.matching().resume(account, order));
        account.openAdvanced().forEach(order -> exchange.advanced().resume(account, order));
    }
}
