package quantum.simulator.control;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.Contract;
import quantum.simulator.Fill;
import quantum.simulator.Income;
import quantum.simulator.Json;
import quantum.simulator.Order;
import quantum.simulator.Simulator;
import tools.jackson.databind.node.ObjectNode;

/** The exchange's own books: decimals as strings, ids as numbers, times in epoch nanoseconds. */
final class LedgerJson {

    private LedgerJson() {}

    static ObjectNode of(Simulator exchange) {
        var ledger = Json.object().put("at", exchange.now());
        var orders = ledger.putArray("orders");
        var fills = ledger.putArray("fills");
        var positions = ledger.putArray("positions");
        var protections = ledger.putArray("protections");
        var balances = ledger.putArray("balances");
        var transfers = ledger.putArray("transfers");
        for (var account : exchange.accounts()) {
            for (var order : account.orders().all()) orders.add(order(account, order));
            for (var fill : account.fills()) fills.add(fill(account, fill));
            for (var position : account.positions().all()) {
                positions
                        .addObject()
                        .put("account", account.apiKey())
                        .put("symbol", position.symbol())
                        .put("positionSide", position.side().name())
                        .put("amount", text(position.amount()))
                        .put("entryPrice", text(position.entryPrice()))
                        .put("isolatedWallet", text(position.isolatedWallet()))
                        .put("realized", text(position.realized()))
                        .put("leverage", account.terms(position.symbol()).leverage())
                        .put("marginType", account.terms(position.symbol()).isolated() ? "ISOLATED" : "CROSSED")
                        .put("updatedAt", position.updatedAt());
            }
            for (var algo : account.algos().all()) protections.add(protection(account, algo));
            for (var asset : account.assets()) balances.add(balance(exchange, account, asset));
            for (var income : account.transfers()) transfers.add(transfer(account, income));
        }
        return ledger;
    }

    static ObjectNode balance(Simulator exchange, Account account) {
        return balance(exchange, account, Contract.USDT);
    }

    private static ObjectNode balance(Simulator exchange, Account account, String asset) {
        var margins = exchange.margins(account, asset);
        return Json.object()
                .put("account", account.apiKey())
                .put("asset", asset)
                .put("wallet", text(account.wallet(asset)))
                .put("available", text(margins.available()))
                .put("unrealized", text(margins.unrealized()))
                .put("hedged", account.hedged())
                .put("multiAssets", account.multiAssets())
                .put("canTrade", account.rights().trade())
                .put("canDeposit", account.rights().deposit())
                .put("canWithdraw", account.rights().withdraw())
                .put("makerRate", text(account.feeRates().maker()))
                .put("takerRate", text(account.feeRates().taker()))
                .put("updatedAt", account.updatedAt());
    }

    private static ObjectNode transfer(Account account, Income income) {
        var json = Json.object()
                .put("account", account.apiKey())
                .put("kind", income.kind().name())
                .put("symbol", income.symbol())
                .put("amount", text(income.amount()))
                .put("asset", income.asset())
                .put("at", income.at());
        var position = income.position();
        return position == null ? json : json.put("positionSide", position.name());
    }

    private static ObjectNode order(Account account, Order order) {
        var origin = order.origin();
        var json = Json.object()
                .put("account", account.apiKey())
                .put("orderId", order.id())
                .put("clientOrderId", order.terms().clientId())
                .put("symbol", order.terms().symbol())
                .put("side", order.terms().side().name())
                .put("positionSide", order.terms().positionSide().name())
                .put("type", order.terms().type().name())
                .put("timeInForce", order.terms().timeInForce().name())
                .put("status", order.status().name())
                .put("quantity", text(order.quantity()))
                .put("price", optional(order.terms().price()))
                .put("executed", text(order.executed()))
                .put("averagePrice", text(order.averagePrice()))
                .put("reduceOnly", order.terms().reduceOnly())
                .put("expiryReason", order.expiryReason())
                .put("createdAt", order.createdAt())
                .put("updatedAt", order.updatedAt());
        var forced = order.forced();
        if (forced != null) json.put("forced", forced.name());
        if (origin != null) json.put("algoId", origin.id());
        return json;
    }

    private static ObjectNode fill(Account account, Fill fill) {
        return Json.object()
                .put("account", account.apiKey())
                .put("tradeId", fill.id())
                .put("orderId", fill.order().id())
                .put("clientOrderId", fill.order().terms().clientId())
                .put("symbol", fill.order().terms().symbol())
                .put("side", fill.order().terms().side().name())
                .put("positionSide", fill.order().terms().positionSide().name())
                .put("price", text(fill.price()))
                .put("quantity", text(fill.quantity()))
                .put("commission", text(fill.commission()))
                .put("commissionAsset", fill.commissionAsset())
                .put("realized", text(fill.realized()))
                .put("maker", fill.maker())
                .put("at", fill.at());
    }

    private static ObjectNode protection(Account account, AlgoOrder algo) {
        var terms = algo.terms();
        var actual = algo.actual();
        var json = Json.object()
                .put("account", account.apiKey())
                .put("algoId", algo.id())
                .put("clientAlgoId", terms.clientId())
                .put("symbol", terms.symbol())
                .put("side", terms.side().name())
                .put("positionSide", terms.positionSide().name())
                .put("type", terms.type().name())
                .put("status", algo.status().name())
                .put("triggerPrice", optional(algo.level()))
                .put("workingType", terms.trigger().byMark() ? "MARK_PRICE" : "CONTRACT_PRICE")
                .put("closePosition", terms.size().closePosition())
                .put("reduceOnly", terms.size().reduceOnly())
                .put("quantity", optional(terms.size().quantity()))
                .put("createdAt", algo.createdAt())
                .put("updatedAt", algo.updatedAt());
        if (algo.triggeredAt() != 0) json.put("triggeredAt", algo.triggeredAt());
        if (actual != null) json.put("orderId", actual.id());
        if (!algo.rejection().isEmpty()) json.put("reason", algo.rejection());
        return json;
    }

    private static @Nullable String optional(@Nullable BigDecimal value) {
        return value == null ? null : text(value);
    }
}
