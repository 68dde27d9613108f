package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The WebSocket API (binance-usdm 10): the endpoints of REST in another envelope. */
class WebSocketApiTest extends ExchangeContract {

    private static final String PATH = "/ws-fapi/v1";

    private int ids;

    /** Sends a request and waits for the reply with its id. */
    private JsonNode ask(Frames frames, String method, ObjectNode params) {
        int id = send(frames, method, params);
        exchange.await(() -> frames.reply(id).isPresent());
        return frames.reply(id).orElseThrow();
    }

    private int send(Frames frames, String method, ObjectNode params) {
        int id = ++ids;
        var request = Json.object().put("id", id).put("method", method);
        request.set("params", params);
        frames.send(Json.text(request));
        return id;
    }

    private ObjectNode stamped(ObjectNode params) {
        return params.put("timestamp", serverMillis());
    }

    private ObjectNode signed(ObjectNode params) {
        return signed(stamped(params), "simkey", ExchangeContract::sign);
    }

    private static ObjectNode signed(ObjectNode params, String key, UnaryOperator<String> signature) {
        params.put("apiKey", key);
        Map<String, String> sorted = new TreeMap<>();
        params.forEachEntry((name, value) -> sorted.put(name, value.asString()));
        var payload = sorted.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
        return params.put("signature", signature.apply(payload));
    }

    private static ObjectNode limit(String clientId) {
        return Json.object()
                .put("symbol", "BTCUSDT")
                .put("side", "BUY")
                .put("type", "LIMIT")
                .put("timeInForce", "GTC")
                .put("quantity", "0.010")
                .put("price", "49000")
                .put("newClientOrderId", clientId);
    }

    private static int code(JsonNode reply) {
        return reply.path("error").path("code").asInt(0);
    }

    private Frames loggedOn() {
        assertThat(control("/sim/key", "{\"apiKey\":\"ed-1\",\"publicKey\":\"" + KeyPairs.ED25519.pem() + "\"}")
                        .status())
                .isEqualTo(200);
        var frames = exchange.open(PATH, "");
        var logon = ask(frames, "session.logon", signed(stamped(Json.object()), "ed-1", KeyPairs.ED25519::sign));
        assertThat(logon.path("status").intValue()).as(logon.toString()).isEqualTo(200);
        return frames;
    }

    @Test
    void ordersArePlacedAskedAmendedAndCancelled() {
        var frames = exchange.open(PATH, "");
        var placed = ask(frames, "order.place", signed(limit("api-1")));
        assertThat(placed.path("status").intValue()).as(placed.toString()).isEqualTo(200);
        assertThat(placed.path("result").path("status").asString()).isEqualTo("NEW");
        assertThat(placed.path("result").has("avgPrice")).isFalse();
        var named = Json.object().put("symbol", "BTCUSDT").put("origClientOrderId", "api-1");
        var asked = ask(frames, "order.status", signed(named.deepCopy()));
        assertThat(asked.path("result").path("avgPrice").asString()).isEqualTo("0");
        var amended = ask(
                frames,
                "order.modify",
                signed(named.deepCopy()
                        .put("side", "BUY")
                        .put("quantity", "0.020")
                        .put("price", "48000")));
        assertThat(amended.path("result").path("origQty").asString()).isEqualTo("0.020");
        assertThat(ask(frames, "order.cancel", signed(named.deepCopy()))
                        .path("result")
                        .path("status")
                        .asString())
                .isEqualTo("CANCELED");
        assertThat(code(ask(frames, "order.cancel", signed(named)))).isEqualTo(-2011);
    }

    @Test
    void conditionalOrdersArePlacedAndCancelled() {
        var frames = exchange.open(PATH, "");
        var stop = Json.object()
                .put("algoType", "CONDITIONAL")
                .put("symbol", "BTCUSDT")
                .put("side", "SELL")
                .put("type", "STOP_MARKET")
                .put("triggerPrice", "49000")
                .put("closePosition", "true")
                .put("clientAlgoId", "stop-1");
        assertThat(ask(frames, "algoOrder.place", signed(stop))
                        .path("result")
                        .path("algoStatus")
                        .asString())
                .isEqualTo("NEW");
        var cancelled = ask(frames, "algoOrder.cancel", signed(Json.object().put("clientAlgoId", "stop-1")));
        assertThat(cancelled.path("result").path("code").asString()).isEqualTo("200");
        var old = limit("old-1").put("type", "STOP_MARKET");
        assertThat(code(ask(frames, "order.place", signed(old)))).isEqualTo(-4120);
    }

    @Test
    void accountAndMarketMethodsAnswerAsTheirTwins() {
        var frames = exchange.open(PATH, "");
        for (var method : new String[] {"v2/account.balance", "v2/account.status", "v2/account.position"}) {
            assertThat(ask(frames, method, signed(Json.object())).path("status").intValue())
                    .as(method)
                    .isEqualTo(200);
        }
        var symbol = Json.object().put("symbol", "BTCUSDT");
        assertThat(ask(frames, "ticker.price", symbol.deepCopy())
                        .path("result")
                        .path("price")
                        .asString())
                .isEqualTo("50000.0");
        assertThat(ask(frames, "ticker.book", symbol.deepCopy())
                        .path("result")
                        .path("askPrice")
                        .asString())
                .isEqualTo("50000.10");
        var depth = ask(frames, "depth", symbol.put("limit", 5)).path("result");
        assertThat(depth.path("bids").get(0).get(0).asString()).isEqualTo("50000.0");
        var key = ask(frames, "userDataStream.start", Json.object().put("apiKey", "simkey"))
                .path("result")
                .path("listenKey")
                .asString("");
        assertThat(key)
                .isEqualTo(exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey")
                        .text("listenKey"));
        assertThat(ask(frames, "userDataStream.ping", Json.object().put("apiKey", "simkey"))
                        .path("result")
                        .path("listenKey")
                        .asString())
                .isEqualTo(key);
        assertThat(ask(frames, "userDataStream.stop", Json.object().put("apiKey", "simkey"))
                        .path("result")
                        .isEmpty())
                .isTrue();
        assertThat(code(ask(frames, "userDataStream.ping", Json.object().put("apiKey", "simkey"))))
                .isEqualTo(-1125);
    }

    @ParameterizedTest
    @CsvSource({"recvWindow, true, -1102", "quantity, false, -1102", "price, false, -1102"})
    void wholeNumbersComeAsNumbersAndDecimalsAsStrings(String name, boolean asText, int code) {
        var frames = exchange.open(PATH, "");
        var params = stamped(limit("typed-1")).put("recvWindow", 5_000);
        if (asText) params.put(name, params.path(name).asString());
        else params.put(name, Long.parseLong(params.path(name).asString().replaceAll("\\..*", "")));
        var reply = ask(frames, "order.place", signed(params, "simkey", ExchangeContract::sign));
        assertThat(code(reply)).isEqualTo(code);
        assertThat(reply.path("error").path("msg").asString()).contains("'" + name + "'");
    }

    /** The official connector's is one. */
    @Test
    void timestampMayBeAText() {
        var frames = exchange.open(PATH, "");
        var params = stamped(limit("typed-2"));
        params.put("timestamp", params.path("timestamp").asString());
        assertThat(code(ask(frames, "order.place", signed(params, "simkey", ExchangeContract::sign))))
                .isZero();
    }

    @Test
    void theSignatureCoversAllParametersInOrderOfTheirNames() {
        var frames = exchange.open(PATH, "");
        var unsorted = stamped(limit("unsorted-1")).put("apiKey", "simkey");
        var payload = unsorted.propertyStream()
                .map(each -> each.getKey() + "=" + each.getValue().asString())
                .collect(Collectors.joining("&"));
        unsorted.put("signature", sign(payload));
        assertThat(code(ask(frames, "order.place", unsorted))).isEqualTo(-1022);
        var late = signed(limit("late-1").put("timestamp", serverMillis() - 6_000), "simkey", ExchangeContract::sign);
        assertThat(code(ask(frames, "order.place", late))).isEqualTo(-1021);
        var unknown =
                ask(frames, "order.place", signed(stamped(limit("unknown-1")), "stranger", ExchangeContract::sign));
        assertThat(unknown.path("status").intValue() + " " + code(unknown)).isEqualTo("401 -2015");
        assertThat(ledger("orders").size()).isZero();
    }

    @Test
    void oneEd25519SessionNeedsNoFurtherSignature() {
        var frames = loggedOn();
        var status = ask(frames, "session.status", Json.object()).path("result");
        assertThat(status.path("apiKey").asString()).isEqualTo("ed-1");
        assertThat(status.path("authorizedSince").longValue())
                .isGreaterThanOrEqualTo(status.path("connectedSince").longValue());
        assertThat(ask(frames, "order.place", stamped(limit("session-1")))
                        .path("status")
                        .intValue())
                .isEqualTo(200);
        assertThat(code(ask(frames, "order.place", limit("untimed-1")))).isEqualTo(-1102);
        assertThat(ask(frames, "userDataStream.start", Json.object())
                        .path("status")
                        .intValue())
                .isEqualTo(200);
        assertThat(ask(frames, "session.logout", Json.object())
                        .path("result")
                        .path("apiKey")
                        .isNull())
                .isTrue();
        var after = ask(frames, "order.place", stamped(limit("session-2")));
        assertThat(after.path("status").intValue() + " " + code(after)).isEqualTo("401 -2014");
    }

    @Test
    void otherKindsOfKeyOpenNoSession() {
        var frames = exchange.open(PATH, "");
        assertThat(code(ask(frames, "session.logon", signed(Json.object())))).isEqualTo(-4056);
        control("/sim/key", "{\"apiKey\":\"rsa-1\",\"publicKey\":\"" + KeyPairs.RSA.pem() + "\"}");
        var byRsa = signed(stamped(Json.object()), "rsa-1", KeyPairs.RSA::sign);
        assertThat(code(ask(frames, "session.logon", byRsa))).isEqualTo(-4056);
        assertThat(code(ask(frames, "session.logon", stamped(Json.object().put("apiKey", "simkey")))))
                .isEqualTo(-1102);
    }

    @Test
    void revokedKeyEndsItsSessionByAnEvent() {
        var frames = loggedOn();
        control("/sim/key", "{\"apiKey\":\"ed-1\",\"revoked\":true}");
        exchange.await(() -> frames.all().getLast().path("id").isNull());
        var event = frames.all().getLast();
        assertThat(event.path("status").intValue() + " " + code(event)).isEqualTo("401 -2015");
        assertThat(code(ask(frames, "order.place", stamped(limit("revoked-1")))))
                .isEqualTo(-2014);
    }

    @Test
    void limitsAreSharedWithRestAndToldInEachReply() {
        beginMinute();
        long before = Long.parseLong(open("/fapi/v1/ping", "").headers().getOrDefault("x-mbx-used-weight-1m", "0"));
        var frames = exchange.open(PATH, "");
        var first = ask(frames, "ticker.price", Json.object().put("symbol", "BTCUSDT"))
                .path("rateLimits");
        assertThat(first.size()).isEqualTo(1);
        assertThat(first.get(0).path("rateLimitType").asString()).isEqualTo("REQUEST_WEIGHT");
        assertThat(first.get(0).path("limit").longValue()).isEqualTo(2_400);
        assertThat(first.get(0).path("count").longValue())
                .as("five for the handshake, one for the question")
                .isEqualTo(before + 6);
        signed("POST", ORDER, REST);
        var orders = ask(frames, "order.place", signed(limit("counted-1"))).path("rateLimits");
        assertThat(orders.get(1).path("interval").asString()).isEqualTo("SECOND");
        assertThat(orders.get(1).path("intervalNum").intValue()).isEqualTo(10);
        assertThat(orders.get(1).path("count").intValue()).isEqualTo(2);
        assertThat(orders.get(2).path("count").intValue()).isEqualTo(2);
        settings("{\"weightPerMinute\":1}");
        var refused = ask(frames, "ticker.price", Json.object().put("symbol", "BTCUSDT"));
        assertThat(refused.path("status").intValue() + " " + code(refused)).isEqualTo("429 -1003");
        assertThat(exchange.refusal(PATH, "")).isEqualTo(429);
        settings("{\"banAfterRefusals\":0}");
        assertThat(exchange.refusal(PATH, "")).isEqualTo(418);
        assertThat(exchange.refusal("/market/ws", "")).isEqualTo(418);
    }

    @Test
    void limitsMayBeLeftOut() {
        var frames = exchange.open(PATH, "returnRateLimits=false");
        var reply = ask(frames, "ticker.price", Json.object().put("symbol", "BTCUSDT"));
        assertThat(reply.has("rateLimits")).isFalse();
        assertThat(reply.path("result").path("symbol").asString()).isEqualTo("BTCUSDT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no json                                       | -1135
            {"id":1.5,"method":"ticker.price"}            | -1135
            {"id":{},"method":"ticker.price"}             | -1135
            {"id":7}                                      | -1135
            {"id":7,"method":"ticker.price","params":[1]} | -1135
            {"id":7,"method":"v1/login"}                  | -5000
            """)
    void malformedRequestsAreAnswered(String text, int code) {
        var frames = exchange.open(PATH, "");
        frames.send(text);
        exchange.await(() -> !frames.all().isEmpty());
        assertThat(code(frames.all().getFirst())).isEqualTo(code);
    }

    @Test
    void idsComeBackAsTheyWere() {
        var frames = exchange.open(PATH, "");
        frames.send("{\"id\":null,\"method\":\"ticker.price\",\"params\":{\"symbol\":\"BTCUSDT\"}}");
        frames.send("{\"id\":\"one\",\"method\":\"ticker.price\",\"params\":{\"symbol\":\"BTCUSDT\"}}");
        frames.send("{\"id\":9007199254740993,\"method\":\"ticker.price\",\"params\":{\"symbol\":\"BTCUSDT\"}}");
        exchange.await(() -> frames.all().size() == 3);
        assertThat(frames.all().get(0).path("id").isNull()).isTrue();
        assertThat(frames.all().get(1).path("id").asString()).isEqualTo("one");
        assertThat(frames.texts().get(2)).startsWith("{\"id\":9007199254740993,");
    }

    @Test
    void faultsMeetBothEnvelopes() {
        fault("[{\"kind\":\"http\",\"match\":\"POST /fapi/v1/order\",\"answer\":\"disconnected\"},"
                + "{\"kind\":\"http_after\",\"match\":\"WS order.place\",\"answer\":\"unknown\"},"
                + "{\"kind\":\"delay\",\"match\":\"WS order.place\",\"millis\":150}]");
        var frames = exchange.open(PATH, "");
        var refused = ask(frames, "order.place", signed(limit("fault-1")));
        assertThat(refused.path("status").intValue() + " " + code(refused)).isEqualTo("503 -1001");
        assertThat(ledger("orders").size()).isZero();
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(200);
        var unknown = ask(frames, "order.place", signed(limit("fault-2")));
        assertThat(unknown.path("status").intValue()).isEqualTo(503);
        assertThat(unknown.path("error").has("code")).isFalse();
        assertThat(ledger("orders").size()).isEqualTo(2);
        int slow = send(frames, "order.place", signed(limit("fault-3")));
        int quick = send(frames, "ticker.price", Json.object().put("symbol", "BTCUSDT"));
        exchange.await(() -> frames.reply(slow).isPresent());
        assertThat(frames.all().indexOf(frames.reply(quick).orElseThrow()))
                .as("replies may overtake each other")
                .isLessThan(frames.all().indexOf(frames.reply(slow).orElseThrow()));
        fault("{\"kind\":\"lost_after\",\"match\":\"WS order.place\"}");
        send(frames, "order.place", signed(limit("fault-4")));
        exchange.await(frames::closed);
        assertThat(ledger("orders").size()).isEqualTo(4);
    }

    @Test
    void answersThatAreNoJsonComeAsTheyAre() {
        fault("{\"kind\":\"http\",\"match\":\"WS *\",\"answer\":\"page\"}");
        var frames = exchange.open(PATH, "");
        send(frames, "ticker.price", Json.object());
        exchange.await(() -> frames.garbage() == 1);
        assertThat(frames.texts().getFirst()).startsWith("<html>");
    }

    @Test
    void requestsAreLoggedUnderTheirMethod() {
        var frames = exchange.open(PATH, "");
        ask(frames, "order.place", signed(limit("logged-1")));
        var log = open("/sim/requests", "").json().path("requests");
        var last = log.get(log.size() - 1);
        assertThat(last.path("method").asString() + " " + last.path("path").asString())
                .isEqualTo("WS order.place");
        assertThat(last.path("parameters").path("newClientOrderId").asString()).isEqualTo("logged-1");
        assertThat(last.path("answer").path("status").intValue()).isEqualTo(200);
    }
}
