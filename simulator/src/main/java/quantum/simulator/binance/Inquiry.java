package quantum.simulator.binance;

import java.util.List;
import quantum.simulator.Fault;

/** One request out of its envelope, REST or WebSocket API: the route it takes, and the names a fault may meet it by. */
record Inquiry(String route, List<String> names, Params params, Proof proof) {

    Inquiry {
        names = List.copyOf(names);
    }

    Fault.Encounter encounter() {
        return new Fault.Encounter(names, params.glance("symbol"), closing());
    }

    /** What the exchange takes for reducing risk by the request alone (binance-usdm 3.4). */
    private boolean closing() {
        if (route.startsWith("DELETE ")) return false;
        if (!route.equals("POST /fapi/v1/batchOrders")) return closing(params);
        var orders = BatchEndpoints.glance(params);
        return !orders.isEmpty() && orders.stream().allMatch(Inquiry::closing);
    }

    private static boolean closing(Params params) {
        if ("true".equalsIgnoreCase(params.glance("reduceOnly"))
                || "true".equalsIgnoreCase(params.glance("closePosition"))) {
            return true;
        }
        var side = params.glance("positionSide") + " " + params.glance("side");
        return side.equals("LONG SELL") || side.equals("SHORT BUY");
    }
}
