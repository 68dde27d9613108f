package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.guard.Breaker;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.record.Entry;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/** The process ends at any step, and the next one goes on from the rows: nothing is sent twice, everything ends. */
class RestartTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private static VenueEvent.Held ten() {
        return Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100");
    }

    @Test
    void recordedOpenIsAskedAboutAndNotSentAgain() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = rig.last(Call.Open.class);
        rig.restart(List.of(), List.of());
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(rig.last(Call.QueryOrder.class).id()).isEqualTo(open.id());
        exchange.told(open.id(), new Answer.Accepted<>(exchange.update(open, Status.FILLED, "10", "100")));
        exchange.protect();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
    }

    @Test
    void openThatNeverLeftIsProvenAbsentCountedFromTheRestart() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = rig.last(Call.Open.class);
        rig.passSeconds(60);
        rig.restart(List.of(), List.of());
        exchange.unknown(open.id());
        rig.passSeconds(4);
        exchange.unknown(open.id());
        rig.positions();
        assertThat(rig.reports("a")).isEmpty();
        rig.passSeconds(10);
        exchange.unknown(open.id());
        rig.positions();
        assertThat(rig.reports("a"))
                .singleElement()
                .satisfies(r -> assertThat(r.terminalState()).isEqualTo("EXPIRED_UNKNOWN"));
    }

    /** What protects is never held up, but new intents wait a moment for the answer about it. */
    @Test
    void intentsWaitTwoSecondsForAnOpenWithoutAnOutcome() {
        rig.buy("a", DeskRig.BTC);
        long before = rig.count(Effect.AdmitIntents.class);
        rig.restart(List.of(), List.of());
        exchange.unknown(rig.last(Call.Open.class).id());
        rig.passSeconds(1);
        assertThat(rig.count(Effect.AdmitIntents.class)).isEqualTo(before);
        rig.passSeconds(1);
        assertThat(rig.count(Effect.AdmitIntents.class)).isEqualTo(before + 1);
    }

    @Test
    void intentsWaitFiveSecondsForAStop() {
        exchange.position("a", DeskRig.BTC);
        long before = rig.count(Effect.AdmitIntents.class);
        rig.restart(List.of(ten()), List.of());
        rig.passSeconds(4);
        assertThat(rig.count(Effect.AdmitIntents.class)).isEqualTo(before);
        rig.passSeconds(1);
        assertThat(rig.count(Effect.AdmitIntents.class)).isEqualTo(before + 1);
    }

    /** Whoever starts again and again must come to a proof all the same: only the first life can have sent it. */
    @Test
    void absenceIsCountedFromTheFirstRestart() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = rig.last(Call.Open.class);
        rig.restart(List.of(), List.of());
        for (int i = 0; i < 2; i++) {
            rig.passSeconds(6);
            rig.restart(List.of(), List.of());
        }
        exchange.unknown(open.id());
        rig.passSeconds(4);
        exchange.unknown(open.id());
        rig.positions();
        assertThat(rig.reports("a"))
                .singleElement()
                .satisfies(r -> assertThat(r.terminalState()).isEqualTo("EXPIRED_UNKNOWN"));
    }

    /** Crowds of stops that went while the process was down must not wait for a pause each. */
    @Test
    void stopThatVanishedMeanwhileIsPlacedAtOnce() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        rig.restart(List.of(ten()), List.of());
        rig.passSeconds(1);
        rig.said(new VenueEvent.ConditionalQueried(
                stop.id(), new Answer.Accepted<>(Replies.conditional(stop, ConditionalUpdate.Status.CANCELED, null))));
        rig.positions(ten());
        assertThat(rig.lastRest(Level.STOP).id()).isNotEqualTo(stop.id());
    }

    @Test
    void acknowledgedThenFilledWhileNobodyLooked() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.restart(List.of(ten()), List.of());
        assertThat(rig.calls(Call.PlaceConditional.class)).isEmpty();
        exchange.told(open.id(), new Answer.Accepted<>(exchange.update(open, Status.FILLED, "10", "100")));
        assertThat(rig.calls(Call.PlaceConditional.class)).hasSize(2);
        rig.passSeconds(1);
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.view().positions()).hasSize(1);
    }

    @Test
    void filledButNotReportedIsReported() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        rig.restart(List.of(ten()), List.of());
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void orderWhoseRowIsMissingIsAlarmedAndNotCalledInterrupted() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        rig.rows.keySet().removeIf(key -> key.startsWith("OrderRow"));
        rig.restart(List.of(ten()), List.of());
        assertThat(rig.reports("a")).isEmpty();
        assertThat(rig.alerts("order-missing")).hasSize(1);
    }

    @Test
    void stopOnItsWayIsAskedAboutThenPlacedUnderAnotherId() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        rig.restart(List.of(ten()), List.of());
        rig.passSeconds(1);
        assertThat(rig.calls(Call.QueryConditional.class))
                .extracting(Call.QueryConditional::id)
                .contains(stop.id());
        rig.passSeconds(3);
        for (Call.QueryConditional ask : rig.calls(Call.QueryConditional.class)) {
            rig.said(new VenueEvent.ConditionalQueried(
                    ask.id(), new Answer.Denied<>(-2013, "no", Answer.Cause.UNKNOWN_ORDER)));
        }
        // It is asked about for three seconds; none is lost after that.
        assertThat(rig.lastRest(Level.STOP).id()).isNotEqualTo(stop.id());
    }

    @Test
    void closeInFlightIsAskedAboutAndItsIntentReported() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        Call.Close close = rig.last(Call.Close.class);
        rig.restart(List.of(), List.of());
        exchange.trade(close.id(), close.side(), "10", "101");
        exchange.told(close.id(), new Answer.Accepted<>(exchange.update(close, Status.FILLED, "10", "101")));
        exchange.trades(DeskRig.BTC);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(rig.reports("c")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.closed()).hasSize(1);
    }

    /** The frame comes again after the restart, as the exchange sends them: it says nothing new (INV-05). */
    @Test
    void whatACloseExecutedBeforeTheRestartIsNotBookedAgain() {
        exchange.position("a", DeskRig.BTC);
        rig.closePart("b", DeskRig.BTC, "0.3");
        Call.Close close = exchange.fillClose("101");
        rig.pass(Duration.ofSeconds(1));
        rig.restart(List.of(Replies.held(DeskRig.BTC, Direction.LONG, "7", "100", "100")), List.of());
        exchange.stream(exchange.update(close, Status.FILLED, "3", "101"));
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(position -> assertThat(position.quantity()).isEqualByComparingTo("7"));
    }

    @Test
    void settlementGoesOn() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        rig.restart(List.of(), List.of());
        exchange.trades(DeskRig.BTC);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).hasSize(1);
        rig.restart(List.of(), List.of());
        rig.passSeconds(5);
        assertThat(rig.closed()).hasSize(1);
    }

    @Test
    void levelsThatWereBeingMovedAreMovedAndReported() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional old = rig.lastRest(Level.STOP);
        Call.PlaceConditional target = rig.lastRest(Level.TARGET);
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
                "99"));
        rig.restart(
                List.of(ten()),
                List.of(
                        Replies.conditional(old, ConditionalUpdate.Status.NEW, null),
                        Replies.conditional(target, ConditionalUpdate.Status.NEW, null)));
        assertThat(rig.reports("u")).isEmpty();
        exchange.moved();
        assertThat(rig.reports("u")).singleElement().isInstanceOf(Report.Updated.class);
    }

    @Test
    void restoredOpenHoldsItsMargin() {
        rig.buy("a", DeskRig.BTC);
        rig.restart(List.of(), List.of());
        rig.intent(Map.of("intent_id", "b", "symbol", "ETHUSDT", "action", "BUY", "position_size_usd", "7500"));
        assertThat(rig.reports("b"))
                .singleElement()
                .satisfies(r -> assertThat(r.terminalState()).isEqualTo("REJECTED_MARGIN"));
    }

    @Test
    void m20SafeModeAndPauseOutliveTheProcess() {
        rig.account("1");
        for (int i = 0; i < 5; i++) {
            rig.buy("m" + i, DeskRig.ETH);
        }
        rig.restart(List.of(), List.of());
        rig.buy("x", DeskRig.BTC);
        assertThat(rig.reports("x"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why().name()).isEqualTo("SAFE_MODE"));
    }

    @Test
    void lostLedgerFindsThePositionAndExecutesNothingOld() {
        exchange.position("a", DeskRig.BTC);
        rig.rows.clear();
        rig.restart(List.of(ten()), List.of());
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.found()).isTrue());
    }

    @Test
    void trailingLevelOutlivesTheProcess() {
        exchange.position("a", DeskRig.BTC);
        rig.mark(DeskRig.BTC, "102");
        rig.marks.put(DeskRig.BTC, quantum.market.Price.of("101"));
        rig.restart(List.of(ten()), List.of());
        rig.mark(DeskRig.BTC, "100.4");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    /** INV-28: one life ended unsettled, the next one's entry is not proven, and a restart knows whose it is. */
    @Test
    void entryAfterAnEndThatIsNotSettledYetBeginsALifeOfItsOwn() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        rig.passSeconds(61);
        rig.mark();
        rig.buy("b", DeskRig.BTC);
        Call.Open next = rig.last(Call.Open.class);
        rig.restart(List.of(), List.of());
        exchange.trade(next.id(), next.side(), next.quantity().toString(), "102");
        exchange.stream(
                exchange.update(next, OrderUpdate.Status.FILLED, next.quantity().toString(), "102"));
        assertThat(rig.snapshot().positions())
                .filteredOn(row -> row.state().equals("OPEN"))
                .singleElement()
                .satisfies(row -> assertThat(row.intentId()).isEqualTo("b"));
    }

    /** INV-28: what was found cost what it cost, whatever was added to it before the process ended. */
    @Test
    void whatAFoundPositionCostOutlivesTheProcess() {
        DeskRig adopting =
                DeskRig.ready(ExistingPositionTest.rules(SameSide.SCALE_IN, OtherSide.REFUSE, Breaker.Limit.NONE));
        Replies replies = new Replies(adopting);
        adopting.positions(ten());
        adopting.passSeconds(3);
        adopting.positions(ten());
        adopting.mark();
        adopting.marks.put(DeskRig.BTC, quantum.market.Price.of("101"));
        adopting.mark();
        adopting.buy("b", DeskRig.BTC);
        replies.fill("101");
        VenueEvent.Held more = Replies.held(
                DeskRig.BTC,
                Direction.LONG,
                adopting.view().positions().getFirst().quantity().toPlainString(),
                "100.5",
                "101");
        adopting.restart(List.of(more), List.of());
        Entry.PositionRow row = adopting.rows(Entry.PositionRow.class)
                .filter(position -> position.foundQuantity() != null)
                .findFirst()
                .orElseThrow();
        assertThat(row.foundPrice()).isEqualByComparingTo("100");
        assertThat(row.entryPrice()).isGreaterThan(new BigDecimal("100"));
        adopting.close("c", DeskRig.BTC);
        replies.fillClose("101.5");
        replies.trades(DeskRig.BTC);
        assertThat(adopting.closed())
                .singleElement()
                .satisfies(end -> assertThat(end.entryPrice().value()).isEqualByComparingTo(row.entryPrice()));
    }
}
