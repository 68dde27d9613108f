package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.order.Purpose;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Executed;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent.OpenCancelled;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.OrderQueried;
import quantum.venue.VenueEvent.TradesRead;

final class SessionOrdersTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final ClientOrderId ID = new ClientOrderId("qo-1");
    private static final Call.Close CLOSE = new Call.Close(ID, ETH, Side.BUY, Quantity.of("2"));
    private static final Call.Open OPEN = new Call.Open(ID, BTC, Side.BUY, Quantity.of("0.010"), 5);
    private static final Call.Open CACHED = new Call.Open(ID, ETH, Side.BUY, Quantity.of("2"), 3);

    private Script script;

    @BeforeEach
    void start() {
        script = Script.ready();
    }

    @Test
    void setsAndReadsBackLeverageOnceAndThenSendsTheOrderAlone() {
        script.call(OPEN);
        findFlat();
        assertThat(script.next().query()).startsWith("symbol=BTCUSDT&marginType=ISOLATED&recvWindow=2000&timestamp=");
        script.answer(400, "{\"code\":-4046,\"msg\":\"No need to change margin type.\"}");
        assertThat(script.next().query()).startsWith("symbol=BTCUSDT&leverage=5&");
        script.usually();
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":5}]");
        assertThat(script.next().path()).isEqualTo("/fapi/v1/order");
        assertThat(script.next().hot()).isTrue();
        script.answer(200, ack("BTCUSDT", "NEW", "0", ""));
        script.sent.clear();

        script.call(OPEN);
        assertThat(script.sentPaths()).containsExactly("POST /fapi/v1/order");
    }

    @Test
    void stampsAndSignsAsTheRequestLeaves() {
        script.call(CACHED);
        Http order = script.next();
        String unsigned = order.query().substring(0, order.query().indexOf("&signature="));
        assertThat(unsigned)
                .isEqualTo("symbol=ETHUSDT&side=BUY&type=MARKET&quantity=2&newClientOrderId=qo-1"
                        + "&newOrderRespType=ACK&recvWindow=2000&timestamp=" + (script.serverMillis() + 1));
        assertThat(order.query()).isEqualTo(Signer.of("simsecret").signed(unsigned));
        assertThat(order.keyed()).isTrue();
        assertThat(order.purpose()).isEqualTo(Purpose.OPEN);
        script.call(CLOSE);
        assertThat(script.waiting.getLast().query())
                .contains("&reduceOnly=true&")
                .contains("&recvWindow=5000&");
    }

    @Test
    void anOpenThatIsTakenBackBeforeItLeftStays() {
        script.call(OPEN);
        script.call(new Call.CancelOpen(OPEN.id(), BTC));
        assertThat(script.events(OpenCancelled.class).getLast().answer()).isEqualTo(new Answer.Accepted<>(OPEN.id()));
        findFlat();
        script.usually();
        script.usually();
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":5}]");
        assertThat(answered()).isEqualTo(new Answer.NotSent<>("withdrawn before it left"));
        assertThat(script.sentPaths()).doesNotContain("POST /fapi/v1/order", "DELETE /fapi/v1/order");
    }

    @Test
    void anOpenThatLeftIsTakenOffTheBook() {
        script.call(CACHED);
        script.call(new Call.CancelOpen(CACHED.id(), ETH));
        assertThat(script.waiting.getLast().method()).isEqualTo(BinanceRequest.Method.DELETE);
        assertThat(script.waiting.getLast().query()).startsWith("symbol=ETHUSDT&origClientOrderId=qo-1&");
        script.answer(200, ack("ETHUSDT", "NEW", "0", ""));
        script.answer(400, "{\"code\":-2011,\"msg\":\"Unknown order sent.\"}");
        assertThat(script.events(OpenCancelled.class).getLast().answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Cause.UNKNOWN_ORDER));
    }

    @Test
    void deniesAnOpenWhoseLeverageReadsBackDifferently() {
        script.call(OPEN);
        findFlat();
        script.usually();
        script.usually();
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":20}]");
        assertThat(denied().cause()).isEqualTo(Cause.LEVERAGE);
        assertThat(script.sentPaths()).doesNotContain("POST /fapi/v1/order");
    }

    @ParameterizedTest
    @ValueSource(ints = {-4047, -4048, -4161, -4028, -4168})
    void deniesAnOpenWhoseLeverageCannotBeSet(int code) {
        script.call(OPEN);
        findFlat();
        script.answer(400, "{\"code\":" + code + ",\"msg\":\"no\"}");
        readsBack();
        script.usually();
        assertThat(denied().cause()).isEqualTo(Cause.LEVERAGE);
        assertThat(denied().code()).isEqualTo(code);
        assertThat(script.waiting).isEmpty();
    }

    private void readsBack() {
        assertThat(script.next().method() + " " + script.next().path()).isEqualTo("GET /fapi/v1/symbolConfig");
    }

    @Test
    void letsTheReadBackDecideWhenTheAnswerToASettingWasLost() {
        script.call(OPEN);
        findFlat();
        script.lose("reset");
        script.lose("reset");
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":5}]");
        assertThat(script.next().path()).isEqualTo("/fapi/v1/order");
    }

    @Test
    void setsTheLeverageAgainAfterSomebodyElseChangedIt() {
        script.frame(
                StreamName.PRIVATE,
                "{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":1,\"T\":1,\"ac\":{\"s\":\"ETHUSDT\",\"l\":9}}");
        script.call(CACHED);
        findFlat();
        assertThat(script.next().path()).isEqualTo("/fapi/v1/leverage");
    }

    @Test
    void leavesTheLeverageOfWhatIsHeldOrOrderedAlone() {
        script.call(OPEN);
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"positionSide\":\"BOTH\",\"positionAmt\":\"-0.5\"}]");
        script.usually();
        assertThat(denied().cause()).isEqualTo(Cause.LEVERAGE);
        assertThat(denied().text()).contains("a position is held");
        script.events.clear();

        script.call(OPEN);
        script.usually();
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"positionSide\":\"BOTH\",\"positionAmt\":\"0\"}]");
        script.answer(
                200,
                "[{\"orderId\":5,\"clientOrderId\":\"web_1\",\"side\":\"SELL\",\"type\":\"LIMIT\",\"origQty\":\"0.5\","
                        + "\"price\":\"61000\"}]");
        script.usually();
        assertThat(denied().cause()).isEqualTo(Cause.LEVERAGE);
        assertThat(denied().text()).contains("an order rests: SELL LIMIT of 0.5 at 61000, web_1");
        assertThat(script.sentPaths()).noneMatch(path -> path.startsWith("POST"));
    }

    /** In hedge mode long and short may be opened at once: what one is opened at must not be changed by the other. */
    @Test
    void doesNotTouchTheLeverageThatAnotherOpenIsOnItsWayWith() {
        script.call(OPEN);
        Call.Open other = new Call.Open(new ClientOrderId("qo-2"), BTC, Side.SELL, Quantity.of("0.010"), 3);
        script.call(other);
        assertThat(script.sentPaths()).as("of the first alone").containsExactly("GET " + Script.POSITIONS);
        assertThat(script.events(OrderAnswered.class))
                .singleElement()
                .isInstanceOfSatisfying(
                        OrderAnswered.class, each -> assertThat(each.id()).isEqualTo(other.id()));
        findFlat();
        script.usually();
        script.usually();
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":5}]");
        script.call(other);
        assertThat(script.next().path()).isEqualTo("/fapi/v1/order");
        assertThat(script.waiting).as("not while the order is in flight").hasSize(1);
        script.answer(200, ack("BTCUSDT", "NEW", "0", ""));
        script.call(other);
        assertThat(script.next().path()).as("looks whether it is flat").isEqualTo(Script.POSITIONS);
    }

    /** Observe mode: whatever the desk asks, no order is placed and none is taken off. */
    @Test
    void withoutADoorNoOrderLeavesAndNoneIsTakenOff() {
        script = new Script(BinanceSettings.simulator("http://127.0.0.1:9100").withOrderEntry(OrderEntry.NONE));
        script.begin();
        script.settle();
        script.openStreams();
        script.settle();
        script.sent.clear();
        script.events.clear();
        List.of(
                        CACHED,
                        CLOSE,
                        new Call.PlaceConditional(ID, ETH, Direction.LONG, Call.Level.STOP, Price.of("2900")),
                        new Call.CancelConditional(ID, ETH))
                .forEach(script::call);
        assertThat(script.sent).isEmpty();
        Answer.NotSent<?> refusal = new Answer.NotSent<>("observe mode: no order leaves");
        assertThat(script.events.stream().map(Object::toString))
                .hasSize(4)
                .allSatisfy(each -> assertThat(each).contains(refusal.toString()));
        script.call(new Call.QueryOrder(ID, ETH, null));
        assertThat(script.sentPaths()).containsExactly("GET /fapi/v1/order");
    }

    @Test
    void sendsNoOpenThatWaitedLongForItsLeverage() {
        script.call(OPEN);
        findFlat();
        script.usually();
        script.pass(Duration.ofSeconds(5));
        script.waiting.removeIf(each -> !each.path().equals("/fapi/v1/leverage"));
        script.usually();
        script.pass(Duration.ofMillis(1));
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":5}]");
        assertThat(script.waiting).isEmpty();
        assertThat(script.events(OrderAnswered.class).getLast().answer()).isInstanceOf(Answer.NotSent.class);
    }

    @Test
    void sendsNoOpenBeyondTheBracketOfItsLeverage() {
        script.frame(StreamName.MARKET, marks("30000"));
        script.events.clear();
        script.call(OPEN);
        findFlat();
        script.usually();
        script.usually();
        script.answer(
                200,
                "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":5,\"maxNotionalValue\":\"299.99\"}]");
        assertThat(denied().cause()).isEqualTo(Cause.LEVERAGE);
        assertThat(denied().text()).contains("299.99");
        script.events.clear();

        // Known by now: no question is asked again, and a smaller one leaves at once.
        script.call(OPEN);
        assertThat(denied().cause()).isEqualTo(Cause.LEVERAGE);
        script.sent.clear();
        script.call(new Call.Open(ID, BTC, Side.BUY, Quantity.of("0.009"), 5));
        assertThat(script.sentPaths()).containsExactly("POST /fapi/v1/order");
    }

    private static String marks(String price) {
        return "[{\"e\":\"markPriceUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"p\":\"" + price + "\"},"
                + "{\"e\":\"markPriceUpdate\",\"E\":1,\"s\":\"ETHUSDT\",\"p\":\"3000\"}]";
    }

    /** Nothing is held and no order rests: the leverage may be touched. */
    private void findFlat() {
        assertThat(script.next().query()).startsWith("symbol=");
        script.usually();
        assertThat(script.next().path()).isEqualTo("/fapi/v1/openOrders");
        script.usually();
    }

    @Test
    void neverSendsAnOrderTwiceAfterALostAnswer() {
        script.call(CACHED);
        script.lose("connection reset");
        assertThat(answered()).isEqualTo(new Answer.NoAnswer<>("connection reset"));
        script.pass(Duration.ofSeconds(3));
        assertThat(script.sentPaths()).containsExactly("POST /fapi/v1/order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"orderId\":1}",
                "ok",
                "{\"orderId\":\"1\",\"symbol\":\"ETHUSDT\",\"status\":\"NEW\",\"clientOrderId\":\"qo-1\",\"side\":\"BUY\","
                        + "\"executedQty\":\"0\",\"updateTime\":1}",
                "{\"orderId\":1,\"symbol\":\"ETHUSDT\",\"status\":\"NEW\",\"clientOrderId\":\"other\",\"side\":\"BUY\","
                        + "\"executedQty\":\"0\",\"updateTime\":1}"
            })
    void hasNoAnswerWhereASuccessCannotBeRead(String body) {
        script.call(CLOSE);
        script.answer(200, body);
        assertThat(answered()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void tellsWhatNeverLeft() {
        script.call(CACHED);
        script.refuseConnection();
        assertThat(answered()).isEqualTo(new Answer.NotSent<>("connection refused"));
    }

    @Test
    void deniesWhenTheClockCannotBeReadAgain() {
        script.call(CACHED);
        script.answer(400, "{\"code\":-1021,\"msg\":\"late\"}");
        script.lose("reset");
        assertThat(denied().code()).isEqualTo(-1021);
        assertThat(script.waiting).isEmpty();
    }

    @Test
    void findsThePriceInTheOrderItself() {
        script.call(CACHED);
        script.answer(200, ack("ETHUSDT", "FILLED", "2", ""));
        assertThat(accepted()).satisfies(update -> {
            assertThat(update.status()).isEqualTo(Status.NEW);
            assertThat(update.executed()).isEqualTo(Executed.NOTHING);
        });
        assertThat(script.next().query()).startsWith("symbol=ETHUSDT&orderId=77&");
        script.answer(200, ack("ETHUSDT", "FILLED", "2", ",\"avgPrice\":\"3000.5\""));
        assertThat(changed().executed()).isEqualTo(new Executed(new BigDecimal("2"), Price.of("3000.5"), null));
        assertThat(script.waiting).isEmpty();
    }

    @Test
    void findsThePriceInTheTradesWhereEvenTheOrderHasNone() {
        script.call(CACHED);
        script.answer(200, ack("ETHUSDT", "FILLED", "2", ""));
        script.answer(200, ack("ETHUSDT", "FILLED", "2", ",\"avgPrice\":\"0\""));
        assertThat(script.next().query()).startsWith("symbol=ETHUSDT&orderId=77&limit=1000&");
        script.answer(200, "[" + trade(1, "0.5", "3000", "0.1") + "," + trade(2, "1.5", "3001", "0.3") + "]");
        assertThat(changed().status()).isEqualTo(Status.FILLED);
        assertThat(changed().executed())
                .isEqualTo(new Executed(new BigDecimal("2.0"), Price.of("3000.75"), new BigDecimal("0.4")));
    }

    @Test
    void answersAQuestionOnlyWithAPrice() {
        Call.QueryOrder ask = new Call.QueryOrder(ID, ETH, null);
        script.call(ask);
        assertThat(script.next().query()).startsWith("symbol=ETHUSDT&origClientOrderId=qo-1&");
        script.answer(200, ack("ETHUSDT", "FILLED", "2", ""));
        script.answer(200, "[]");
        assertThat(told()).isInstanceOf(Answer.NoAnswer.class);
        script.events.clear();

        script.call(ask);
        script.answer(200, ack("ETHUSDT", "EXPIRED", "1", ",\"avgPrice\":\"3000\""));
        assertThat(told())
                .isInstanceOfSatisfying(
                        Answer.Accepted.class,
                        answer -> assertThat(answer.value()).isInstanceOfSatisfying(OrderUpdate.class, update -> {
                            assertThat(update.status()).isEqualTo(Status.EXPIRED);
                            assertThat(update.executed().quantity()).isEqualByComparingTo("1");
                        }));
        script.events.clear();

        script.call(ask);
        script.answer(400, "{\"code\":-2013,\"msg\":\"Order does not exist.\"}");
        assertThat(told()).isEqualTo(new Answer.Denied<>(-2013, "Order does not exist.", Cause.UNKNOWN_ORDER));
    }

    @Test
    void tellsAnIdThatIsOpenAlreadyAsUnanswered() {
        script.call(CACHED);
        script.answer(400, "{\"code\":-4116,\"msg\":\"ClientOrderId is duplicated.\"}");
        assertThat(answered()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void readsTradesOverWindowsAndPages() {
        Call.ReadTrades call = new Call.ReadTrades(ETH, script.now().exchange().minus(Duration.ofDays(10)));
        script.call(call);
        assertThat(script.next().query()).contains("startTime=").contains("endTime=");
        script.answer(200, "[]");
        String page = String.join(
                ",",
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(id -> trade(id, "0.001", "3000", "0.1"))
                        .toList());
        assertThat(script.next().query()).contains("startTime=");
        script.answer(200, "[" + page + "]");
        assertThat(script.next().query()).contains("fromId=1001");
        script.answer(200, "[" + trade(1001, "1", "3000", "-0.1") + "]");
        assertThat(script.events(TradesRead.class)).singleElement().satisfies(read -> {
            assertThat(read.trades()).hasSize(1001);
            assertThat(read.trades().getLast().tradeId()).isEqualTo(1001);
            assertThat(read.trades().getLast().orderId()).isEqualTo(new OrderId("77"));
            assertThat(read.trades().getLast().fee()).isEqualByComparingTo("0.1");
        });
        assertThat(script.waiting).isEmpty();
    }

    @Test
    void tellsNoFeeWhereItWasTakenInAnotherAsset() {
        Call.ReadTrades call = new Call.ReadTrades(ETH, script.now().exchange().minus(Duration.ofHours(1)));
        script.call(call);
        script.answer(200, "[" + trade(1, "1", "3000", "0.1").replace("USDT\",\"time", "BNB\",\"time") + "]");
        assertThat(script.events(TradesRead.class)).singleElement().satisfies(read -> {
            assertThat(read.trades().getFirst().price()).isEqualTo(Price.of("3000"));
            assertThat(read.trades().getFirst().fee()).isNull();
        });
    }

    private static String ack(String symbol, String status, String executed, String more) {
        return "{\"orderId\":77,\"symbol\":\"" + symbol + "\",\"status\":\"" + status
                + "\",\"clientOrderId\":\"qo-1\",\"side\":\"BUY\",\"executedQty\":\"" + executed
                + "\",\"updateTime\":1700000000000" + more + "}";
    }

    private static String trade(long id, String quantity, String price, String fee) {
        return "{\"symbol\":\"ETHUSDT\",\"id\":" + id + ",\"orderId\":77,\"side\":\"BUY\",\"price\":\"" + price
                + "\",\"qty\":\"" + quantity + "\",\"commission\":\"" + fee
                + "\",\"commissionAsset\":\"USDT\",\"time\":1700000000000}";
    }

    private Answer<OrderUpdate> answered() {
        List<OrderAnswered> answers = script.events(OrderAnswered.class);
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().id()).isEqualTo(ID);
        return answers.getFirst().answer();
    }

    private Answer.Denied<OrderUpdate> denied() {
        if (answered() instanceof Answer.Denied<OrderUpdate> denied) {
            return denied;
        }
        throw new AssertionError("denied expected, not " + answered());
    }

    private OrderUpdate accepted() {
        if (answered() instanceof Answer.Accepted<OrderUpdate>(OrderUpdate update)) {
            return update;
        }
        throw new AssertionError("accepted expected, not " + answered());
    }

    private Answer<OrderUpdate> told() {
        List<OrderQueried> told = script.events(OrderQueried.class);
        assertThat(told).hasSize(1);
        return told.getFirst().answer();
    }

    private OrderUpdate changed() {
        List<OrderChanged> changed = script.events(OrderChanged.class);
        assertThat(changed).hasSize(1);
        return changed.getFirst().update();
    }
}
