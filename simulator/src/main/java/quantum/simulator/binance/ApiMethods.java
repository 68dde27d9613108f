package quantum.simulator.binance;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.simulator.Json;

/** The methods of the WebSocket API and the REST endpoints they are twins of (binance-usdm 10). */
final class ApiMethods {

    static final String LOGON = "session.logon";
    static final String STATUS = "session.status";
    static final String LOGOUT = "session.logout";

    private static final int SESSION_WEIGHT = 2;

    private static final Map<String, String> TWINS = Map.ofEntries(
            entry("order.place", "POST /fapi/v1/order"),
            entry("order.modify", "PUT /fapi/v1/order"),
            entry("order.cancel", "DELETE /fapi/v1/order"),
            entry("order.status", "GET /fapi/v1/order"),
            entry("algoOrder.place", "POST /fapi/v1/algoOrder"),
            entry("algoOrder.cancel", "DELETE /fapi/v1/algoOrder"),
            entry("v2/account.balance", "GET /fapi/v3/balance"),
            entry("v2/account.status", "GET /fapi/v3/account"),
            entry("v2/account.position", "GET /fapi/v3/positionRisk"),
            entry("userDataStream.start", "POST /fapi/v1/listenKey"),
            entry("userDataStream.ping", "PUT /fapi/v1/listenKey"),
            entry("userDataStream.stop", "DELETE /fapi/v1/listenKey"),
            entry("depth", "GET /fapi/v1/depth"),
            entry("ticker.price", "GET /fapi/v2/ticker/price"),
            entry("ticker.book", "GET /fapi/v1/ticker/bookTicker"));

    private ApiMethods() {}

    static boolean ofSession(String method) {
        return method.equals(LOGON) || method.equals(STATUS) || method.equals(LOGOUT);
    }

    /** The route a method takes; that of an unknown method leads nowhere. */
    static String route(String method) {
        return TWINS.getOrDefault(method, name(method));
    }

    /** The name by which faults and the request log know a method. */
    static String name(String method) {
        return "WS " + method;
    }

    /** The names of those whose twin is among these endpoints. */
    static List<String> names(Set<String> endpoints) {
        return TWINS.entrySet().stream()
                .filter(each -> endpoints.contains(each.getValue()))
                .map(each -> name(each.getKey()))
                .toList();
    }

    /** The session's own methods; who may log on is checked here, what it changes lies in the connection. */
    static void addTo(Map<String, Route> routes, Authentication authentication) {
        routes.put(name(LOGON), Route.signed(SESSION_WEIGHT, authentication::logon));
        routes.put(name(STATUS), Route.open(SESSION_WEIGHT, _ -> Json.object()));
        routes.put(name(LOGOUT), Route.open(SESSION_WEIGHT, _ -> Json.object()));
    }
}
