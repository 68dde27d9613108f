package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.guard.Breaker;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/** What is added to a position is heard of late, or after the position ended: held all of it, told once (INV-28). */
class AdditionTest {

    private final DeskRig rig =
            DeskRig.ready(ExistingPositionTest.rules(SameSide.SCALE_IN, OtherSide.REFUSE, Breaker.Limit.NONE));
    private final Replies exchange = new Replies(rig);
    private Call.Open added;

    @BeforeEach
    void tenAreHeldAndTenWereOrdered() {
        exchange.position("a", DeskRig.BTC);
        rig.fresh();
        rig.buy("b", DeskRig.BTC);
        added = exchange.acknowledge();
    }

    private void isExecuted() {
        exchange.trade(added.id(), Side.BUY, "10", "102");
    }

    private void isHeardOf() {
        exchange.stream(exchange.update(added, Status.FILLED, "10", "102"));
    }

    private void readAll() {
        rig.positions();
        exchange.trades(DeskRig.BTC);
    }

    private void assertClosed(String... quantities) {
        assertThat(rig.closed())
                .extracting(Closed::quantity)
                .extracting(quantity -> quantity.value().toPlainString())
                .containsExactlyInAnyOrder(quantities);
    }

    private void assertHeld(String quantity) {
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(held -> assertThat(held.quantity()).isEqualByComparingTo(quantity));
    }

    /** The close is heard of before what was added: the old stop is all that closes what comes (simulation, seed 64211). */
    @Test
    void stopOfWhatEndedStaysWhileWhatWasAddedHasNoFill() {
        Call.PlaceConditional stop = rig.lastRest(Call.Level.STOP);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        rig.passSeconds(2);
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.calls(Call.CancelConditional.class))
                .extracting(Call.CancelConditional::id)
                .doesNotContain(stop.id());
    }

    /** The stop closed all of it while nobody had heard yet that more had been added (seeds 11529, 29644). */
    @Test
    void endIsToldOnceThoughWhatWasAddedIsHeardOfAfterIt() {
        isExecuted();
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "20", "98.5");
        rig.passSeconds(21);
        readAll();
        for (int reading = 0; reading < 10; reading++) {
            exchange.tradesAlone(DeskRig.BTC);
        }
        assertThat(rig.closed()).as("what was added is not proven yet").isEmpty();
        assertThat(rig.alerts("unsettled:"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.severity()).isEqualTo(Notice.Severity.WARNING));
        isHeardOf();
        rig.passSeconds(1);
        readAll();
        rig.passSeconds(3);
        assertClosed("20");
        assertThat(rig.reports("b")).last().isInstanceOf(Report.Filled.class);
    }

    /** By our clock the end came before what was added, by the exchange's after it: it waits for the proof (seed 60032). */
    @Test
    void anEndThatOurClockDatesTooEarlyWaitsForWhatWasAdded() {
        rig.close("c", DeskRig.BTC);
        Call.Close close = rig.last(Call.Close.class);
        Instant later = rig.now().exchange().plusMillis(150);
        exchange.tradeAt(added.id(), Side.BUY, "10", "102", later.minusMillis(50));
        exchange.tradeAt(close.id(), Side.SELL, "10", "101", later);
        exchange.answer(close.id(), new Answer.Accepted<>(exchange.update(close, Status.FILLED, "10", "101")));
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).isEmpty();
        isHeardOf();
        assertHeld("10");
        assertThat(rig.closed()).isEmpty();
    }

    /** All that was known was closed; what nobody had heard of is the same position still, and closed too (seed 15701). */
    @Test
    void positionThatWasThoughtOverGoesOnWhereTradesAndExchangeSayThatItIsHeld() {
        isExecuted();
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(21);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "101", "101"));
        assertHeld("10");
        isHeardOf();
        rig.passSeconds(1);
        exchange.fillClose("103");
        for (int reading = 0; reading < 3; reading++) {
            rig.passSeconds(6);
            readAll();
        }
        assertClosed("20");
    }

    /** Its stop was taken off with the close: the reading of every minute would find it naked for as long (law 4). */
    @Test
    void whatTradesSayIsHeldIsLookedForAndProtectedAgain() {
        isExecuted();
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.tradesAlone(DeskRig.BTC);
        int before = rig.calls(Call.ReadPositions.class).size();
        rig.passSeconds(1);
        exchange.tradesAlone(DeskRig.BTC);
        assertThat(rig.calls(Call.ReadPositions.class)).hasSize(before + 1);
        int stops = rig.calls(Call.PlaceConditional.class).size();
        rig.passSeconds(21);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "101", "101"));
        assertHeld("10");
        rig.calls(Call.CancelConditional.class)
                .forEach(off ->
                        rig.said(new VenueEvent.ConditionalCancelled(off.id(), new Answer.Accepted<>(off.id()))));
        rig.passSeconds(2);
        assertThat(rig.calls(Call.PlaceConditional.class)).hasSizeGreaterThan(stops);
    }

    /** No reading can have counted it: a close under way hides it from the next one (seed 15701). */
    @Test
    void whatIsAddedAfterItsFillWaitIsHeldWhileACloseIsUnderWay() {
        isExecuted();
        rig.passSeconds(21);
        rig.close("c", DeskRig.BTC);
        isHeardOf();
        exchange.fillClose("101");
        assertHeld("10");
        assertThat(rig.closed()).isEmpty();
    }

    /** Whether the ledger's quantity holds what was added is not known yet when the close is proven (seed 34441). */
    @Test
    void whatIsProvenAddedAfterARestartIsHeldThoughACloseOfAllThatWasKnownIsProvenNext() {
        isExecuted();
        rig.passSeconds(21);
        rig.close("c", DeskRig.BTC);
        Call.Close close = rig.last(Call.Close.class);
        rig.restart(List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "101", "101")), List.of());
        isHeardOf();
        exchange.stream(exchange.update(close, Status.FILLED, "10", "101"));
        assertHeld("10");
        rig.passSeconds(1);
        exchange.trade(close.id(), Side.SELL, "10", "101");
        exchange.trades(DeskRig.BTC);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "101", "101"));
        assertHeld("10");
        assertThat(rig.closed()).isEmpty();
        closeTheRest();
        assertThat(rig.view().positions()).as("counted once").isEmpty();
        readAll();
        rig.passSeconds(3);
        assertClosed("20");
    }

    /** What is left is closed too, before anything is read. */
    @Test
    void whatWasAddedIsHeldOnceMoreAndNotTwice() {
        Call.Close close = closeDecidedBeforeTheRestart();
        isHeardOf();
        exchange.stream(exchange.update(close, Status.FILLED, "10", "101"));
        assertHeld("10");
        closeTheRest();
        assertThat(rig.view().positions()).isEmpty();
    }

    private Call.Close closeDecidedBeforeTheRestart() {
        isExecuted();
        rig.passSeconds(21);
        rig.close("c", DeskRig.BTC);
        Call.Close close = rig.last(Call.Close.class);
        rig.restart(List.of(), List.of());
        return close;
    }

    /** What was added is proven, what is held is told, and then the close of all that was known is proven. */
    @Test
    void whatTheStreamSaysToBeHeldCountsWhatWasAdded() {
        Call.Close close = closeDecidedBeforeTheRestart();
        isHeardOf();
        rig.said(new VenueEvent.AmountTold(DeskRig.BTC, null, BigDecimal.TEN));
        rig.pass(Duration.ofMillis(60));
        exchange.stream(exchange.update(close, Status.FILLED, "10", "101"));
        assertThat(rig.view().positions()).isEmpty();
    }

    /** The same with readings: one that was asked for after the proof counts it, an earlier one may not. */
    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void aReadingCountsWhatWasAddedBeforeItWasAskedFor(boolean isLater, int held) {
        isExecuted();
        rig.passSeconds(21);
        rig.restart(List.of(), List.of());
        long early = rig.now().nanos();
        rig.pass(Duration.ofMillis(10));
        isHeardOf();
        rig.pass(Duration.ofMillis(10));
        VenueEvent.Held ten = Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100");
        rig.said(new VenueEvent.PositionsRead(List.of(ten), isLater ? rig.now().nanos() : early));
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        assertThat(rig.view().positions()).hasSize(held);
    }

    /** A reading after the restart set what is held: it counted what had been added long before. */
    @Test
    void whatAReadingAfterTheRestartCountedIsNotCountedTwice() {
        isExecuted();
        rig.passSeconds(21);
        rig.restart(List.of(Replies.held(DeskRig.BTC, Direction.LONG, "20", "101", "101")), List.of());
        assertHeld("20");
        isHeardOf();
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        assertThat(rig.view().positions()).isEmpty();
    }

    /** The same, where the ledger's quantity holds it already: two readings without it end it. */
    @Test
    void whatWasCountedBeforeTheRestartIsNotCountedTwice() {
        isExecuted();
        rig.passSeconds(21);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "20", "101", "101"));
        assertHeld("20");
        rig.close("c", DeskRig.BTC);
        Call.Close close = rig.last(Call.Close.class);
        rig.restart(List.of(), List.of());
        isHeardOf();
        exchange.stream(exchange.update(close, Status.FILLED, "20", "101"));
        exchange.trade(close.id(), Side.SELL, "20", "101");
        for (int reading = 0; reading < 3; reading++) {
            rig.passSeconds(6);
            readAll();
        }
        assertClosed("20");
        assertThat(rig.view().positions()).isEmpty();
    }

    /** The exchange closed the first ten before it executed the others: two lives, heard of as one. */
    private void endsBeforeItIsAddedTo(ClientOrderId closed) {
        exchange.trade(closed, Side.SELL, "10", "101");
        isExecuted();
        isHeardOf();
    }

    private void closeTheRest() {
        rig.passSeconds(1);
        rig.close("d", DeskRig.BTC);
        exchange.fillClose("103");
    }

    /** It is asked who ended the first life; the second is told meanwhile. */
    @Test
    void whatWasAddedAfterTheEndIsToldOnceThoughTheProcessEndsBeforeTheFirstLifeIsTold() {
        endsBeforeItIsAddedTo(new ClientOrderId("web_1"));
        rig.passSeconds(21);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "102", "102"));
        closeTheRest();
        exchange.tradesAlone(DeskRig.BTC);
        exchange.tradesAlone(DeskRig.BTC);
        exchange.income(rig.last(Call.ReadIncome.class));
        rig.passSeconds(6);
        exchange.income(rig.last(Call.ReadIncome.class));
        assertClosed("10");
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.entryPrice()).isEqualTo(Price.of("102")));

        rig.restart(List.of(), List.of());
        for (int reading = 0; reading < 3; reading++) {
            readAll();
            rig.passSeconds(6);
        }
        assertClosed("10", "10");
    }

    /** It was decided on when nothing was held any more (seed 42160). */
    @Test
    void openBetweenTheEndAndItsTradesBeginsALifeOfItsOwn() {
        rig.close("c", DeskRig.BTC);
        Call.Close close = rig.last(Call.Close.class);
        endsBeforeItIsAddedTo(close.id());
        exchange.stream(exchange.update(close, Status.FILLED, "10", "101"));
        assertHeld("10");
        closeTheRest();
        rig.positions();
        rig.passSeconds(1);
        rig.buy("e", DeskRig.BTC);
        Call.Open next = exchange.acknowledge();
        assertThat(next.id()).isEqualTo(ClientOrderId.open("e"));
        exchange.trades(DeskRig.BTC);
        exchange.trade(next.id(), Side.BUY, "10", "104");
        exchange.stream(exchange.update(next, Status.FILLED, "10", "104"));
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(6);
        exchange.income(rig.last(Call.ReadIncome.class));
        assertHeld("10");
        assertClosed("10", "10");
    }

    /** One order on both sides of an end: each life has its part of it, and one end. */
    @Test
    void whatOneOrderExecutedBeforeAndAfterAnEndIsOfTwoLives() {
        exchange.trade(added.id(), Side.BUY, "4", "102");
        exchange.stream(exchange.update(added, Status.PARTIALLY_FILLED, "4", "102"));
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        rig.pass(Duration.ofMillis(50));
        exchange.trade(added.id(), Side.BUY, "6", "102");
        isHeardOf();
        closeAndSettleBoth();
    }

    private void closeAndSettleBoth() {
        rig.close("d", DeskRig.BTC);
        exchange.fillClose("103");
        rig.passSeconds(1);
        exchange.trades(DeskRig.BTC);
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(6);
        rig.calls(Call.ReadIncome.class).forEach(exchange::income);
        assertClosed("14", "6");
    }

    /** The same where nobody heard of the end: the next life is made once, and once only told. */
    @Test
    void whatOneOrderExecutedOnBothSidesOfAnUnheardEndIsOfTwoLives() {
        exchange.trade(added.id(), Side.BUY, "4", "102");
        exchange.stream(exchange.update(added, Status.PARTIALLY_FILLED, "4", "102"));
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "14", "101");
        rig.pass(Duration.ofMillis(50));
        exchange.trade(added.id(), Side.BUY, "6", "102");
        isHeardOf();
        rig.passSeconds(1);
        readAll();
        assertHeld("6");
        assertThat(rig.snapshot().positions())
                .filteredOn(row -> row.quantity().signum() > 0)
                .as("a restart goes on with it")
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isEqualTo("OPEN"));
        closeAndSettleBoth();
    }

    /** What was found before our order left is not its work, however much it executed. */
    @Test
    void whatAnotherHandHeldBeforeOurOrderStaysFound() {
        exchange.fill("102");
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("103");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(10);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "5", "100", "100"));
        exchange.protect();
        rig.passSeconds(1);
        rig.buy("e", DeskRig.BTC);
        exchange.fill("100");
        rig.passSeconds(1);
        rig.close("f", DeskRig.BTC);
        exchange.fillClose("101");
        rig.passSeconds(1);
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(6);
        rig.calls(Call.ReadIncome.class).forEach(exchange::income);
        assertThat(rig.closed()).last().satisfies(closed -> {
            assertThat(closed.quantity().value()).isEqualByComparingTo("15");
            assertThat(closed.intentId()).isNull();
        });
    }
}
