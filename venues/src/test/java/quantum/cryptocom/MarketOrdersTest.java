package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.RestingOrder;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.OpenCancelled;
import quantum.venue.VenueEvent.OpensHalted;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.OrderQueried;
import quantum.venue.VenueEvent.OrdersRead;

/** Market orders from their request to what was executed of them (crypto-com 3, crypto-com-clients 1). */
final class MarketOrdersTest {

    private static final ClientOrderId ID = new ClientOrderId("qo-1");
    private static final ClientOrderId EXIT = new ClientOrderId("qx-1");
    private static final String ORDER = "6142909898247428343";
    private static final Call.Open OPEN = new Call.Open(ID, Script.BTC, Side.BUY, Quantity.of("0.0100"), 1);
    private static final Call.Close CLOSE = new Call.Close(EXIT, Script.BTC, Side.SELL, Quantity.of("0.01"));
    private static final String ACK = "{\"order_id\":\"" + ORDER + "\",\"client_oid\":\"qo-1\"}";

    private final Script script = Script.ready();

    private static String order(String status, String done, String worth, String average) {
        return Shapes.order(ORDER, "qo-1", "BUY", status, "0.01000", done, worth, average);
    }

    private OrderUpdate queried(String result) {
        script.call(new Call.QueryOrder(ID, Script.BTC, null));
        script.answer(Script.DETAIL, result);
        Answer<OrderUpdate> answer = script.only(OrderQueried.class).answer();
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        return ((Answer.Accepted<OrderUpdate>) answer).value();
    }

    @Test
    void aBuyIsByQuantityWithItsFeeInTheQuoteCoinAndNothingBorrowed() {
        script.call(OPEN);
        assertThat(script.params(Script.CREATE))
                .isEqualTo(Script.json("{\"instrument_name\":\"BTC_USD\",\"side\":\"BUY\",\"type\":\"MARKET\","
                        + "\"quantity\":\"0.01\",\"client_oid\":\"qo-1\",\"spot_margin\":\"SPOT\","
                        + "\"fee_instrument_name\":\"USD\"}"));
        assertThat(script.body(Script.CREATE).path("id").isIntegralNumber()).isTrue();
        assertThat(script.body(Script.CREATE).path("nonce").isIntegralNumber()).isTrue();
        assertThat(script.body(Script.CREATE).path("api_key").asString()).isEqualTo("simkey");
        assertThat(script.sent.getLast().isGet()).isFalse();
        assertThat(script.sent.getLast().hot()).isTrue();
    }

    @Test
    void aCloseSellsTheQuantity() {
        script.call(CLOSE);
        assertThat(script.params(Script.CREATE))
                .isEqualTo(Script.json("{\"instrument_name\":\"BTC_USD\",\"side\":\"SELL\",\"type\":\"MARKET\","
                        + "\"quantity\":\"0.01\",\"client_oid\":\"qx-1\",\"spot_margin\":\"SPOT\"}"));
    }

    @Test
    void idsCountUpAndTheNonceIsTheExchangesTime() {
        script.call(OPEN);
        script.call(CLOSE);
        List<Long> ids = script.sent.stream()
                .map(http -> Script.json(http.body()).path("id").asLong())
                .toList();
        assertThat(ids.get(1)).isGreaterThan(ids.get(0));
        long nonce = script.body(Script.CREATE).path("nonce").asLong();
        assertThat(Math.abs(nonce - script.server().toEpochMilli())).isLessThan(1000);
    }

    @Test
    void anAcknowledgementIsNoFill() {
        script.call(OPEN);
        script.answer(Script.CREATE, ACK);
        Answer<OrderUpdate> answer = script.only(OrderAnswered.class).answer();
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        OrderUpdate update = ((Answer.Accepted<OrderUpdate>) answer).value();
        assertThat(update.status()).isEqualTo(Status.NEW);
        assertThat(update.orderId()).isEqualTo(new OrderId(ORDER));
        assertThat(update.executed()).isEqualTo(OrderUpdate.Executed.NOTHING);
    }

    @Test
    void anAcknowledgementOfAnotherOrderSaysNothingOfOurs() {
        script.call(OPEN);
        script.answer(Script.CREATE, ACK.replace("qo-1", "qo-2"));
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void aLostAnswerIsUnknownAndNothingIsSentAgain() {
        script.call(OPEN);
        script.lose(Script.CREATE);
        script.pass(Duration.ofSeconds(20));
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.NoAnswer.class);
        assertThat(script.sentMethods()).containsExactly(Script.CREATE);
    }

    @Test
    void anOrderThatNeverLeftIsNotSent() {
        script.call(OPEN);
        script.refuseConnection(Script.CREATE);
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.NotSent.class);
    }

    /** Seed 004: an earlier submit of ours landed, and its client id comes back as used. */
    @Test
    void aUsedClientIdMeansThatAnEarlierSubmitOfOursLanded() {
        script.call(OPEN);
        script.refuse(Script.CREATE, 400, 204);
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void coinsAreNeverSoldToOpen() {
        script.call(new Call.Open(ID, Script.BTC, Side.SELL, Quantity.of("1"), 1));
        script.call(new Call.Close(EXIT, Script.BTC, Side.BUY, Quantity.of("1")));
        assertThat(script.sent).isEmpty();
        assertThat(script.events(OrderAnswered.class))
                .hasSize(2)
                .allMatch(each -> each.answer() instanceof Answer.NotSent);
    }

    @Test
    void aPushMayComeBeforeTheAcknowledgement() {
        script.call(OPEN);
        script.push("user.order", order("FILLED", "0.01000", "600.00000", "60000.00"));
        assertThat(script.only(OrderChanged.class).update().status()).isEqualTo(Status.FILLED);
        script.answer(Script.CREATE, ACK);
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.Accepted.class);
    }

    /** CSV: 310 of 338 market buys ended so, and all of them were executed. */
    @ParameterizedTest
    @CsvSource({"0.01000, FILLED", "0.00999, FILLED", "0.00998, CANCELED", "0.00001, CANCELED"})
    void aCancelledResidueOfOneStepIsFilled(String done, Status status) {
        script.call(OPEN);
        script.answer(Script.CREATE, ACK);
        OrderUpdate update = queried(order("CANCELED", done, "1", "60000.00"));
        assertThat(update.status()).isEqualTo(status);
        assertThat(update.executed().quantity()).isEqualByComparingTo(done);
    }

    @Test
    void cancelledWithNothingExecutedIsCancelled() {
        assertThat(queried(order("CANCELED", "0", "0", "0")).status()).isEqualTo(Status.CANCELED);
    }

    /** A notional buy's quantity is an estimate, and its executed quantity may be larger. */
    @Test
    void moreThanTheQuantityOfTheOrderMayBeExecuted() {
        OrderUpdate update = queried(order("CANCELED", "0.01050", "630.00", "60000.00"));
        assertThat(update.status()).isEqualTo(Status.FILLED);
        assertThat(update.executed().quantity()).isEqualByComparingTo("0.0105");
    }

    @Test
    void whatAStrangersNotionalOrderWishedIsNotItsQuantity() {
        String notional = order("CANCELED", "0.01050", "630.00", "60000.00")
                .replace("\"exec_inst\":[]", "\"exec_inst\":[\"NOTIONAL_ORDER\"]");
        assertThat(queried(notional).status()).isEqualTo(Status.CANCELED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "0.00"})
    void theMeanPriceIsWorthByQuantityWhereNoneIsGiven(String average) {
        OrderUpdate update = queried(order("FILLED", "0.01000", "600.1234", average));
        assertThat(update.executed().meanPrice()).isEqualTo(Price.of("60012.34"));
    }

    @Test
    void anExecutionWithoutAPriceIsNoFill() {
        script.call(new Call.QueryOrder(ID, Script.BTC, null));
        script.answer(Script.DETAIL, order("FILLED", "0.01000", "0", "0"));
        assertThat(script.only(OrderQueried.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void anExecutionPushedWithoutAPriceIsAskedAbout() {
        script.push("user.order", order("FILLED", "0.01000", "0", "0"));
        assertThat(script.events(OrderChanged.class)).isEmpty();
        script.answer(Script.DETAIL, order("FILLED", "0.01000", "600", "60000.00"));
        assertThat(script.only(OrderChanged.class).update().status()).isEqualTo(Status.FILLED);
    }

    @ParameterizedTest
    @CsvSource({
        "NEW, 0, NEW",
        "PENDING, 0, NEW",
        "ACTIVE, 0, NEW",
        "ACTIVE, 0.00500, PARTIALLY_FILLED",
        "REJECTED, 0, REJECTED",
        "EXPIRED, 0, EXPIRED",
        "EXPIRED, 0.00500, EXPIRED",
        "FILLED, 0.01000, FILLED",
        "FILLED, 0, NEW",
        "HALTED, 0, NEW",
        "HALTED, 0.00500, PARTIALLY_FILLED"
    })
    void noStatusEndsAnOrderUnlessItIsKnownTo(String status, String done, Status joined) {
        String worth = done.equals("0") ? "0" : "300";
        assertThat(queried(order(status, done, worth, "0")).status()).isEqualTo(joined);
    }

    @Test
    void figuresMayBeNumbersAndIdsAreExactTo63Bits() {
        String numbers = order("FILLED", "0.01000", "600.00", "60000.00")
                .replace("\"cumulative_quantity\":\"0.01000\"", "\"cumulative_quantity\":0.01000")
                .replace("\"order_id\":\"" + ORDER + "\"", "\"order_id\":9223372036854775807");
        OrderUpdate update = queried(numbers);
        assertThat(update.orderId()).isEqualTo(new OrderId("9223372036854775807"));
        assertThat(update.executed().quantity()).isEqualTo(new BigDecimal("0.01000"));
    }

    @Test
    void anOrderIsAskedForByItsClientIdOrByItsOwn() {
        script.call(new Call.QueryOrder(ID, Script.BTC, null));
        assertThat(script.params(Script.DETAIL)).isEqualTo(Script.json("{\"client_oid\":\"qo-1\"}"));
        script.call(new Call.QueryOrder(ID, Script.BTC, new OrderId(ORDER)));
        assertThat(script.params(Script.DETAIL)).isEqualTo(Script.json("{\"order_id\":\"" + ORDER + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void anOrderThatIsNotFoundIsNotKnownHere(int status) {
        script.call(new Call.QueryOrder(ID, Script.BTC, null));
        script.refuse(Script.DETAIL, status, 40401);
        assertThat(script.only(OrderQueried.class).answer())
                .isEqualTo(new Answer.Denied<OrderUpdate>(40401, "REFUSED", Answer.Cause.UNKNOWN_ORDER));
    }

    @Test
    void anAnswerThatShowsAnotherOrderIsNone() {
        script.call(new Call.QueryOrder(ID, Script.BTC, null));
        script.answer(Script.DETAIL, order("FILLED", "0.01", "600", "60000").replace("qo-1", "qo-2"));
        assertThat(script.only(OrderQueried.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void anEmptyAnswerKnowsNoOrder() {
        script.call(new Call.QueryOrder(ID, Script.BTC, null));
        script.answer(Script.DETAIL, "{}");
        assertThat(script.only(OrderQueried.class).answer()).isInstanceOf(Answer.Denied.class);
    }

    @Test
    void anUnknownStatusIsPublishedOnce() {
        script.push("user.order", order("HALTED", "0", "0", "0"), order("HALTED", "0", "0", "0"));
        assertThat(script.events(VenueEvent.Unread.class)).hasSize(1);
        assertThat(script.events(OrderChanged.class))
                .allMatch(each -> !each.update().status().isFinal());
    }

    @Test
    void feesAreThoseOfTradesAndNeverTheOrdersOwn() {
        script.push("user.order", order("FILLED", "0.01000", "600.00", "60000.00"));
        assertThat(script.only(OrderChanged.class).update().executed().fee()).isNull();
        script.push("user.trade", Shapes.trade(ORDER, 1, "BUY", "0.00400", "-1.2", "USD", 1_796_040_000_123_456_789L));
        assertThat(script.events(OrderChanged.class)).hasSize(1);
        script.push("user.trade", Shapes.trade(ORDER, 1, "BUY", "0.00400", "-1.2", "USD", 1_796_040_000_123_456_789L));
        script.push("user.trade", Shapes.trade(ORDER, 2, "BUY", "0.00600", "-1.8", "USD", 1_796_040_000_123_456_789L));
        assertThat(script.events(OrderChanged.class)).hasSize(2);
        assertThat(script.events(OrderChanged.class)
                        .getLast()
                        .update()
                        .executed()
                        .fee())
                .isEqualByComparingTo("3.0");
    }

    @Test
    void aFeeInTheCoinItselfIsNoFeeInTheQuoteCoin() {
        script.push("user.order", order("FILLED", "0.01000", "600.00", "60000.00"));
        script.push(
                "user.trade", Shapes.trade(ORDER, 1, "BUY", "0.01000", "-0.00005", "BTC", 1_796_040_000_123_456_789L));
        assertThat(script.events(OrderChanged.class)).hasSize(1);
    }

    @Test
    void theLaterChannelNameIsThatOfTheFirst() {
        script.frame(
                StreamName.PRIVATE,
                "{\"id\":-1,\"method\":\"subscribe\",\"code\":0,\"result\":{\"subscription\":"
                        + "\"user.order.BTC_USD\",\"channel\":\"user.order.BTC_USD\",\"data\":["
                        + order("ACTIVE", "0", "0", "0") + "]}}");
        script.frame(
                StreamName.PRIVATE,
                "{\"id\":-1,\"method\":\"subscribe\",\"code\":0,\"result\":{\"subscription\":"
                        + "\"user.order.BTC_USD\",\"channel\":\"user.order\",\"instrument_name\":\"BTC_USD\",\"data\":["
                        + order("FILLED", "0.01", "600", "60000") + "]}}");
        assertThat(script.events(OrderChanged.class))
                .extracting(each -> each.update().status())
                .containsExactly(Status.NEW, Status.FILLED);
    }

    @Test
    void oneOddRowOfAPushHidesNoOther() {
        script.push("user.order", "{\"order_id\":\"x\"}", order("FILLED", "0.01", "600", "60000"));
        assertThat(script.events(OrderChanged.class)).hasSize(1);
        assertThat(script.only(VenueEvent.Unread.class).kind()).isEqualTo("row of user.order");
    }

    @Test
    void anOpenIsTakenOffAndWhatItBoughtIsPublished() {
        script.call(new Call.CancelOpen(ID, Script.BTC));
        assertThat(script.params("private/cancel-order")).isEqualTo(Script.json("{\"client_oid\":\"qo-1\"}"));
        script.answer("private/cancel-order", ACK);
        assertThat(script.only(OpenCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(ID));
        script.answer(Script.DETAIL, order("CANCELED", "0.00400", "240", "60000"));
        assertThat(script.only(OrderChanged.class).update().executed().quantity())
                .isEqualByComparingTo("0.004");
    }

    @ParameterizedTest
    @ValueSource(ints = {212, 316, 307, 130_008, 40401})
    void anOpenThatIsOverCannotBeTakenOff(int code) {
        script.call(new Call.CancelOpen(ID, Script.BTC));
        script.refuse("private/cancel-order", 400, code);
        assertThat(script.only(OpenCancelled.class).answer())
                .isEqualTo(new Answer.Denied<ClientOrderId>(code, "REFUSED", Answer.Cause.UNKNOWN_ORDER));
    }

    @Test
    void anOpenThatStillWaitsToLeaveIsKeptBack() {
        for (int i = 0; i < 10; i++) {
            script.call(new Call.Open(new ClientOrderId("qo-0" + i), Script.BTC, Side.BUY, Quantity.of("0.01"), 1));
        }
        script.call(OPEN);
        assertThat(script.sent).hasSize(10);
        script.call(new Call.CancelOpen(ID, Script.BTC));
        script.pass(Duration.ofSeconds(1));
        assertThat(script.sentMethods()).hasSize(10);
        assertThat(script.only(OrderAnswered.class))
                .isEqualTo(new OrderAnswered(ID, new Answer.NotSent<>("cancelled before it left")));
        assertThat(script.only(OpenCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(ID));
    }

    @Test
    void aRefusalOfOurTimeReadsTheirClockAndTheSameOrderLeavesOnceMore() {
        script.moved = Duration.ofSeconds(-90);
        script.call(OPEN);
        long first = script.body(Script.CREATE).path("nonce").asLong();
        script.refuse(Script.CREATE, 400, 40102);
        assertThat(script.sentMethods()).containsExactly(Script.CREATE, Script.CREATE);
        long second = script.body(Script.CREATE).path("nonce").asLong();
        assertThat(first - second).isBetween(88_000L, 92_000L);
        assertThat(script.only(VenueEvent.ClockMoved.class).by())
                .isBetween(Duration.ofSeconds(88), Duration.ofSeconds(92));
        script.answer(Script.CREATE, ACK);
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.Accepted.class);
        assertThat(script.events(OpensHalted.class)).isEmpty();
    }

    @Test
    void aSecondRefusalOfOurTimeIsForAPerson() {
        script.call(OPEN);
        script.refuse(Script.CREATE, 400, 40102);
        script.refuse(Script.CREATE, 400, 40102);
        assertThat(script.sentMethods()).hasSize(2);
        assertThat(script.only(OrderAnswered.class).answer())
                .isEqualTo(new Answer.Denied<OrderUpdate>(40102, "REFUSED", Answer.Cause.CONFIGURATION));
        assertThat(script.only(OpensHalted.class).halt()).isEqualTo(VenueEvent.Halt.CONFIGURATION);
    }

    @Test
    void ordersOnTheBookAreReadWithWhatIsLeftOfThem() {
        script.call(new Call.ReadOrders(Script.BTC));
        assertThat(script.params(Script.OPEN_ORDERS)).isEqualTo(Script.json("{\"instrument_name\":\"BTC_USD\"}"));
        script.answer(
                Script.OPEN_ORDERS,
                Shapes.data(Shapes.limit("77", "web_1", "ACTIVE", "0.00500", "0.00200", "132"), "{\"odd\":1}"));
        RestingOrder order = script.only(OrdersRead.class).orders().getFirst();
        assertThat(order.words()).isEqualTo("LIMIT SELL 0.003 BTC_USD at 66000, id web_1");
    }

    @Test
    void aLoneConditionalOrderIsNotForThisVenue() {
        script.call(new Call.PlaceConditional(
                new ClientOrderId("qs-1"), Script.BTC, Direction.LONG, Call.Level.STOP, Price.of("57000")));
        assertThat(script.sent).isEmpty();
        assertThat(script.only(VenueEvent.ConditionalAnswered.class).answer()).isInstanceOf(Answer.NotSent.class);
    }

    @Test
    void whereARefusalOfOurTimeSaysNoTimeItIsAskedForFirst() {
        script.call(OPEN);
        long id = script.waiting(Script.CREATE).id();
        script.waiting.clear();
        script.input(new CryptoComInput.Replied(id, 400, null, "{\"code\":40102,\"message\":\"INVALID_NONCE\"}"));
        assertThat(script.sentMethods()).containsExactly(Script.CREATE, "public/get-tickers");
        script.answer("public/get-tickers", "{\"data\":[]}");
        script.answer(Script.CREATE, ACK);
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void anOpenDoesNotLeaveAgainWhenItsPriceIsGone() {
        script.call(OPEN);
        script.pass(Duration.ofSeconds(3));
        script.refuse(Script.CREATE, 400, 40102);
        assertThat(script.sentMethods()).containsExactly(Script.CREATE);
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.NotSent.class);
    }
}
