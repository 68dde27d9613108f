package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.Call;
import quantum.venue.VenueEvent.ConditionalCancelled;
import quantum.venue.VenueEvent.OrderChanged;

/** Taking a pair off: one request for both legs, and no answer before the exchange shows it done. */
final class CancelPairsTest {

    private static final ClientOrderId STOP = new ClientOrderId(Shapes.STOP);
    private static final ClientOrderId TARGET = new ClientOrderId(Shapes.TARGET);
    private static final Call.PlacePair PAIR = new Call.PlacePair(
            STOP, TARGET, Script.BTC, Direction.LONG, Quantity.of("0.001"), Price.of("57000.00"), Price.of("66000"));
    private static final String RESTING = Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING"));
    private static final String OFF = Shapes.data(Shapes.target("CANCELED", "0"), Shapes.stop("CANCELED"));

    private final Script script = Script.ready();

    private void resting() {
        script.call(PAIR);
        script.answer(Script.CREATE_OCO, "{\"list_id\":\"" + Shapes.LIST + "\"}");
        script.usual.put(Script.LIST_DETAIL, RESTING);
        script.settle();
        script.pass(Duration.ofSeconds(4));
        script.settle();
        script.forget();
    }

    private void cancelBoth() {
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        script.call(new Call.CancelConditional(TARGET, Script.BTC));
    }

    private static Cause cause(ConditionalCancelled cancelled) {
        assertThat(cancelled.answer()).isInstanceOf(Answer.Denied.class);
        return ((Answer.Denied<ClientOrderId>) cancelled.answer()).cause();
    }

    @Test
    void bothLegsGoByOneRequestAndEachCallHasItsAnswer() {
        resting();
        cancelBoth();
        assertThat(script.sentMethods()).containsExactly(Script.CANCEL_OCO);
        assertThat(script.params(Script.CANCEL_OCO)).isEqualTo(Script.json("{\"list_id\":\"" + Shapes.LIST + "\"}"));
        script.answer(Script.CANCEL_OCO, "{}");
        assertThat(script.events(ConditionalCancelled.class)).isEmpty();
        script.answer(Script.LIST_DETAIL, OFF);
        assertThat(script.events(ConditionalCancelled.class))
                .containsExactly(
                        new ConditionalCancelled(STOP, new Answer.Accepted<>(STOP)),
                        new ConditionalCancelled(TARGET, new Answer.Accepted<>(TARGET)));
    }

    @Test
    void anAcknowledgedCancelIsLookedAtUntilItIsDone() {
        resting();
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        script.answer(Script.CANCEL_OCO, "{}");
        script.answer(Script.LIST_DETAIL, RESTING);
        assertThat(script.events).isEmpty();
        script.pass(Duration.ofMillis(300));
        script.answer(Script.LIST_DETAIL, OFF);
        assertThat(script.only(ConditionalCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(STOP));
    }

    @Test
    void aCancelThatIsNeverSeenDoneHasNoAnswer() {
        resting();
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        script.answer(Script.CANCEL_OCO, "{}");
        for (int i = 0; i < 6; i++) {
            script.answer(Script.LIST_DETAIL, RESTING);
            script.pass(Duration.ofSeconds(1));
        }
        assertThat(script.only(ConditionalCancelled.class).answer()).isInstanceOf(Answer.NoAnswer.class);
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        assertThat(script.awaits(Script.CANCEL_OCO)).isTrue();
    }

    @Test
    void whatWasSoldBeforeTheCancelIsPublishedBeforeItsAnswer() {
        resting();
        cancelBoth();
        script.answer(Script.CANCEL_OCO, "{}");
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("CANCELED", "0.00040"), Shapes.stop("CANCELED")));
        assertThat(script.only(OrderChanged.class).update().executed().quantity())
                .isEqualByComparingTo("0.0004");
        int sold = script.events.indexOf(script.only(OrderChanged.class));
        assertThat(sold)
                .isLessThan(script.events.indexOf(
                        script.events(ConditionalCancelled.class).getFirst()));
        assertThat(script.events(ConditionalCancelled.class)).hasSize(2);
    }

    @Test
    void aStopThatFiredFirstWasNotCancelled() {
        resting();
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        script.answer(Script.CANCEL_OCO, "{}");
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("CANCELED", "0"), Shapes.fired("FILLED")));
        script.answer(
                Script.DETAIL,
                Shapes.order(Shapes.CHILD, "x", "SELL", "FILLED", "0.00100", "0.00100", "56.9", "56900"));
        assertThat(cause(script.only(ConditionalCancelled.class))).isEqualTo(Cause.UNKNOWN_ORDER);
        assertThat(script.only(OrderChanged.class).update().executed().quantity())
                .isEqualByComparingTo("0.001");
    }

    @ParameterizedTest
    @ValueSource(ints = {212, 316, 307, 130_008, 40401})
    void aListThatTheExchangeDoesNotKnowIsLookedAtBeforeThatIsBelieved(int code) {
        resting();
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        script.refuse(Script.CANCEL_OCO, 400, code);
        assertThat(script.events(ConditionalCancelled.class)).isEmpty();
        script.refuse(Script.LIST_DETAIL, 200, 40401);
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        assertThat(script.events(ConditionalCancelled.class)).isEmpty();
        script.refuse(Script.DETAIL, 200, 40401);
        assertThat(cause(script.only(ConditionalCancelled.class))).isEqualTo(Cause.UNKNOWN_ORDER);
    }

    /** A list of which one leg is over may be no list any more: what still rests is taken off by itself. */
    @Test
    void aLegThatStillShowsWhereTheListIsRefusedIsTakenOffAlone() {
        resting();
        script.call(new Call.CancelConditional(TARGET, Script.BTC));
        script.refuse(Script.CANCEL_OCO, 400, 212);
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("CANCELED")));
        script.answer(Script.ADVANCED_DETAIL, Shapes.target("ACTIVE", "0"));
        script.refuse("private/advanced/cancel-order", 400, 212);
        script.answer(Script.DETAIL, Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.00100", "0", "0"));
        script.answer("private/cancel-order", "{}");
        script.answer(Script.DETAIL, Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "CANCELED", "0.00100", "0", "0"));
        assertThat(script.only(ConditionalCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(TARGET));
    }

    @Test
    void aLegThatNobodyCancelsIsNotDone() {
        resting();
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        script.refuse(Script.CANCEL_OCO, 400, 212);
        script.answer(Script.LIST_DETAIL, RESTING);
        script.answer(Script.ADVANCED_DETAIL, Shapes.stop("PENDING"));
        script.answer("private/advanced/cancel-order", "{}");
        script.answer(Script.ADVANCED_DETAIL, Shapes.stop("PENDING"));
        assertThat(script.only(ConditionalCancelled.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void aLostCancelHasNoAnswer() {
        resting();
        cancelBoth();
        script.lose(Script.CANCEL_OCO);
        assertThat(script.events(ConditionalCancelled.class))
                .hasSize(2)
                .allMatch(each -> each.answer() instanceof Answer.NoAnswer);
    }

    @Test
    void aLegThatIsOverIsOver() {
        resting();
        script.push("user.advance.order", Shapes.stop("CANCELED"), Shapes.target("CANCELED", "0"));
        script.forget();
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        assertThat(cause(script.only(ConditionalCancelled.class))).isEqualTo(Cause.UNKNOWN_ORDER);
        assertThat(script.sentMethods()).doesNotContain(Script.CANCEL_OCO);
    }

    @Test
    void aPairWhoseAcknowledgementWasLostIsFoundByItsLegs() {
        script.call(PAIR);
        script.lose(Script.CREATE_OCO);
        script.forget();
        cancelBoth();
        script.answer(Script.ADVANCED_DETAIL, Shapes.stop("PENDING"));
        script.answer(Script.ADVANCED_DETAIL, Shapes.target("ACTIVE", "0"));
        assertThat(script.params(Script.CANCEL_OCO)).isEqualTo(Script.json("{\"list_id\":\"" + Shapes.LIST + "\"}"));
        script.answer(Script.CANCEL_OCO, "{}");
        script.answer(Script.LIST_DETAIL, OFF);
        assertThat(script.events(ConditionalCancelled.class))
                .hasSize(2)
                .allMatch(each -> each.answer() instanceof Answer.Accepted);
    }

    @Test
    void aPairThatNeverCameIsUnknown() {
        script.call(PAIR);
        script.lose(Script.CREATE_OCO);
        script.forget();
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.refuse(Script.DETAIL, 200, 40401);
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.refuse(Script.DETAIL, 200, 40401);
        assertThat(cause(script.only(ConditionalCancelled.class))).isEqualTo(Cause.UNKNOWN_ORDER);
    }

    @Test
    void aLegOfAnEarlierLifeIsTakenOffByItsList() {
        script.call(new Call.CancelConditional(TARGET, Script.BTC));
        assertThat(script.params(Script.ADVANCED_DETAIL)).isEqualTo(Script.json("{\"client_oid\":\"" + TARGET + "\"}"));
        script.answer(Script.ADVANCED_DETAIL, Shapes.target("ACTIVE", "0"));
        script.answer(Script.LIST_DETAIL, RESTING);
        script.answer(Script.CANCEL_OCO, "{}");
        script.answer(Script.LIST_DETAIL, OFF);
        assertThat(script.only(ConditionalCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(TARGET));
    }

    /** Of an earlier life, and its list is gone: the cancel must not hide what it sold. */
    @Test
    void whatALegWithoutAListSoldIsPublishedBeforeItsCancelIsAnswered() {
        script.call(new Call.CancelConditional(TARGET, Script.BTC));
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.answer(
                Script.DETAIL,
                Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.00100", "0.00040", "26.4"));
        script.answer("private/cancel-order", "{}");
        script.answer(
                Script.DETAIL,
                Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "CANCELED", "0.00100", "0.00040", "26.4"));
        assertThat(script.only(OrderChanged.class).update().executed().quantity())
                .isEqualByComparingTo("0.0004");
        assertThat(script.only(ConditionalCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(TARGET));
    }

    @Test
    void aConditionalOrderWithoutAListIsTakenOffAlone() {
        script.call(new Call.CancelConditional(STOP, Script.BTC));
        String alone = Shapes.stop("PENDING").replace("\"list_id\":\"" + Shapes.LIST + "\",", "");
        script.answer(Script.ADVANCED_DETAIL, alone);
        assertThat(script.params("private/advanced/cancel-order"))
                .isEqualTo(Script.json("{\"client_oid\":\"" + STOP + "\"}"));
        script.answer("private/advanced/cancel-order", "{}");
        script.answer(Script.ADVANCED_DETAIL, alone.replace("PENDING", "CANCELED"));
        assertThat(script.only(ConditionalCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(STOP));
    }

    @Test
    void aLimitLegThatIsShownWithTheOrdinaryOrdersAloneIsNotCalledUnknown() {
        script.call(new Call.CancelConditional(TARGET, Script.BTC));
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.answer(Script.DETAIL, Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.00100", "0", "0"));
        assertThat(script.events).isEmpty();
        assertThat(script.params("private/cancel-order")).isEqualTo(Script.json("{\"client_oid\":\"" + TARGET + "\"}"));
        script.answer("private/cancel-order", "{}");
        script.answer(Script.DETAIL, Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "CANCELED", "0.00100", "0", "0"));
        assertThat(script.only(ConditionalCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(TARGET));
    }

    @Test
    void aLegThatNeitherKindOfOrdersShowsIsUnknown() {
        script.call(new Call.CancelConditional(TARGET, Script.BTC));
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.refuse(Script.DETAIL, 200, 40401);
        assertThat(cause(script.only(ConditionalCancelled.class))).isEqualTo(Cause.UNKNOWN_ORDER);
    }

    @Test
    void aTargetOfALostPairThatIsShownAloneIsTakenOffAlone() {
        script.call(PAIR);
        script.lose(Script.CREATE_OCO);
        script.forget();
        script.call(new Call.CancelConditional(TARGET, Script.BTC));
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        String open = Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.00100", "0", "0");
        script.answer(Script.DETAIL, open);
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.answer(Script.DETAIL, open);
        script.answer("private/cancel-order", "{}");
        script.answer(Script.DETAIL, open.replace("ACTIVE", "CANCELED"));
        assertThat(script.only(ConditionalCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(TARGET));
    }

    @Test
    void whatALegSoldBeforeItWasTakenOffAloneIsPublished() {
        resting();
        script.call(new Call.CancelConditional(TARGET, Script.BTC));
        script.refuse(Script.CANCEL_OCO, 400, 212);
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("CANCELED")));
        script.answer(Script.ADVANCED_DETAIL, Shapes.target("ACTIVE", "0"));
        script.answer("private/advanced/cancel-order", "{}");
        script.answer(Script.ADVANCED_DETAIL, Shapes.target("CANCELED", "0.00040"));
        assertThat(script.only(OrderChanged.class).update().executed().quantity())
                .isEqualByComparingTo("0.0004");
        assertThat(script.only(ConditionalCancelled.class).answer()).isEqualTo(new Answer.Accepted<>(TARGET));
    }
}
