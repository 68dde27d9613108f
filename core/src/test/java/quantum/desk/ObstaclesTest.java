package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Closed.Reason;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.RestingOrder;
import quantum.venue.VenueEvent;

/** Closes that the exchange refuses because something else uses the position up, and what can open it again. */
class ObstaclesTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private static RestingOrder order(String id, Side side, boolean reduceOnly) {
        return new RestingOrder(
                DeskRig.BTC,
                new ClientOrderId(id),
                new OrderId("77"),
                "LIMIT",
                side,
                Price.of("150"),
                Quantity.of("10"),
                reduceOnly);
    }

    private void refuse() {
        exchange.deny(rig.last(Call.Close.class).id(), -2022, Answer.Cause.NOTHING_TO_REDUCE);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
    }

    /** Refuses each close for so many seconds; how many there were. */
    private int refuseFor(int seconds) {
        int before = rig.calls(Call.Close.class).size();
        int seen = before;
        for (int i = 0; i < seconds; i++) {
            rig.passSeconds(1);
            if (rig.calls(Call.Close.class).size() > seen) {
                seen = rig.calls(Call.Close.class).size();
                refuse();
            }
        }
        return seen - before;
    }

    @Test
    void xF1_aCloseOfAllIsTriedAgainAndTheOrderInItsWayIsNamed() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        refuse();
        assertThat(rig.last(Call.ReadOrders.class).symbol()).isEqualTo(DeskRig.BTC);
        rig.said(new VenueEvent.OrdersRead(
                DeskRig.BTC, List.of(order("app-take", Side.SELL, true), order("app-buy", Side.BUY, false))));
        assertThat(rig.alerts("close-blocked"))
                .singleElement()
                .satisfies(
                        alert -> assertThat(alert.text()).contains("app-take").doesNotContain("app-buy"));
        assertThat(refuseFor(60)).as("with a growing pause").isBetween(4, 7);
        // The other order is gone.
        for (int i = 0; rig.view().ordersInFlight().isEmpty(); i++) {
            assertThat(i).isLessThan(40);
            rig.passSeconds(1);
        }
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Reason.SIGNAL));
    }

    @Test
    void xF1_aPartThatIsRefusedIsLeftToItsProducer() {
        exchange.position("a", DeskRig.BTC);
        rig.intent(java.util.Map.of("intent_id", "p", "symbol", "BTCUSDT", "action", "CLOSE", "quantity", "4"));
        refuse();
        assertThat(refuseFor(60)).isZero();
    }

    @Test
    void xF1_nothingIsSaidWhereThePositionIsGone() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.deny(rig.last(Call.Close.class).id(), -2022, Answer.Cause.NOTHING_TO_REDUCE);
        rig.positions();
        exchange.trade(new ClientOrderId("web_1"), Side.SELL, "10", "100");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(30);
        assertThat(rig.alerts("close-blocked")).isEmpty();
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void xF3_aRefusedFlattenAsksSeldomAndForOneSymbol() {
        exchange.position("a", DeskRig.BTC);
        rig.fresh();
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        refuse();
        refuseFor(100);
        List<Effect> asked = rig.fresh();
        assertThat(asked.stream().filter(e -> e instanceof Effect.Ask(Call call) && call instanceof Call.ReadPositions))
                .as("readings of the positions in 100 s")
                .hasSizeLessThan(45);
        assertThat(asked.stream()
                        .filter(e -> e instanceof Effect.Ask(Call call) && call instanceof Call.ReadConditionals))
                .hasSizeLessThan(6);
        assertThat(asked.stream().filter(e -> e instanceof Effect.Ask(Call call) && call instanceof Call.Close))
                .hasSizeBetween(5, 9);
    }

    @Test
    void xF2_resumeWithdrawsAFlattenThatMeetsRefusals() {
        exchange.position("a", DeskRig.BTC);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        refuse();
        refuseFor(5);
        rig.on(new Event.Commanded(new Event.Command.Resume()));
        rig.fresh();
        rig.passSeconds(120);
        assertThat(rig.freshCalls(Call.Close.class)).isZero();
        assertThat(rig.view().positions()).hasSize(1);
    }

    @Test
    void xF13_theProofOfAFlattenNamesOrdersThatCanOpenAgain() {
        exchange.position("a", DeskRig.BTC);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.positions();
        assertThat(rig.alerts("flat")).isNotEmpty();
        assertThat(rig.last(Call.ReadOrders.class).symbol())
                .as("the whole book")
                .isNull();
        rig.said(new VenueEvent.OrdersRead(
                null, List.of(order("app-buy", Side.BUY, false), order("app-take", Side.SELL, true))));
        assertThat(rig.alerts("flat-not-for-long"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("app-buy").doesNotContain("app-take"));
    }

    /** Two symbols that are proven flat at once are two questions, whichever answer comes first. */
    @Test
    void xF13_eachOfTwoFlattenedSymbolsHasItsOwnAnswer() {
        exchange.position("a", DeskRig.BTC);
        exchange.position("b", DeskRig.XRP);
        rig.on(new Event.Commanded(new Event.Command.Flatten(DeskRig.BTC)));
        rig.on(new Event.Commanded(new Event.Command.Flatten(DeskRig.XRP)));
        rig.calls(Call.Close.class).forEach(close -> exchange.fill(close, "100"));
        rig.positions();
        rig.passSeconds(3);
        rig.positions();
        assertThat(rig.calls(Call.ReadOrders.class))
                .extracting(Call.ReadOrders::symbol)
                .contains(DeskRig.BTC, DeskRig.XRP);
        rig.said(new VenueEvent.OrdersRead(DeskRig.BTC, List.of(order("app-buy", Side.BUY, false))));
        rig.said(new VenueEvent.OrdersRead(DeskRig.XRP, List.of(order("app-too", Side.BUY, false))));
        assertThat(rig.alerts("flat-not-for-long")).hasSize(2);
    }

    @Test
    void xF7_tradesThatCannotBeHadAreAskedForSeldomAndAlarmedBySymbol() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        rig.fresh();
        int asked = 0;
        for (int i = 0; i < 600; i++) {
            long fresh = rig.freshCalls(Call.ReadTrades.class);
            asked += Math.toIntExact(fresh);
            if (fresh > 0 || i == 0) {
                Call.ReadTrades call = rig.last(Call.ReadTrades.class);
                rig.said(new VenueEvent.ReadFailed(call, "-4166 Search window is too old", true));
            }
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(asked).isLessThan(60);
        assertThat(rig.alerts("trades-unread"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.symbol()).isEqualTo("BTCUSDT"));
        // The exchange can tell after all.
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).hasSize(1);
    }

    @Test
    void xF7_anEndThatIsRefusedForGoodIsToldAfterABoundFromWhatIsKnown() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        for (int i = 0; i < 16 * 60 && rig.closed().isEmpty(); i++) {
            rig.fresh();
            Call.ReadTrades call = rig.last(Call.ReadTrades.class);
            rig.said(new VenueEvent.ReadFailed(call, "-4166 Search window is too old", true));
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.entryPrice()).isEqualTo(Price.of("100"));
            assertThat(closed.exitPrice()).isEqualTo(Price.of("101"));
            assertThat(closed.quantity()).isEqualTo(Quantity.of("10"));
            assertThat(closed.reason()).isEqualTo(Reason.SIGNAL);
            assertThat(closed.result().pnl()).as("nobody told the fees").isNull();
            assertThat(closed.orderIds()).hasSize(2);
        });
        assertThat(rig.alerts("untraced")).hasSize(1);
        rig.passSeconds(120);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).as("once").hasSize(1);
    }

    @Test
    void xF7_anEndWhoseHistoryIsGoneIsToldAfterABoundAndNeverForAReadingThatMayComeYet() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("101");
        for (int i = 0; i < 20; i++) {
            rig.said(new VenueEvent.ReadFailed(rig.last(Call.ReadTrades.class), "no answer", false));
            rig.passSeconds(60);
        }
        assertThat(rig.closed()).as("an outage is no proof").isEmpty();
        rig.said(new VenueEvent.TradesRead(DeskRig.BTC, List.of(), rig.now().nanos()));
        assertThat(rig.closed()).hasSize(1);
    }

    /** A stale list after a restart showed a position that had just ended (seeds 1994, 2078, 10651). */
    @Test
    void xF7_aPositionThatOneReadingShowedAndNothingElseIsWithdrawn() {
        rig.positions(held("50"));
        for (int i = 0; i < 100; i++) {
            rig.passSeconds(1);
            rig.positions();
            rig.said(new VenueEvent.TradesRead(DeskRig.BTC, List.of(), rig.now().nanos()));
        }
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.closed()).as("it never began here").isEmpty();
        assertThat(rig.alerts("withdrawn")).hasSize(1);
    }

    /** A row that named its symbol oddly for one reading made a position in a symbol that is none (seed 1516). */
    @Test
    void xF7_aPositionInASymbolThatOneReadingNamedAndNobodyKnowsIsWithdrawn() {
        rig.positions(held("50"));
        for (int i = 0; i < 100; i++) {
            rig.passSeconds(1);
            rig.positions();
            rig.said(new VenueEvent.ReadFailed(
                    new Call.ReadTrades(DeskRig.BTC, Instant.EPOCH), "-1121 Invalid symbol.", true));
        }
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.closed()).isEmpty();
        assertThat(rig.alerts("withdrawn")).hasSize(1);
    }

    /** Seed 1994: the trades of the next life in the same symbol are not of what was never held. */
    @Test
    void xF7_whatWasTradedLaterIsNotOfAPositionThatIsWithdrawn() {
        rig.positions(held("50"));
        for (int i = 0; i < 17; i++) {
            rig.passSeconds(1);
            rig.positions();
            exchange.tradesAlone(DeskRig.BTC);
        }
        assertThat(rig.view().positions()).isEmpty();
        rig.passSeconds(10);
        exchange.trade(new ClientOrderId("web_2"), Side.SELL, "10", "100");
        exchange.trade(new ClientOrderId("web_3"), Side.BUY, "10", "100");
        for (int i = 0; i < 100; i++) {
            rig.passSeconds(1);
            exchange.tradesAlone(DeskRig.BTC);
        }
        assertThat(rig.closed()).isEmpty();
        assertThat(rig.alerts("withdrawn")).hasSize(1);
    }

    @Test
    void xF7_aPositionThatWasSeenTwiceIsToldEvenWithoutATrade() {
        rig.positions(held("50"));
        rig.passSeconds(20);
        rig.positions(held("50"));
        for (int i = 0; i < 1000 && rig.closed().isEmpty(); i++) {
            rig.passSeconds(1);
            rig.positions();
            rig.said(new VenueEvent.TradesRead(DeskRig.BTC, List.of(), rig.now().nanos()));
        }
        assertThat(rig.closed()).hasSize(1);
        assertThat(rig.alerts("withdrawn")).isEmpty();
    }

    @Test
    void xF10_aFoundPositionsStopIsLaidWhereItIsReachedBeforeLiquidation() {
        rig.positions(held("99.4"));
        assertThat(rig.lastRest(Call.Level.STOP).trigger()).isEqualTo(Price.of("99.64"));
    }

    @Test
    void xF10_aStopThatFellBehindTheLiquidationPriceIsAlarmedAndMoved() {
        exchange.position("a", DeskRig.BTC);
        rig.passSeconds(3);
        rig.positions(held("99"));
        assertThat(rig.alerts("stop-behind-liquidation")).hasSize(1);
        assertThat(exchange.moved().trigger()).isEqualTo(Price.of("99.4"));
        rig.positions(held("99"));
        assertThat(rig.alerts("stop-behind-liquidation")).hasSize(1);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    private static VenueEvent.Held held(String liquidation) {
        return new VenueEvent.Held(
                DeskRig.BTC,
                Direction.LONG,
                Quantity.of("10"),
                Price.of("100"),
                Price.of("100"),
                Price.of(liquidation),
                100);
    }

    /** Seed 85674: our stop was refused at its level, and another hand's take used the position up for half a minute. */
    @Test
    void aCloseLeavesAtOnceWhenTheOrderInItsWayIsGone() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        refuse();
        refuseFor(20);
        int before = rig.calls(Call.Close.class).size();
        rig.pass(Duration.ofMillis(100));
        ClientOrderId take = new ClientOrderId("app-take");
        exchange.stream(exchange.update(take, DeskRig.BTC, Side.BUY, OrderUpdate.Status.CANCELED, "0", "0"));
        rig.pass(Duration.ofMillis(10));
        assertThat(rig.calls(Call.Close.class)).as("an order of the other side").hasSize(before);
        exchange.stream(exchange.update(take, DeskRig.BTC, Side.SELL, OrderUpdate.Status.CANCELED, "0", "0"));
        rig.pass(Duration.ofMillis(10));
        assertThat(rig.calls(Call.Close.class)).hasSize(before + 1);
    }
}
