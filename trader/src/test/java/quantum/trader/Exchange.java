package quantum.trader;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated exchange as an outsider sees it: its controls, its own books, and orders placed by hand. */
public final class Exchange implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final @Nullable SimulatorServer server;
    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Exchange(SimulatorOptions options) {
        server = SimulatorServer.start(options.withPort(0));
        url = server.baseUrl();
    }

    private Exchange(String url) {
        server = null;
        this.url = url;
    }

    /** One that runs elsewhere, and goes on when this is closed. */
    public static Exchange at(String url) {
        return new Exchange(url);
    }

    public String url() {
        return url;
    }

    /** Freezes every market where it stands, so that nothing moves but what a test moves. */
    public void holdAll() {
        for (JsonNode row : get("/fapi/v2/ticker/price")) {
            post("/sim/price", "{\"symbol\":\"%s\",\"hold\":true}".formatted(text(row, "symbol")));
        }
    }

    /** Last price, mark and bid at once; the ask is a tick above. */
    public void price(String symbol, String price) {
        post("/sim/price", "{\"symbol\":\"%s\",\"price\":\"%s\",\"hold\":true}".formatted(symbol, price));
    }

    /** The next request that matches meets a disturbance. */
    public void fault(String kind, String match, String symbol) {
        fault(kind, match, symbol, "");
    }

    /** A disturbance with further fields, each after a comma. */
    public void fault(String kind, String match, String symbol, String more) {
        post(
                "/sim/fault",
                "{\"kind\":\"%s\",\"match\":\"%s\",\"symbol\":\"%s\"%s}".formatted(kind, match, symbol, more));
    }

    /** Whether a disturbance that still waits for this symbol's requests has met one. */
    public boolean hasStruck(String symbol) {
        return get("/sim/fault")
                .path("faults")
                .valueStream()
                .anyMatch(fault -> symbol.equals(text(fault, "symbol"))
                        && fault.path("met").asInt() > 0);
    }

    /** How many requests arrived so far. */
    public long requestCount() {
        return get("/sim/requests?limit=0").path("total").asLong();
    }

    /** No disturbance any more. */
    public void clearFaults() {
        send(HttpRequest.newBuilder(URI.create(url + "/sim/fault")).DELETE().build());
    }

    public void fillsAfter(long millis) {
        settings("{\"fillDelayMillis\":[%d,%d]}".formatted(millis, millis));
    }

    public void settings(String json) {
        post("/sim/settings", json);
    }

    public void balance(String usd) {
        post("/sim/account", "{\"balance\":\"%s\"}".formatted(usd));
    }

    /** A market order of somebody else with the same key. */
    public JsonNode byHand(String side, String symbol, String quantity) {
        return signed(
                "POST", "/fapi/v1/order", "symbol=" + symbol + "&side=" + side + "&type=MARKET&quantity=" + quantity);
    }

    /** The same on an account in hedge mode. */
    public JsonNode byHand(String side, String symbol, String quantity, String positionSide) {
        return signed(
                "POST",
                "/fapi/v1/order",
                "symbol=" + symbol + "&side=" + side + "&type=MARKET&quantity=" + quantity + "&positionSide="
                        + positionSide);
    }

    /** A limit order of somebody else with the same key. */
    JsonNode limitByHand(String side, String symbol, String quantity, String price) {
        return signed(
                "POST",
                "/fapi/v1/order",
                "symbol=" + symbol + "&side=" + side + "&type=LIMIT&timeInForce=GTC&quantity=" + quantity + "&price="
                        + price);
    }

    /** Somebody else cancels. */
    public JsonNode cancelByHand(String symbol, String clientOrderId) {
        return signed("DELETE", "/fapi/v1/order", "symbol=" + symbol + "&origClientOrderId=" + clientOrderId);
    }

    /** Somebody else takes the stop of a symbol off. */
    public void cancelStopByHand(String symbol) {
        signed(
                "DELETE",
                "/fapi/v1/algoOrder",
                "algoId=" + text(liveStops(symbol).getFirst(), "algoId"));
    }

    private JsonNode signed(String method, String path, String query) {
        long time = get("/fapi/v1/time").path("serverTime").asLong();
        String all = query + "&timestamp=" + time;
        return send(HttpRequest.newBuilder(URI.create(url() + path + "?" + all + "&signature=" + signature(all)))
                .header("X-MBX-APIKEY", "simkey")
                .method(method, BodyPublishers.noBody())
                .build());
    }

    static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("simsecret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The perpetual contracts against USDT that trade. */
    public List<String> symbols() {
        return get("/fapi/v1/exchangeInfo")
                .path("symbols")
                .valueStream()
                .filter(Exchange::isUsual)
                .map(listed -> text(listed, "symbol"))
                .toList();
    }

    public static boolean isUsual(JsonNode listed) {
        return "TRADING".equals(text(listed, "status"))
                && "PERPETUAL".equals(text(listed, "contractType"))
                && "USDT".equals(text(listed, "marginAsset"));
    }

    public JsonNode ledger() {
        return get("/sim/ledger");
    }

    /** Orders of a symbol, without those that a conditional order became. */
    public List<JsonNode> orders(String symbol) {
        return rows("orders", row -> symbol.equals(text(row, "symbol")) && !row.has("algoId"));
    }

    public List<JsonNode> fills(String symbol) {
        return rows("fills", row -> symbol.equals(text(row, "symbol")));
    }

    /** Signed; zero if flat. */
    public BigDecimal held(String symbol) {
        return rows("positions", row -> symbol.equals(text(row, "symbol"))).stream()
                .map(row -> decimal(row, "amount"))
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }

    /** The one stop of a symbol once it is live: a report waits for its answer no longer than 500 ms (decision 0002). */
    public JsonNode liveStop(String symbol) {
        await().atMost(Floor.PATIENCE).until(() -> liveStops(symbol).size() == 1);
        return liveStops(symbol).getFirst();
    }

    /** Stops of a symbol that rest now. */
    public List<JsonNode> liveStops(String symbol) {
        return live(symbol, "STOP_MARKET");
    }

    public List<JsonNode> liveTargets(String symbol) {
        return live(symbol, "TAKE_PROFIT_MARKET");
    }

    private List<JsonNode> live(String symbol, String type) {
        return rows(
                "protections",
                row -> symbol.equals(text(row, "symbol"))
                        && type.equals(text(row, "type"))
                        && "NEW".equals(text(row, "status")));
    }

    /** What the exchange says a symbol won, less its fees. */
    public BigDecimal net(String symbol) {
        return fills(symbol).stream()
                .map(fill -> decimal(fill, "realized").subtract(decimal(fill, "commission")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Requests to place an order for a symbol, whatever became of them. */
    public List<JsonNode> orderRequests(String symbol) {
        return requests("POST", "/fapi/v1/order").stream()
                .filter(request -> symbol.equals(text(request.path("parameters"), "symbol")))
                .toList();
    }

    /** Requests that arrived, each with its answer. */
    public List<JsonNode> requests(String method, String path) {
        return requestsAfter(0).stream()
                .filter(request -> method.equals(text(request, "method")) && path.equals(text(request, "path")))
                .toList();
    }

    /** All after the one of this number, oldest first, page by page; fails where some of them are forgotten. */
    public List<JsonNode> requestsAfter(long number) {
        List<JsonNode> found = new ArrayList<>();
        long total = requestCount();
        long last = number;
        while (last < total) {
            JsonNode page = get("/sim/requests?since=" + last).path("requests");
            if (page.isEmpty()) {
                throw new IllegalStateException("requests after " + last + " are forgotten");
            }
            for (JsonNode request : page) {
                long next = request.path("number").asLong();
                if (next != last + 1) {
                    throw new IllegalStateException("requests " + (last + 1) + " to " + (next - 1) + " are forgotten");
                }
                last = next;
                found.add(request);
            }
        }
        return found;
    }

    public List<JsonNode> rows(String table, Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode row : ledger().path(table)) {
            if (wanted.test(row)) {
                found.add(row);
            }
        }
        return found;
    }

    public static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    public static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asString());
    }

    public JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).build());
    }

    public JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + " answered " + response.body());
            }
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        if (server != null) {
            server.close();
        }
    }
}
