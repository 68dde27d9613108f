package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.position.PositionMode;
import quantum.rules.Rules;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/** An account that keeps a long and a short of one symbol side by side (binance-usdm 3.4). */
class HedgeModeTest {

    private final DeskRig rig = DeskRig.ready(Rules.DEFAULT.withPositions(PositionMode.HEDGE));
    private final Replies replies = new Replies(rig);

    @Test
    void aShortOpensBesideALongAndEachHasItsStop() {
        bothSides();

        assertThat(rig.view().positions())
                .extracting(DeskView.PositionView::symbol, DeskView.PositionView::direction)
                .containsExactly(tuple("BTCUSDT", "LONG"), tuple("BTCUSDT", "SHORT"));
        assertThat(rig.calls(Call.PlaceConditional.class))
                .filteredOn(rest -> rest.level() == Call.Level.STOP)
                .extracting(Call.PlaceConditional::direction)
                .containsExactly(Direction.LONG, Direction.SHORT);
    }

    @Test
    void aCloseThatNamesNoSideOfTwoIsRefused() {
        bothSides();
        rig.close("which", DeskRig.BTC);

        assertThat(rig.reports("which"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why()).isEqualTo(Refusal.POSITION_SIDE_MISSING));
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void aCloseEndsTheSideItNames() {
        bothSides();
        rig.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", "position_side", "SHORT"));
        replies.fillClose("99");

        assertThat(rig.last(Call.Close.class).side()).isEqualTo(Side.BUY);
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.direction()).isEqualTo("LONG"));
    }

    @Test
    void aReduceOnlyBuyClosesTheShortAndNeverTouchesTheLong() {
        bothSides();
        rig.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "BUY", "reduceOnly", "true"));

        assertThat(rig.calls(Call.Close.class))
                .singleElement()
                .satisfies(close -> assertThat(close.side()).isEqualTo(Side.BUY));
    }

    @Test
    void aLifeIsSettledFromTheTradesOfItsOwnSide() {
        bothSides();
        rig.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", "position_side", "LONG"));
        Call.Close close = rig.last(Call.Close.class);
        replies.fillClose("103");
        OrderId longEntry =
                Replies.orderId(rig.calls(Call.Open.class).getFirst().id());
        OrderId shortEntry =
                Replies.orderId(rig.calls(Call.Open.class).getLast().id());
        rig.said(new VenueEvent.TradesRead(
                DeskRig.BTC,
                List.of(
                        trade(longEntry, Side.BUY, Direction.LONG, "100"),
                        trade(shortEntry, Side.SELL, Direction.SHORT, "101"),
                        trade(Replies.orderId(close.id()), Side.SELL, Direction.LONG, "103")),
                rig.now().nanos()));
        replies.income(rig.last(Call.ReadIncome.class));

        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.direction()).isEqualTo(Direction.LONG);
            assertThat(closed.exitPrice()).isEqualTo(Price.of("103"));
            assertThat(closed.reason()).isEqualTo(Closed.Reason.SIGNAL);
        });
    }

    @Test
    void bothSidesFoundOnTheExchangeAreAdoptedApart() {
        rig.positions(
                Replies.held(DeskRig.ETH, Direction.LONG, "2", "100", "100"),
                Replies.held(DeskRig.ETH, Direction.SHORT, "1", "100", "100"));

        assertThat(rig.view().positions()).hasSize(2);
        assertThat(rig.calls(Call.PlaceConditional.class))
                .filteredOn(rest -> rest.level() == Call.Level.STOP)
                .extracting(Call.PlaceConditional::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void aSideClosedOutsideEndsAloneAndARestartKeepsTheOther() {
        bothSides();
        rig.restart(List.of(Replies.held(DeskRig.BTC, Direction.SHORT, "10", "100", "100")), List.of());
        rig.passSeconds(16);
        rig.positions(Replies.held(DeskRig.BTC, Direction.SHORT, "10", "100", "100"));

        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.direction()).isEqualTo("SHORT"));
    }

    /** The mode was changed while the process was down: only an account without positions can change it. */
    @Test
    void twoRecordedSidesEndWhenTheAccountIsInOneWayModeNow() {
        bothSides();
        DeskRig later = new DeskRig(Rules.DEFAULT);
        later.on(new Event.Restored(rig.snapshot()));
        later.connect(List.of(), List.of());
        later.mark();
        later.passSeconds(16);
        later.positions();

        assertThat(later.view().positions()).isEmpty();
        assertThat(later.calls(Call.ReadTrades.class)).isNotEmpty();
    }

    private void bothSides() {
        replies.position("long", DeskRig.BTC);
        rig.passSeconds(31);
        rig.account("10000");
        rig.intent(Map.of("intent_id", "short", "symbol", "BTCUSDT", "action", "SELL", "position_size_usd", "1000"));
        replies.fill("100");
        replies.protect();
        rig.pass(java.time.Duration.ofMillis(10));
    }

    private Call.Trade trade(OrderId order, Side side, Direction position, String price) {
        return new Call.Trade(
                order,
                rig.now().nanos(),
                side,
                position,
                Price.of(price),
                Quantity.of("10"),
                new BigDecimal("0.01"),
                rig.now().exchange());
    }

    /** Seed 69348: the list of trades is newer than what is known of the other side, which was found and has just ended. */
    @Test
    void anEndWaitsWhileTheTradesOfTheOtherSideSayMoreThanIsKnownOfIt() {
        rig.intent(Map.of("intent_id", "s", "symbol", "BTCUSDT", "action", "SELL", "position_size_usd", "1000"));
        Call.Open open = replies.fill("100");
        replies.protect();
        rig.passSeconds(1);
        rig.positions(held(Direction.SHORT, "10"), held(Direction.LONG, "7"));
        rig.passSeconds(1);
        rig.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", "position_side", "SHORT"));
        Call.Close close = replies.fillClose("99");
        rig.passSeconds(1);
        Instant now = rig.now().exchange();
        List<Call.Trade> trades = List.of(
                trade(open.id(), Side.SELL, Direction.SHORT, "10", now.minusSeconds(3)),
                trade(new ClientOrderId("web_1"), Side.BUY, Direction.LONG, "7", now.minusMillis(2500)),
                trade(close.id(), Side.BUY, Direction.SHORT, "10", now.minusSeconds(1)),
                trade(new ClientOrderId("web_2"), Side.SELL, Direction.LONG, "7", now));
        rig.fresh();
        rig.said(new VenueEvent.TradesRead(DeskRig.BTC, trades, rig.now().nanos()));
        assertThat(rig.freshCalls(Call.ReadIncome.class)).isZero();
    }

    private static VenueEvent.Held held(Direction direction, String quantity) {
        return Replies.held(DeskRig.BTC, direction, quantity, "100", "100");
    }

    private static Call.Trade trade(ClientOrderId id, Side side, Direction position, String quantity, Instant at) {
        return new Call.Trade(
                Replies.orderId(id),
                id.value().hashCode(),
                side,
                position,
                Price.of("100"),
                Quantity.of(quantity),
                new BigDecimal("0.01"),
                at);
    }
}
