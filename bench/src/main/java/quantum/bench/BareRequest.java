package quantum.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A POST of an order's size over the JDK's client on a kept connection. */
final class BareRequest implements AutoCloseable {

    private static final String QUERY = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001&" + "x".repeat(200);
    private static final String REPLY = "{\"reply\":\"" + "x".repeat(500) + "\"}";

    private final BareServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private volatile long arrivedAt;

    BareRequest() {
        server = new BareServer(config -> config.routes.post("/order", context -> {
            arrivedAt = System.nanoTime();
            context.contentType("application/json").result(REPLY);
        }));
        request = HttpRequest.newBuilder(URI.create(server.address("http") + "/order?" + QUERY))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("X-MBX-APIKEY", "floor")
                .build();
    }

    void measure(Floors.Found found) {
        try {
            long began = System.nanoTime();
            client.send(request, BodyHandlers.ofString());
            long ended = System.nanoTime();
            found.oneWay().add(arrivedAt - began);
            found.roundTrip().add(ended - began);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
