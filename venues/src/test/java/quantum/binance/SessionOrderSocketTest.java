package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.binance.BinanceRequest.CloseStream;
import quantum.binance.BinanceSettings.Endpoints;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent.ConditionalAnswered;
import quantum.venue.VenueEvent.ConditionalCancelled;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderQueried;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.StreamLost;
import quantum.venue.VenueEvent.Unusable;

/** Orders over the kept WebSocket of binance-usdm 10, by script. */
final class SessionOrderSocketTest {

    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final ClientOrderId OPEN = ClientOrderId.open("intent-1");
    private static final ClientOrderId CLOSE = ClientOrderId.exit("epoch-1", 1);
    private static final ClientOrderId STOP = ClientOrderId.stop("epoch-1", 1);
    private static final String ADMITTED =
            "{\"apiKey\":\"k\",\"authorizedSince\":1,\"connectedSince\":1,\"returnRateLimits\":true,\"serverTime\":1}";
    /** The key of test 2 of RFC 8032 in PKCS#8. */
    private static final String PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder()
                    .encodeToString(HexFormat.of()
                            .parseHex("302e020100300506032b6570042204204ccd089b28ff96da9db6c346ec114e0f"
                                    + "5b8a319f35aba624da8cf6ed4fb8a6fb"))
            + "\n-----END PRIVATE KEY-----";

    private Script script;

    @BeforeEach
    void start() {
        script = new Script(BinanceSettings.simulator("http://127.0.0.1:9100").withOrderEntry(OrderEntry.WEBSOCKET));
        script.begin();
        script.settle();
        script.openStreams();
        script.settle();
        assertThat(script.events(Ready.class)).hasSize(1);
        script.sent.clear();
        script.events.clear();
    }

    private Json lastFrame() {
        return Json.parse(script.frames.getLast().text());
    }

    private void reply(int status, String member, String body) {
        script.frame(
                StreamName.ORDERS,
                "{\"id\":" + script.frames.getLast().id() + ",\"status\":" + status + ",\"" + member + "\":" + body
                        + ",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\","
                        + "\"intervalNum\":1,\"limit\":2400,\"count\":77}]}");
    }

    private static String order(ClientOrderId id) {
        return "{\"orderId\":8389765739703625592,\"symbol\":\"ETHUSDT\",\"status\":\"NEW\",\"clientOrderId\":\"" + id
                + "\",\"executedQty\":\"0\",\"side\":\"BUY\",\"updateTime\":1700000000000}";
    }

    private void open() {
        script.call(new Call.Open(OPEN, ETH, Side.BUY, Quantity.of("0.010"), 3));
    }

    private Answer<?> answer(ClientOrderId id) {
        return script.events(OrderAnswered.class).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow()
                .answer();
    }

    @Test
    void signsEachRequestWithASecretOverItsSortedParameters() {
        open();
        assertThat(script.sent).as("nothing by REST").isEmpty();
        Json frame = lastFrame();
        assertThat(frame.text("method")).isEqualTo("order.place");
        assertThat(frame.integer("id")).isEqualTo(script.frames.getLast().id());
        Json params = frame.object("params");
        assertThat(params.text("quantity")).as("decimals as text").isEqualTo("0.01");
        assertThat(params.integer("recvWindow")).as("integers as integers").isEqualTo(2000);
        long timestamp = params.integer("timestamp");
        assertThat(params.text("signature"))
                .isEqualTo(Signer.of("simsecret")
                        .sign("apiKey=simkey&newClientOrderId=" + OPEN + "&newOrderRespType=ACK&quantity=0.01"
                                + "&recvWindow=2000&side=BUY&symbol=ETHUSDT&timestamp=" + timestamp + "&type=MARKET"));
        assertThat(script.frames.getLast().toString()).doesNotContain("simkey");
        reply(200, "result", order(OPEN));
        assertThat(script.session.load().used()).as("the exchange's own figure").isEqualTo(77);
        assertThat(answer(OPEN))
                .isInstanceOfSatisfying(
                        Answer.Accepted.class,
                        accepted -> assertThat(accepted.value().toString()).contains("8389765739703625592"));
    }

    @Test
    void matchesAnswersByTheirNumber() {
        open();
        long first = script.frames.getLast().id();
        script.call(new Call.Close(CLOSE, ETH, Side.SELL, Quantity.of("0.010")));
        reply(400, "error", "{\"code\":-2022,\"msg\":\"ReduceOnly Order is rejected.\"}");
        assertThat(answer(CLOSE)).isInstanceOf(Answer.Denied.class);
        script.frame(StreamName.ORDERS, "{\"id\":" + first + ",\"status\":200,\"result\":" + order(OPEN) + "}");
        script.frame(StreamName.ORDERS, "{\"id\":" + first + ",\"status\":200,\"result\":" + order(OPEN) + "}");
        script.frame(StreamName.ORDERS, "{\"id\":99999,\"status\":200,\"result\":" + order(OPEN) + "}");
        assertThat(script.events(OrderAnswered.class)).hasSize(2);
    }

    @Test
    void protectsCancelsAndAsksOverTheSocketAndTheRestByHttp() {
        script.call(new Call.PlaceConditional(STOP, ETH, Direction.LONG, Call.Level.STOP, Price.of("2900")));
        assertThat(lastFrame().text("method")).isEqualTo("algoOrder.place");
        assertThat(lastFrame().object("params").text("closePosition")).isEqualTo("true");
        reply(
                200,
                "result",
                "{\"algoId\":1,\"clientAlgoId\":\"" + STOP + "\",\"symbol\":\"ETHUSDT\",\"algoStatus\":\"NEW\","
                        + "\"triggerPrice\":\"2900.0\"}");
        assertThat(script.events(ConditionalAnswered.class)).hasSize(1);
        script.call(new Call.CancelConditional(STOP, ETH));
        assertThat(lastFrame().text("method")).isEqualTo("algoOrder.cancel");
        reply(200, "result", "{\"algoId\":1,\"clientAlgoId\":\"" + STOP + "\",\"code\":\"200\",\"msg\":\"success\"}");
        assertThat(script.events(ConditionalCancelled.class)).hasSize(1);
        script.call(new Call.QueryOrder(OPEN, ETH, new OrderId("8389765739703625592")));
        assertThat(lastFrame().text("method")).isEqualTo("order.status");
        assertThat(lastFrame().object("params").id("orderId").value()).isEqualTo("8389765739703625592");
        reply(400, "error", "{\"code\":-2013,\"msg\":\"Order does not exist.\"}");
        assertThat(script.events(OrderQueried.class)).hasSize(1);
        assertThat(script.sent).isEmpty();
        script.call(new Call.QueryConditional(STOP, ETH));
        assertThat(script.sentPaths()).containsExactly("GET /fapi/v1/algoOrder");
    }

    @Test
    void aLostSocketLeavesWhatIsInFlightWithoutAnAnswerAndSendsNothingAgain() {
        open();
        script.call(new Call.Close(CLOSE, ETH, Side.SELL, Quantity.of("0.010")));
        script.dropped(StreamName.ORDERS);
        assertThat(answer(OPEN)).isInstanceOf(Answer.NoAnswer.class);
        assertThat(answer(CLOSE)).isInstanceOf(Answer.NoAnswer.class);
        assertThat(script.events(StreamLost.class)).containsExactly(new StreamLost("ORDERS", "reset"));
        assertThat(script.frames).hasSize(2);
        script.pass(Duration.ofMillis(250));
        script.opened(StreamName.ORDERS);
        assertThat(script.frames).hasSize(2);
        assertThat(script.sent).isEmpty();
    }

    @Test
    void whileItIsDownOpensAreNotSentAndExitsGoByRest() {
        script.dropped(StreamName.ORDERS);
        open();
        assertThat(answer(OPEN)).isEqualTo(new Answer.NotSent<>("the order socket is down"));
        script.call(new Call.Close(CLOSE, ETH, Side.SELL, Quantity.of("0.010")));
        script.call(new Call.PlaceConditional(STOP, ETH, Direction.LONG, Call.Level.STOP, Price.of("2900")));
        assertThat(script.sentPaths()).containsExactly("POST /fapi/v1/order", "POST /fapi/v1/algoOrder");
        assertThat(script.frames).isEmpty();
    }

    /** A peer that is dead without a word is found by pings after half a minute; no exit may wait for that. */
    @Test
    void aSocketThatLeavesARequestWithoutAnAnswerIsGivenUp() {
        long silent = script.connection(StreamName.ORDERS);
        open();
        script.pass(Duration.ofSeconds(5));
        script.call(new Call.PlaceConditional(STOP, ETH, Direction.LONG, Call.Level.STOP, Price.of("2900")));
        script.pass(Duration.ofSeconds(3));
        assertThat(script.closed).contains(new CloseStream(StreamName.ORDERS, silent));
        assertThat(script.events(ConditionalAnswered.class))
                .singleElement()
                .satisfies(each -> assertThat(each.answer()).isInstanceOf(Answer.NoAnswer.class));
        script.sent.clear();
        script.call(new Call.Close(CLOSE, ETH, Side.SELL, Quantity.of("0.010")));
        assertThat(script.sentPaths()).containsExactly("POST /fapi/v1/order");
    }

    /** What is late on a socket holds up all that follows it, on the next socket too (seed 69957). */
    @Test
    void exitsGoByRestForAWhileAfterASocketLeftARequestWithoutAnAnswer() {
        open();
        script.pass(Duration.ofSeconds(8));
        script.pass(Duration.ofMillis(250));
        script.opened(StreamName.ORDERS);
        script.sent.clear();
        script.call(new Call.PlaceConditional(STOP, ETH, Direction.LONG, Call.Level.STOP, Price.of("2900")));
        assertThat(script.sentPaths()).containsExactly("POST /fapi/v1/algoOrder");
        script.pass(Duration.ofSeconds(30));
        script.sent.clear();
        script.call(new Call.Close(CLOSE, ETH, Side.SELL, Quantity.of("0.010")));
        assertThat(script.sent).isEmpty();
    }

    @Test
    void anAnswerThatNeverComesOrCannotBeReadIsNone() {
        open();
        script.pass(Duration.ofSeconds(8));
        assertThat(answer(OPEN)).isEqualTo(new Answer.NoAnswer<>("no reply in time"));
        script.pass(Duration.ofMillis(250));
        script.opened(StreamName.ORDERS);
        script.pass(Duration.ofSeconds(30));
        script.call(new Call.Close(CLOSE, ETH, Side.SELL, Quantity.of("0.010")));
        script.frame(StreamName.ORDERS, "{\"id\":" + script.frames.getLast().id() + ",\"status\":\"well\"}");
        assertThat(answer(CLOSE)).isInstanceOf(Answer.NoAnswer.class);
        script.frame(StreamName.ORDERS, "{\"id\":{},\"status\":200}");
        assertThat(script.session.oddities()).isEqualTo(1);
    }

    @Test
    void readsTheClockAgainAndSendsOnceMoreWhenTheTimestampIsRefused() {
        open();
        reply(400, "error", "{\"code\":-5028,\"msg\":\"Timestamp for this request is outside of the ME recvWindow.\"}");
        script.settle();
        assertThat(script.frames).hasSize(2);
        reply(400, "error", "{\"code\":-1021,\"msg\":\"Timestamp.\"}");
        script.settle();
        assertThat(script.frames).as("never a third time").hasSize(2);
        assertThat(answer(OPEN)).isInstanceOf(Answer.Denied.class);
    }

    @Test
    void logsOnWithAKeyThatCanAndSignsNothingAfterwards() {
        script = loggingOn();
        assertThat(script.events(Ready.class)).isEmpty();
        Json logOn = lastFrame();
        assertThat(logOn.text("method")).isEqualTo("session.logon");
        Json params = logOn.object("params");
        assertThat(params.text("signature"))
                .isEqualTo(Signer.of(PRIVATE_KEY)
                        .sign("apiKey=k&recvWindow=5000&timestamp=" + params.integer("timestamp")));
        reply(200, "result", ADMITTED);
        script.settle();
        assertThat(script.events(Ready.class)).hasSize(1);
        open();
        Json order = lastFrame().object("params");
        assertThat(order.has("signature") || order.has("apiKey")).isFalse();
        assertThat(order.has("timestamp")).isTrue();

        script.frame(StreamName.ORDERS, "{\"id\":null,\"status\":401,\"error\":{\"code\":-2015,\"msg\":\"Invalid.\"}}");
        assertThat(answer(OPEN)).as("revoked with an order in flight").isInstanceOf(Answer.NoAnswer.class);
        assertThat(script.events(StreamLost.class))
                .singleElement()
                .satisfies(each -> assertThat(each.cause()).contains("-2015"));
        script.pass(Duration.ofSeconds(1));
        script.opened(StreamName.ORDERS);
        assertThat(lastFrame().text("method")).as("before anything else").isEqualTo("session.logon");
    }

    @Test
    void aKeyThatIsNotAdmittedEndsTheStartWithTheNextStep() {
        script = loggingOn();
        reply(401, "error", "{\"code\":-2015,\"msg\":\"Invalid API-key, IP, or permissions for action.\"}");
        assertThat(script.events(Unusable.class)).singleElement().satisfies(each -> {
            assertThat(each.cause()).contains("ORDERS", "-2015").doesNotContain("signature");
            assertThat(each.nextStep()).contains("right to trade", "exchange.order_entry");
        });
    }

    @Test
    void replacesTheSocketBeforeItsDayIsOverAndWaitsForAnswersOnTheOldOne() {
        script = loggingOn();
        reply(200, "result", ADMITTED);
        script.settle();
        long old = script.connection(StreamName.ORDERS);
        for (int minute = 0; minute < 23 * 60; minute++) {
            script.pass(Duration.ofMinutes(1));
            script.settle();
        }
        assertThat(script.connection(StreamName.ORDERS)).isNotEqualTo(old);
        open();
        long asked = script.frames.getLast().id();
        assertThat(script.frames.getLast().connection())
                .as("until the new one is logged on")
                .isEqualTo(old);
        script.opened(StreamName.ORDERS);
        reply(200, "result", ADMITTED);
        script.call(new Call.Close(CLOSE, ETH, Side.SELL, Quantity.of("0.010")));
        assertThat(script.frames.getLast().connection()).isEqualTo(script.connection(StreamName.ORDERS));
        reply(200, "result", order(CLOSE));
        script.input(new BinanceInput.FrameReceived(
                StreamName.ORDERS, old, "{\"id\":" + asked + ",\"status\":200,\"result\":" + order(OPEN) + "}"));
        assertThat(answer(OPEN)).isInstanceOf(Answer.Accepted.class);
        script.pass(Duration.ofSeconds(10));
        assertThat(script.closed).contains(new CloseStream(StreamName.ORDERS, old));
        assertThat(script.events(StreamLost.class).stream().map(StreamLost::stream))
                .doesNotContain("ORDERS");
    }

    private static Script loggingOn() {
        Script script = new Script(BinanceSettings.of(Endpoints.simulator("http://127.0.0.1:9100"), "k", PRIVATE_KEY)
                .withOrderEntry(OrderEntry.WEBSOCKET));
        script.begin();
        script.settle();
        List.of(StreamName.PRIVATE, StreamName.MARKET, StreamName.ORDERS).forEach(script::opened);
        script.settle();
        return script;
    }
}
