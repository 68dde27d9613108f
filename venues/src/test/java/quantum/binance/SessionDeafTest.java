package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Call;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.StreamDeaf;
import quantum.venue.VenueEvent.StreamLost;

/** A user stream that is open and silent, because it was asked for in a form that is not served or fell silent (S19). */
final class SessionDeafTest {

    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final Call.Open OPEN = new Call.Open(new ClientOrderId("qo-1"), ETH, Side.BUY, Quantity.of("2"), 3);
    private static final Call.PlaceConditional REST = new Call.PlaceConditional(
            new ClientOrderId("qs-1"), ETH, Direction.LONG, Call.Level.STOP, Price.of("1900"));
    private static final String ACK = """
            {"symbol":"ETHUSDT","clientOrderId":"qo-1","orderId":7,"side":"BUY","status":"NEW","executedQty":"0",
            "updateTime":1700000000001}
            """;
    private static final String TOLD = """
            {"e":"ORDER_TRADE_UPDATE","E":1700000000003,"T":1700000000002,"o":{"s":"%s","c":"qo-1","S":"BUY",
            "X":"NEW","x":"NEW","i":7,"l":"0","z":"0","L":"0","ap":"0","t":0}}
            """;
    private static final String RESTS = """
            {"symbol":"ETHUSDT","clientAlgoId":"qs-1","algoId":8,"algoStatus":"NEW","triggerPrice":"1900"}
            """;

    private static final String LISTED = """
            {"algoId":8,"clientAlgoId":"qs-1","algoType":"CONDITIONAL","orderType":"STOP_MARKET","symbol":"ETHUSDT",
            "side":"SELL","positionSide":"BOTH","quantity":"0","algoStatus":"NEW","triggerPrice":"1900","closePosition":true}
            """;

    private Script script;

    @BeforeEach
    void start() {
        script = Script.ready();
    }

    private String address() {
        return Objects.requireNonNull(script.streams.get(StreamName.PRIVATE)).url();
    }

    private void pass(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            script.frame(StreamName.MARKET, "[{\"E\":1700000001000,\"s\":\"ETHUSDT\",\"p\":\"2000\"}]");
            script.pass(Duration.ofSeconds(1));
        }
    }

    private void take(Call call, String answer) {
        script.call(call);
        script.answer(200, answer);
    }

    private void reopen() {
        script.pass(Duration.ofSeconds(1));
        script.settle();
        script.opened(StreamName.PRIVATE);
    }

    @Test
    void s19_everyEventThatIsReadIsNamedInTheAddress() {
        assertThat(address())
                .endsWith("/private/ws?listenKey=key-1&events=ORDER_TRADE_UPDATE/ALGO_UPDATE/ACCOUNT_UPDATE"
                        + "/ACCOUNT_CONFIG_UPDATE/MARGIN_CALL/TRADE_LITE/listenKeyExpired");
    }

    @Test
    void s19_aStreamThatIsSilentAboutAnOrderIsNamedAndOpenedInTheOtherForm() {
        take(OPEN, ACK);
        pass(Duration.ofSeconds(4));
        assertThat(script.events(StreamDeaf.class)).as("it may be late").isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(script.events(StreamDeaf.class)).singleElement().satisfies(deaf -> {
            assertThat(deaf.stream()).isEqualTo("PRIVATE");
            assertThat(deaf.detail()).contains("qo-1 in ETHUSDT").contains("in the other form");
        });
        assertThat(script.events(StreamLost.class)).hasSize(1);
        reopen();
        assertThat(address()).endsWith("/private/stream");
        assertThat(script.frames)
                .singleElement()
                .satisfies(frame ->
                        assertThat(frame.text()).contains("\"SUBSCRIBE\"").contains("[\"key-1\"]"));
        assertThat(script.waiting).as("nothing is read before the key is taken").isEmpty();
        script.frame(
                StreamName.PRIVATE,
                "{\"result\":null,\"id\":" + script.frames.getFirst().id() + "}");
        script.settle();
        assertThat(script.events(Ready.class)).singleElement().matches(Ready::again);
        script.frame(StreamName.PRIVATE, "{\"stream\":\"key-1\",\"data\":" + TOLD.formatted("ETHUSDT") + "}");
        assertThat(script.events(OrderChanged.class)).hasSize(1);
        assertThat(script.session.oddities()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":2,\"msg\":\"Invalid request\"}",
                "{\"error\":{\"code\":2,\"msg\":\"no\"},\"id\":1}",
                ""
            })
    void s19_aKeyThatIsNotTakenByMessageIsTriedAgain(String answer) {
        take(OPEN, ACK);
        pass(Duration.ofSeconds(5));
        reopen();
        long connection = script.connection(StreamName.PRIVATE);
        if (answer.isEmpty()) {
            pass(Duration.ofSeconds(5));
        } else {
            script.frame(StreamName.PRIVATE, answer);
        }
        assertThat(script.closed).contains(new BinanceRequest.CloseStream(StreamName.PRIVATE, connection));
        pass(Duration.ofSeconds(6));
        script.settle();
        assertThat(script.connection(StreamName.PRIVATE)).isNotEqualTo(connection);
    }

    @Test
    void s19_aStreamThatIsSilentAboutAConditionalOrderIsDeafThoughItTellsOthers() {
        take(REST, RESTS);
        pass(Duration.ofSeconds(3));
        script.frame(StreamName.PRIVATE, TOLD.formatted("ETHUSDT"));
        pass(Duration.ofSeconds(2));
        assertThat(script.events(StreamDeaf.class))
                .singleElement()
                .satisfies(deaf ->
                        assertThat(deaf.detail()).contains("qs-1 in ETHUSDT").contains("nor any ALGO_UPDATE"));
    }

    /** The same where the exchange broke off while it took an open. */
    @Test
    void aUsedUpMinuteDoesNotHoldBackWhetherAnOpenWasTaken() {
        script.call(OPEN);
        script.call(new Call.ReadAccount());
        BinanceRequest.Http open = script.waiting.removeFirst();
        script.answer(429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        script.input(new BinanceInput.Replied(
                open.id(), 503, "{\"code\":-1001,\"msg\":\"Internal error; unable to process your request.\"}"));
        assertThat(script.sentPaths()).last().isEqualTo("GET /fapi/v1/order");
    }

    /** What was told before the loss, and what lists show meanwhile, accuse the one that just opened of nothing (seed 43579). */
    @Test
    void aStreamWhoseKeyIsNotTakenYetIsNotDeaf() {
        take(OPEN, ACK);
        pass(Duration.ofSeconds(5));
        assertThat(script.events(StreamDeaf.class)).hasSize(1);
        script.call(new Call.ReadConditionals());
        script.settle();
        pass(Duration.ofSeconds(15));
        script.waiting.removeIf(each -> !each.path().endsWith("listenKey"));
        script.settle();
        script.usual.put("/fapi/v1/openAlgoOrders", "[" + LISTED + "]");
        script.call(new Call.ReadConditionals());
        script.settle();
        pass(Duration.ofSeconds(5));
        script.settle();
        script.opened(StreamName.PRIVATE);
        script.call(new Call.ReadConditionals());
        script.settle();
        assertThat(script.events(StreamDeaf.class)).hasSize(1);
        assertThat(address()).as("the form is kept").endsWith("/private/stream");
    }

    /** Another program used the minute up: what a position waits for is asked all the same (seed 88198). */
    @Test
    void aUsedUpMinuteHoldsBackNeitherTheNextStreamNorTheQuestionAboutAnOrder() {
        take(OPEN, ACK);
        script.call(new Call.ReadAccount());
        script.answer(429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        script.sent.clear();
        script.call(new Call.QueryOrder(OPEN.id(), ETH, null));
        script.call(new Call.ReadPositions());
        assertThat(script.sentPaths()).as("the positions can wait").containsExactly("GET /fapi/v1/order");
        script.answer(200, """
                {"symbol":"ETHUSDT","clientOrderId":"qo-1","orderId":7,"side":"BUY","status":"FILLED","executedQty":"2",
                "avgPrice":"0","updateTime":1700000000001}
                """);
        assertThat(script.sentPaths()).last().isEqualTo("GET /fapi/v1/userTrades");
        script.waiting.clear();
        pass(Duration.ofSeconds(6));
        assertThat(script.events(StreamDeaf.class)).hasSize(1);
        assertThat(script.sentPaths()).last().isEqualTo("POST /fapi/v1/listenKey");
    }

    /** A stop without an answer is placed again only once the exchange says that it has none (law 4, seed 30814). */
    @Test
    void aUsedUpMinuteDoesNotHoldBackWhetherAStopRests() {
        script.call(new Call.ReadAccount());
        script.answer(429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        script.sent.clear();
        script.call(new Call.QueryConditional(new ClientOrderId("qs-1"), ETH));
        assertThat(script.sentPaths()).containsExactly("GET /fapi/v1/algoOrder");
    }

    @Test
    void s19_aStreamThatHasSpokenAndFellSilentKeepsItsForm() {
        script.frame(StreamName.PRIVATE, TOLD.formatted("BTCUSDT"));
        pass(Duration.ofSeconds(1));
        take(OPEN, ACK);
        pass(Duration.ofSeconds(5));
        assertThat(script.events(StreamDeaf.class)).hasSize(1);
        reopen();
        assertThat(address()).contains("&events=");
    }

    @Test
    void s19_aStreamThatTellsTheOrderIsNotDeafHoweverOddItsWords() {
        script.call(OPEN);
        script.frame(StreamName.PRIVATE, "{\"e\":\"ORDER_TRADE_UPDATE\",\"o\":{\"s\":\"ETHUSDT\",\"i\":\"odd\"}}");
        script.answer(200, ACK);
        pass(Duration.ofSeconds(10));
        assertThat(script.events(StreamDeaf.class)).isEmpty();
    }

    @Test
    void s19_anOrderThatWasTakenWhileTheStreamWasDownProvesNothing() {
        script.dropped(StreamName.PRIVATE);
        take(OPEN, ACK);
        reopen();
        script.settle();
        pass(Duration.ofSeconds(10));
        assertThat(script.events(StreamDeaf.class)).isEmpty();
    }
}
