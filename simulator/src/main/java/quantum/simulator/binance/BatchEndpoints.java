package quantum.simulator.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.Refused;
import tools.jackson.databind.JsonNode;

/** Several orders in one request, each with a fate of its own (binance-usdm 3.5). */
final class BatchEndpoints {

    private static final int MOST_PLACED = 5;
    private static final int MOST_CANCELLED = 10;
    private static final int WEIGHT = 5;

    private final Function<Call, JsonNode> place;
    private final Function<Call, JsonNode> cancel;

    /** What one order is placed and cancelled by. */
    BatchEndpoints(Function<Call, JsonNode> place, Function<Call, JsonNode> cancel) {
        this.place = place;
        this.cancel = cancel;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("POST /fapi/v1/batchOrders", Route.placing(WEIGHT, OrderCost.BATCH, this::placeAll));
        routes.put("DELETE /fapi/v1/batchOrders", Route.signed(1, this::cancelAll));
    }

    /** The orders of a batch, for those who do not judge: none where any cannot be read. */
    static List<Params> glance(Params batch) {
        try {
            var orders = new ArrayList<Params>();
            for (var item : list(batch, "batchOrders")) {
                if (!item.isObject()) return List.of();
                orders.add(Params.ofItem(item));
            }
            return orders;
        } catch (BinanceError _) {
            return List.of();
        }
    }

    private JsonNode placeAll(Call call) {
        var items = list(call.params(), "batchOrders");
        if (items.isEmpty() || items.size() > MOST_PLACED) {
            throw new BinanceError(-4082, "Invalid number of batch place orders.");
        }
        var answer = Json.array();
        for (var item : items) {
            if (!item.isObject()) throw BinanceError.invalid("batchOrders");
            answer.add(single(() -> place.apply(call.with(Params.ofItem(item)))));
        }
        return answer;
    }

    private JsonNode cancelAll(Call call) {
        var params = call.params();
        var symbol = params.require("symbol");
        var byId = params.has("orderIdList");
        if (!byId && !params.has("origClientOrderIdList")) {
            throw new BinanceError(
                    -1102, "Param 'origClientOrderIdList' or 'orderIdList' must be sent, but both were empty/null!");
        }
        var ids = list(params, byId ? "orderIdList" : "origClientOrderIdList");
        if (ids.isEmpty() || ids.size() > MOST_CANCELLED) {
            throw new BinanceError(-4032, "Exceed the maximum cancel order size.");
        }
        var answer = Json.array();
        for (var id : ids) {
            var item = Json.object().put("symbol", symbol);
            item.set(byId ? "orderId" : "origClientOrderId", id);
            answer.add(single(() -> cancel.apply(call.with(Params.ofItem(item)))));
        }
        return answer;
    }

    private static JsonNode list(Params params, String name) {
        try {
            var list = Json.parse(params.require(name));
            if (list.isArray()) return list;
        } catch (InvalidInput malformed) {
            throw BinanceError.invalid(name);
        }
        throw BinanceError.invalid(name);
    }

    private static JsonNode single(Supplier<JsonNode> item) {
        try {
            return item.get();
        } catch (BinanceError error) {
            return error.json();
        } catch (Refused refused) {
            return BinanceError.of(refused).json();
        }
    }
}
