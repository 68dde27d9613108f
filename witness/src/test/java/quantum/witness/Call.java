package quantum.witness;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.Map;

/**
 * One reply or frame as it came over the socket. The method is the connector's; the endpoint is method and path, or
 * {@code EVENT} and {@code STREAM} with a name; the status is 200 for frames.
 */
record Call(String method, String endpoint, Map<String, String> parameters, int status, String body) {

    JsonElement json() {
        return JsonParser.parseString(body);
    }

    boolean byWebSocket() {
        return endpoint.startsWith("WS ");
    }

    boolean accepted() {
        return status == 200;
    }
}
