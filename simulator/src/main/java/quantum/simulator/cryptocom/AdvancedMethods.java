package quantum.simulator.cryptocom;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import quantum.simulator.cryptocom.wire.AdvancedJson;
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.AdvancedOrder.Contingency;
import quantum.simulator.spot.AdvancedOrder.Draft;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotMatching.Amendment;
import quantum.simulator.spot.SpotRefused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Places, amends and cancels triggers and lists under private/advanced. */
final class AdvancedMethods {

    private static final String PREFIX = "private/advanced/";
    private static final int MOST_OF_A_LIST = 10;

    private final SpotExchange spot;
    private final OrderReader reader;
    private final AdvancedJson json;
    private final Visibility visibility;

    AdvancedMethods(SpotExchange spot, OrderReader reader, AdvancedJson json, Visibility visibility) {
        this.spot = spot;
        this.reader = reader;
        this.json = json;
        this.visibility = visibility;
    }

    void addTo(Map<String, Method> methods) {
        var limit = Method.Limit.OTHER;
        methods.put(PREFIX + "create-order", Method.write(limit, call -> create(call, call.params())));
        methods.put(PREFIX + "create-order-list", Method.write(limit, this::createList));
        methods.put(PREFIX + "create-oco", Method.write(limit, call -> list(call, Contingency.OCO)));
        methods.put(PREFIX + "create-oto", Method.write(limit, call -> list(call, Contingency.OTO)));
        methods.put(PREFIX + "create-otoco", Method.write(limit, call -> list(call, Contingency.OTOCO)));
        methods.put(PREFIX + "cancel-order", Method.write(limit, this::cancel));
        methods.put(PREFIX + "cancel-oco", Method.write(limit, call -> cancelList(call, true)));
        methods.put(PREFIX + "cancel-oto", Method.write(limit, call -> cancelList(call, false)));
        methods.put(PREFIX + "cancel-otoco", Method.write(limit, call -> cancelList(call, false)));
        methods.put(PREFIX + "cancel-all-orders", Method.write(limit, this::cancelAll));
        methods.put(PREFIX + "amend-order", Method.write(limit, this::amend));
    }

    private ObjectNode create(Call call, Params params) {
        var draft = reader.draft(params, call.query());
        return json.acknowledged(spot.advanced().place(call.account(), draft, call.treatment()));
    }

    private JsonNode createList(Call call) {
        var orders = call.params().list("order_list");
        if (orders.isEmpty() || orders.size() > MOST_OF_A_LIST) {
            throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        }
        var answer = Json.array();
        for (var order : orders) {
            var numbered = OrderReader.numbered(order, call.query(), answer.size());
            answer.add(OrderMethods.element(answer.size(), () -> create(call, numbered)));
        }
        return answer;
    }

    private JsonNode list(Call call, Contingency contingency) {
        var drafts = new ArrayList<Draft>();
        for (var order : call.params().list("order_list")) {
            drafts.add(reader.draft(OrderReader.numbered(order, call.query(), drafts.size()), call.query()));
        }
        long id = spot.advanced().place(call.account(), contingency, List.copyOf(drafts), call.treatment());
        return Json.object().put("list_id", Long.toString(id));
    }

    private AdvancedOrder order(Call call) {
        var order = visibility.advanced(call.account(), call.params());
        if (order == null) throw new CryptoComError(Code.INVALID_ORDERID);
        return order;
    }

    private JsonNode cancel(Call call) {
        var order = order(call);
        spot.advanced().cancel(call.account(), order);
        return json.acknowledged(order);
    }

    private JsonNode cancelList(Call call, boolean pair) {
        var id = call.params().id("list_id");
        if (id == null) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        var legs = call.account().list(id);
        var fits = legs.stream().allMatch(order -> pair == pairs(order.leg()));
        if (legs.isEmpty() || !fits) throw new CryptoComError(Code.INVALID_ORDERID);
        try {
            spot.advanced().cancelList(call.account(), id);
        } catch (SpotRefused nothingOpen) {
            throw new CryptoComError(Code.NO_ACTIVE_ORDER);
        }
        return Json.object().put("list_id", Long.toString(id));
    }

    private static boolean pairs(AdvancedOrder.@Nullable Leg leg) {
        return leg != null && leg.contingency() == Contingency.OCO;
    }

    private JsonNode cancelAll(Call call) {
        var symbol = call.params().text("instrument_name");
        var kind = call.params().text("type");
        if (symbol != null && spot.find(symbol) == null) throw new CryptoComError(Code.INVALID_INSTRUMENT);
        if (kind != null && !List.of("LIMIT", "TRIGGER", "ALL").contains(kind)) {
            throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        }
        for (var order : call.account().openAdvanced()) {
            var terms = order.terms();
            var isWanted = kind == null
                    || kind.equals("ALL")
                    || kind.equals("TRIGGER") == terms.type().waits();
            if (symbol != null && !terms.instrument().symbol().equals(symbol)) continue;
            if (isWanted && order.status().open()) spot.advanced().cancel(call.account(), order);
        }
        return Json.object();
    }

    private JsonNode amend(Call call) {
        var params = call.params();
        var order = params.has("orig_client_oid") && !params.has("order_id")
                ? call.account().advanced(params.require("orig_client_oid"))
                : order(call);
        if (order == null) throw new CryptoComError(Code.INVALID_ORDERID);
        var price = OrderReader.required(params, "new_price", Code.INVALID_PRICE);
        var amendment = new Amendment(
                params.has("orig_client_oid") || params.has("order_id") ? OrderReader.newClientId(params) : null,
                OrderReader.required(params, "new_quantity", Code.INVALID_ORDERQTY),
                price(price));
        var level = params.amount("new_ref_price", Code.INVALID_REF_PRICE, Code.INVALID_REF_PRICE);
        spot.advanced().amend(call.account(), order, amendment, level);
        return json.acknowledged(order);
    }

    /** A price of 0 stands for a market order. */
    private static @Nullable BigDecimal price(BigDecimal given) {
        return given.signum() == 0 ? null : given;
    }
}
