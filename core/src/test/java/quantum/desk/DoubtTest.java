package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.guard.Breaker;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.position.ExistingPolicy;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/** One reading of the positions that lacks what is held is a doubt, and ends nothing (X-F6). */
class DoubtTest {

    private static final ClientOrderId BY_HAND = new ClientOrderId("web_1");

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private VenueEvent.Held held() {
        return Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100");
    }

    private void assertHeldAndProtected() {
        assertThat(rig.view().positions()).hasSize(1);
        assertThat(rig.view().counts().unprotected()).isZero();
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        assertThat(rig.closed()).isEmpty();
    }

    @Test
    void xF6_oneEmptyListTakesNoStopOffAndIsForgottenWhenTheNextShowsThePosition() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        assertHeldAndProtected();
        assertThat(rig.calls(Call.ReadTrades.class))
                .as("the trades are a second witness")
                .hasSize(1);
        exchange.tradesAlone(DeskRig.BTC);
        rig.pass(Duration.ofSeconds(1));
        rig.positions(held());
        assertHeldAndProtected();
        assertThat(rig.alerts("reading-doubted")).hasSize(1);
        // An older doubt and a new one are not two that agree.
        rig.passSeconds(60);
        rig.positions();
        assertHeldAndProtected();
    }

    @Test
    void xF6_manyEmptyListsWithinTheTimeOfAnAbsenceEndNothing() {
        exchange.position("a", DeskRig.BTC);
        for (int i = 0; i < 14; i++) {
            rig.positions();
            exchange.tradesAlone(DeskRig.BTC);
            rig.pass(Duration.ofSeconds(1));
        }
        assertHeldAndProtected();
    }

    @Test
    void xF6_nothingOpensWhereAPositionIsInDoubt() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        rig.passSeconds(1);
        rig.buy("b", DeskRig.BTC);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(rig.reports("b"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why()).isEqualTo(Refusal.SYMBOL_LOCKED));
    }

    @Test
    void xF6_aCloseOfWhatIsInDoubtLeavesAllTheSame() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        rig.close("c", DeskRig.BTC);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void xF6_tradesThatAddUpEndItAtOnce() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        exchange.trade(BY_HAND, Side.SELL, "10", "101");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.EXTERNAL));
        assertThat(rig.calls(Call.CancelConditional.class)).hasSize(2);
    }

    /** Our clock may be some milliseconds behind the exchange's: the trade is of this life all the same (seed 94659). */
    @Test
    void xF6_aTradeThatIsDatedLaterThanOurClockEndsItAsWell() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        exchange.tradeAt(BY_HAND, Side.SELL, "10", "101", rig.now().exchange().plusMillis(2));
        exchange.trades(DeskRig.BTC);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).hasSize(1);
    }

    @Test
    void xF6_aSecondReadingAfterTheTimeOfAnAbsenceEndsItWithoutTrades() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        rig.passSeconds(16);
        rig.positions();
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.calls(Call.CancelConditional.class)).hasSize(2);
    }

    @Test
    void xF6_theSecondReadingIsAskedForInTimeAndSeldom() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        rig.fresh();
        rig.pass(Duration.ofMillis(15_100));
        assertThat(rig.freshCalls(Call.ReadPositions.class)).isBetween(3L, 6L);
    }

    @Test
    void xF6_whatIsExecutedAfterTheReadingEndsTheDoubt() {
        exchange.position("a", DeskRig.BTC);
        rig.positions();
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.SIGNAL));
    }

    @Test
    void xF6_oneReadingThatShowsItTurnedTakesNoStopOff() {
        exchange.position("a", DeskRig.BTC);
        rig.fresh();
        rig.positions(Replies.held(DeskRig.BTC, Direction.SHORT, "5", "101", "101"));
        assertHeldAndProtected();
        assertThat(rig.freshCalls(Call.ReadPositions.class))
                .as("asked again at once")
                .isPositive();
        rig.positions(held());
        assertHeldAndProtected();
    }

    /** A list that still shows what just ended made a position of its own of it, which nothing could ever end. */
    @Test
    void aListThatLagsBehindAnEndFindsNoPosition() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).hasSize(1);
        rig.fresh();
        rig.pass(Duration.ofMillis(300));
        rig.positions(held());
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.freshCalls(Call.PlaceConditional.class)).isZero();
        rig.pass(Duration.ofMillis(1_100));
        assertThat(rig.freshCalls(Call.ReadPositions.class))
                .as("what it showed is looked for again soon")
                .isPositive();
        rig.positions();
        assertThat(rig.view().positions()).isEmpty();
    }

    /** A list that lacked an addition made a close leave it behind, with its stop taken off. */
    @Test
    void aListThatLagsBehindATradeChangesNoQuantity() {
        exchange.position("a", DeskRig.BTC);
        rig.fresh();
        rig.pass(Duration.ofMillis(300));
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "4", "100", "100"));
        assertThat(rig.view().positions().getFirst().quantity()).isEqualByComparingTo("10");
        rig.pass(Duration.ofMillis(1_100));
        assertThat(rig.freshCalls(Call.ReadPositions.class)).isPositive();
        rig.passSeconds(3);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "4", "100", "100"));
        assertThat(rig.view().positions().getFirst().quantity()).isEqualByComparingTo("4");
    }

    @Test
    void whatIsHeldAgainSecondsAfterAnEndIsFoundAndProtected() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.fresh();
        rig.passSeconds(4);
        rig.positions(held());
        assertThat(rig.view().positions()).hasSize(1);
        assertThat(rig.freshCalls(Call.PlaceConditional.class)).isPositive();
    }

    @Test
    void xF6_aRestartBelievesOneEmptyListNoMore() {
        exchange.position("a", DeskRig.BTC);
        rig.restart(List.of(), List.of());
        assertThat(rig.view().positions()).hasSize(1);
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
    }

    /** Seed 1569: of four trades two were listed, and they added up to nothing held. */
    @Test
    void w3_aListThatAddsUpAndLacksWhatWasHeardIsNotBelieved() {
        exchange.position("a", DeskRig.BTC);
        rig.mark();
        rig.closePart("half", DeskRig.BTC, "0.5");
        exchange.fillClose("101");
        rig.close("rest", DeskRig.BTC);
        exchange.fillClose("99");
        // The rest of the entry, and the second close, are not listed yet.
        Call.Trade entry = exchange.trades.getFirst();
        Call.Trade half = new Call.Trade(
                entry.orderId(),
                1,
                Side.BUY,
                null,
                entry.price(),
                Quantity.of("5"),
                new BigDecimal("0.01"),
                entry.time());
        rig.said(new VenueEvent.TradesRead(
                DeskRig.BTC, List.of(half, exchange.trades.get(1)), rig.now().nanos()));
        rig.passSeconds(3);
        assertThat(rig.closed()).isEmpty();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.quantity()).isEqualTo(Quantity.of("10")));
    }

    /** Seed 23869: its end was not heard, and an order that was to add to it opened the position anew. */
    @Test
    void whatOpenedTheNextPositionAfterAnUnheardEndIsHeldAndKeepsAStop() {
        DeskRig rig = DeskRig.ready(ExistingPositionTest.rules(
                ExistingPolicy.SameSide.SCALE_IN, ExistingPolicy.OtherSide.REFUSE, Breaker.Limit.NONE));
        Replies exchange = new Replies(rig);
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional stop = rig.lastRest(Call.Level.STOP);
        exchange.trade(BY_HAND, Side.SELL, "10", "101");
        rig.passSeconds(10);
        rig.buy("b", DeskRig.BTC);
        exchange.fill("102");
        rig.positions();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo("10"));
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.quantity()).isEqualTo(Quantity.of("10")));
        assertThat(rig.lastRest(Call.Level.STOP).id()).isNotEqualTo(stop.id());
        assertThat(rig.calls(Call.CancelConditional.class))
                .extracting(Call.CancelConditional::id)
                .as("until the next one's own stop is live")
                .doesNotContain(stop.id());
        rig.mark();
        rig.intent(Map.of("intent_id", "s", "symbol", "BTCUSDT", "action", "SELL", "position_size_usd", "500"));
        assertThat(rig.reports("s"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why()).isEqualTo(Refusal.POSITION_OPPOSITE));
    }
}
