package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import quantum.simulator.Fill;
import quantum.simulator.Json;
import quantum.simulator.Order;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import tools.jackson.databind.node.ObjectNode;

/** The wire form of regular orders and trades (binance-usdm 3.2, 3.5). */
final class OrderJson {

    private OrderJson() {}

    /** What placing and cancelling answer: no average price and no quote amount (binance-usdm 0.1). */
    static ObjectNode acknowledgement(Simulator exchange, Order order) {
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
                .put("positionSide", "BOTH")
                .put("stopPrice", stopPrice(order))
                .put("workingType", "CONTRACT_PRICE")
                .put("priceProtect", false)
                .put("origType", origType(order))
                .put("priceMatch", "NONE")
                .put("selfTradePreventionMode", "EXPIRE_MAKER")
                .put("goodTillDate", 0)
                .put("updateTime", exchange.serverMillis(order.updatedAt()));
    }

    static ObjectNode query(Simulator exchange, Order order) {
        return acknowledgement(exchange, order)
                .put("avgPrice", text(order.averagePrice()))
                .put("cumQuote", text(order.quote()))
                .put("time", exchange.serverMillis(order.createdAt()));
    }

    static boolean closesPosition(Order order) {
        var origin = order.origin();
        return origin != null && origin.terms().size().closePosition();
    }

    static String origType(Order order) {
        var origin = order.origin();
        return (origin == null ? order.terms().type() : origin.terms().type()).name();
    }

    static String stopPrice(Order order) {
        var origin = order.origin();
        var trigger = origin == null ? null : origin.terms().trigger().price();
        return text(trigger == null ? BigDecimal.ZERO : trigger);
    }

    static ObjectNode trade(Simulator exchange, Fill fill) {
        var terms = fill.order().terms();
        var buyer = terms.side() == Side.BUY;
        return Json.object()
                .put("symbol", terms.symbol())
                .put("id", fill.id())
                .put("orderId", fill.order().id())
                .put("side", terms.side().name())
                .put("price", text(fill.price()))
                .put("qty", text(fill.quantity()))
                .put("quoteQty", text(fill.price().multiply(fill.quantity())))
                .put("realizedPnl", text(fill.realized()))
                .put("commission", text(fill.commission()))
                .put("commissionAsset", "USDT")
                .put("time", exchange.serverMillis(fill.at()))
                .put("positionSide", "BOTH")
                .put("buyer", buyer)
                .put("maker", fill.maker())
                .put("marginAsset", "USDT")
                .put("pair", terms.symbol());
    }
}
