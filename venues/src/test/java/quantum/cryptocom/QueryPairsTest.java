package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import quantum.market.Price;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.VenueEvent.ConditionalChanged;
import quantum.venue.VenueEvent.ConditionalQueried;
import quantum.venue.VenueEvent.OrderChanged;

/** What became of a leg, whoever placed it: among the advanced orders, and then among the ordinary ones. */
final class QueryPairsTest {

    private static final ClientOrderId STOP = new ClientOrderId(Shapes.STOP);
    private static final ClientOrderId TARGET = new ClientOrderId(Shapes.TARGET);

    private final Script script = Script.ready();

    private ConditionalUpdate accepted() {
        Answer<ConditionalUpdate> answer = script.only(ConditionalQueried.class).answer();
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        return ((Answer.Accepted<ConditionalUpdate>) answer).value();
    }

    @Test
    void aLegIsQueriedAmongTheAdvancedOrders() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        assertThat(script.params(Script.ADVANCED_DETAIL)).isEqualTo(Script.json("{\"client_oid\":\"" + STOP + "\"}"));
        script.answer(Script.ADVANCED_DETAIL, Shapes.stop("PENDING"));
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.stop("PENDING")));
        assertThat(accepted().status()).isEqualTo(Status.NEW);
    }

    @Test
    void aLegOfAnEarlierLifeIsFollowedWithItsSibling() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        script.answer(Script.ADVANCED_DETAIL, Shapes.stop("PENDING"));
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING")));
        assertThat(accepted().trigger()).isEqualTo(Price.of("57000"));
        script.forget();
        script.push(
                "user.order", Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "FILLED", "0.00100", "0.00100", "66"));
        assertThat(script.events(ConditionalChanged.class).stream().map(ConditionalChanged::update))
                .anyMatch(update -> update.clientId().equals(TARGET) && update.status() == Status.FINISHED);
    }

    /** The request of an earlier life was taken late, and no list of what rests may show pairs (seed 80). */
    @Test
    void aPairOfAnEarlierLifeThatComesLateIsToldThoughNoListShowsIt() {
        script.forget();
        script.push("user.advance.order", Shapes.target("ACTIVE", "0"));
        script.refuse(Script.ADVANCED_DETAIL, 503, 0);
        script.pass(Duration.ofSeconds(1));
        script.answer(Script.ADVANCED_DETAIL, Shapes.target("ACTIVE", "0"));
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING")));
        assertThat(script.events(ConditionalChanged.class).stream()
                        .map(changed -> changed.update().clientId()))
                .containsExactlyInAnyOrder(STOP, TARGET);
    }

    @Test
    void aLimitLegMayBeShownWithTheOrdinaryOrdersAlone() {
        script.call(new Call.QueryConditional(TARGET, Script.BTC));
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.answer(Script.DETAIL, Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.00100", "0", "0"));
        assertThat(accepted().trigger()).isEqualTo(Price.of("66000"));
    }

    @Test
    void aLegThatNeitherKindOfOrdersShowsIsUnknown() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        assertThat(script.events).isEmpty();
        script.refuse(Script.DETAIL, 200, 40401);
        Answer<ConditionalUpdate> answer = script.only(ConditionalQueried.class).answer();
        assertThat(((Answer.Denied<ConditionalUpdate>) answer).cause()).isEqualTo(Answer.Cause.UNKNOWN_ORDER);
    }

    @Test
    void aQuestionThatIsLostSaysNothing() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        script.lose(Script.ADVANCED_DETAIL);
        assertThat(script.only(ConditionalQueried.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void aLegThatFiredIsAnsweredAsItStandsAndWhatItBecameIsFollowed() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        script.answer(Script.ADVANCED_DETAIL, Shapes.fired("FILLED"));
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("CANCELED", "0"), Shapes.fired("FILLED")));
        assertThat(accepted().status()).isEqualTo(Status.TRIGGERED);
        assertThat(script.awaits(Script.LIST_DETAIL)).isTrue();
    }

    /** While the process was down; savings beside the coins would hide it from every reading. */
    @Test
    void whatALegWithoutAListSoldIsPublishedBeforeTheAnswer() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        script.answer(Script.ADVANCED_DETAIL, alone(Shapes.fired("FILLED")));
        assertThat(script.events(ConditionalQueried.class)).isEmpty();
        script.answer(
                Script.DETAIL,
                Shapes.order(Shapes.CHILD, "x", "SELL", "FILLED", "0.00100", "0.00100", "56.9", "56900"));
        assertThat(script.only(OrderChanged.class).update().executed().quantity())
                .isEqualByComparingTo("0.001");
        assertThat(accepted().status()).isEqualTo(Status.FINISHED);
        assertThat(script.events.getLast()).isInstanceOf(ConditionalQueried.class);
    }

    @Test
    void aTargetWithoutAListThatWasExecutedInPartSaysHowMuch() {
        script.call(new Call.QueryConditional(TARGET, Script.BTC));
        script.refuse(Script.ADVANCED_DETAIL, 200, 40401);
        script.answer(
                Script.DETAIL,
                Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "CANCELED", "0.00100", "0.00040", "26.4"));
        assertThat(script.only(OrderChanged.class).update().executed().quantity())
                .isEqualByComparingTo("0.0004");
        assertThat(accepted().status()).isEqualTo(Status.CANCELED);
    }

    @Test
    void aLegWhoseExecutionCannotBeReadHasNoAnswer() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        script.answer(Script.ADVANCED_DETAIL, alone(Shapes.fired("FILLED")));
        script.lose(Script.DETAIL);
        assertThat(script.only(ConditionalQueried.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void aLegWhoseListCannotBeReadHasNoAnswer() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        script.answer(Script.ADVANCED_DETAIL, Shapes.fired("FILLED"));
        script.lose(Script.LIST_DETAIL);
        assertThat(script.only(ConditionalQueried.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    private static String alone(String row) {
        return row.replace("\"list_id\":\"" + Shapes.LIST + "\",", "");
    }

    @Test
    void aStateThatIsNotKnownIsNoAnswer() {
        script.call(new Call.QueryConditional(STOP, Script.BTC));
        script.answer(Script.ADVANCED_DETAIL, Shapes.stop("PAUSED"));
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.stop("PAUSED")));
        assertThat(script.only(ConditionalQueried.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }
}
