package quantum.simulator.cryptocom;

import java.util.HashMap;
import java.util.Map;
import quantum.simulator.cryptocom.wire.AdvancedJson;
import quantum.simulator.cryptocom.wire.BalanceJson;
import quantum.simulator.cryptocom.wire.OrderJson;
import quantum.simulator.cryptocom.wire.Wire;
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotListener;
import quantum.simulator.spot.SpotOrder;
import quantum.simulator.spot.SpotTrade;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes what happens to a customer's orders, trades and balances: one message a change, in order. */
final class UserEvents implements SpotListener {

    private final SpotExchange spot;
    private final Subscribers subscribers;
    private final Pace pace;
    private final OrderJson orders;
    private final AdvancedJson advanced;
    private final BalanceJson balances;
    /** When the latest frame of an account leaves; none overtakes it. */
    private final Map<SpotAccount, Long> latest = new HashMap<>();

    UserEvents(SpotExchange spot, Subscribers subscribers, Pace pace) {
        this.spot = spot;
        this.subscribers = subscribers;
        this.pace = pace;
        orders = new OrderJson(spot.simulator());
        advanced = new AdvancedJson(spot.simulator());
        balances = new BalanceJson(spot);
    }

    @Override
    public void orderChanged(SpotAccount account, SpotOrder order) {
        publish(account, "user.order", order.terms().instrument().symbol(), orders.published(account, order));
    }

    @Override
    public void traded(SpotAccount account, SpotTrade trade) {
        var symbol = trade.order().terms().instrument().symbol();
        publish(account, "user.trade", symbol, orders.of(account, trade));
    }

    @Override
    public void advancedChanged(SpotAccount account, AdvancedOrder order) {
        var symbol = order.terms().instrument().symbol();
        publish(account, "user.advance.order", symbol, advanced.of(account, order, true));
    }

    @Override
    public void balancesChanged(SpotAccount account) {
        publish(account, "user.balance", "", balance(account));
    }

    private ObjectNode balance(SpotAccount account) {
        return balances.of(spot.balances(account, 0)).put("account_id", Wire.accountId(account));
    }

    private void publish(SpotAccount account, String channel, String symbol, ObjectNode row) {
        if (!subscribers.any(line -> line.listens(account, channel, symbol))) return;
        var exchange = spot.simulator();
        long now = exchange.now();
        long at = Math.max(now + pace.lag(), latest.getOrDefault(account, now));
        latest.put(account, at);
        if (at <= now) deliver(account, channel, symbol, row);
        else exchange.scheduler().after(at - now, () -> deliver(account, channel, symbol, row));
    }

    private void deliver(SpotAccount account, String channel, String symbol, ObjectNode row) {
        for (var line : subscribers.open()) {
            for (var subscription : line.subscriptions(account, channel, symbol)) {
                subscribers.send(line, subscription, Subscribers.frame(subscription, symbol, row.deepCopy()));
            }
        }
    }

    /** What a new subscription is answered with: the open orders, the balances, of trades nothing. */
    void fillFirst(SpotAccount account, Channel channel, ArrayNode data) {
        switch (channel.name()) {
            case "user.order" ->
                account.open().stream()
                        .filter(order -> channel.covers(
                                "user.order", order.terms().instrument().symbol()))
                        .forEach(order -> data.add(orders.of(account, order)));
            case "user.advance.order" ->
                account.openAdvanced().stream()
                        .filter(order -> channel.covers(
                                "user.advance.order", order.terms().instrument().symbol()))
                        .forEach(order -> data.add(advanced.of(account, order, true)));
            case "user.balance" -> data.add(balance(account));
            default -> {}
        }
    }

    void forget() {
        latest.clear();
    }
}
