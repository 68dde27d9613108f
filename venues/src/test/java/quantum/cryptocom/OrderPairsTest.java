package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

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
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.ConditionalChanged;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.PairAnswered;

/** A pair from its request to what became of its legs (crypto-com 4; 12 of the platform behind seed 004). */
final class OrderPairsTest {

    private static final ClientOrderId STOP = new ClientOrderId(Shapes.STOP);
    private static final ClientOrderId TARGET = new ClientOrderId(Shapes.TARGET);
    private static final Call.PlacePair PAIR = new Call.PlacePair(
            STOP, TARGET, Script.BTC, Direction.LONG, Quantity.of("0.001"), Price.of("57000.00"), Price.of("66000"));

    private final Script script = Script.ready();

    private void acknowledged() {
        script.call(PAIR);
        script.answer(Script.CREATE_OCO, "{\"list_id\":\"" + Shapes.LIST + "\"}");
    }

    private void resting() {
        acknowledged();
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING")));
        // The looks for a late rejection.
        script.usual.put(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING")));
        script.pass(Duration.ofSeconds(4));
        script.settle();
        script.forget();
    }

    private VenueEvent.Pair placed() {
        Answer<VenueEvent.Pair> answer = script.only(PairAnswered.class).answer();
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        return ((Answer.Accepted<VenueEvent.Pair>) answer).value();
    }

    private List<String> changes() {
        return script.events.stream()
                .map(event -> switch (event) {
                    case ConditionalChanged(ConditionalUpdate update) ->
                        (update.clientId().equals(STOP) ? "stop " : "target ")
                                + update.status()
                                + (update.triggeredOrder() == null ? "" : " " + update.triggeredOrder());
                    case OrderChanged(OrderUpdate update) ->
                        "order " + update.clientId() + " " + update.orderId() + " " + update.status() + " "
                                + update.executed().quantity().toPlainString();
                    default -> event.getClass().getSimpleName();
                })
                .toList();
    }

    @Test
    void aPairIsOneListOfALimitAndAStopByMarkPriceEachWithItsOwnId() {
        script.call(PAIR);
        assertThat(script.params(Script.CREATE_OCO))
                .isEqualTo(Script.json(
                        "{\"order_list\":[{\"instrument_name\":\"BTC_USD\",\"side\":\"SELL\",\"type\":\"LIMIT\","
                                + "\"quantity\":\"0.001\",\"client_oid\":\"" + TARGET + "\",\"spot_margin\":\"SPOT\","
                                + "\"price\":\"66000\"},{\"instrument_name\":\"BTC_USD\",\"side\":\"SELL\",\"type\":\"STOP_LOSS\","
                                + "\"quantity\":\"0.001\",\"client_oid\":\"" + STOP + "\",\"spot_margin\":\"SPOT\","
                                + "\"ref_price\":\"57000\",\"ref_price_type\":\"MARK_PRICE\"}]}"));
    }

    @Test
    void anAcknowledgementIsNoProtectionUntilTheListShowsBothLegs() {
        acknowledged();
        assertThat(script.events).isEmpty();
        assertThat(script.params(Script.LIST_DETAIL))
                .isEqualTo(Script.json("{\"list_id_list\":[\"" + Shapes.LIST + "\"]}"));
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0")));
        assertThat(script.events).isEmpty();
        script.pass(Duration.ofMillis(300));
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING")));
        VenueEvent.Pair pair = placed();
        assertThat(pair.stop().status()).isEqualTo(Status.NEW);
        assertThat(pair.stop().trigger()).isEqualTo(Price.of("57000"));
        assertThat(pair.stop().conditionalId()).isEqualTo(Shapes.STOP_ORDER);
        assertThat(pair.target().status()).isEqualTo(Status.NEW);
        assertThat(pair.target().trigger()).isEqualTo(Price.of("66000"));
        assertThat(pair.target().shape())
                .isEqualTo(new ConditionalUpdate.Shape(
                        Side.SELL, Direction.LONG, Call.Level.TARGET, Quantity.of("0.001")));
    }

    /** Nobody has recorded an answer of the advanced orders: a list inside a list is read as well. */
    @Test
    void aListIsReadHoweverItIsWrapped() {
        acknowledged();
        script.answer(
                Script.LIST_DETAIL,
                "{\"data\":[{\"list_id\":\"" + Shapes.LIST + "\",\"order_list\":[" + Shapes.target("ACTIVE", "0") + ","
                        + Shapes.stop("NEW") + "]}]}");
        assertThat(placed().stop().status()).isEqualTo(Status.NEW);
    }

    @Test
    void legsWithoutAClientIdAreFoundByTheirList() {
        acknowledged();
        script.answer(
                Script.LIST_DETAIL,
                Shapes.data(
                        Shapes.target("ACTIVE", "0").replace(Shapes.TARGET, ""),
                        Shapes.stop("PENDING").replace(Shapes.STOP, "")));
        assertThat(placed().target().clientId()).isEqualTo(TARGET);
    }

    @Test
    void aPairThatIsNotShownIsNotKnownToRest() {
        acknowledged();
        for (int i = 0; i < 6; i++) {
            script.answer(Script.LIST_DETAIL, "{\"data\":[]}");
            script.pass(Duration.ofSeconds(1));
        }
        assertThat(script.only(PairAnswered.class).answer()).isInstanceOf(Answer.NoAnswer.class);
        assertThat(script.waiting).isEmpty();
    }

    @Test
    void aLostAnswerIsUnknownAndThePairIsNotSentAgain() {
        script.call(PAIR);
        script.lose(Script.CREATE_OCO);
        assertThat(script.only(PairAnswered.class).answer()).isInstanceOf(Answer.NoAnswer.class);
        assertThat(script.sentMethods()).containsExactly(Script.CREATE_OCO);
    }

    @ParameterizedTest
    @CsvSource({"50007, LEVEL_PASSED", "306, MARGIN", "318, TOO_MANY_RESTING", "415, RULES"})
    void aRefusedPairHasItsReason(int code, Answer.Cause cause) {
        script.call(PAIR);
        script.refuse(Script.CREATE_OCO, 500, code);
        assertThat(script.only(PairAnswered.class).answer())
                .isEqualTo(new Answer.Denied<VenueEvent.Pair>(code, "REFUSED", cause));
    }

    @Test
    void aPairWhoseLegsAreRejectedAfterTheAcknowledgementIsRefused() {
        acknowledged();
        script.answer(
                Script.LIST_DETAIL,
                Shapes.data(Shapes.target("CANCELED", "0"), Shapes.rejectedStop("INSUFFICIENT_ACC_BALANCE")));
        assertThat(script.only(PairAnswered.class).answer())
                .isEqualTo(new Answer.Denied<VenueEvent.Pair>(0, "INSUFFICIENT_ACC_BALANCE", Answer.Cause.MARGIN));
    }

    @Test
    void aPairOfWhichOneLegRestsAloneSaysSo() {
        acknowledged();
        script.answer(
                Script.LIST_DETAIL,
                Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.rejectedStop("INSUFFICIENT_ACC_BALANCE")));
        VenueEvent.Pair pair = placed();
        assertThat(pair.stop().status()).isEqualTo(Status.REJECTED);
        assertThat(pair.stop().refusal()).isEqualTo("INSUFFICIENT_ACC_BALANCE");
        assertThat(pair.target().status()).isEqualTo(Status.NEW);
    }

    /** ORIGIN 521: labelled STOP_LOSS, and on the exchange a plain LIMIT. */
    @Test
    void aStopThatRestsAsAnotherTypeProtectsNothing() {
        acknowledged();
        script.answer(
                Script.LIST_DETAIL,
                Shapes.data(
                        Shapes.target("ACTIVE", "0"),
                        Shapes.leg(Shapes.STOP_ORDER, Shapes.STOP, "LIMIT", "ACTIVE", "0", "")));
        VenueEvent.Pair pair = placed();
        assertThat(pair.stop().status()).isEqualTo(Status.REJECTED);
        assertThat(pair.stop().refusal()).isEqualTo("it rests as LIMIT");
    }

    /** 12: the acknowledgement is good, and the leg is rejected 300 ms later. */
    @Test
    void aLateRejectionIsHeardThoughNoStreamSpeaksOfIt() {
        acknowledged();
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("NEW")));
        script.forget();
        script.pass(Duration.ofMillis(400));
        script.answer(
                Script.LIST_DETAIL,
                Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.rejectedStop("INSUFFICIENT_ACC_BALANCE")));
        ConditionalUpdate update = script.only(ConditionalChanged.class).update();
        assertThat(update.clientId()).isEqualTo(STOP);
        assertThat(update.status()).isEqualTo(Status.REJECTED);
        assertThat(update.refusal()).isEqualTo("INSUFFICIENT_ACC_BALANCE");
    }

    @Test
    void aLateRejectionByTheStreamIsPublishedOnce() {
        resting();
        script.push("user.advance.order", Shapes.rejectedStop("INSUFFICIENT_ACC_BALANCE"));
        script.push("user.advance.order", Shapes.rejectedStop("INSUFFICIENT_ACC_BALANCE"));
        assertThat(changes()).containsExactly("stop REJECTED");
    }

    @Test
    void aPartOfTheTargetEndsTheStopOnceTheExchangeShowsIt() {
        resting();
        script.push(
                "user.order", Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.00100", "0.00040", "26.4"));
        assertThat(changes())
                .containsExactly(
                        "target NEW " + Shapes.TARGET_ORDER,
                        "order " + TARGET + " " + Shapes.TARGET_ORDER + " PARTIALLY_FILLED 0.00040");
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0.00040"), Shapes.stop("PENDING")));
        assertThat(script.events).hasSize(2);
        script.pass(Duration.ofMillis(300));
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0.00040"), Shapes.stop("CANCELED")));
        assertThat(changes()).hasSize(3).endsWith("stop CANCELED");
        script.pass(Duration.ofSeconds(10));
        assertThat(script.waiting).isEmpty();
    }

    @Test
    void aWholeTargetFiresAndFinishesAndTheStopIsOff() {
        resting();
        script.push(
                "user.order", Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "FILLED", "0.00100", "0.00100", "66"));
        assertThat(changes())
                .containsExactly(
                        "target TRIGGERED " + Shapes.TARGET_ORDER,
                        "order " + TARGET + " " + Shapes.TARGET_ORDER + " FILLED 0.00100",
                        "target FINISHED " + Shapes.TARGET_ORDER);
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("FILLED", "0.00100"), Shapes.stop("CANCELED")));
        assertThat(changes()).hasSize(4).endsWith("stop CANCELED");
    }

    @Test
    void theSameExecutionByEveryRoadIsOneSale() {
        resting();
        String row = Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "FILLED", "0.00100", "0.00100", "66");
        script.push("user.order", row);
        script.push("user.advance.order", Shapes.target("FILLED", "0.00100"));
        script.push("user.order", row);
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("FILLED", "0.00100"), Shapes.stop("CANCELED")));
        assertThat(changes().stream().filter(each -> each.startsWith("order"))).hasSize(1);
        assertThat(changes().stream().filter(each -> each.startsWith("target"))).hasSize(2);
    }

    @Test
    void anOlderPartAfterALargerOneIsNoNews() {
        resting();
        script.push(
                "user.order", Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.00100", "0.00060", "39.6"));
        script.push("user.advance.order", Shapes.target("ACTIVE", "0.00040"));
        assertThat(changes().stream().filter(each -> each.startsWith("order"))).hasSize(1);
    }

    /** The advanced row has another id than the order on the book: two ids would be two sales (ORIGIN 347ae2b2). */
    @Test
    void aTargetUnderTwoIdsIsOneOrder() {
        resting();
        script.push("user.order", Shapes.limit(Shapes.CHILD, Shapes.TARGET, "ACTIVE", "0.00100", "0.00040", "26.4"));
        script.push("user.advance.order", Shapes.target("FILLED", "0.00100"));
        assertThat(script.events(OrderChanged.class))
                .extracting(each -> each.update().orderId())
                .containsExactly(new OrderId(Shapes.CHILD), new OrderId(Shapes.CHILD));
        assertThat(script.events(OrderChanged.class))
                .extracting(each -> each.update().clientId())
                .containsOnly(TARGET);
    }

    @Test
    void aTargetThatEndsWithoutSayingWhatItSoldIsAskedForAsAnOrder() {
        resting();
        script.push("user.advance.order", Shapes.leg(Shapes.TARGET_ORDER, Shapes.TARGET, "LIMIT", "FILLED", null, ""));
        assertThat(script.events).isEmpty();
        script.answer(
                Script.LIST_DETAIL,
                Shapes.data(
                        Shapes.leg(Shapes.TARGET_ORDER, Shapes.TARGET, "LIMIT", "FILLED", null, ""),
                        Shapes.stop("CANCELED")));
        script.answer(
                Script.DETAIL, Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "FILLED", "0.00100", "0.00100", "66"));
        assertThat(changes()).contains("order " + TARGET + " " + Shapes.TARGET_ORDER + " FILLED 0.00100");
    }

    @Test
    void aStopThatFiresNamesItsChildAndTheChildIsFollowedToItsEnd() {
        resting();
        script.push("user.advance.order", Shapes.fired("ACTIVE"));
        assertThat(changes()).containsExactly("stop TRIGGERED " + Shapes.CHILD);
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("CANCELED", "0"), Shapes.fired("FILLED")));
        assertThat(changes()).containsExactly("stop TRIGGERED " + Shapes.CHILD, "target CANCELED");
        assertThat(script.params(Script.DETAIL)).isEqualTo(Script.json("{\"order_id\":\"" + Shapes.CHILD + "\"}"));
        script.answer(
                Script.DETAIL,
                Shapes.order(Shapes.CHILD, "1796040000999", "SELL", "FILLED", "0.00100", "0.00100", "56.9", "56900"));
        assertThat(changes())
                .containsExactly(
                        "stop TRIGGERED " + Shapes.CHILD,
                        "target CANCELED",
                        "order 1796040000999 " + Shapes.CHILD + " FILLED 0.00100",
                        "stop FINISHED " + Shapes.CHILD);
        script.pass(Duration.ofSeconds(10));
        assertThat(script.waiting).isEmpty();
    }

    /** Should no stream speak of the list, the sale itself makes us look. */
    @Test
    void aSaleThatNobodyOrderedMakesUsLookAtThePair() {
        resting();
        String child =
                Shapes.order(Shapes.CHILD, "1796040000999", "SELL", "FILLED", "0.00100", "0.00100", "56.9", "56900");
        script.push("user.order", child);
        assertThat(changes()).containsExactly("order 1796040000999 " + Shapes.CHILD + " FILLED 0.00100");
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("CANCELED", "0"), Shapes.fired("FILLED")));
        script.answer(Script.DETAIL, child);
        assertThat(changes())
                .contains("stop TRIGGERED " + Shapes.CHILD, "target CANCELED", "stop FINISHED " + Shapes.CHILD);
    }

    @Test
    void aChildUnderTheStopsOwnIdIsItsExecution() {
        resting();
        script.push(
                "user.order",
                Shapes.order(Shapes.CHILD, Shapes.STOP, "SELL", "FILLED", "0.00100", "0.00100", "56.9", "56900"));
        assertThat(changes())
                .containsExactly(
                        "stop TRIGGERED " + Shapes.CHILD,
                        "order " + STOP + " " + Shapes.CHILD + " FILLED 0.00100",
                        "stop FINISHED " + Shapes.CHILD);
    }

    @Test
    void aChildThatIsRejectedLeavesThePositionNakedAndSaysSo() {
        resting();
        script.push("user.advance.order", Shapes.fired("ACTIVE"));
        script.push(
                "user.order",
                Shapes.order(Shapes.CHILD, "x", "SELL", "REJECTED", "0.00100", "0", "0", "0")
                        .replace("\"reason\":0", "\"reason\":306"));
        assertThat(script.only(VenueEvent.TriggerRefused.class).words()).isEqualTo("reason 306");
        assertThat(changes()).contains("stop REJECTED " + Shapes.CHILD);
    }

    @Test
    void aLegNeverGoesBackFromItsEnd() {
        resting();
        script.push("user.advance.order", Shapes.stop("CANCELED"));
        script.push("user.advance.order", Shapes.stop("NEW"), Shapes.fired("ACTIVE"));
        assertThat(changes().stream().filter(each -> each.startsWith("stop"))).containsExactly("stop CANCELED");
    }

    @Test
    void anUnknownStatusOfALegEndsNothing() {
        resting();
        script.push("user.advance.order", Shapes.stop("PAUSED"));
        assertThat(script.only(VenueEvent.Unread.class).kind()).isEqualTo("order status PAUSED");
        assertThat(script.events(ConditionalChanged.class)).isEmpty();
    }

    @Test
    void idsOfTheSocketAreNumbers() {
        resting();
        script.push(
                "user.advance.order",
                Shapes.fired("ACTIVE")
                        .replace("\"" + Shapes.STOP_ORDER + "\"", Shapes.STOP_ORDER)
                        .replace("\"" + Shapes.CHILD + "\"", Shapes.CHILD)
                        .replace("\"" + Shapes.LIST + "\"", Shapes.LIST));
        assertThat(changes()).containsExactly("stop TRIGGERED " + Shapes.CHILD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"0\"", "\"\"", "null"})
    void noChildIsNoChildHoweverItIsWritten(String none) {
        resting();
        script.push(
                "user.advance.order",
                Shapes.leg(
                        Shapes.STOP_ORDER, Shapes.STOP, "STOP_LOSS", "ACTIVE", "0", ",\"exchange_order_id\":" + none));
        assertThat(script.events).isEmpty();
    }

    @Test
    void aStopThatWaitsIsNoSaleThoughTheChannelOfOrdersShowsIt() {
        resting();
        script.push(
                "user.order",
                Shapes.order(Shapes.STOP_ORDER, Shapes.STOP, "SELL", "ACTIVE", "0.00100", "0", "0", "0")
                        .replace("\"MARKET\"", "\"STOP_LOSS\""));
        assertThat(script.events).isEmpty();
    }

    @Test
    void aTargetOnTheBookIsNoStrangersOrder() {
        resting();
        script.call(new Call.ReadOrders(null));
        script.answer(
                Script.OPEN_ORDERS,
                Shapes.data(Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.00100", "0", "0")));
        assertThat(script.only(VenueEvent.OrdersRead.class).orders()).isEmpty();
    }
}
