package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/** Unknown is a state (law 3): asked, never sent again, and only the exchange ends it (INV-40). */
class LostAnswerTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private Call.Open lost() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = rig.last(Call.Open.class);
        rig.on(new Event.Sent(open.id()));
        exchange.answer(open.id(), new Answer.NoAnswer<>("reset"));
        return open;
    }

    @Test
    void isAskedAboutAndNeverSentAgain() {
        Call.Open open = lost();
        assertThat(rig.last(Call.QueryOrder.class).id()).isEqualTo(open.id());
        rig.passSeconds(90);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.PendingFill.class);
    }

    @Test
    void lateFillIsAPositionAndAReport() {
        Call.Open open = lost();
        rig.passSeconds(3);
        exchange.unknown(open.id());
        exchange.stream(exchange.update(open, Status.FILLED, "10", "100"));
        exchange.protect();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
    }

    @Test
    void inv40OneDenialIsNoProof() {
        Call.Open open = lost();
        rig.passSeconds(15);
        exchange.unknown(open.id());
        rig.positions();
        assertThat(rig.reports("a")).isEmpty();
    }

    @Test
    void inv40TwoDenialsWithinAMomentAreNoProof() {
        Call.Open open = lost();
        rig.passSeconds(15);
        exchange.unknown(open.id());
        rig.pass(Duration.ofSeconds(1));
        exchange.unknown(open.id());
        rig.positions();
        assertThat(rig.reports("a")).isEmpty();
    }

    @Test
    void inv40PositionsAloneAreNoProofHoweverOftenTheyAreRead() {
        lost();
        for (int i = 0; i < 5; i++) {
            rig.passSeconds(30);
            rig.positions();
        }
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.PendingFill.class);
    }

    @Test
    void inv40NothingIsProvenWhileTheOrderMayStillArrive() {
        Call.Open open = lost();
        rig.passSeconds(1);
        exchange.unknown(open.id());
        rig.passSeconds(4);
        exchange.unknown(open.id());
        rig.positions();
        assertThat(rig.reports("a")).isEmpty();
    }

    @Test
    void inv40ReadingAskedBeforeTheSecondDenialIsNoWitness() {
        Call.Open open = lost();
        rig.passSeconds(13);
        exchange.unknown(open.id());
        long asked = rig.now().nanos();
        rig.passSeconds(4);
        exchange.unknown(open.id());
        rig.said(new VenueEvent.PositionsRead(List.of(), asked));
        assertThat(rig.reports("a")).isEmpty();
    }

    @Test
    void inv40TimeCountsFromWhenTheOrderLeftNotFromWhenItWasDecided() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = rig.last(Call.Open.class);
        rig.passSeconds(30);
        rig.on(new Event.Sent(open.id()));
        exchange.answer(open.id(), new Answer.NoAnswer<>("reset"));
        exchange.unknown(open.id());
        rig.passSeconds(4);
        exchange.unknown(open.id());
        rig.positions();
        assertThat(rig.reports("a")).isEmpty();
    }

    @Test
    void inv40ProvenAbsentIsReportedOnce() {
        Call.Open open = lost();
        rig.passSeconds(10);
        exchange.unknown(open.id());
        rig.passSeconds(4);
        exchange.unknown(open.id());
        assertThat(rig.calls(Call.ReadPositions.class)).isNotEmpty();
        rig.positions();
        rig.positions();
        assertThat(rig.reports("a"))
                .singleElement()
                .satisfies(r -> assertThat(r.terminalState()).isEqualTo("EXPIRED_UNKNOWN"));
        assertThat(rig.desk().hasOrdersInFlight()).isFalse();
    }

    @Test
    void m18NotFoundAtOnceIsNotCancelled() {
        Call.Open open = lost();
        exchange.unknown(open.id());
        assertThat(rig.reports("a")).isEmpty();
        assertThat(rig.desk().hasOrdersInFlight()).isTrue();
    }

    @Test
    void m15PositionThatShowsWhileItsOrderStaysUnknownIsProtectedAndCountedOnce() {
        Call.Open open = lost();
        rig.passSeconds(25);
        VenueEvent.Held held = Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100");
        rig.positions(held);
        assertThat(rig.lastRest(Call.Level.STOP).symbol()).isEqualTo(DeskRig.BTC);
        exchange.protect();
        exchange.told(open.id(), new Answer.Accepted<>(exchange.update(open, Status.FILLED, "10", "100")));
        rig.passSeconds(1);
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo("10"));
        assertThat(rig.reports("a")).extracting(Report::status).containsExactly("pending_fill", "filled");
    }

    @Test
    void notSentIsReportedAtOnceAndItsMarginIsFree() {
        rig.buy("a", DeskRig.BTC);
        exchange.answer(rig.last(Call.Open.class).id(), new Answer.NotSent<>("no connection"));
        assertThat(rig.reports("a"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why().name()).isEqualTo("NOT_SENT"));
        assertThat(rig.view().status().freeMargin().get("USDT")).isEqualByComparingTo("10000");
    }

    @Test
    void answerLostAfterTheStreamProvedTheFillAsksNothing() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = rig.last(Call.Open.class);
        exchange.stream(exchange.update(open, Status.FILLED, "10", "100"));
        exchange.protect();
        exchange.answer(open.id(), new Answer.NoAnswer<OrderUpdate>("reset"));
        assertThat(rig.calls(Call.QueryOrder.class)).isEmpty();
        assertThat(rig.alerts("unconfirmed")).isEmpty();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
    }

    @Test
    void lostCloseIsAskedAboutThenSentAgainUnderAnotherIdOnceProvenAbsent() {
        exchange.position("a", DeskRig.BTC);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        Call.Close first = rig.last(Call.Close.class);
        exchange.answer(first.id(), new Answer.NoAnswer<>("reset"));
        rig.passSeconds(10);
        exchange.unknown(first.id());
        rig.passSeconds(4);
        exchange.unknown(first.id());
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        rig.passSeconds(2);
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
        assertThat(rig.last(Call.Close.class).id()).isNotEqualTo(first.id());
    }

    private void denyTwiceInSevenSeconds(Call.Close close) {
        exchange.answer(close.id(), new Answer.NoAnswer<>("reset"));
        rig.passSeconds(3);
        exchange.unknown(close.id());
        rig.passSeconds(4);
        exchange.unknown(close.id());
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
    }

    /** Twice it could do no more than once, and a position without a stop cannot wait (seed 70821, binance-usdm 3.6). */
    @Test
    void lostCloseOfAllThatIsHeldLeavesAgainOnceItCannotArrive() {
        exchange.position("a", DeskRig.BTC);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        denyTwiceInSevenSeconds(rig.last(Call.Close.class));
        rig.passSeconds(1);
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
    }

    @Test
    void lostCloseOfAPartIsNotGivenUpThatSoon() {
        exchange.position("a", DeskRig.BTC);
        rig.closePart("part", DeskRig.BTC, "0.4");
        denyTwiceInSevenSeconds(rig.last(Call.Close.class));
        rig.passSeconds(1);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(rig.reports("part")).isEmpty();
    }

    /** The exchange takes it for as long as its receive window lasts, whatever is configured (INV-40). */
    @Test
    void inv40AClosesProofWaitsForItsOwnReceiveWindow() {
        DeskRig slow = withExitWindow(Duration.ofSeconds(60));
        Replies replies = new Replies(slow);
        replies.position("a", DeskRig.BTC);
        slow.closePart("part", DeskRig.BTC, "0.4");
        Call.Close part = slow.last(Call.Close.class);
        replies.answer(part.id(), new Answer.NoAnswer<>("reset"));
        for (int i = 0; i < 68; i++) {
            slow.passSeconds(1);
            replies.unknown(part.id());
            slow.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
            assertThat(slow.reports("part")).as("after " + i + " s").allMatch(Report.PendingFill.class::isInstance);
        }
        for (int i = 0; i < 6; i++) {
            slow.passSeconds(1);
            replies.unknown(part.id());
            slow.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        }
        assertThat(slow.reports("part").getLast()).isInstanceOf(Report.Rejected.class);
    }

    /** Until then every other close of the symbol is refused: the minute between two questions is not awaited. */
    @Test
    void aCloseIsAskedAboutAsSoonAsItsAbsenceCanBeProven() {
        DeskRig slow = withExitWindow(Duration.ofSeconds(30));
        Replies replies = new Replies(slow);
        replies.position("a", DeskRig.BTC);
        slow.closePart("part", DeskRig.BTC, "0.4");
        Call.Close part = slow.last(Call.Close.class);
        replies.answer(part.id(), new Answer.NoAnswer<>("reset"));
        for (int i = 0; i < 42; i++) {
            slow.fresh();
            slow.passSeconds(1);
            if (slow.freshCalls(Call.QueryOrder.class) > 0) {
                replies.unknown(part.id());
            }
            if (slow.freshCalls(Call.ReadPositions.class) > 0) {
                slow.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
            }
        }
        assertThat(slow.reports("part").getLast()).isInstanceOf(Report.Rejected.class);
    }

    private static DeskRig withExitWindow(Duration window) {
        Rules.Confirmation usual = Rules.DEFAULT.confirmation();
        return DeskRig.ready(new Rules(
                Rules.DEFAULT.limits(),
                Rules.DEFAULT.exits(),
                new Rules.Confirmation(
                        usual.poll(), usual.fillWait(), usual.reconcile(), usual.openRecvWindow(), window),
                Rules.DEFAULT.guarding(),
                Rules.DEFAULT.reading(),
                Rules.DEFAULT.positions(),
                Rules.DEFAULT.existing(),
                false));
    }
}
