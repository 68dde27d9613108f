package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import quantum.simulator.Json;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a Crypto.com client meets, over real sockets. BTC_USD stands still at 50,000, balances are read without delay
 * and calls are not counted unless a test wants it. Parameters are written with single quotation marks.
 */
abstract class CryptoComContract {

    static final String CREATE = "private/create-order";
    static final String DETAIL = "private/get-order-detail";
    static final String OPEN = "private/get-open-orders";
    static final String BALANCE = "private/user-balance";
    static final String ADVANCED = "private/advanced/";
    static final String STOP = "{'instrument_name':'BTC_USD','side':'SELL','type':'STOP_LOSS','quantity':'0.1',"
            + "'ref_price':'49000','ref_price_type':'MARK_PRICE','client_oid':'%s'}";
    static final String TARGET = "{'instrument_name':'BTC_USD','side':'SELL','type':'LIMIT','quantity':'0.1',"
            + "'price':'51000','client_oid':'%s'}";
    static final String REST = "{'instrument_name':'BTC_USD','side':'BUY','type':'LIMIT','quantity':'0.01',"
            + "'price':'49000','client_oid':'%s'}";
    static final String BUY =
            "{'instrument_name':'BTC_USD','side':'BUY','type':'MARKET','quantity':'0.01','client_oid':'%s'}";

    private static final AtomicLong IDS = new AtomicLong(1);

    SimulatorServer server = SimulatorServer.start(SimulatorOptions.defaults().withPort(0));
    HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    ClientSignature signature = new ClientSignature("simsecret");

    @BeforeEach
    void startWithAStillMarket() {
        settings("{'spotBalanceDelayMillis':0,'spotLimits':false,'spotAckDelayMillis':0}");
        price("BTC_USD", "50000");
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    static ObjectNode tree(String quoted) {
        return (ObjectNode) Json.parse(json(quoted));
    }

    Answer send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException lost) {
            return Answer.LOST;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** How far a test set the exchange's clock ahead. */
    private long ahead;

    void signatureAhead(long millis) {
        ahead = millis;
    }

    long nonce() {
        return System.currentTimeMillis() + ahead;
    }

    ObjectNode signed(String method, JsonNode params) {
        long id = IDS.incrementAndGet();
        long nonce = nonce();
        var request = Json.object()
                .put("id", id)
                .put("method", method)
                .put("api_key", "simkey")
                .put("nonce", nonce);
        request.set("params", params);
        return request.put("sig", signature.of(method, Long.toString(id), "simkey", params, Long.toString(nonce)));
    }

    /** A private method by REST. */
    Answer post(String method, String params) {
        return send("POST", "/exchange/v1/" + method, Json.text(signed(method, tree(params))));
    }

    /** The same, which must succeed. */
    Answer done(String method, String params) {
        var answer = post(method, params);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.code()).as(answer.body()).isZero();
        return answer;
    }

    /** Status and code of a refusal. */
    String refusal(String method, String params) {
        var answer = post(method, params);
        return answer.status() + " " + answer.code();
    }

    Answer get(String pathAndQuery) {
        return send("GET", "/exchange/v1/public/" + pathAndQuery, "");
    }

    void control(String path, String body) {
        var answer = send("POST", "/sim/" + path, json(body));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    void settings(String body) {
        control("settings", body);
    }

    void fault(String body) {
        control("fault", body);
    }

    void price(String symbol, String price) {
        control("price", "{'symbol':'%s','price':'%s','hold':true}".formatted(symbol, price));
    }

    void depth(String quantity) {
        control("symbol", "{'symbol':'BTC_USD','depth':{'quantity':'%s'}}".formatted(quantity));
    }

    void coins(String coins) {
        control("spot", "{'coins':" + coins + "}");
    }

    JsonNode ledger(String list) {
        return send("GET", "/sim/ledger", "").json().path("spot").path(list);
    }

    JsonNode balance(String coin) {
        for (var row : done(BALANCE, "{}").data().path(0).path("position_balances")) {
            if (row.path("instrument_name").asString().equals(coin)) return row;
        }
        throw new AssertionError("no balance of " + coin);
    }

    static BigDecimal decimal(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asString());
    }

    Answer detail(String clientId) {
        return done(DETAIL, "{'client_oid':'%s'}".formatted(clientId));
    }

    Answer advanced(String clientId) {
        return done(ADVANCED + "get-order-detail", "{'client_oid':'%s'}".formatted(clientId));
    }

    void awaitAdvanced(String clientId, String status) {
        await(() -> advanced(clientId).text("status").equals(status));
    }

    /** A target and a stop of a tenth of a bitcoin; the answer is the id of the list. */
    String pair(String target, String stop) {
        coins("{'BTC':'0.1'}");
        var legs = "{'order_list':[" + TARGET.formatted(target) + "," + STOP.formatted(stop) + "]}";
        return done(ADVANCED + "create-oco", legs).text("list_id");
    }

    static List<String> texts(JsonNode list, String name) {
        return list.valueStream().map(row -> row.path(name).asString("")).toList();
    }

    Frames open(String path) {
        var frames = new Frames();
        var uri = URI.create(server.baseUrl().replace("http:", "ws:") + "/exchange/v1/" + path);
        frames.over(client.newWebSocketBuilder().buildAsync(uri, frames).join());
        return frames;
    }

    /** A connection of the customer that is logged on. */
    Frames user() {
        var frames = open("user");
        var auth = signed("public/auth", Json.object());
        auth.remove("params");
        frames.send(Json.text(auth));
        long id = auth.path("id").asLong();
        await(() -> frames.replies(id).size() == 1);
        assertThat(frames.replies(id).getFirst().path("code").asInt(-1)).isZero();
        return frames;
    }

    /** Sends a frame and waits for what is answered to it. */
    JsonNode ask(Frames frames, String method, String params) {
        long id = IDS.incrementAndGet();
        var request = Json.object().put("id", id).put("method", method).put("nonce", nonce());
        request.set("params", tree(params));
        frames.send(Json.text(request));
        await(() -> !frames.replies(id).isEmpty());
        return frames.replies(id).getFirst();
    }

    JsonNode subscribe(Frames frames, String channel) {
        return ask(frames, "subscribe", "{'channels':['%s']}".formatted(channel));
    }

    static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }
}
