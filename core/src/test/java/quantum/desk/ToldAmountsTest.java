package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** What the user stream tells of a position is held against what is known of it (B-1, B-5). */
class ToldAmountsTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private void told(String amount) {
        rig.said(new VenueEvent.AmountTold(DeskRig.BTC, null, new BigDecimal(amount)));
    }

    private void shows(Direction direction, String quantity) {
        rig.pass(Duration.ofMillis(20));
        rig.positions(Replies.held(DeskRig.BTC, direction, quantity, "100", "100"));
    }

    private Refusal why(String intent) {
        return ((Report.Rejected) rig.reports(intent).getFirst()).why();
    }

    @Test
    void b1_anOpenThatMetAnotherHandsPositionIsNoPositionAndWhatIsLeftIsProtectedAtOnce() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        told("-6");
        exchange.trade(open.id(), Side.BUY, "10", "100");
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        exchange.protect();
        rig.fresh();
        rig.pass(Duration.ofMillis(60));
        assertThat(rig.freshCalls(Call.ReadPositions.class)).isEqualTo(1);
        shows(Direction.SHORT, "6");
        shows(Direction.SHORT, "6");
        assertThat(rig.view().positions()).singleElement().satisfies(position -> {
            assertThat(position.direction()).isEqualTo("SHORT");
            assertThat(position.quantity()).isEqualByComparingTo("6");
        });
        assertThat(rig.lastRest(Level.STOP).direction()).isEqualTo(Direction.SHORT);
        assertThat(rig.calls(Call.CancelConditional.class))
                .as("the stop of the wrong side")
                .isNotEmpty();
        for (int i = 0; i < 90; i++) {
            rig.passSeconds(1);
            exchange.trades(DeskRig.BTC);
        }
        assertThat(rig.closed()).as("there never was such a position").isEmpty();
        assertThat(rig.alerts("netted")).hasSize(1);
        // What happens later in the symbol is of what is held now.
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "10", "100");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).isEmpty();
    }

    /** Seed 3574: a stale list showed a short, and a liquidation sold while it was thought to be held. */
    @Test
    void b1_tradesOfItsOwnSideAreNoEndOfAPositionThatOneListShowed() {
        rig.positions(Replies.held(DeskRig.BTC, Direction.SHORT, "10", "100", "100"));
        exchange.trade(new ClientOrderId("autoclose-1"), Side.SELL, "10", "100");
        for (int i = 0; i < 100; i++) {
            rig.passSeconds(1);
            rig.positions();
            exchange.tradesAlone(DeskRig.BTC);
        }
        assertThat(rig.alerts("withdrawn")).hasSize(1);
    }

    @Test
    void b1_nothingOpensWhereTheStreamTellsOfAPositionThatIsNotKnownYet() {
        told("-6");
        rig.mark();
        rig.buy("a", DeskRig.BTC);
        assertThat(rig.calls(Call.Open.class)).isEmpty();
        assertThat(why("a")).isEqualTo(Refusal.SYMBOL_LOCKED);
        rig.pass(Duration.ofMillis(60));
        rig.positions();
        rig.buy("b", DeskRig.BTC);
        assertThat(rig.calls(Call.Open.class)).as("a list may lag by seconds").isEmpty();
        rig.passSeconds(3);
        rig.positions();
        rig.mark();
        rig.buy("c", DeskRig.BTC);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void b1_theAmountsOfOurOwnOrdersAskForNothing() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.fresh();
        told("10");
        exchange.stream(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100"));
        exchange.protect();
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.freshCalls(Call.ReadPositions.class)).isZero();
    }

    /** Seed 3574: a flip, and two lists that lag behind it show the side before. */
    @Test
    void b1_twoListsThatLagBehindAFlipTurnNothing() {
        exchange.position("a", DeskRig.BTC);
        shows(Direction.SHORT, "10");
        rig.pass(Duration.ofMillis(20));
        shows(Direction.SHORT, "10");
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(position -> assertThat(position.direction()).isEqualTo("LONG"));
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
    }

    @Test
    void b5_aPositionThatAnotherHandTurnsIsAdoptedAsSoonAsTwoReadingsShowIt() {
        exchange.position("a", DeskRig.BTC);
        shows(Direction.LONG, "10");
        rig.passSeconds(5);
        rig.fresh();
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "15", "100");
        told("-5");
        rig.pass(Duration.ofMillis(60));
        assertThat(rig.freshCalls(Call.ReadPositions.class)).isEqualTo(1);
        shows(Direction.SHORT, "5");
        exchange.trades(DeskRig.BTC);
        shows(Direction.SHORT, "5");
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(position -> assertThat(position.direction()).isEqualTo("SHORT"));
        assertThat(rig.lastRest(Level.STOP).direction()).isEqualTo(Direction.SHORT);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).isEqualTo(Closed.Reason.EXTERNAL));
    }

    /** Seed 27119: another hand bought in the moment in which ours closed; the stream told it, and the stop stays. */
    @Test
    void whatTheStreamToldBeyondWhatOursClosedIsHeldAndKeepsItsStop() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        told("14");
        exchange.fillClose("101");
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(position -> assertThat(position.quantity()).isEqualByComparingTo("4"));
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    /** Seed 23869: a deleveraging was told, and two lists still showed what it had ended. */
    @Test
    void listsThatLagBehindWhatWasToldDoNotAnswerIt() {
        exchange.position("a", DeskRig.BTC);
        rig.passSeconds(10);
        told("0");
        rig.fresh();
        for (int i = 0; i < 2; i++) {
            rig.pass(Duration.ofMillis(1100));
            shows(Direction.LONG, "10");
            rig.mark();
            rig.buy("b" + i, DeskRig.BTC);
            assertThat(why("b" + i)).isEqualTo(Refusal.SYMBOL_LOCKED);
        }
        assertThat(rig.freshCalls(Call.ReadPositions.class))
                .as("and are read again")
                .isGreaterThanOrEqualTo(2);
        rig.passSeconds(2);
        shows(Direction.LONG, "10");
        rig.mark();
        rig.buy("late", DeskRig.BTC);
        assertThat(why("late")).as("by now it is the stream that was wrong").isEqualTo(Refusal.POSITION_EXISTS);
    }

    private void turnsWhatNobodyKnewAndIsClosed() {
        exchange.trade(new ClientOrderId("web_1"), Side.BUY, "6", "100");
        rig.intent(Map.of("intent_id", "a", "symbol", "BTCUSDT", "action", "SELL", "position_size_usd", "1000"));
        exchange.fill("100");
        exchange.protect();
        rig.passSeconds(4);
        shows(Direction.SHORT, "4");
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("90");
    }

    /** Seed 10979: ours sold 10 where another hand had bought 6 that nobody here knew of. */
    @Test
    void aPositionThatOursTurnedIsAddedUpOnceTheStreamSaysThatNothingIsHeld() {
        turnsWhatNobodyKnewAndIsClosed();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).as("6 may be held").isEmpty();
        told("0");
        rig.passSeconds(1);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.quantity().value()).isEqualByComparingTo("4");
            assertThat(closed.result().pnl()).isEqualByComparingTo("39.986");
        });
    }

    /** The same without a word of the stream: lists lag by seconds, and what is held would have been found in a minute. */
    @Test
    void aPositionThatOursTurnedIsAddedUpAfterAMinuteInWhichNothingIsHeld() {
        turnsWhatNobodyKnewAndIsClosed();
        rig.passSeconds(55);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).isEmpty();
        rig.passSeconds(6);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.quantity().value()).isEqualByComparingTo("4"));
    }
}
