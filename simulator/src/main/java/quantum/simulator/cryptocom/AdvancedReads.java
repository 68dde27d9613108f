package quantum.simulator.cryptocom;

import java.util.Map;
import quantum.simulator.Json;
import quantum.simulator.cryptocom.wire.AdvancedJson;
import quantum.simulator.cryptocom.wire.Wire;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.JsonNode;

/** Reads advanced orders; by REST alone. */
final class AdvancedReads {

    private static final String PREFIX = "private/advanced/";
    /** A longer window comes back empty, as seen. */
    private static final long LONGEST_WINDOW = 2 * OrderReads.Window.DAY;

    private final SpotExchange spot;
    private final AdvancedJson json;
    private final Visibility visibility;

    AdvancedReads(SpotExchange spot, AdvancedJson json, Visibility visibility) {
        this.spot = spot;
        this.json = json;
        this.visibility = visibility;
    }

    void addTo(Map<String, Method> methods) {
        var limit = Method.Limit.OTHER;
        methods.put(PREFIX + "get-open-orders", Method.read(limit, this::open));
        methods.put(PREFIX + "get-order-detail", Method.read(limit, this::detail));
        methods.put(PREFIX + "get-order-list-detail", Method.read(limit, this::lists));
        methods.put(PREFIX + "get-order-history", Method.read(limit, this::history));
    }

    static boolean read(String method) {
        return method.startsWith(PREFIX + "get-");
    }

    private JsonNode open(Call call) {
        var answer = Json.object();
        var list = answer.putArray("data");
        for (var order : visibility.openAdvanced(call.account(), call.params().text("instrument_name"))) {
            if (visibility.seen(order.createdAt())) list.add(json.of(call.account(), order, false));
        }
        return answer;
    }

    private JsonNode detail(Call call) {
        var order = visibility.advanced(call.account(), call.params());
        if (order == null || !visibility.seen(order.createdAt())) throw new CryptoComError(Code.NOT_FOUND);
        return json.of(call.account(), order, false);
    }

    private JsonNode lists(Call call) {
        var answer = Json.object();
        var list = answer.putArray("data");
        var ids = call.params().node("list_id_list");
        if (!ids.isArray() || ids.isEmpty()) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        for (var id : ids) {
            for (var leg : call.account().list(Params.id(id))) {
                if (visibility.seen(leg.createdAt())) list.add(json.of(call.account(), leg, false));
            }
        }
        if (list.isEmpty()) throw new CryptoComError(Code.NOT_FOUND);
        return answer;
    }

    private JsonNode history(Call call) {
        var window = OrderReads.Window.of(call.params(), spot.simulator());
        var symbol = call.params().text("instrument_name");
        int limit = call.params().limit();
        var answer = Json.object();
        var list = answer.putArray("data");
        if (window.length() > LONGEST_WINDOW) return answer;
        call.account().advanced().reversed().stream()
                .filter(order -> !order.status().open())
                .filter(order ->
                        symbol == null || order.terms().instrument().symbol().equals(symbol))
                .filter(order -> window.holds(Wire.nanos(spot.simulator(), order.createdAt())))
                .limit(limit)
                .forEach(order -> list.add(json.of(call.account(), order, false)));
        return answer;
    }
}
