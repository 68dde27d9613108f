package quantum.simulator.cryptocom;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import quantum.simulator.cryptocom.wire.OrderJson;
import quantum.simulator.cryptocom.wire.Wire;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotOrder;
import quantum.simulator.spot.SpotTrade;
import tools.jackson.databind.JsonNode;

/** Reads ordinary orders and trades. Advanced orders are not among them. */
final class OrderReads {

    private static final long SCRAMBLE = 0x9E3779B97F4A7C15L;

    private final SpotExchange spot;
    private final OrderJson json;
    private final Visibility visibility;

    OrderReads(SpotExchange spot, OrderJson json, Visibility visibility) {
        this.spot = spot;
        this.json = json;
        this.visibility = visibility;
    }

    void addTo(Map<String, Method> methods) {
        methods.put("private/get-order-detail", Method.read(Method.Limit.DETAIL, this::detail));
        methods.put("private/get-open-orders", Method.read(Method.Limit.OTHER, this::open));
        methods.put("private/get-order-history", Method.read(Method.Limit.HISTORY, this::history));
        methods.put("private/get-trades", Method.read(Method.Limit.HISTORY, this::trades));
    }

    private JsonNode detail(Call call) {
        var id = call.params().id("order_id");
        var order = id != null
                ? call.account().order(id)
                : call.account().order(call.params().require("client_oid"));
        if (order == null || !visibility.seen(order.createdAt())) throw new CryptoComError(Code.NOT_FOUND);
        return json.of(call.account(), order);
    }

    private JsonNode open(Call call) {
        var answer = Json.object();
        var list = answer.putArray("data");
        for (var order : visibility.open(call.account(), call.params().text("instrument_name"))) {
            if (visibility.seen(order.createdAt())) list.add(json.of(call.account(), order));
        }
        return answer;
    }

    /** The latest of the window, in no order that a reader could rely on. */
    private JsonNode history(Call call) {
        var window = Window.of(call.params(), spot.simulator());
        var symbol = call.params().text("instrument_name");
        var answer = Json.object();
        var list = answer.putArray("data");
        call.account().orders().reversed().stream()
                .filter(order -> !order.status().open())
                .filter(order ->
                        symbol == null || order.terms().instrument().symbol().equals(symbol))
                .filter(order -> window.holds(Wire.nanos(spot.simulator(), order.createdAt())))
                .limit(call.params().limit())
                .sorted(Comparator.comparingLong((SpotOrder order) -> order.id() * SCRAMBLE))
                .forEach(order -> list.add(json.of(call.account(), order)));
        return answer;
    }

    private JsonNode trades(Call call) {
        var window = Window.of(call.params(), spot.simulator());
        var symbol = call.params().text("instrument_name");
        var answer = Json.object();
        var list = answer.putArray("data");
        call.account().trades().reversed().stream()
                .filter(trade -> symbol == null || symbol(trade).equals(symbol))
                .filter(trade -> window.holds(Wire.nanos(spot.simulator(), trade.at())))
                .limit(call.params().limit())
                .forEach(trade -> list.add(json.of(call.account(), trade)));
        return answer;
    }

    private static String symbol(SpotTrade trade) {
        return trade.order().terms().instrument().symbol();
    }

    /** From the start, which is part of it, to the end, which is not; the last day where nothing is said. */
    record Window(long start, long end) {

        static final long DAY = TimeUnit.DAYS.toNanos(1);

        static Window of(Params params, Simulator exchange) {
            long now = Wire.nanos(exchange, exchange.now());
            long end = or(params.moment("end_time"), now + 1);
            return new Window(or(params.moment("start_time"), end - DAY), end);
        }

        private static long or(@Nullable Long moment, long otherwise) {
            return moment == null ? otherwise : moment;
        }

        boolean holds(long nanos) {
            return nanos >= start && nanos < end;
        }

        long length() {
            return end - start;
        }
    }
}
