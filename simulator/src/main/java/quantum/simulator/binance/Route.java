package quantum.simulator.binance;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/** How one method and path is checked, counted and answered. */
record Route(Security security, ToIntFunction<Params> weight, boolean placesOrder, Function<Call, JsonNode> answer) {

    static Route open(int weight, Function<Call, JsonNode> answer) {
        return new Route(Security.NONE, _ -> weight, false, answer);
    }

    static Route signed(int weight, Function<Call, JsonNode> answer) {
        return new Route(Security.SIGNED, _ -> weight, false, answer);
    }

    static Route placing(Function<Call, JsonNode> answer) {
        return new Route(Security.SIGNED, _ -> 0, true, answer);
    }

    /** A route that costs more when it is asked for all symbols. */
    Route costingWithoutSymbol(int whole) {
        return new Route(
                security, params -> params.has("symbol") ? weight.applyAsInt(params) : whole, placesOrder, answer);
    }
}
