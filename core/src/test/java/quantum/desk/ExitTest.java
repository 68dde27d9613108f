package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.decision.Event;
import quantum.intent.Closed;
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

/** Nothing blocks an exit (law 5), none crosses zero, and every life has one end (INC-I80). */
class ExitTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    @Test
    void stopThatFiredPublishesOneEndWithItsSettlement() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        exchange.change(stop, Status.TRIGGERED, Replies.orderId(stop.id()));
        exchange.trade(stop.id(), Side.SELL, "10", "98.4");
        OrderUpdate fired = exchange.update(stop.id(), DeskRig.BTC, Side.SELL, OrderUpdate.Status.FILLED, "10", "98.4");
        exchange.stream(fired);
        exchange.stream(fired);
        exchange.change(stop, Status.FINISHED, null);
        assertThat(rig.last(Call.CancelConditional.class).id())
                .isEqualTo(rig.lastRest(Level.TARGET).id());
        exchange.trades(DeskRig.BTC);
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);

        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.reason()).isEqualTo(Closed.Reason.SL);
            assertThat(closed.exitPrice()).isEqualTo(Price.of("98.4"));
            assertThat(closed.result().pnl()).isEqualByComparingTo("-16.02");
            assertThat(closed.result().fees()).isEqualByComparingTo("0.02");
            assertThat(closed.intentId()).isEqualTo("a");
        });
        assertThat(rig.view().positions()).isEmpty();
    }

    @Test
    void stopThatFiredUnderAForeignIdIsKnownByItsOrder() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        ClientOrderId foreign = new ClientOrderId("x-77");
        exchange.trade(foreign, Side.SELL, "10", "98.4");
        exchange.stream(exchange.update(foreign, DeskRig.BTC, Side.SELL, OrderUpdate.Status.FILLED, "10", "98.4"));
        rig.positions();
        exchange.change(stop, Status.FINISHED, Replies.orderId(foreign));
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.SL));
    }

    @ParameterizedTest
    @CsvSource({
        "autoclose-1634, LIQUIDATION",
        "adl_autoclose, ADL",
        "settlement_autoclose-16, SETTLEMENT",
        "web_abc, EXTERNAL"
    })
    void endMadeByOthersHasItsReason(String id, Closed.Reason reason) {
        exchange.position("a", DeskRig.BTC);
        ClientOrderId foreign = new ClientOrderId(id);
        exchange.trade(foreign, Side.SELL, "10", "98.4");
        exchange.stream(exchange.update(foreign, DeskRig.BTC, Side.SELL, OrderUpdate.Status.FILLED, "10", "98.4"));
        rig.positions();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(reason));
    }

    @Test
    void foreignPartialCloseToldTwiceClosesNoRest() {
        exchange.position("a", DeskRig.BTC);
        ClientOrderId foreign = new ClientOrderId("web_77");
        for (int i = 0; i < 3; i++) {
            exchange.stream(exchange.update(foreign, DeskRig.BTC, Side.SELL, OrderUpdate.Status.FILLED, "4", "98.9"));
        }
        rig.passSeconds(5);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void foreignOrderThatRestsPartlyFilledHoldsUpNoExitOfOurs() {
        exchange.position("a", DeskRig.BTC);
        exchange.stream(exchange.update(
                new ClientOrderId("web_1"), DeskRig.BTC, Side.SELL, OrderUpdate.Status.PARTIALLY_FILLED, "1", "101"));
        rig.passSeconds(4);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "9", "100", "100"));
        rig.on(new Event.Commanded(new Event.Command.Flatten(DeskRig.BTC)));
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("9");
    }

    @Test
    void trailingStopClosesAfterTheRatchet() {
        exchange.position("a", DeskRig.BTC);
        rig.mark(DeskRig.BTC, "102");
        rig.mark(DeskRig.BTC, "100.6");
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        rig.mark(DeskRig.BTC, "100.4");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        exchange.fillClose("100.4");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.TRAILING));
    }

    @Test
    void closeOfAnIntentFillsWhileEveryGuardIsUp() {
        exchange.position("a", DeskRig.BTC);
        rig.account("0");
        rig.on(new Event.Commanded(new Event.Command.Pause()));
        rig.on(new Event.LedgerBehind(true));
        for (int i = 0; i < 6; i++) {
            rig.buy("spam" + i, DeskRig.ETH);
        }
        rig.on(new Event.Commanded(new Event.Command.Stop()));
        rig.close("b", DeskRig.BTC);
        exchange.fillClose("101");
        assertThat(rig.reports("b")).singleElement().isInstanceOf(Report.Filled.class);
    }

    @Test
    void closeOfTheWrongSideOrOfNothingIsRefused() {
        rig.close("none", DeskRig.ETH);
        assertThat(why("none")).isEqualTo("NO_POSITION");
        exchange.position("a", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "b", "symbol", "BTCUSDT", "action", "BUY", "reduceOnly", "true"));
        assertThat(why("b")).isEqualTo("NO_POSITION");
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void closesAtOnceNeverExceedThePosition() {
        exchange.position("a", DeskRig.BTC);
        rig.closePart("half", DeskRig.BTC, "0.6");
        rig.closePart("more", DeskRig.BTC, "0.6");
        rig.close("all", DeskRig.BTC);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        BigDecimal sum = rig.calls(Call.Close.class).stream()
                .map(c -> c.quantity().value())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo("10");
        assertThat(why("all")).isEqualTo("CLOSE_IN_FLIGHT");
    }

    @ParameterizedTest
    @CsvSource({"quantity, 0.5, 0.5", "quantity, 0.0019, 0.001", "quantity, 25, 10", "close_fraction, 0.25, 2.5"})
    void incI51PartIsClosedToTheLastWholeStep(String field, String wish, String sent) {
        exchange.position("a", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "b", "symbol", "BTCUSDT", "action", "CLOSE", field, wish));
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo(sent);
    }

    /** A short word of the contract is a word, and no part of another one. */
    @ParameterizedTest
    @CsvSource({
        "TP_HIT, TP",
        "tp1, TP",
        "output full, SIGNAL",
        "slippage, SIGNAL",
        "SL hit, SL",
        "trailing stop, TRAILING",
        "time_exit, TIME",
        "sometimes, SIGNAL",
        "sentiment turned bearish, SIGNAL",
        "multi timeframe signal, SIGNAL",
        "nonstop buying over, SIGNAL",
        "tphit, TP",
        "stopped out, SL",
        "max_time, TIME",
        "manual, MANUAL"
    })
    void whatAProducersCloseIsForIsReadInWholeWords(String words, Closed.Reason reason) {
        exchange.position("a", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "b", "symbol", "BTCUSDT", "action", "CLOSE", "reason", words));
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).extracting(Closed::reason).containsExactly(reason);
    }

    @Test
    void incI32NothingToReduceReadsThePositionsAndEndsTheLife() {
        exchange.position("a", DeskRig.BTC);
        rig.close("b", DeskRig.BTC);
        exchange.deny(rig.last(Call.Close.class).id(), -2022, Answer.Cause.NOTHING_TO_REDUCE);
        assertThat(rig.reports("b")).singleElement().isInstanceOf(Report.Rejected.class);
        assertThat(rig.calls(Call.ReadPositions.class)).isNotEmpty();
        rig.positions();
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "10", "100");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.view().positions()).isEmpty();
    }

    @Test
    void ownExitThatIsRefusedIsTriedAgainButNotAtEveryPrice() {
        exchange.position("a", DeskRig.BTC);
        rig.mark(DeskRig.BTC, "102");
        rig.mark(DeskRig.BTC, "100.2");
        for (int i = 0; i < 50; i++) {
            exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
            rig.mark();
            rig.pass(Duration.ofMillis(100));
        }
        assertThat(rig.calls(Call.Close.class)).hasSizeBetween(4, 7);
    }

    @Test
    void moreThanOneMarketOrderCarriesIsClosedInParts() {
        rig.positions(Replies.held(DeskRig.BTC, Direction.SHORT, "2500.5", "100", "100"));
        exchange.protect();
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        List<String> parts = List.of("1000", "1000", "500.5");
        for (int i = 0; i < parts.size(); i++) {
            Call.Close close = rig.calls(Call.Close.class).get(i);
            assertThat(close.quantity().value()).isEqualByComparingTo(parts.get(i));
            exchange.fill(close, "100");
            rig.pass(Duration.ofMillis(1));
        }
        assertThat(rig.calls(Call.Close.class)).hasSameSizeAs(parts);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).singleElement().satisfies(c -> {
            assertThat(c.reason()).isEqualTo(Closed.Reason.KILL);
            assertThat(c.quantity().value()).isEqualByComparingTo("2500.5");
        });
    }

    @Test
    void closeToldAgainMuchLaterReducesNothing() {
        exchange.position("a", DeskRig.BTC);
        rig.closePart("b", DeskRig.BTC, "0.5");
        Call.Close close = exchange.fillClose("100");
        rig.passSeconds(180);
        exchange.stream(exchange.update(close, OrderUpdate.Status.FILLED, "5", "100"));
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo("5"));
    }

    @Test
    void oldStopToldAgainIsNoExitOfTheNextLife() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        OrderUpdate fired = exchange.update(stop.id(), DeskRig.BTC, Side.SELL, OrderUpdate.Status.FILLED, "10", "98.4");
        exchange.trade(stop.id(), Side.SELL, "10", "98.4");
        exchange.stream(fired);
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(180);
        exchange.position("b", DeskRig.BTC);
        exchange.stream(fired);
        assertThat(rig.view().positions()).hasSize(1);
    }

    @Test
    void tradesThatNeverAddUpAreReadLessAndLessOftenAndAlarmed() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        rig.passSeconds(16);
        rig.positions();
        rig.fresh();
        for (int i = 0; i < 600; i++) {
            rig.passSeconds(1);
            if (rig.freshCalls(Call.ReadTrades.class) > 0) {
                exchange.trades(DeskRig.BTC);
            }
        }
        assertThat(rig.calls(Call.ReadTrades.class)).hasSizeLessThan(60);
        assertThat(rig.alerts("unsettled")).hasSize(1);
    }

    private String why(String intentId) {
        return rig.reports(intentId).stream()
                .map(r -> r instanceof Report.Rejected rejected ? rejected.why().name() : r.status())
                .reduce((first, second) -> second)
                .orElse("none");
    }
}
