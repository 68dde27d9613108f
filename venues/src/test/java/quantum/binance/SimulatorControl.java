package quantum.binance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulator's own controls, over its own HTTP. */
record SimulatorControl(String baseUrl, HttpClient client) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    static SimulatorControl of(String baseUrl) {
        return new SimulatorControl(baseUrl, HttpClient.newHttpClient());
    }

    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create(baseUrl + path)).build());
    }

    JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(baseUrl + path))
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** The requests of one method and path that the exchange received. */
    List<JsonNode> received(String method, String path) {
        List<JsonNode> found = new ArrayList<>();
        long read = 0;
        JsonNode page = get("/sim/requests");
        while (!page.get("requests").isEmpty()) {
            for (JsonNode request : page.get("requests")) {
                read = request.get("number").longValue();
                if (request.get("method").stringValue().equals(method)
                        && request.get("path").stringValue().equals(path)) {
                    found.add(request);
                }
            }
            page = get("/sim/requests?since=" + read);
        }
        return found;
    }

    private JsonNode send(HttpRequest request) {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + " answered " + response.body());
            }
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
