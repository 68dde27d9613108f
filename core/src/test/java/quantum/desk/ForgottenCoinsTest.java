package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.intent.Report;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** The ledger was lost, and no reading says which coins are ours: a pair of ours that rests does. */
class ForgottenCoinsTest {

    private static final ClientOrderId BOUGHT = ClientOrderId.open("a");
    private static final ClientOrderId STOP = ClientOrderId.stop(BOUGHT.value(), 3);
    private static final ClientOrderId TARGET = ClientOrderId.target(BOUGHT.value(), 3);

    private final DeskRig rig = new DeskRig(Rules.DEFAULT, new Contract.Coin("BTC", "USDT"));
    private final Replies exchange = new Replies(rig);

    private void start(ConditionalUpdate... rests) {
        rig.on(new Event.Restored(Snapshot.EMPTY));
        rig.connect(asked -> new VenueEvent.HoldingsRead(List.of(DeskRig.balance("BTC", "25")), asked), List.of(rests));
        rig.mark();
        rig.on(new Event.LedgerForgot("the ledger does not know a report"));
    }

    private static ConditionalUpdate rest(ClientOrderId id, Level level, String trigger) {
        return new ConditionalUpdate(
                DeskRig.BTC,
                id,
                "c" + id,
                Status.NEW,
                Price.of(trigger),
                null,
                null,
                new ConditionalUpdate.Shape(Side.SELL, Direction.LONG, level, Quantity.of("10")));
    }

    private void startBesideAPair() {
        start(rest(STOP, Level.STOP, "95"), rest(TARGET, Level.TARGET, "110"));
        assertThat(rig.view().positions()).as("one list may be a late one").isEmpty();
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        rig.passSeconds(3);
        rig.rests(rest(STOP, Level.STOP, "95"), rest(TARGET, Level.TARGET, "110"));
    }

    /** It was sold in the last moments of the life before. */
    @Test
    void aPairThatTheNextListLacksIsNoPosition() {
        start(rest(STOP, Level.STOP, "95"), rest(TARGET, Level.TARGET, "110"));
        rig.passSeconds(3);
        rig.rests();
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.calls(Call.PlacePair.class)).isEmpty();
    }

    private void told(String executed) {
        exchange.told(
                BOUGHT,
                new Answer.Accepted<>(
                        exchange.update(BOUGHT, DeskRig.BTC, Side.BUY, OrderUpdate.Status.FILLED, executed, "98")));
    }

    @Test
    void whatAPairOfOursProtectsIsAPositionWithTheSameLevels() {
        startBesideAPair();
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo("10"));
        assertThat(rig.alerts("adopted:"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL));
        Call.PlacePair first = rig.last(Call.PlacePair.class);
        rig.said(new VenueEvent.PairAnswered(
                first.stopId(), first.targetId(), new Answer.Denied<>(306, "balance", Answer.Cause.MARGIN)));
        assertThat(rig.calls(Call.CancelConditional.class))
                .as("it holds what the position's own pair sells")
                .extracting(Call.CancelConditional::id)
                .containsExactly(STOP, TARGET);
        rig.passSeconds(2);
        Call.PlacePair own = rig.last(Call.PlacePair.class);
        assertThat(own.stopId()).isNotEqualTo(first.stopId());
        assertThat(own.quantity()).isEqualTo(Quantity.of("10"));
        assertThat(own.stop()).isEqualTo(Price.of("95"));
        assertThat(own.target()).isEqualTo(Price.of("110"));
    }

    @Test
    void theOrderThatBoughtThemIsToldAndAddsNothing() {
        startBesideAPair();
        rig.buy("a", DeskRig.BTC);
        told("10");
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.calls(Call.Open.class)).isEmpty();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo("10"));
        assertThat(rig.alerts("bought-before:")).isEmpty();
    }

    @Test
    void coinsThatNoPairProtectsAreNotGuessedAtAndAPersonIsCalled() {
        start();
        rig.buy("a", DeskRig.BTC);
        told("10");
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.calls(Call.Open.class)).isEmpty();
        assertThat(rig.calls(Call.PlacePair.class)).isEmpty();
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.alerts("bought-before:"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("bought 10"));
    }

    /** A placing that came late, for a position that has ended: it would sell what somebody else has. */
    @Test
    void aPairThatComesLaterForNothingIsTakenOff() {
        start();
        rig.passSeconds(6);
        rig.rests(rest(STOP, Level.STOP, "95"), rest(TARGET, Level.TARGET, "110"));
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.calls(Call.CancelConditional.class))
                .extracting(Call.CancelConditional::id)
                .containsExactly(STOP, TARGET);
    }

    /** The ledger is whole: it was placed late for a life that has ended, and would sell what somebody else has. */
    @Test
    void aPairThatNoLifeOfAWholeLedgerKnowsIsTakenOff() {
        rig.on(new Event.Restored(Snapshot.EMPTY));
        rig.connect(asked -> new VenueEvent.HoldingsRead(List.of(), asked), List.of());
        rig.mark();
        rig.buy("b", DeskRig.ETH);
        exchange.fill("100");
        rig.restart(
                asked -> new VenueEvent.HoldingsRead(List.of(DeskRig.balance("BTC", "25")), asked),
                List.of(rest(STOP, Level.STOP, "95"), rest(TARGET, Level.TARGET, "110")));
        rig.passSeconds(3);
        rig.rests(rest(STOP, Level.STOP, "95"), rest(TARGET, Level.TARGET, "110"));
        assertThat(rig.view().positions())
                .extracting(DeskView.PositionView::symbol)
                .containsExactly("ETHUSDT");
        assertThat(rig.calls(Call.CancelConditional.class))
                .extracting(Call.CancelConditional::id)
                .contains(STOP, TARGET);
    }

    @Test
    void aPairOfAnotherHandIsNobodysPosition() {
        start(
                rest(new ClientOrderId("theirs-s"), Level.STOP, "95"),
                rest(new ClientOrderId("theirs-t"), Level.TARGET, "110"));
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
    }
}
