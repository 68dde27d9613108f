package quantum.witness;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The product's own {@code simulator} verb in a process of its own, and its controls; one for all tests. */
final class Simulator {

    static final String API_KEY = "simkey";
    static final String SECRET = "simsecret";

    private static final Path TRADER = Path.of("..", "trader", "target");
    private static final Simulator SHARED = start();

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Simulator(String url) {
        this.url = url;
    }

    static Simulator shared() {
        return SHARED;
    }

    private static Simulator start() {
        try {
            var classPath = TRADER.resolve("classes") + ":" + Files.readString(TRADER.resolve("classpath"));
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var process = new ProcessBuilder(
                            java,
                            "-XX:+UseSerialGC",
                            "-Xmx160m",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            classPath,
                            "quantum.trader.Main",
                            "simulator",
                            "--port",
                            "0",
                            "--json")
                    .redirectError(Path.of("target", "simulator.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new Simulator(address(process.inputReader(StandardCharsets.UTF_8)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String address(BufferedReader said) throws IOException {
        var line = said.readLine();
        if (line == null) throw new IOException("the simulator did not start; target/simulator.log says why");
        return JsonParser.parseString(line).getAsJsonObject().get("url").getAsString();
    }

    /** Without a slash at the end. */
    String url() {
        return url;
    }

    /** The address of its sockets, without a slash at the end. */
    String socketUrl() {
        return url.replaceFirst("http", "ws");
    }

    /** Accounts, faults, settings and limits as they are at the start; BTCUSDT stands at 50,000. */
    void startOver() {
        control("/sim/reset", "");
        control("/sim/settings", "{\"fillDelayMillis\":[20,20]}");
        price("BTCUSDT", "50000");
    }

    /** Last price and mark, where they stay. */
    void price(String symbol, String price) {
        control("/sim/price", "{\"symbol\":\"" + symbol + "\",\"price\":\"" + price + "\",\"hold\":true}");
    }

    JsonElement control(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).POST(BodyPublishers.ofString(body)));
    }

    JsonElement read(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    /** Method and path of every request of Binance that it answers; it has another venue's face beside that one. */
    Set<String> routes() {
        var routes = new TreeSet<String>();
        for (var route : read("/sim/routes").getAsJsonObject().getAsJsonArray("routes")) {
            if (!route.getAsString().contains(" /exchange/v1/")) routes.add(route.getAsString());
        }
        return routes;
    }

    private JsonElement send(HttpRequest.Builder request) {
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) throw new AssertionError(answer.body());
            return JsonParser.parseString(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
