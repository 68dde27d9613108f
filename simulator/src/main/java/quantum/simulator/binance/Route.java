package quantum.simulator.binance;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/** How one method and path is checked, counted and answered. */
record Route(Security security, ToIntFunction<Params> weight, OrderCost cost, Function<Call, JsonNode> answer) {

    static Route open(int weight, Function<Call, JsonNode> answer) {
        return open(_ -> weight, answer);
    }

    static Route open(ToIntFunction<Params> weight, Function<Call, JsonNode> answer) {
        return new Route(Security.NONE, weight, OrderCost.NONE, answer);
    }

    /** The key alone: MARKET_DATA and USER_STREAM (binance-usdm 2.1). */
    static Route keyed(int weight, Function<Call, JsonNode> answer) {
        return new Route(Security.KEY, _ -> weight, OrderCost.NONE, answer);
    }

    static Route signed(int weight, Function<Call, JsonNode> answer) {
        return new Route(Security.SIGNED, _ -> weight, OrderCost.NONE, answer);
    }

    static Route placing(Function<Call, JsonNode> answer) {
        return new Route(Security.SIGNED, _ -> 0, OrderCost.ONE, answer);
    }

    static Route placing(int weight, OrderCost cost, Function<Call, JsonNode> answer) {
        return new Route(Security.SIGNED, _ -> weight, cost, answer);
    }

    /** A route that costs more when it is asked for all symbols. */
    Route costingWithoutSymbol(int whole) {
        return new Route(security, params -> params.has("symbol") ? weight.applyAsInt(params) : whole, cost, answer);
    }
}
