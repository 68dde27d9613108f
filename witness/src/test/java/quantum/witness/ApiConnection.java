package quantum.witness;

import com.binance.connector.client.common.websocket.adapter.ConnectionWrapper;
import com.binance.connector.client.common.websocket.configuration.WebSocketClientConfiguration;
import com.binance.connector.client.common.websocket.dtos.ApiRequestWrapperDTO;
import com.binance.connector.client.common.websocket.dtos.BaseRequestDTO;
import com.binance.connector.client.common.websocket.dtos.RequestWrapperDTO;
import com.binance.connector.client.common.websocket.dtos.SessionResponse;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.JSON;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.crypto.CryptoException;
import org.eclipse.jetty.websocket.api.Session;

/**
 * The connector's own connection to the WebSocket API, recorded frame by frame. It notes a request before it leaves,
 * where the connector does so afterwards, too late for an answer that comes at once.
 */
final class ApiConnection extends ConnectionWrapper {

    private static final Set<String> OF_EVERY_REQUEST = Set.of("apiKey", "timestamp", "signature");

    private final Recorder recorder;
    private final Map<String, JsonObject> sent = new ConcurrentHashMap<>();

    ApiConnection(WebSocketClientConfiguration configuration, Recorder recorder) {
        super(configuration, JSON.getGson());
        this.recorder = recorder;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public void send(RequestWrapperDTO request, Session session) {
        pendingRequest.put(request.getId(), request);
        sent.put(request.getId(), JSON.getGson().toJsonTree(request).getAsJsonObject());
        super.send(request, session);
    }

    @Override
    public void onWebSocketText(String message) {
        var reply = JsonParser.parseString(message).getAsJsonObject();
        var id = reply.get("id");
        var request = id == null || id.isJsonNull() ? null : sent.remove(id.getAsString());
        if (request != null) recorder.add(call(request, reply));
        super.onWebSocketText(message);
    }

    private static Call call(JsonObject request, JsonObject reply) {
        var method = "WS " + request.get("method").getAsString();
        var parameters = new TreeMap<String, String>();
        var given = request.get("params");
        if (given != null && given.isJsonObject()) {
            given.getAsJsonObject().asMap().forEach((name, value) -> parameters.put(name, value.getAsString()));
        }
        parameters.keySet().removeAll(OF_EVERY_REQUEST);
        return new Call(
                "its WebSocket API", method, parameters, reply.get("status").getAsInt(), reply.toString());
    }

    /** Opens the session that an Ed25519 key may have. */
    void logOn() throws CryptoException {
        setLogonMethods(List.of("session.logon"));
        logOn(session);
    }

    /** A request for which the connector has no method. */
    void ask(String method) {
        send(request(method, new BaseRequestDTO(), false));
    }

    void askSigned(String method, BaseRequestDTO parameters) {
        send(request(method, parameters, true));
    }

    private static ApiRequestWrapperDTO<BaseRequestDTO, SessionResponse> request(
            String method, BaseRequestDTO parameters, boolean signed) {
        return new ApiRequestWrapperDTO.Builder<BaseRequestDTO, SessionResponse>()
                .id(UUID.randomUUID().toString())
                .method(method)
                .params(parameters)
                .responseType(SessionResponse.class)
                .signed(signed)
                .build();
    }
}
