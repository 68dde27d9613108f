package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** Never naked (law 4): a live stop at once, or closed by rule. */
class ProtectionTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private Call.PlaceConditional opened() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        return rig.lastRest(Level.STOP);
    }

    @Test
    void stopLeavesAtTheFirstPartialFillBeforeTheTarget() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        exchange.stream(exchange.update(open, OrderUpdate.Status.PARTIALLY_FILLED, "0.001", "100"));
        assertThat(rig.calls(Call.PlaceConditional.class))
                .extracting(Call.PlaceConditional::level)
                .containsExactly(Level.STOP, Level.TARGET);
    }

    @Test
    void refusedBecauseTheLevelIsPassedClosesAtOnce() {
        exchange.denyRest(opened(), Answer.Cause.LEVEL_PASSED);
        assertThat(rig.calls(Call.Close.class)).singleElement().satisfies(close -> {
            assertThat(close.side()).isEqualTo(Side.SELL);
            assertThat(close.quantity().value()).isEqualByComparingTo("10");
        });
    }

    @Test
    void unansweredIsAskedAboutAndNotPlacedTwice() {
        Call.PlaceConditional stop = opened();
        rig.said(new VenueEvent.ConditionalAnswered(stop.id(), new Answer.NoAnswer<>("reset")));
        rig.pass(Duration.ofMillis(400));
        assertThat(rig.last(Call.QueryConditional.class).id()).isEqualTo(stop.id());
        rig.said(new VenueEvent.ConditionalQueried(
                stop.id(), new Answer.Accepted<>(Replies.conditional(stop, Status.NEW, null))));
        rig.passSeconds(3);
        assertThat(stops()).isEqualTo(1);
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    @Test
    void lostIsPlacedAgainUnderAnotherId() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        rig.passSeconds(2);
        exchange.change(stop, Status.CANCELED, null);
        rig.fresh();
        rig.pass(Duration.ofMillis(30));
        assertThat(rig.freshCalls(Call.ReadPositions.class)).isEqualTo(1);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        assertThat(rig.lastRest(Level.STOP).id()).isNotEqualTo(stop.id());
        assertThat(rig.alerts("rest-lost")).hasSize(1);
        exchange.rest(rig.lastRest(Level.STOP));
        rig.passSeconds(5);
        assertThat(stops()).isEqualTo(2);
    }

    @Test
    void p1_5_aStopThatAnotherHandCancelsTwiceIsPlacedAgainAndOpensAreHaltedUntilAPersonResumes() {
        opened();
        exchange.protect();
        for (int i = 1; i <= 3; i++) {
            rig.passSeconds(20);
            Call.PlaceConditional stop = rig.lastRest(Level.STOP);
            exchange.change(stop, Status.CANCELED, null);
            rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
            assertThat(rig.lastRest(Level.STOP).id()).as("never naked").isNotEqualTo(stop.id());
            exchange.rest(rig.lastRest(Level.STOP));
            assertThat(rig.alerts("stops-taken-off")).hasSize(i < 2 ? 0 : 1);
        }
        rig.mark();
        rig.buy("b", DeskRig.ETH);
        assertThat(rig.reports("b"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class,
                        report -> assertThat(report.why()).isEqualTo(Refusal.STOPS_TAKEN_OFF));
        rig.on(new Event.Commanded(new Event.Command.Resume()));
        rig.buy("c", DeskRig.ETH);
        assertThat(rig.calls(Call.Open.class)).hasSize(2);
    }

    @Test
    void lostIsPlacedAgainInASecondThoughNoReadingAnswers() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        rig.passSeconds(2);
        exchange.change(stop, Status.CANCELED, null);
        rig.passSeconds(1);
        assertThat(rig.lastRest(Level.STOP).id()).isNotEqualTo(stop.id());
    }

    /** A person closed the position: the exchange ends its orders first, and then says that nothing is held. */
    @Test
    void xF17_nothingIsLaidOnAPositionThatHasJustEnded() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        Call.PlaceConditional target = rig.lastRest(Level.TARGET);
        rig.passSeconds(2);
        rig.fresh();
        exchange.change(stop, Status.EXPIRED, null);
        exchange.change(target, Status.EXPIRED, null);
        rig.pass(Duration.ofMillis(30));
        rig.positions();
        rig.passSeconds(5);
        assertThat(rig.freshCalls(Call.PlaceConditional.class)).isZero();
        assertThat(rig.alerts("rest-lost")).isEmpty();
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "10", "100");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).hasSize(1);
        assertThat(rig.freshCalls(Call.PlaceConditional.class)).isZero();
    }

    /** The worst gaps are those that end with the position, or that nobody closes (law 4). */
    @Test
    void xF14_aGapThatEndsWithItsPositionIsMeasuredToo() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        rig.passSeconds(2);
        exchange.change(stop, Status.CANCELED, null);
        rig.fresh();
        rig.pass(Duration.ofMillis(700));
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        assertThat(rig.fresh())
                .filteredOn(Effect.MeasuredGap.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.MeasuredGap.class, gap -> assertThat(gap.gap()).isEqualTo(Duration.ofMillis(700)));
    }

    @Test
    void watchGuardsWhileTheStopIsLost() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        exchange.change(stop, Status.EXPIRED, null);
        rig.mark(DeskRig.BTC, "98.4");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void droppedEveryTimeIsPlacedLessAndLessOften() {
        opened();
        exchange.rest(rig.lastRest(Level.STOP));
        for (int i = 0; i < 120; i++) {
            Call.PlaceConditional target = rig.lastRest(Level.TARGET);
            exchange.denyRest(target, Answer.Cause.RULES);
            rig.passSeconds(1);
        }
        assertThat(rig.calls(Call.PlaceConditional.class).stream()
                        .filter(r -> r.level() == Level.TARGET)
                        .count())
                .isBetween(8L, 16L);
    }

    @Test
    void neverAnsweredAndNeverThereIsPlacedLessAndLessOften() {
        opened();
        exchange.rest(rig.lastRest(Level.STOP));
        for (int i = 0; i < 240; i++) {
            Call.PlaceConditional target = rig.lastRest(Level.TARGET);
            rig.said(new VenueEvent.ConditionalAnswered(target.id(), new Answer.NoAnswer<>("reset")));
            rig.passSeconds(1);
            rig.said(new VenueEvent.ConditionalQueried(
                    target.id(), new Answer.Denied<>(-2013, "unknown", Answer.Cause.UNKNOWN_ORDER)));
        }
        assertThat(rig.calls(Call.PlaceConditional.class).stream()
                        .filter(r -> r.level() == Level.TARGET)
                        .count())
                .isBetween(8L, 18L);
    }

    @Test
    void newPositionWithoutAStopIsClosedAfterFiveSeconds() {
        exchange.denyRest(opened(), Answer.Cause.OTHER);
        for (int i = 0; i < 4; i++) {
            rig.passSeconds(1);
            exchange.denyRest(rig.lastRest(Level.STOP), Answer.Cause.OTHER);
        }
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.passSeconds(2);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(rig.alerts("unprotected")).hasSize(1);
    }

    @Test
    void positionWhoseStopWasLostIsClosedAfterAMinute() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        exchange.change(stop, Status.CANCELED, null);
        for (int i = 0; i < 58; i++) {
            exchange.denyRest(rig.lastRest(Level.STOP), Answer.Cause.OTHER);
            rig.passSeconds(1);
        }
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.passSeconds(4);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void threeWithoutAStopAreSystemicNothingIsDumpedAndOpensAreHalted() {
        for (Symbol symbol : java.util.List.of(DeskRig.BTC, DeskRig.ETH, DeskRig.SOL)) {
            rig.buy("on " + symbol, symbol);
            exchange.fill("100");
            rig.pass(Duration.ofMillis(700));
        }
        rig.passSeconds(30);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.alerts("protection-degraded")).hasSize(1);
        rig.buy("x", DeskRig.XRP);
        assertThat(rig.reports("x"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why().name()).isEqualTo("PROTECTION_DEGRADED"));

        rig.calls(Call.PlaceConditional.class).forEach(exchange::rest);
        rig.passSeconds(10);
        rig.buy("y", DeskRig.XRP);
        assertThat(rig.reports("y")).isEmpty();
    }

    @Test
    void levelBelongsToTheExchangeForAMomentThenTheWatchCloses() {
        opened();
        exchange.protect();
        rig.mark(DeskRig.BTC, "98.4");
        rig.pass(Duration.ofMillis(1400));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.pass(Duration.ofMillis(200));
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(rig.alerts("level-passed")).hasSize(1);
    }

    @Test
    void stopThatTriggersAndNeverEndsIsNotForgotten() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        rig.passSeconds(3);
        exchange.change(stop, Status.TRIGGERING, null);
        rig.passSeconds(7);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(rig.calls(Call.QueryConditional.class)).isNotEmpty();
    }

    @Test
    void oneOnItsWayWhenThePositionEndsIsTakenOffAfterItsAnswer() {
        Call.PlaceConditional stop = opened();
        rig.close("b", DeskRig.BTC);
        exchange.fillClose("100");
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        exchange.rest(stop);
        assertThat(rig.last(Call.CancelConditional.class).id()).isEqualTo(stop.id());
    }

    @Test
    void whatRestsBesideALiveStopOrForNothingIsCancelled() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        ClientOrderId stray = ClientOrderId.stop("another life", 1);
        rig.rests(
                Replies.conditional(stop, Status.NEW, null),
                Replies.conditional(rig.lastRest(Level.TARGET), Status.NEW, null),
                resting(stray),
                resting(new ClientOrderId("web_abc")));
        assertThat(rig.calls(Call.CancelConditional.class))
                .extracting(Call.CancelConditional::id)
                .containsExactly(stray);
    }

    /** Opens of one symbol may follow each other for long, each without an outcome for a while (seed 55539). */
    @Test
    void whatRestsForNothingIsCancelledThoughAnOpenIsUnderWayWhoseOwnStopIsLeft() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        ClientOrderId stray = ClientOrderId.stop("another life", 2);
        rig.rests(resting(stray), resting(ClientOrderId.stop(open.id().value(), 1)));
        assertThat(rig.calls(Call.CancelConditional.class))
                .extracting(Call.CancelConditional::id)
                .containsExactly(stray);
    }

    private static ConditionalUpdate resting(ClientOrderId id) {
        return Replies.conditional(
                new Call.PlaceConditional(id, DeskRig.BTC, Direction.LONG, Level.STOP, Price.of("98")),
                Status.NEW,
                null);
    }

    @Test
    void refusedBecauseAnEarlierOneOfOursRestsTakesThatOneOver() {
        Call.PlaceConditional first = opened();
        rig.said(new VenueEvent.ConditionalAnswered(first.id(), new Answer.NoAnswer<>("reset")));
        rig.passSeconds(4);
        rig.said(new VenueEvent.ConditionalQueried(
                first.id(), new Answer.Denied<>(-2013, "no", Answer.Cause.UNKNOWN_ORDER)));
        rig.pass(Duration.ofMillis(1100));
        Call.PlaceConditional second = rig.lastRest(Level.STOP);
        assertThat(second.id()).isNotEqualTo(first.id());
        exchange.denyRest(second, Answer.Cause.ALREADY_RESTING);
        rig.rests(Replies.conditional(first, Status.NEW, null));
        assertThat(rig.view().counts().unprotected()).isZero();
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
    }

    /** The service for conditional orders is away: what an ended position left is all that the exchange closes the next by. */
    @Test
    void theStopOfAnEndedPositionStaysWhileTheNextOneHasNone() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional left = rig.lastRest(Level.STOP);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(31);
        rig.mark();
        rig.account("100000");
        rig.buy("b", DeskRig.BTC);
        assertThat(rig.reports("b")).isEmpty();
        exchange.fill("100");
        Call.PlaceConditional next = rig.lastRest(Level.STOP);
        assertThat(next.id()).isNotEqualTo(left.id());
        exchange.denyRest(next, Answer.Cause.BUSY);
        long asked = cancelsOf(left);
        rig.pass(Duration.ofMillis(4500));
        rig.rests(Replies.conditional(left, Status.NEW, null));
        assertThat(cancelsOf(left)).isEqualTo(asked);
        exchange.rest(rig.lastRest(Level.STOP));
        rig.passSeconds(2);
        assertThat(cancelsOf(left)).isGreaterThan(asked);
    }

    private long cancelsOf(Call.PlaceConditional rest) {
        return rig.calls(Call.CancelConditional.class).stream()
                .filter(cancel -> cancel.id().equals(rest.id()))
                .count();
    }

    @Test
    void missingFromOneListIsAskedAboutNotReplaced() {
        Call.PlaceConditional stop = opened();
        exchange.protect();
        rig.rests(Replies.conditional(rig.lastRest(Level.TARGET), Status.NEW, null));
        rig.passSeconds(1);
        assertThat(rig.last(Call.QueryConditional.class).id()).isEqualTo(stop.id());
        assertThat(stops()).isEqualTo(1);
    }

    @Test
    void levelMovedWhileItsOrderIsOnItsWayIsMovedOnceSeenAtTheOldPlace() {
        opened();
        rig.intent(Map.of(
                "intent_id",
                "u",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "stop_loss",
                "99.5"));
        exchange.protect();
        assertThat(rig.lastRest(Level.STOP).trigger()).isEqualTo(Price.of("99.5"));
        assertThat(exchange.moved().trigger()).isEqualTo(Price.of("99.5"));
        assertThat(rig.reports("u")).singleElement().isInstanceOf(Report.Updated.class);
    }

    private long stops() {
        return rig.calls(Call.PlaceConditional.class).stream()
                .filter(r -> r.level() == Level.STOP)
                .count();
    }
}
