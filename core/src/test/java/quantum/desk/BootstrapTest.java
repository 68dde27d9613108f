package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Closed;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.record.Entry;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** The exchange is the truth about what is held (law 6): merged, never overwritten. */
class BootstrapTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    @ParameterizedTest
    @CsvSource({
        "LONG, 100, 100, 98.50, 102.50",
        "LONG, 100, 90, 88.65, 102.50",
        "LONG, 100, 120, 98.50, 123.00",
        "SHORT, 100, 100, 101.50, 97.50",
        "SHORT, 100, 110, 111.65, 97.50",
        "SHORT, 100, 80, 101.50, 78.00",
    })
    void foundPositionIsProtectedByTheWorseStopAndATargetAhead(
            Direction direction, String entry, String mark, String stop, String target) {
        rig.mark(DeskRig.BTC, mark);
        rig.positions(Replies.held(DeskRig.BTC, direction, "2", entry, mark));
        assertThat(rig.lastRest(Level.STOP).trigger()).isEqualTo(Price.of(stop));
        assertThat(rig.lastRest(Level.TARGET).trigger()).isEqualTo(Price.of(target));
        assertThat(rig.alerts("adopted")).hasSize(1);
    }

    @Test
    void foundPositionIsNeverClosedForWantOfAStop() {
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "2", "100", "100"));
        for (int i = 0; i < 100; i++) {
            exchange.denyRest(rig.lastRest(Level.STOP), Answer.Cause.OTHER);
            rig.passSeconds(1);
        }
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void incI01TwiceInARowChangesNothing() {
        exchange.position("a", DeskRig.BTC);
        rig.mark(DeskRig.BTC, "101");
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "101"));
        rig.fresh();
        Entry before = rig.rows.get("PositionRow" + rig.last(Call.Open.class).id());
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "101"));
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "101"));
        assertThat(rig.fresh()).isEmpty();
        assertThat(rig.rows.get("PositionRow" + rig.last(Call.Open.class).id())).isEqualTo(before);
    }

    @Test
    void quantityFollowsTheExchangeAndLevelsStay() {
        exchange.position("a", DeskRig.BTC);
        rig.passSeconds(4);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "7", "100", "100"));
        assertThat(rig.view().positions()).singleElement().satisfies(p -> {
            assertThat(p.quantity()).isEqualByComparingTo("7");
            assertThat(p.stop().price()).isEqualByComparingTo("98.5");
        });
        assertThat(rig.calls(Call.PlaceConditional.class)).hasSize(2);
    }

    @Test
    void readingOlderThanAFillIsNoNews() {
        long asked = rig.now().nanos();
        rig.pass(Duration.ofMillis(50));
        exchange.position("a", DeskRig.BTC);
        rig.said(new VenueEvent.PositionsRead(List.of(), asked));
        assertThat(rig.view().positions()).hasSize(1);
    }

    @Test
    void readingOlderThanAnEndBringsNothingBack() {
        exchange.position("a", DeskRig.BTC);
        long asked = rig.now().nanos();
        rig.pass(Duration.ofMillis(50));
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.rests();
        rig.said(new VenueEvent.PositionsRead(
                List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100")), asked));
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.alerts("adopted")).isEmpty();
    }

    @Test
    void closedOutsideIsExternal() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        exchange.trade(new quantum.order.ClientOrderId("web_1"), quantum.market.Side.SELL, "10", "101");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.EXTERNAL));
        assertThat(rig.calls(Call.CancelConditional.class)).hasSize(2);
    }

    @Test
    void turnedOutsideEndsOneLifeAndBeginsAnother() {
        exchange.position("a", DeskRig.BTC);
        rig.passSeconds(4);
        rig.positions(Replies.held(DeskRig.BTC, Direction.SHORT, "5", "101", "101"));
        rig.pass(Duration.ofMillis(20));
        rig.positions(Replies.held(DeskRig.BTC, Direction.SHORT, "5", "101", "101"));
        exchange.trade(new quantum.order.ClientOrderId("web_1"), quantum.market.Side.SELL, "15", "101");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.quantity().value()).isEqualByComparingTo("10"));
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.direction()).isEqualTo("SHORT"));
    }

    @Test
    void intentsAreAdmittedOnlyOncePositionsAreReadAndProtected() {
        DeskRig fresh = new DeskRig(Rules.DEFAULT);
        fresh.on(new Event.Restored(Snapshot.EMPTY));
        fresh.said(new VenueEvent.InstrumentsRead(
                List.of(DeskRig.instrument(DeskRig.BTC)), fresh.now().nanos()));
        fresh.said(
                new VenueEvent.Ready(new VenueEvent.SelfTest(fresh.now().exchange(), 0, 1, List.of(), "test"), false));
        fresh.passSeconds(6);
        assertThat(fresh.count(Effect.AdmitIntents.class)).isZero();
        fresh.positions(Replies.held(DeskRig.BTC, Direction.LONG, "2", "100", "100"));
        new Replies(fresh).protect();
        assertThat(fresh.count(Effect.AdmitIntents.class)).isEqualTo(1);
    }

    @Test
    void intentsWaitForTheStopOfWhatWasFound() {
        DeskRig found = new DeskRig(Rules.DEFAULT);
        found.on(new Event.Restored(Snapshot.EMPTY));
        found.connect(List.of(Replies.held(DeskRig.BTC, Direction.LONG, "2", "100", "100")), List.of());
        assertThat(found.count(Effect.AdmitIntents.class)).isZero();
        new Replies(found).protect();
        assertThat(found.count(Effect.AdmitIntents.class)).isEqualTo(1);
    }

    @Test
    void readingThatFailedComesAgainInSeconds() {
        rig.said(new VenueEvent.ReadFailed(new Call.ReadPositions(), "timeout"));
        rig.passSeconds(3);
        assertThat(rig.calls(Call.ReadPositions.class)).hasSize(1);
        rig.passSeconds(55);
        assertThat(rig.calls(Call.ReadPositions.class)).hasSize(1);
    }

    @Test
    void stopThatRestsAlreadyIsKnownFromTheList() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        rig.fresh();
        rig.restart(
                List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100")),
                List.of(
                        Replies.conditional(stop, ConditionalUpdate.Status.NEW, null),
                        Replies.conditional(rig.lastRest(Level.TARGET), ConditionalUpdate.Status.NEW, null)));
        assertThat(rig.freshCalls(Call.PlaceConditional.class)).isZero();
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    /** INV-28: settled from its own entry, fee and all, although a part was closed before the entry was proven. */
    @Test
    void foundPositionIsClaimedByItsOrderWhateverWasClosedOfItSince() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.passSeconds(21);
        exchange.trade(open.id(), Side.BUY, "10", "100");
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        exchange.protect();
        rig.mark();
        rig.closePart("part", DeskRig.BTC, "0.4");
        exchange.fillClose("100");
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        rig.close("rest", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);
        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.intentId()).isEqualTo("a");
            assertThat(closed.result().fees()).as("of the entry and two exits").isEqualByComparingTo("0.03");
        });
    }

    /** INV-28: a position that was found and closed by a hand before its order was proven is told once (seed 48254). */
    @Test
    void foundPositionThatEndedIsToldAfterItsOrderIsProven() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.passSeconds(21);
        exchange.trade(open.id(), Side.BUY, "10", "100");
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        exchange.protect();
        rig.passSeconds(1);
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "10", "99");
        rig.positions();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).isEmpty();
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        rig.passSeconds(1);
        rig.positions();
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);
        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.intentId()).isEqualTo("a");
            assertThat(closed.result().fees()).isEqualByComparingTo("0.02");
        });
    }

    /** Seed 79124: a hand had closed a part of it before it was found, and its order was proven later still. */
    @Test
    void foundPartOfWhatAnOrderExecutedIsToldWithThatOrder() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.passSeconds(21);
        exchange.trade(open.id(), Side.BUY, "10", "100");
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "6", "99");
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "4", "100", "100"));
        exchange.protect();
        rig.passSeconds(1);
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);
        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.intentId()).isEqualTo("a");
            assertThat(closed.quantity().value()).isEqualByComparingTo("10");
            assertThat(closed.result().fees()).isEqualByComparingTo("0.03");
        });
    }

    /** Seed 69348: it was found and closed before its order was proven: it does not go on because of that. */
    @Test
    void provenOrderOfAFoundPositionThatEndedOpensNothingAgain() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.passSeconds(21);
        exchange.trade(open.id(), Side.BUY, "10", "100");
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        exchange.protect();
        rig.passSeconds(1);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        rig.fresh();
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.freshCalls(Call.PlaceConditional.class)).isZero();
        rig.passSeconds(1);
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.result().fees()).isEqualByComparingTo("0.02"));
    }
}
