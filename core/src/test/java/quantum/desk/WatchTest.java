package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** Break-even, trailing and time: what moves, what closes, what survives, and what is not acted on. */
class WatchTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private Closed end(String price) {
        exchange.fillClose(price);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).hasSize(1);
        return rig.closed().getFirst();
    }

    private Price stop() {
        return new Price(rig.view().positions().getFirst().stop().price());
    }

    @ParameterizedTest
    @CsvSource({"BUY, 100.79, 100.8, 100.1, 100.11, 100.09", "SELL, 99.21, 99.2, 99.9, 99.89, 99.91"})
    void breakEvenMovesTheRestingStopToEntryAndFees(
            String action, String before, String reached, String level, String holds, String passed) {
        exchange.position("a", DeskRig.BTC, action, "break_even_pct", "0.8");
        rig.mark(DeskRig.BTC, before);
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        rig.mark(DeskRig.BTC, reached);
        assertThat(exchange.moved().trigger()).isEqualTo(Price.of(level));
        rig.mark(DeskRig.BTC, holds);
        rig.mark(DeskRig.BTC, passed);
        assertThat(rig.calls(Call.Close.class))
                .as("the exchange owns the level")
                .isEmpty();
        rig.pass(Duration.ofSeconds(2));
        assertThat(end(passed).reason()).isEqualTo(Closed.Reason.SL);
    }

    @Test
    void breakEvenGuardsAtOnceWhereTheRestingStopCannotFollowYet() {
        rig.intent(Map.of(
                "intent_id",
                "a",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "break_even_pct",
                "0.8"));
        exchange.fill("100");
        rig.mark(DeskRig.BTC, "100.9");
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        rig.mark(DeskRig.BTC, "100.05");
        assertThat(end("100.05").reason()).isEqualTo(Closed.Reason.SL);
    }

    @ParameterizedTest
    @CsvSource({"BUY, 101.5, 102, 100.47, 100.49, 100.46", "SELL, 98.5, 98, 99.47, 99.44, 99.48"})
    void trailingTakesTheRestingStopAlongInSteps(
            String action, String first, String best, String level, String holds, String passed) {
        exchange.position("a", DeskRig.BTC, action);
        rig.mark(DeskRig.BTC, first);
        exchange.moved();
        rig.pass(Duration.ofSeconds(3));
        rig.mark(DeskRig.BTC, best);
        assertThat(exchange.moved().trigger()).isEqualTo(Price.of(level));
        rig.mark(DeskRig.BTC, holds);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        exchange.change(stop, Status.TRIGGERED, Replies.orderId(stop.id()));
        exchange.trade(stop.id(), stop.direction().exit(), "10", passed);
        exchange.stream(exchange.update(
                stop.id(), DeskRig.BTC, stop.direction().exit(), OrderUpdate.Status.FILLED, "10", passed));
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.TRAILING));
    }

    @Test
    void theRestingStopIsNotMovedForLessThanAStepNorTwiceAtOnceNorBack() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.mark(DeskRig.BTC, "101.5");
        rig.mark(DeskRig.BTC, "101.9");
        assertThat(exchange.moves()).as("one in flight").hasSize(1);
        exchange.moved();
        rig.mark(DeskRig.BTC, "102.2");
        assertThat(exchange.moves()).as("it has hardly rested").hasSize(1);
        rig.pass(Duration.ofSeconds(3));
        rig.mark();
        assertThat(exchange.moved().trigger()).isEqualTo(Price.of("100.67"));
        rig.pass(Duration.ofSeconds(3));
        rig.mark(DeskRig.BTC, "102.25");
        rig.mark(DeskRig.BTC, "101");
        assertThat(exchange.moves()).as("0.05 is less than a step").hasSize(2);
    }

    @Test
    void trailingLevelBetweenTwoStepsIsTheWatchsOwn() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.mark(DeskRig.BTC, "102");
        exchange.moved();
        rig.mark(DeskRig.BTC, "102.05");
        rig.mark(DeskRig.BTC, "100.5");
        assertThat(end("100.5").reason()).isEqualTo(Closed.Reason.TRAILING);
    }

    @Test
    void aRestartKnowsTheRatchetAndWhoseTheStopIs() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.mark(DeskRig.BTC, "102");
        Call.PlaceConditional stop = exchange.moved();
        rig.restart(
                List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "102")),
                List.of(Replies.conditional(stop, Status.NEW, null)));
        assertThat(stop()).isEqualTo(stop.trigger());
        rig.mark(DeskRig.BTC, "100.4");
        rig.pass(Duration.ofSeconds(2));
        assertThat(end("100.4").reason()).isEqualTo(Closed.Reason.TRAILING);
    }

    @Test
    void anUpdateOfTheProducerMakesTheStopAStopAgain() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.mark(DeskRig.BTC, "102");
        exchange.moved();
        rig.intent(Map.of(
                "intent_id",
                "b",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "stop_loss",
                "101"));
        exchange.moved();
        rig.mark(DeskRig.BTC, "100.9");
        rig.pass(Duration.ofSeconds(2));
        assertThat(end("100.9").reason()).isEqualTo(Closed.Reason.SL);
    }

    @Test
    void timeIsUpWithoutAnyPrice() {
        exchange.position("a", DeskRig.BTC, "BUY", "max_time_sec", "600");
        rig.pass(Duration.ofSeconds(590));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(end("100").reason()).isEqualTo(Closed.Reason.TIME);
        rig.pass(Duration.ofHours(2));
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void theDeadlineSurvivesARestartAndIsHoursAhead() {
        exchange.position("a", DeskRig.BTC, "BUY", "max_time_sec", "10000");
        Instant deadline = rig.view().positions().getFirst().watch().deadline();
        rig.pass(Duration.ofSeconds(5000));
        rig.restart(List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100")), List.of());
        assertThat(rig.view().positions().getFirst().watch().deadline()).isEqualTo(deadline);
        exchange.protect();
        rig.pass(Duration.ofSeconds(4900));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.pass(Duration.ofSeconds(200));
        assertThat(end("100").reason()).isEqualTo(Closed.Reason.TIME);
    }

    @Test
    void aTimeExitThatIsRefusedIsTriedAgainWithoutAnyPrice() {
        exchange.position("a", DeskRig.BTC, "BUY", "max_time_sec", "60");
        rig.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 4; i++) {
            exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
            rig.pass(Duration.ofMillis(1100));
        }
        assertThat(rig.calls(Call.Close.class)).hasSizeBetween(4, 6);
    }

    @Test
    void aDeadlineOfOneLifeIsNoneOfTheNext() {
        exchange.position("a", DeskRig.BTC, "BUY", "max_time_sec", "60");
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.pass(Duration.ofSeconds(31));
        rig.mark();
        exchange.position("b", DeskRig.BTC, "BUY");
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(rig.view().positions()).hasSize(1);
    }

    @Test
    void f47OneAbsurdPrintDoesNothingAndTheSecondCounts() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.mark(DeskRig.BTC, "102");
        exchange.moved();
        rig.mark(DeskRig.BTC, "50");
        rig.intent(Map.of(
                "intent_id",
                "more",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "9",
                "stop_loss",
                "101.5"));
        assertThat(rig.reports("more"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why()).isEqualTo(Refusal.PRICE_DOUBTED));
        assertThat(exchange.moves()).hasSize(1);
        rig.mark(DeskRig.BTC, "101.9");
        rig.pass(Duration.ofSeconds(10));
        rig.mark();
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.alerts("price-doubted:BTCUSDT")).hasSize(1);
        rig.mark(DeskRig.BTC, "90");
        rig.mark(DeskRig.BTC, "89.5");
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void f47AnOldPriceIsNoPrice() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.mark(DeskRig.BTC, "102");
        exchange.moved();
        Instant before = rig.now().exchange();
        rig.pass(Duration.ofSeconds(4));
        rig.said(new VenueEvent.Marked(Map.of(DeskRig.BTC, Price.of("100.4")), before));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.mark(DeskRig.BTC, "100.4");
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void aProducersMoveGoesFirst() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.intent(Map.of(
                "intent_id",
                "b",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "stop_loss",
                "99"));
        rig.mark(DeskRig.BTC, "102");
        assertThat(exchange.moves()).hasSize(1);
        assertThat(exchange.moved().trigger()).isEqualTo(Price.of("99"));
        rig.pass(Duration.ofSeconds(3));
        rig.mark();
        assertThat(exchange.moved().trigger()).isEqualTo(Price.of("100.47"));
    }

    private void target(String price) {
        rig.intent(Map.of(
                "intent_id",
                "u",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "take_profit",
                price));
    }

    /** A producer's newer level is what counts: the old one was passed, and is no level any more. */
    @Test
    void aTargetThatWasMovedAwayWhileTheExchangeHadItsTimeClosesNothing() {
        exchange.position("a", DeskRig.BTC);
        rig.mark(DeskRig.BTC, "103.5");
        target("106");
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.alerts("level-passed")).isEmpty();
        rig.mark(DeskRig.BTC, "106.1");
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    /** The exchange has the whole time for the newer level, and not what is left of the older one's. */
    @Test
    void aTargetThatWasMovedAndPassedAnewIsTheExchangesForTheWholeTime() {
        exchange.position("a", DeskRig.BTC);
        rig.mark(DeskRig.BTC, "103.5");
        target("104.5");
        exchange.takenOff();
        exchange.rest(rig.lastRest(Level.TARGET));
        rig.pass(Duration.ofSeconds(1));
        rig.mark(DeskRig.BTC, "104.6");
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.pass(Duration.ofMillis(600));
        assertThat(rig.alerts("level-passed")).hasSize(1);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }
}
