package quantum.binance;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question as one frame of the WebSocket API: the same parameters, integers as JSON integers and decimals as text,
 * signed in the order of their names and unencoded (binance-usdm 10).
 */
final class Envelope {

    private static final Set<String> INTEGERS = Set.of("orderId", "algoId", "recvWindow", "timestamp");

    private final String method;
    private final TreeMap<String, String> params = new TreeMap<>();

    /** The parameters are a query, percent-encoded. */
    Envelope(String method, String query) {
        this.method = method;
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                params.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }

    /** The method that asks the same there; null for what the WebSocket API does not know. */
    static @Nullable String method(RestCall call) {
        return switch (call.path()) {
            case Endpoints.ORDER ->
                switch (call.method()) {
                    case POST -> "order.place";
                    case GET -> "order.status";
                    case DELETE -> "order.cancel";
                    case PUT -> "order.modify";
                };
            case Endpoints.ALGO_ORDER ->
                switch (call.method()) {
                    case POST -> "algoOrder.place";
                    case DELETE -> "algoOrder.cancel";
                    case GET, PUT -> null;
                };
            default -> null;
        };
    }

    /** Adds the key and the signature of everything else. */
    Envelope signed(String apiKey, Signer signer) {
        params.put("apiKey", apiKey);
        String payload = params.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        params.put("signature", signer.sign(payload));
        return this;
    }

    String text(long id) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        frame.put("id", id).put("method", method);
        ObjectNode values = frame.putObject("params");
        for (Map.Entry<String, String> param : params.entrySet()) {
            if (INTEGERS.contains(param.getKey())) {
                values.put(param.getKey(), new BigInteger(param.getValue()));
            } else {
                values.put(param.getKey(), param.getValue());
            }
        }
        return frame.toString();
    }
}
