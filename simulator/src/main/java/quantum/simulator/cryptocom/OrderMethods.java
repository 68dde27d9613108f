package quantum.simulator.cryptocom;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import quantum.simulator.cryptocom.wire.OrderJson;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotMatching.Amendment;
import quantum.simulator.spot.SpotOrder;
import quantum.simulator.spot.SpotRefused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Places, amends and cancels ordinary orders. Every answer is an acknowledgement of ids alone. */
final class OrderMethods {

    private static final int MOST_OF_A_LIST = 10;

    private final SpotExchange spot;
    private final OrderReader reader;
    private final OrderJson json;
    private final Visibility visibility;

    OrderMethods(SpotExchange spot, OrderReader reader, OrderJson json, Visibility visibility) {
        this.spot = spot;
        this.reader = reader;
        this.json = json;
        this.visibility = visibility;
    }

    void addTo(Map<String, Method> methods) {
        methods.put("private/create-order", Method.write(Method.Limit.ORDERS, this::create));
        methods.put("private/cancel-order", Method.write(Method.Limit.ORDERS, this::cancel));
        methods.put("private/cancel-all-orders", Method.write(Method.Limit.ORDERS, this::cancelAll));
        methods.put("private/amend-order", Method.write(Method.Limit.OTHER, this::amend));
        methods.put("private/create-order-list", Method.write(Method.Limit.OTHER, this::createList));
        methods.put("private/cancel-order-list", Method.write(Method.Limit.OTHER, this::cancelList));
    }

    private JsonNode create(Call call) {
        return create(call, call.params());
    }

    /** A trigger is refused before anything else of it is read. */
    private ObjectNode create(Call call, Params params) {
        if (reader.type(params).waits()) throw new CryptoComError(Code.API_DISABLED);
        var terms = reader.terms(params, call.query());
        try {
            return json.acknowledged(spot.matching().place(call.account(), terms, call.treatment()));
        } catch (SpotRefused refused) {
            throw CryptoComError.of(refused, terms.clientId());
        }
    }

    private JsonNode cancel(Call call) {
        var params = call.params();
        var advanced = visibility.advanced(call.account(), params);
        var order = order(call.account(), params);
        if (order == null && advanced != null) {
            // As seen: the id of a trigger is acknowledged here, and the trigger stays.
            return Json.object()
                    .put("client_oid", advanced.terms().clientId())
                    .put("order_id", Long.toString(advanced.id()));
        }
        if (order == null) throw new CryptoComError(Code.INVALID_ORDERID);
        spot.matching().cancel(call.account(), order);
        return json.acknowledged(order);
    }

    private static @Nullable SpotOrder order(SpotAccount account, Params params) {
        var id = params.id("order_id");
        if (id != null) return account.order(id);
        return account.order(params.require("client_oid"));
    }

    private JsonNode cancelAll(Call call) {
        var symbol = call.params().text("instrument_name");
        if (symbol != null && spot.find(symbol) == null) throw new CryptoComError(Code.INVALID_INSTRUMENT);
        for (var order : visibility.open(call.account(), symbol)) {
            if (order.status().open()) spot.matching().cancel(call.account(), order);
        }
        return Json.object();
    }

    private JsonNode amend(Call call) {
        var params = call.params();
        var id = params.id("order_id");
        var order = id != null ? call.account().order(id) : call.account().order(params.require("orig_client_oid"));
        if (order == null) throw new CryptoComError(Code.INVALID_ORDERID);
        var amendment = new Amendment(
                OrderReader.newClientId(params),
                OrderReader.required(params, "new_quantity", Code.INVALID_ORDERQTY),
                OrderReader.required(params, "new_price", Code.INVALID_PRICE));
        spot.matching().amend(call.account(), order, amendment);
        return json.acknowledged(order);
    }

    private JsonNode createList(Call call) {
        var params = call.params();
        if ("OCO".equals(params.text("contingency_type"))) throw new CryptoComError(Code.API_DISABLED);
        var orders = params.list("order_list");
        if (orders.isEmpty() || orders.size() > MOST_OF_A_LIST) {
            throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        }
        var answer = Json.array();
        for (var order : orders) {
            var numbered = OrderReader.numbered(order, call.query(), answer.size());
            answer.add(element(answer.size(), () -> create(call, numbered)));
        }
        return answer;
    }

    private JsonNode cancelList(Call call) {
        var orders = call.params().list("order_list");
        if (orders.isEmpty()) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        var answer = Json.array();
        for (var each : orders) {
            answer.add(element(answer.size(), () -> {
                var order = order(call.account(), each);
                if (order == null) throw new CryptoComError(Code.INVALID_ORDERID);
                spot.matching().cancel(call.account(), order);
                return json.acknowledged(order);
            }));
        }
        return answer;
    }

    /** The answer to one order of a list, which fails alone. */
    static ObjectNode element(int index, Supplier<ObjectNode> work) {
        var element = Json.object().put("index", index);
        try {
            var ids = work.get();
            return element.put("code", 0).setAll(ids);
        } catch (CryptoComError error) {
            element.put("code", error.code().number())
                    .put("message", error.code().message());
            if (error.carriesIds()) {
                element.put("order_id", Long.toString(error.orderId())).put("client_oid", error.clientId());
            }
            return element;
        } catch (SpotRefused refused) {
            var code = Code.of(refused.reason());
            return element.put("code", code.number()).put("message", code.message());
        }
    }
}
