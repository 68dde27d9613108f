package quantum.simulator.spot;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import quantum.simulator.Side;
import quantum.simulator.Treatment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How orders and trades of the spot exchange are kept. */
final class SpotStateJson {

    private SpotStateJson() {}

    static BigDecimal decimal(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asString());
    }

    private static @Nullable BigDecimal optional(JsonNode node, String name) {
        return node.hasNonNull(name) ? decimal(node, name) : null;
    }

    private static void put(ObjectNode json, String name, @Nullable BigDecimal value) {
        if (value != null) json.put(name, text(value));
    }

    private static ObjectNode terms(SpotTerms terms) {
        var json = Json.object()
                .put("clientId", terms.clientId())
                .put("instrument", terms.instrument().symbol())
                .put("side", terms.side().name())
                .put("type", terms.type().name())
                .put("patience", terms.handling().patience().name())
                .put("feeCoin", terms.feeCoin());
        put(json, "quantity", terms.size().quantity());
        put(json, "notional", terms.size().notional());
        put(json, "price", terms.price());
        var instructions = json.putArray("instructions");
        terms.handling().instructions().forEach(instructions::add);
        return json;
    }

    private static SpotTerms terms(JsonNode node, SpotMarkets markets) {
        var instructions = new ArrayList<String>();
        for (var instruction : node.path("instructions")) instructions.add(instruction.asString());
        return new SpotTerms(
                node.path("clientId").asString(),
                markets.market(node.path("instrument").asString()).instrument(),
                Side.valueOf(node.path("side").asString()),
                SpotType.valueOf(node.path("type").asString()),
                new SpotTerms.Size(optional(node, "quantity"), optional(node, "notional")),
                optional(node, "price"),
                new SpotTerms.Handling(
                        SpotTerms.Patience.valueOf(node.path("patience").asString()), instructions),
                node.path("feeCoin").asString());
    }

    static ObjectNode of(SpotOrder order) {
        var kept = order.kept();
        var json = Json.object()
                .put("id", order.id())
                .put("createdAt", order.createdAt())
                .put("treatment", order.treatment().name())
                .put("quantity", text(kept.quantity()))
                .put("orderValue", text(kept.orderValue()))
                .put("executed", text(kept.executed()))
                .put("value", text(kept.value()))
                .put("fee", text(kept.fee()))
                .put("status", kept.status().name())
                .put("reason", kept.reason())
                .put("working", kept.working())
                .put("updatedAt", kept.updatedAt());
        json.set("terms", terms(order.terms()));
        var origin = order.origin();
        return origin == null ? json : json.put("origin", origin.id());
    }

    static SpotOrder order(JsonNode node, @Nullable AdvancedOrder origin, SpotMarkets markets) {
        var order = new SpotOrder(
                node.path("id").longValue(),
                terms(node.path("terms"), markets),
                origin,
                Treatment.valueOf(node.path("treatment").asString()),
                node.path("createdAt").longValue());
        order.restore(new SpotOrder.Kept(
                decimal(node, "quantity"),
                decimal(node, "orderValue"),
                decimal(node, "executed"),
                decimal(node, "value"),
                decimal(node, "fee"),
                SpotStatus.valueOf(node.path("status").asString()),
                node.path("reason").intValue(),
                node.path("working").booleanValue(),
                node.path("updatedAt").longValue()));
        return order;
    }

    static ObjectNode of(AdvancedOrder order) {
        var kept = order.kept();
        var json = Json.object()
                .put("id", order.id())
                .put("createdAt", order.createdAt())
                .put("treatment", order.treatment().name())
                .put("reference", order.reference().name())
                .put("status", kept.status().name())
                .put("rejection", kept.rejection())
                .put("live", kept.live())
                .put("fired", kept.fired())
                .put("updatedAt", kept.updatedAt());
        put(json, "level", order.level());
        var leg = order.leg();
        if (leg != null) {
            json.put("listId", leg.listId())
                    .put("contingency", leg.contingency().name())
                    .put("leg", leg.number());
        }
        json.set("terms", terms(order.terms()));
        return json;
    }

    static AdvancedOrder advanced(JsonNode node, SpotMarkets markets) {
        var draft = new AdvancedOrder.Draft(
                terms(node.path("terms"), markets),
                optional(node, "level"),
                AdvancedOrder.Reference.valueOf(node.path("reference").asString()));
        var leg = node.has("leg")
                ? new AdvancedOrder.Leg(
                        node.path("listId").longValue(),
                        AdvancedOrder.Contingency.valueOf(
                                node.path("contingency").asString()),
                        node.path("leg").intValue())
                : null;
        var order = new AdvancedOrder(
                node.path("id").longValue(),
                draft,
                leg,
                Treatment.valueOf(node.path("treatment").asString()),
                node.path("createdAt").longValue());
        order.restore(new AdvancedOrder.Kept(
                SpotStatus.valueOf(node.path("status").asString()),
                node.path("rejection").asString(),
                node.path("live").booleanValue(),
                node.path("fired").booleanValue(),
                node.path("updatedAt").longValue()));
        return order;
    }

    static ObjectNode of(SpotTrade trade) {
        return Json.object()
                .put("id", trade.id())
                .put("matchId", trade.matchId())
                .put("orderId", trade.order().id())
                .put("price", text(trade.price()))
                .put("quantity", text(trade.quantity()))
                .put("fee", text(trade.fee().amount()))
                .put("feeCoin", trade.fee().coin())
                .put("maker", trade.maker())
                .put("at", trade.at());
    }

    static SpotTrade trade(JsonNode node, SpotOrder order) {
        return new SpotTrade(
                node.path("id").longValue(),
                node.path("matchId").longValue(),
                order,
                decimal(node, "price"),
                decimal(node, "quantity"),
                new CoinAmount(node.path("feeCoin").asString(), decimal(node, "fee")),
                node.path("maker").booleanValue(),
                node.path("at").longValue());
    }
}
