package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.guard.Breaker;
import quantum.guard.GuardName;
import quantum.guard.Limits;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.position.ExistingPolicy;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.position.PositionMode;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.VenueEvent;

/** An open on a position that exists follows the policy, and one that runs in a circle is stopped (INC-I43). */
class ExistingPositionTest {

    private DeskRig rig = DeskRig.ready();
    private Replies exchange = new Replies(rig);

    static Rules rules(SameSide same, OtherSide other, Breaker.Limit breaker) {
        Limits limits = Limits.DEFAULT;
        return Rules.DEFAULT
                .withExisting(new ExistingPolicy(same, other))
                .withLimits(new Limits(
                        new Limits.Rates(Duration.ZERO, 1000, Duration.ofSeconds(1), breaker),
                        limits.margin(),
                        limits.exposure(),
                        limits.openMaxAge(),
                        limits.priceMaxAge()));
    }

    private void begin(Rules rules) {
        rig = DeskRig.ready(rules);
        exchange = new Replies(rig);
        exchange.position("a", DeskRig.BTC);
        rig.fresh();
    }

    private void begin(SameSide same, OtherSide other) {
        begin(rules(same, other, Breaker.Limit.NONE));
    }

    private void open(String id, String action, String... more) {
        Map<String, String> fields = new HashMap<>(
                Map.of("intent_id", id, "symbol", "BTCUSDT", "action", action, "position_size_usd", "1000"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        rig.intent(fields);
    }

    private void assertRejected(String id, Refusal why) {
        assertThat(rig.reports(id))
                .last()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why()).isEqualTo(why));
        assertThat(rig.reports(id)).filteredOn(Report::isTerminal).hasSize(1);
    }

    private DeskView.PositionView held() {
        assertThat(rig.view().positions()).hasSize(1);
        return rig.view().positions().getFirst();
    }

    @Test
    void refuseLeavesThePositionAsItIs() {
        begin(SameSide.REFUSE, OtherSide.REFUSE);
        open("b", "BUY", "stop_loss", "99.5");
        assertRejected("b", Refusal.POSITION_EXISTS);
        open("c", "SELL");
        assertRejected("c", Refusal.POSITION_OPPOSITE);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
    }

    @Test
    void scaleInAddsToThePositionAndItsStopFollows() {
        begin(SameSide.SCALE_IN, OtherSide.REFUSE);
        open("b", "BUY");
        exchange.fill("102");
        rig.pass(Duration.ofSeconds(1));

        assertThat(held().quantity()).isEqualByComparingTo("20");
        assertThat(held().entryPrice()).isEqualByComparingTo("101");
        // Stop and target close what is held: nothing is placed and nothing moved.
        assertThat(held().stop().price()).isEqualByComparingTo("98.5");
        assertThat(rig.calls(Call.PlaceConditional.class)).hasSize(2);
        assertThat(rig.reports("b")).singleElement().isInstanceOfSatisfying(Report.Filled.class, filled -> {
            assertThat(filled.fill().quantity().value()).isEqualByComparingTo("10");
            assertThat(filled.fill().price()).isEqualTo(Price.of("102"));
        });
    }

    @Test
    void scaleInMayOnlyTightenTheStop() {
        begin(SameSide.SCALE_IN, OtherSide.REFUSE);
        open("loose", "BUY", "stop_loss", "97");
        exchange.fill("100");
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
        rig.pass(Duration.ofSeconds(1));

        open("tight", "BUY", "stop_loss", "99");
        exchange.fill("100");
        Call.PlaceConditional moved = exchange.moved();
        assertThat(moved.trigger()).isEqualTo(Price.of("99"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(held().stop().price()).isEqualByComparingTo("99");
        assertThat(held().quantity()).isEqualByComparingTo("30");
        assertThat(rig.reports("tight")).singleElement().isInstanceOf(Report.Filled.class);
    }

    @Test
    void guardsAndLimitsApplyToWhatIsAdded() {
        begin(SameSide.SCALE_IN, OtherSide.REFUSE);
        open("leverage", "BUY", "leverage", "3");
        assertRejected("leverage", Refusal.LEVERAGE_MISMATCH);
        rig.account("10");
        open("margin", "BUY");
        assertRejected("margin", Refusal.MARGIN_INSUFFICIENT);
        rig.account("10000");
        open("cooling", "BUY");
        assertRejected("cooling", Refusal.COOLDOWN_GLOBAL);
        rig.on(new Event.Commanded(new Event.Command.Pause()));
        open("paused", "BUY");
        assertRejected("paused", Refusal.PAUSED);
        rig.close("out", DeskRig.BTC);
        open("closing", "BUY");
        assertRejected("closing", Refusal.CLOSE_IN_FLIGHT);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void closeEndsThePositionAndOpensNothing() {
        begin(SameSide.UPDATE, OtherSide.CLOSE);
        rig.on(new Event.Commanded(new Event.Command.Pause()));
        open("b", "SELL");
        // An exit asks no guard, also where an open is what asks for it.
        assertThat(rig.last(Call.Close.class).id()).isEqualTo(ClientOrderId.close("b"));
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.positions();
        rig.passSeconds(5);

        assertThat(rig.reports("b")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.SIGNAL));
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void flipOpensTheOtherSideOnlyWhenNothingIsHeld() {
        begin(SameSide.UPDATE, OtherSide.FLIP);
        open("b", "SELL");
        Call.Close close = rig.last(Call.Close.class);
        assertThat(close.quantity().value()).isEqualByComparingTo("10");
        long before = rig.now().nanos();
        rig.pass(Duration.ofMillis(1));
        exchange.fillClose("101");
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        // A reading from before the close proves nothing.
        rig.said(new VenueEvent.PositionsRead(List.of(), before));
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        exchange.trades(DeskRig.BTC);
        rig.positions();

        Call.Open open = rig.last(Call.Open.class);
        assertThat(open.id()).isEqualTo(ClientOrderId.open("b"));
        assertThat(open.side()).isEqualTo(Side.SELL);
        exchange.fill("100");
        exchange.protect();
        rig.pass(Duration.ofSeconds(1));
        assertThat(held().direction()).isEqualTo("SHORT");
        assertThat(rig.reports("b")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.SIGNAL));
    }

    @Test
    void flipThatAGuardRefusesHasClosedAndIsToldSo() {
        begin(SameSide.UPDATE, OtherSide.FLIP);
        open("b", "SELL");
        open("between", "SELL");
        assertRejected("between", Refusal.SYMBOL_LOCKED);
        rig.on(new Event.Commanded(new Event.Command.Pause()));
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.positions();

        assertRejected("b", Refusal.PAUSED);
        assertThat(rig.closed()).hasSize(1);
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void flipThatGrewTooOldClosesAndDoesNotOpen() {
        begin(SameSide.UPDATE, OtherSide.FLIP);
        open("b", "SELL");
        for (int i = 0; i < 62; i++) {
            exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
            rig.passSeconds(1);
        }
        assertRejected("b", Refusal.STALE_INTENT);
        rig.passSeconds(1);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.positions();
        assertThat(rig.closed()).hasSize(1);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void flipThatGrewTooOldWhileTheProcessStoodStillDoesNotOpen() {
        begin(SameSide.UPDATE, OtherSide.FLIP);
        open("b", "SELL");
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.standStill(Duration.ofSeconds(61));
        rig.positions();
        assertRejected("b", Refusal.STALE_INTENT);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    /** Between the close and the open: what the report, explain and the documents say must be what happened. */
    @Test
    void b9_aFlipInterruptedAfterItsCloseSaysThatItClosedAndNothingWasOpened() {
        begin(SameSide.UPDATE, OtherSide.FLIP);
        open("b", "SELL");
        exchange.fillClose("100");
        rig.restart(List.of(), List.of());
        assertRejected("b", Refusal.INTERRUPTED);
        assertThat(rig.reports("b").getLast())
                .isInstanceOfSatisfying(
                        Report.Rejected.class,
                        report -> assertThat(report.detail())
                                .contains("its close was ordered", "nothing is opened")
                                .doesNotContain("nothing was"));
        assertThat(Refusal.INTERRUPTED.meaning())
                .contains("nothing was opened", "closed")
                .doesNotContain("nothing was sent", "nothing was executed");
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void flipThatARestartInterruptsClosesAndIsToldSo() {
        begin(SameSide.UPDATE, OtherSide.FLIP);
        open("b", "SELL");
        ClientOrderId close = rig.last(Call.Close.class).id();
        rig.restart(
                List.of(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100")),
                rig.calls(Call.PlaceConditional.class).stream()
                        .map(r -> Replies.conditional(r, ConditionalUpdate.Status.NEW, null))
                        .toList());

        assertRejected("b", Refusal.INTERRUPTED);
        // Whether the close left is not known: it is asked about, and sent again only once it is proven absent.
        assertThat(rig.calls(Call.QueryOrder.class))
                .extracting(Call.QueryOrder::id)
                .contains(close);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        for (int i = 0; i < 40; i++) {
            exchange.unknown(close);
            rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
            rig.passSeconds(1);
        }
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.positions();
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.SIGNAL));
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void inHedgeModeTheOtherSideIsAnotherPosition() {
        begin(rules(SameSide.UPDATE, OtherSide.FLIP, Breaker.Limit.NONE).withPositions(PositionMode.HEDGE));
        open("b", "SELL");
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.last(Call.Open.class).side()).isEqualTo(Side.SELL);
    }

    @Test
    void observeModeTellsWhatItWouldDo() {
        rig = DeskRig.ready(
                rules(SameSide.UPDATE, OtherSide.FLIP, Breaker.Limit.NONE).withObserve(true));
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        open("b", "SELL");
        assertRejected("b", Refusal.OBSERVED);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void breakerStopsASymbolThatIsOpenedAgainAndAgain() {
        begin(rules(SameSide.SCALE_IN, OtherSide.REFUSE, new Breaker.Limit(2, 1, Duration.ofMinutes(5))));
        open("second", "BUY");
        exchange.fill("100");
        open("third", "BUY");
        assertRejected("third", Refusal.SYMBOL_LATCHED);
        assertThat(rig.alerts("breaker:BTCUSDT")).hasSize(1);

        // It holds beyond its window and beyond the process, for this symbol alone, and keeps no exit back.
        rig.passSeconds(301);
        rig.restart(List.of(Replies.held(DeskRig.BTC, Direction.LONG, "20", "100", "100")), List.of());
        exchange.protect();
        rig.pass(Duration.ofMillis(10));
        open("fourth", "BUY");
        assertRejected("fourth", Refusal.SYMBOL_LATCHED);
        assertThat(rig.alerts("breaker:BTCUSDT")).hasSize(1);
        rig.buy("other", DeskRig.ETH);
        assertThat(rig.last(Call.Open.class).symbol()).isEqualTo(DeskRig.ETH);
        rig.close("out", DeskRig.BTC);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo(new BigDecimal("20"));
        exchange.fillClose("100");

        GuardName breaker = new GuardName(GuardName.Kind.BREAKER, DeskRig.BTC);
        rig.on(new Event.Commanded(new Event.Command.Clear(breaker, "the producer is repaired")));
        assertThat(rig.alerts("cleared:breaker:BTCUSDT"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("the producer is repaired"));
        rig.positions();
        open("fifth", "BUY");
        assertThat(rig.last(Call.Open.class).id()).isEqualTo(ClientOrderId.open("fifth"));
    }

    @Test
    void breakerStopsASymbolThatTurnsFromSideToSide() {
        begin(rules(SameSide.UPDATE, OtherSide.FLIP, new Breaker.Limit(100, 1, Duration.ofMinutes(5))));
        flipped("b", "SELL");
        assertThat(held().direction()).isEqualTo("SHORT");
        open("c", "BUY");
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.positions();
        assertRejected("c", Refusal.SYMBOL_LATCHED);
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.alerts("breaker:BTCUSDT")).hasSize(1);
    }

    private void flipped(String id, String action) {
        open(id, action);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.positions();
        exchange.fill("100");
        rig.rests();
        exchange.rest(rig.lastRest(Level.STOP));
        exchange.rest(rig.lastRest(Level.TARGET));
        rig.pass(Duration.ofSeconds(1));
    }
}
