package quantum.simulator.control;

import static quantum.simulator.Decimals.text;

import quantum.simulator.Json;
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotOrder;
import quantum.simulator.spot.SpotTrade;
import tools.jackson.databind.node.ObjectNode;

/** The books of the spot exchange as they are, whatever its face shows: ids as numbers, times in epoch nanoseconds. */
final class SpotLedgerJson {

    private static final String ACCOUNT = "account";
    private static final String STATUS = "status";

    private SpotLedgerJson() {}

    static ObjectNode of(SpotExchange spot) {
        var ledger = Json.object();
        var orders = ledger.putArray("orders");
        var advanced = ledger.putArray("advanced");
        var trades = ledger.putArray("trades");
        var balances = ledger.putArray("balances");
        for (var account : spot.accounts()) {
            for (var order : account.orders()) orders.add(order(account, order));
            for (var order : account.advanced()) advanced.add(advanced(account, order));
            for (var trade : account.trades()) trades.add(trade(account, trade));
            for (var balance : account.balances()) {
                balances.addObject()
                        .put(ACCOUNT, key(account))
                        .put("coin", balance.coin())
                        .put("amount", text(balance.amount()))
                        .put("heldByBuys", text(balance.heldByBuys()))
                        .put("heldBySells", text(balance.heldBySells()));
            }
        }
        return ledger;
    }

    private static String key(SpotAccount account) {
        return account.owner().apiKey();
    }

    private static ObjectNode order(SpotAccount account, SpotOrder order) {
        var terms = order.terms();
        var limit = terms.price();
        var origin = order.origin();
        var json = Json.object()
                .put(ACCOUNT, key(account))
                .put("orderId", order.id())
                .put("clientId", terms.clientId())
                .put("instrument", terms.instrument().symbol())
                .put("side", terms.side().name())
                .put("type", terms.type().name())
                .put(STATUS, order.status().name())
                .put("reason", order.reason())
                .put("quantity", text(order.quantity()))
                .put("executed", text(order.executed()))
                .put("value", text(order.value()))
                .put("createdAt", order.createdAt())
                .put("updatedAt", order.updatedAt());
        if (limit != null) json.put("price", text(limit));
        if (origin != null) json.put("advancedId", origin.id());
        return json;
    }

    private static ObjectNode advanced(SpotAccount account, AdvancedOrder order) {
        var terms = order.terms();
        var leg = order.leg();
        var child = order.child();
        var level = order.level();
        var json = Json.object()
                .put(ACCOUNT, key(account))
                .put("advancedId", order.id())
                .put("clientId", terms.clientId())
                .put("instrument", terms.instrument().symbol())
                .put("side", terms.side().name())
                .put("type", terms.type().name())
                .put(STATUS, order.status().name())
                .put("createdAt", order.createdAt())
                .put("updatedAt", order.updatedAt());
        if (level != null) json.put("level", text(level));
        if (leg != null) {
            json.put("listId", leg.listId())
                    .put("contingency", leg.contingency().name())
                    .put("leg", leg.number());
        }
        if (child != null) json.put("orderId", child.id());
        if (!order.rejection().isEmpty()) json.put("rejection", order.rejection());
        return json;
    }

    private static ObjectNode trade(SpotAccount account, SpotTrade trade) {
        return Json.object()
                .put(ACCOUNT, key(account))
                .put("tradeId", trade.id())
                .put("orderId", trade.order().id())
                .put("clientId", trade.order().terms().clientId())
                .put("instrument", trade.order().terms().instrument().symbol())
                .put("side", trade.order().terms().side().name())
                .put("price", text(trade.price()))
                .put("quantity", text(trade.quantity()))
                .put("fee", text(trade.fee().amount()))
                .put("feeCoin", trade.fee().coin())
                .put("maker", trade.maker())
                .put("at", trade.at());
    }
}
