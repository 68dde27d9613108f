package quantum.binance;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.SendFrame;

/** A request that left, by whichever door, as HTTP would say it; the connection is zero for one of HTTP. */
record Flight(long id, String method, String path, Map<String, String> params, long connection, long untilNanos) {

    private static final List<String> TEXTS = List.of(
            "symbol",
            "side",
            "positionSide",
            "type",
            "quantity",
            "reduceOnly",
            "newClientOrderId",
            "origClientOrderId",
            "clientAlgoId",
            "triggerPrice");

    static Flight of(Http http, long nanos) {
        Map<String, String> params = new HashMap<>();
        for (String pair : http.query().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                params.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        long until = nanos + http.timeout().toNanos();
        return new Flight(http.id(), http.method().name(), http.path(), params, 0, until);
    }

    static Flight of(SendFrame frame, long nanos) {
        Json json = Json.parse(frame.text());
        Json told = json.object("params");
        Map<String, String> params = new HashMap<>();
        TEXTS.stream().filter(told::has).forEach(name -> params.put(name, told.text(name)));
        if (told.has("orderId")) {
            params.put("orderId", told.id("orderId").value());
        }
        String[] words = switch (json.text("method")) {
            case "order.place" -> new String[] {"POST", "/fapi/v1/order"};
            case "order.cancel" -> new String[] {"DELETE", "/fapi/v1/order"};
            case "order.status" -> new String[] {"GET", "/fapi/v1/order"};
            case "algoOrder.place" -> new String[] {"POST", "/fapi/v1/algoOrder"};
            case "algoOrder.cancel" -> new String[] {"DELETE", "/fapi/v1/algoOrder"};
            default -> throw new IllegalStateException(frame.toString());
        };
        long until = nanos + RestCall.CHANGE_TIMEOUT.toNanos();
        return new Flight(frame.id(), words[0], words[1], params, frame.connection(), until);
    }

    boolean isOrder() {
        return method.equals("POST") && path.equals("/fapi/v1/order");
    }

    /** The client id that it is about, empty if about none. */
    String client() {
        return params.getOrDefault(
                "newClientOrderId", params.getOrDefault("clientAlgoId", params.getOrDefault("origClientOrderId", "")));
    }
}
