package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.decision.Effect;
import quantum.intent.Closed.Reason;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** A stop moves without a moment in which none is live (law 4; binance-usdm 4.6, P27). */
class BridgeTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    /** A protected position whose stop is being moved; the old stop. */
    private Call.PlaceConditional moving(String action, String level) {
        exchange.position("a", DeskRig.BTC, action);
        Call.PlaceConditional old = rig.lastRest(Level.STOP);
        move("u", action, level);
        return old;
    }

    private void move(String id, String action, String level) {
        rig.intent(Map.of(
                "intent_id",
                id,
                "symbol",
                "BTCUSDT",
                "action",
                action,
                "position_size_usd",
                "1000",
                "stop_loss",
                level));
    }

    private Call.PlaceConditional bridge() {
        Call.PlaceConditional bridge = rig.lastRest(Level.STOP);
        assertThat(bridge.id().value()).startsWith("qb-");
        return bridge;
    }

    private long naked() {
        return rig.view().counts().unprotected();
    }

    private long gaps() {
        return rig.effects.stream().filter(Effect.MeasuredGap.class::isInstance).count();
    }

    @ParameterizedTest
    @CsvSource({"BUY, 99", "SELL, 101"})
    void aStopMovesOverABridgeWithoutAMomentNaked(String action, String level) {
        Call.PlaceConditional old = moving(action, level);
        Call.PlaceConditional bridge = bridge();
        assertThat(bridge.trigger()).isEqualTo(Price.of(level));
        assertThat(bridge.quantity()).hasToString("10");
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();

        exchange.rest(bridge);
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(old.id());
        exchange.takenOff();
        assertThat(naked()).as("the bridge protects").isZero();
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        assertThat(stop.quantity()).as("follows the position").isNull();
        assertThat(stop.trigger()).isEqualTo(Price.of(level));
        assertThat(rig.reports("u")).isEmpty();

        exchange.rest(stop);
        assertThat(rig.reports("u")).singleElement().isInstanceOf(Report.Updated.class);
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(bridge.id());
        exchange.takenOff();
        assertThat(gaps()).as("the entry's alone").isEqualTo(1);
        rig.fresh();
        rig.passSeconds(10);
        assertThat(rig.fresh())
                .noneMatch(e -> e instanceof Effect.Ask(Call call) && call instanceof Call.CancelConditional);
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.Cause.class,
            names = {"ALREADY_RESTING", "TOO_MANY_RESTING", "RULES"})
    void whereNoBridgeIsAllowedTheGapIsMeasured(Answer.Cause cause) {
        Call.PlaceConditional old = moving("BUY", "99");
        exchange.denyRest(bridge(), cause);
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(old.id());
        exchange.takenOff();
        assertThat(naked()).isEqualTo(1);
        rig.pass(Duration.ofMillis(70));
        exchange.rest(rig.lastRest(Level.STOP));
        assertThat(naked()).isZero();
        assertThat(gaps()).isEqualTo(2);
        assertThat(rig.reports("u")).singleElement().isInstanceOf(Report.Updated.class);
    }

    @Test
    void aBridgeWithoutAnAnswerIsAskedAboutAndTheOldStopStays() {
        Call.PlaceConditional old = moving("BUY", "99");
        Call.PlaceConditional bridge = bridge();
        rig.said(new VenueEvent.ConditionalAnswered(bridge.id(), new Answer.NoAnswer<>("reset")));
        rig.pass(Duration.ofMillis(400));
        assertThat(rig.last(Call.QueryConditional.class).id()).isEqualTo(bridge.id());
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        rig.said(new VenueEvent.ConditionalQueried(
                bridge.id(), new Answer.Accepted<>(Replies.conditional(bridge, Status.NEW, null))));
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(old.id());
    }

    @Test
    void aBridgeProvenAbsentIsLaidAgain() {
        moving("BUY", "99");
        Call.PlaceConditional bridge = bridge();
        rig.said(new VenueEvent.ConditionalAnswered(bridge.id(), new Answer.NoAnswer<>("reset")));
        for (int i = 0; i < 5; i++) {
            rig.passSeconds(1);
            rig.said(new VenueEvent.ConditionalQueried(
                    bridge.id(), new Answer.Denied<>(-2013, "no", Answer.Cause.UNKNOWN_ORDER)));
        }
        assertThat(exchange.moves()).hasSize(2);
        assertThat(naked()).isZero();
    }

    /** What the exchange says of the bridge says nothing of the stop that rests (X-F0). */
    @ParameterizedTest
    @EnumSource(
            value = Answer.Cause.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ALREADY_RESTING", "TOO_MANY_RESTING", "RULES"})
    void xF0_aRefusedUpdateOfAProducerKeepsTheStopThatRests(Answer.Cause cause) {
        Call.PlaceConditional old = moving("BUY", "99");
        for (int i = 0; i < 90; i++) {
            if (rig.lastRest(Level.STOP).id().value().startsWith("qb-")) {
                exchange.denyRest(rig.lastRest(Level.STOP), cause);
            }
            rig.passSeconds(1);
            assertThat(naked()).isZero();
        }
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.reports("u"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class,
                        rejected -> assertThat(rejected.detail()).contains("the stop at " + old.trigger() + " stays"));
        assertThat(rig.view().positions().getFirst().stop().price())
                .isEqualByComparingTo(old.trigger().value());
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.Cause.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ALREADY_RESTING", "TOO_MANY_RESTING", "RULES", "LEVEL_PASSED"})
    void xF0_aRefusedStepOfATrailingStopKeepsTheStopThatRests(Answer.Cause cause) {
        exchange.position("a", DeskRig.BTC, "BUY");
        keepsTheStopWhile(cause, "102");
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.Cause.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ALREADY_RESTING", "TOO_MANY_RESTING", "RULES", "LEVEL_PASSED"})
    void xF0_aRefusedStepToBreakEvenKeepsTheStopThatRests(Answer.Cause cause) {
        exchange.position("a", DeskRig.BTC, "BUY", "break_even_pct", "1", "trailing_pct", "10");
        keepsTheStopWhile(cause, "101.5");
    }

    private void keepsTheStopWhile(Answer.Cause cause, String mark) {
        rig.mark(DeskRig.BTC, mark);
        int refused = 0;
        for (int i = 0; i < 90; i++) {
            if (rig.lastRest(Level.STOP).id().value().startsWith("qb-")
                    && exchange.moves().size() > refused) {
                refused = exchange.moves().size();
                exchange.denyRest(bridge(), cause);
            }
            rig.passSeconds(1);
            assertThat(naked()).isZero();
        }
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(refused).as("tried again, less and less often").isBetween(5, 20);
        for (int i = 0; exchange.moves().size() == refused; i++) {
            assertThat(i).isLessThan(40);
            rig.passSeconds(1);
        }
        exchange.moved();
        assertThat(naked()).isZero();
        assertThat(rig.last(Call.CancelConditional.class).id())
                .isEqualTo(exchange.moves().getLast().id());
    }

    /** Nobody guards the level without a price: then what rests stays, though a second one may not. */
    @Test
    void xF0_withoutAPriceTheStopIsNotTakenOffWhereNoBridgeIsAllowed() {
        Call.PlaceConditional bridge = movingWithoutPrices();
        exchange.denyRest(bridge, Answer.Cause.ALREADY_RESTING);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        rig.mark();
        rig.pass(Duration.ofSeconds(2));
        exchange.denyRest(rig.lastRest(Level.STOP), Answer.Cause.ALREADY_RESTING);
        assertThat(rig.calls(Call.CancelConditional.class)).hasSize(1);
    }

    private Call.PlaceConditional movingWithoutPrices() {
        moving("BUY", "99");
        rig.pass(Duration.ofSeconds(4));
        return bridge();
    }

    @Test
    void aTrailedLevelThatIsPassedAlreadyClosesThePosition() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.mark(DeskRig.BTC, "102");
        exchange.denyRest(bridge(), Answer.Cause.LEVEL_PASSED);
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        assertThat(rig.calls(Call.Close.class))
                .singleElement()
                .satisfies(close -> assertThat(close.quantity().value()).isEqualByComparingTo("10"));
    }

    @Test
    void whileTheBridgeIsOnItsWayTheWatchGuardsTheNewLevel() {
        moving("BUY", "99");
        rig.mark(DeskRig.BTC, "98.9");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void aBridgeThatFiresEndsThePositionAtItsStop() {
        moving("BUY", "99");
        Call.PlaceConditional bridge = bridge();
        exchange.rest(bridge);
        exchange.change(bridge, Status.TRIGGERED, Replies.orderId(bridge.id()));
        exchange.trade(bridge.id(), Side.SELL, "10", "98.9");
        exchange.stream(exchange.update(bridge.id(), DeskRig.BTC, Side.SELL, OrderUpdate.Status.FILLED, "10", "98.9"));
        exchange.change(bridge, Status.FINISHED, null);
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).isEqualTo(Reason.SL));
        assertThat(rig.reports("u")).singleElement().isInstanceOf(Report.Rejected.class);
    }

    @Test
    void aLevelMovedAgainMeanwhileIsWhereTheStopEnds() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.mark(DeskRig.BTC, "102");
        exchange.rest(bridge());
        exchange.takenOff();
        Call.PlaceConditional first = rig.lastRest(Level.STOP);
        move("v", "BUY", "101");
        exchange.rest(first);
        assertThat(rig.last(Call.CancelConditional.class).id())
                .as("the bridge goes on protecting")
                .isEqualTo(first.id());
        exchange.takenOff();
        assertThat(naked()).isZero();
        Call.PlaceConditional second = rig.lastRest(Level.STOP);
        assertThat(second.trigger()).isEqualTo(Price.of("101"));
        exchange.rest(second);
        exchange.takenOff();
        assertThat(naked()).isZero();
        assertThat(rig.reports("v")).singleElement().isInstanceOf(Report.Updated.class);
    }

    @Test
    void thePositionEndsWhileTheBridgeIsLaid() {
        moving("BUY", "99");
        Call.PlaceConditional bridge = bridge();
        rig.positions();
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "10", "99");
        exchange.trades(DeskRig.BTC);
        exchange.rest(bridge);
        assertThat(rig.calls(Call.CancelConditional.class))
                .extracting(Call.CancelConditional::id)
                .contains(bridge.id());
    }

    @Test
    void aBridgeOfAnEarlierLifeOfTheProcessIsLiftedAndNeverTakenForTheStop() {
        moving("BUY", "99");
        Call.PlaceConditional bridge = bridge();
        exchange.rest(bridge);
        Call.PlaceConditional target = rig.lastRest(Level.TARGET);
        rig.restart(
                List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100")),
                List.of(Replies.conditional(bridge, Status.NEW, null), Replies.conditional(target, Status.NEW, null)));
        for (int i = 0; i < 20; i++) {
            rig.passSeconds(1);
            rig.rests(Replies.conditional(bridge, Status.NEW, null), Replies.conditional(target, Status.NEW, null));
        }
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        assertThat(stop.quantity()).as("a stop of its own").isNull();
        exchange.rest(stop);
        rig.passSeconds(1);
        rig.rests(
                Replies.conditional(stop, Status.NEW, null),
                Replies.conditional(bridge, Status.NEW, null),
                Replies.conditional(target, Status.NEW, null));
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(bridge.id());
    }

    /** The process ended between the bridge and the old stop's end: the move goes on at once, without a sweep (KillTest). */
    @Test
    void aMoveThatTheEndOfTheProcessInterruptedGoesOnOverItsBridge() {
        Call.PlaceConditional old = moving("BUY", "99");
        Call.PlaceConditional bridge = bridge();
        exchange.rest(bridge);
        Call.PlaceConditional target = rig.lastRest(Level.TARGET);
        rig.fresh();
        rig.restart(
                List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100")),
                List.of(
                        Replies.conditional(old, Status.NEW, null),
                        Replies.conditional(bridge, Status.NEW, null),
                        Replies.conditional(target, Status.NEW, null)));
        assertThat(rig.last(Call.CancelConditional.class).id())
                .as("no second bridge")
                .isEqualTo(old.id());
        exchange.takenOff();
        assertThat(naked()).isZero();
        exchange.rest(rig.lastRest(Level.STOP));
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(bridge.id());
        exchange.takenOff();
        assertThat(rig.reports("u")).singleElement().isInstanceOf(Report.Updated.class);
    }

    /** The watch acts on no price that the one before contradicts, so it could not take the stop's place. */
    @Test
    void whereNoBridgeIsAllowedTheStopStaysWhileThePriceIsDoubted() {
        moving("BUY", "99");
        rig.mark(DeskRig.BTC, "200");
        exchange.denyRest(bridge(), Answer.Cause.ALREADY_RESTING);
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        assertThat(naked()).isZero();
    }
}
