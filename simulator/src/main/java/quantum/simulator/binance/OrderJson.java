package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Fill;
import quantum.simulator.Json;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.Setting;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import quantum.simulator.Trigger;
import tools.jackson.databind.node.ObjectNode;

/** The wire form of regular orders and trades (binance-usdm 3.2, 3.5). */
final class OrderJson {

    private OrderJson() {}

    /** What placing and cancelling answer: no prices, unless as before July 2026 (binance-usdm 0.1). */
    static ObjectNode acknowledgement(Simulator exchange, Order order) {
        var answer = common(exchange, order);
        return exchange.settings().on(Setting.ACKNOWLEDGE_WITH_PRICES) ? withPrices(answer, order) : answer;
    }

    private static ObjectNode withPrices(ObjectNode answer, Order order) {
        return answer.put("avgPrice", text(order.averagePrice())).put("cumQuote", text(order.quote()));
    }

    private static ObjectNode common(Simulator exchange, Order order) {
        var terms = order.terms();
        var limit = terms.price();
        return Json.object()
                .put("orderId", order.id())
                .put("symbol", terms.symbol())
                .put("status", order.status().name())
                .put("clientOrderId", terms.clientId())
                .put("price", text(limit == null ? BigDecimal.ZERO : limit))
                .put("origQty", text(order.quantity()))
                .put("executedQty", text(order.executed()))
                .put("cumQty", text(order.executed()))
                .put("timeInForce", terms.timeInForce().name())
                .put("type", terms.type().name())
                .put("reduceOnly", terms.reduceOnly())
                .put("closePosition", closesPosition(order))
                .put("side", terms.side().name())
                .put("positionSide", terms.positionSide().name())
                .put("stopPrice", stopPrice(order))
                .put("workingType", "CONTRACT_PRICE")
                .put("priceProtect", false)
                .put("origType", origType(order))
                .put("priceMatch", "NONE")
                .put("selfTradePreventionMode", "EXPIRE_MAKER")
                .put("goodTillDate", terms.goodTill())
                .put("updateTime", exchange.serverMillis(order.updatedAt()));
    }

    static ObjectNode query(Simulator exchange, Order order) {
        var answer = common(exchange, order).put("time", exchange.serverMillis(order.createdAt()));
        var trailing = trailing(order);
        if (trailing != null) {
            answer.put("activatePrice", AlgoJson.number(trailing.activation()))
                    .put("priceRate", AlgoJson.number(trailing.callbackPercent()));
        }
        return exchange.settings().on(Setting.QUERY_WITHOUT_PRICES) ? answer : withPrices(answer, order);
    }

    static boolean closesPosition(Order order) {
        var origin = order.origin();
        return origin != null && origin.terms().size().closePosition();
    }

    static String origType(Order order) {
        var origin = order.origin();
        return (origin == null ? order.terms().type() : origin.terms().type()).name();
    }

    /** What fired an order that was a trailing stop; null for any other. */
    static @Nullable Trigger trailing(Order order) {
        var origin = order.origin();
        if (origin == null || origin.terms().type() != OrderType.TRAILING_STOP_MARKET) return null;
        return origin.terms().trigger();
    }

    static String stopPrice(Order order) {
        var origin = order.origin();
        var trigger = origin == null ? null : origin.terms().trigger().price();
        return text(trigger == null ? BigDecimal.ZERO : trigger);
    }

    static ObjectNode trade(Simulator exchange, Fill fill) {
        var terms = fill.order().terms();
        var buyer = terms.side() == Side.BUY;
        var negative = exchange.settings().on(Setting.COMMISSION_NEGATIVE);
        return Json.object()
                .put("symbol", terms.symbol())
                .put("id", fill.id())
                .put("orderId", fill.order().id())
                .put("side", terms.side().name())
                .put("price", text(fill.price()))
                .put("qty", text(fill.quantity()))
                .put("quoteQty", text(fill.price().multiply(fill.quantity())))
                .put("realizedPnl", text(fill.realized()))
                .put("commission", text(negative ? fill.commission().negate() : fill.commission()))
                .put("commissionAsset", fill.commissionAsset())
                .put("time", exchange.serverMillis(fill.at()))
                .put("positionSide", terms.positionSide().name())
                .put("buyer", buyer)
                .put("maker", fill.maker())
                .put("marginAsset", exchange.prices().asset(terms.symbol()))
                .put("pair", terms.symbol());
    }
}
