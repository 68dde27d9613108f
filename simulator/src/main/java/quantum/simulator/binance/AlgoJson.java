package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.simulator.AlgoOrder;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import tools.jackson.databind.node.ObjectNode;

/** The wire form of conditional orders (binance-usdm 4.4). */
final class AlgoJson {

    private AlgoJson() {}

    static ObjectNode placed(Simulator exchange, AlgoOrder algo) {
        var terms = algo.terms();
        var trigger = terms.trigger();
        return Json.object()
                .put("algoId", algo.id())
                .put("clientAlgoId", terms.clientId())
                .put("algoType", "CONDITIONAL")
                .put("orderType", terms.type().name())
                .put("symbol", terms.symbol())
                .put("side", terms.side().name())
                .put("positionSide", terms.positionSide().name())
                .put("timeInForce", terms.timeInForce().name())
                .put("quantity", number(terms.size().quantity()))
                .put("algoStatus", algo.status().name())
                .put("triggerPrice", number(trigger.price()))
                .put("price", number(terms.size().limitPrice()))
                .putNull("icebergQuantity")
                .put("selfTradePreventionMode", "EXPIRE_MAKER")
                .put("workingType", trigger.byMark() ? "MARK_PRICE" : "CONTRACT_PRICE")
                .put("priceMatch", "NONE")
                .put("closePosition", terms.size().closePosition())
                .put("priceProtect", trigger.protectedPrice())
                .put("reduceOnly", terms.size().reduceOnly())
                .put("activatePrice", trailing(trigger.activation()))
                .put("callbackRate", trailing(trigger.callbackPercent()))
                .put("createTime", exchange.serverMillis(algo.createdAt()))
                .put("updateTime", exchange.serverMillis(algo.updatedAt()))
                .put("triggerTime", algo.triggeredAt() == 0 ? 0 : exchange.serverMillis(algo.triggeredAt()))
                .put("goodTillDate", 0);
    }

    static ObjectNode query(Simulator exchange, AlgoOrder algo) {
        var actual = algo.actual();
        return placed(exchange, algo)
                .put("actualOrderId", actual == null ? "" : Long.toString(actual.id()))
                .put("actualPrice", actual == null ? "0" : text(actual.averagePrice()))
                .put("actualType", actual == null ? "" : actual.terms().type().name())
                .put("actualQty", actual == null ? "0" : text(actual.executed()))
                .put("tpOrderType", "");
    }

    /** The list of open orders lacks the rate of trailing ones, as a client reports (binance-usdm 4.4). */
    static ObjectNode listedOpen(Simulator exchange, AlgoOrder algo) {
        var row = listed(exchange, algo);
        row.remove("callbackRate");
        return row;
    }

    static ObjectNode listed(Simulator exchange, AlgoOrder algo) {
        return query(exchange, algo)
                .put("tpTriggerPrice", "0")
                .put("tpPrice", "0")
                .put("slTriggerPrice", "0")
                .put("slPrice", "0");
    }

    static String number(@Nullable BigDecimal value) {
        return value == null ? "0" : text(value);
    }

    /** Of trailing orders; empty for all others. */
    private static String trailing(@Nullable BigDecimal value) {
        return value == null ? "" : text(value);
    }
}
