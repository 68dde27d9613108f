package quantum.simulator;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The saved form of orders, conditional orders and fills, both ways. */
final class StateJson {

    private StateJson() {}

    static BigDecimal decimal(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asString("0"));
    }

    private static @Nullable BigDecimal optional(JsonNode node, String name) {
        return node.hasNonNull(name) ? decimal(node, name) : null;
    }

    private static @Nullable String optional(@Nullable BigDecimal value) {
        return value == null ? null : text(value);
    }

    /** Files of version 1 know one-way mode alone. */
    static PositionSide positionSide(JsonNode node) {
        return PositionSide.valueOf(node.path("positionSide").asString("BOTH"));
    }

    static ObjectNode order(Order order) {
        var forced = order.forced();
        return Json.object()
                .put("id", order.id())
                .put("clientId", order.terms().clientId())
                .put("symbol", order.terms().symbol())
                .put("side", order.terms().side().name())
                .put("positionSide", order.terms().positionSide().name())
                .put("type", order.terms().type().name())
                .put("timeInForce", order.terms().timeInForce().name())
                .put("asked", text(order.terms().quantity()))
                .put("price", optional(order.terms().price()))
                .put("reduceOnly", order.terms().reduceOnly())
                .put("goodTill", order.terms().goodTill())
                .put("assumedPrice", text(order.assumedPrice()))
                .put("forced", forced == null ? null : forced.name())
                .put("status", order.status().name())
                .put("quantity", text(order.quantity()))
                .put("executed", text(order.executed()))
                .put("quote", text(order.quote()))
                .put("createdAt", order.createdAt())
                .put("updatedAt", order.updatedAt());
    }

    static Order order(JsonNode node, @Nullable AlgoOrder origin) {
        var terms = new NewOrder(
                node.path("clientId").asString(),
                node.path("symbol").asString(),
                Side.valueOf(node.path("side").asString()),
                positionSide(node),
                OrderType.valueOf(node.path("type").asString()),
                TimeInForce.valueOf(node.path("timeInForce").asString()),
                decimal(node, "asked"),
                optional(node, "price"),
                node.path("reduceOnly").booleanValue(),
                node.path("goodTill").asLong(0));
        var forced = node.hasNonNull("forced")
                ? ForcedClose.valueOf(node.path("forced").asString())
                : null;
        var order = new Order(
                node.path("id").longValue(),
                terms,
                new Order.Origin(origin, forced),
                decimal(node, node.has("assumedPrice") ? "assumedPrice" : "price"),
                Treatment.NORMAL,
                node.path("createdAt").longValue());
        order.restore(
                OrderStatus.valueOf(node.path("status").asString()),
                decimal(node, "quantity"),
                decimal(node, "executed"),
                decimal(node, "quote"),
                node.path("updatedAt").longValue());
        return order;
    }

    static ObjectNode algo(AlgoOrder algo) {
        var terms = algo.terms();
        var actual = algo.actual();
        var json = Json.object()
                .put("id", algo.id())
                .put("clientId", terms.clientId())
                .put("symbol", terms.symbol())
                .put("side", terms.side().name())
                .put("positionSide", terms.positionSide().name())
                .put("type", terms.type().name())
                .put("timeInForce", terms.timeInForce().name())
                .put("triggerPrice", optional(terms.trigger().price()))
                .put("activation", optional(terms.trigger().activation()))
                .put("callback", optional(terms.trigger().callbackPercent()))
                .put("byMark", terms.trigger().byMark())
                .put("protected", terms.trigger().protectedPrice())
                .put("quantity", optional(terms.size().quantity()))
                .put("limitPrice", optional(terms.size().limitPrice()))
                .put("closePosition", terms.size().closePosition())
                .put("reduceOnly", terms.size().reduceOnly())
                .put("extreme", optional(algo.extreme()))
                .put("status", algo.status().name())
                .put("createdAt", algo.createdAt())
                .put("updatedAt", algo.updatedAt())
                .put("triggeredAt", algo.triggeredAt());
        if (actual != null) json.put("orderId", actual.id());
        return json;
    }

    static AlgoOrder algo(JsonNode node) {
        var trigger = new Trigger(
                optional(node, "triggerPrice"),
                optional(node, "activation"),
                optional(node, "callback"),
                node.path("byMark").booleanValue(),
                node.path("protected").booleanValue());
        var size = new AlgoSize(
                optional(node, "quantity"),
                optional(node, "limitPrice"),
                node.path("closePosition").booleanValue(),
                node.path("reduceOnly").booleanValue());
        var terms = new NewAlgo(
                node.path("clientId").asString(),
                node.path("symbol").asString(),
                Side.valueOf(node.path("side").asString()),
                positionSide(node),
                OrderType.valueOf(node.path("type").asString()),
                TimeInForce.valueOf(node.path("timeInForce").asString()),
                trigger,
                size);
        return new AlgoOrder(
                node.path("id").longValue(),
                terms,
                Treatment.NORMAL,
                node.path("createdAt").longValue());
    }

    static void restore(AlgoOrder algo, JsonNode node, @Nullable Order actual) {
        algo.restore(
                AlgoStatus.valueOf(node.path("status").asString()),
                actual,
                optional(node, "extreme"),
                node.path("updatedAt").longValue(),
                node.path("triggeredAt").longValue());
    }

    static ObjectNode income(Income income) {
        var json = Json.object()
                .put("kind", income.kind().name())
                .put("symbol", income.symbol())
                .put("amount", text(income.amount()))
                .put("asset", income.asset())
                .put("at", income.at())
                .put("id", income.id())
                .put("trade", income.trade());
        var position = income.position();
        return position == null ? json : json.put("position", position.name());
    }

    static Income income(JsonNode node) {
        return new Income(
                Income.Kind.valueOf(node.path("kind").asString()),
                node.path("symbol").asString(),
                node.has("position")
                        ? PositionSide.valueOf(node.path("position").asString())
                        : null,
                decimal(node, "amount"),
                node.path("asset").asString(Contract.USDT),
                node.path("at").longValue(),
                node.path("id").longValue(),
                node.path("trade").longValue());
    }

    static ObjectNode fill(Fill fill) {
        return Json.object()
                .put("id", fill.id())
                .put("orderId", fill.order().id())
                .put("price", text(fill.price()))
                .put("quantity", text(fill.quantity()))
                .put("commission", text(fill.commission()))
                .put("commissionAsset", fill.commissionAsset())
                .put("realized", text(fill.realized()))
                .put("maker", fill.maker())
                .put("at", fill.at());
    }

    static Fill fill(JsonNode node, Order order) {
        return new Fill(
                node.path("id").longValue(),
                order,
                decimal(node, "price"),
                decimal(node, "quantity"),
                decimal(node, "commission"),
                node.path("commissionAsset").asString(Contract.USDT),
                decimal(node, "realized"),
                node.path("maker").booleanValue(),
                node.path("at").longValue());
    }
}
