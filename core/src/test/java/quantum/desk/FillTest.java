package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate.Status;

/** From an open to its one terminal report (seed 000). */
class FillTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    @Test
    void acknowledgedNewThenFilledByTheStream() {
        rig.buy("a", DeskRig.BTC);
        exchange.acknowledge();
        assertThat(rig.reports("a")).isEmpty();

        Call.Open open = rig.last(Call.Open.class);
        exchange.stream(exchange.update(open, Status.FILLED, "10", "100.5"));
        assertThat(rig.lastRest(Call.Level.STOP).trigger()).isEqualTo(Price.of("98.99"));
        exchange.protect();

        assertThat(rig.reports("a")).singleElement().isInstanceOfSatisfying(Report.Filled.class, filled -> {
            assertThat(filled.fill().price()).isEqualTo(Price.of("100.5"));
            assertThat(filled.fill().quantity()).isEqualTo(Quantity.of("10"));
            assertThat(filled.orders().stopId()).isNotNull();
            assertThat(filled.orders().targetId()).isNotNull();
            assertThat(filled.extras().slippagePct()).isEqualByComparingTo("0.5");
        });
    }

    @Test
    void filledByThePoll() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.pass(Duration.ofMillis(500));
        assertThat(rig.calls(Call.QueryOrder.class)).hasSize(1);
        exchange.told(open.id(), new Answer.Accepted<>(exchange.update(open, Status.FILLED, "10", "100")));
        exchange.protect();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);

        rig.passSeconds(5);
        assertThat(rig.calls(Call.QueryOrder.class)).hasSize(1);
    }

    @Test
    void seed000ZeroPriceFillIsNoFill() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        exchange.stream(exchange.update(open, Status.FILLED, "0", "0"));
        assertThat(rig.reports("a")).isEmpty();
        assertThat(rig.view().positions()).isEmpty();
        assertThat(rig.effects)
                .filteredOn(effect -> effect instanceof Effect.Log line && line.marker() == Marker.INVALID_RESULT)
                .hasSize(1);
    }

    @Test
    void reportDoesNotWaitForeverForTheIdsOfItsProtection() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        assertThat(rig.reports("a")).isEmpty();
        rig.pass(Duration.ofMillis(500));
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
        exchange.protect();
        assertThat(rig.reports("a")).hasSize(1);
    }

    @Test
    void afterTheFillWaitPendingOnceThenReconciledOnce() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.passSeconds(150);
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.PendingFill.class);
        assertThat(rig.alerts("pending-fill")).hasSize(1);

        exchange.told(open.id(), new Answer.Accepted<>(exchange.update(open, Status.FILLED, "10", "100")));
        exchange.protect();
        exchange.stream(exchange.update(open, Status.FILLED, "10", "100"));
        rig.passSeconds(30);
        assertThat(rig.reports("a")).extracting(Report::status).containsExactly("pending_fill", "filled");
    }

    @Test
    void m16FillThatShowsAfterAnHourIsToldOnce() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.pass(Duration.ofHours(1));
        rig.freshCalls(Call.QueryOrder.class);
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.freshCalls(Call.QueryOrder.class)).isEqualTo(10);
        exchange.told(open.id(), new Answer.Accepted<>(exchange.update(open, Status.FILLED, "10", "100")));
        exchange.protect();
        rig.pass(Duration.ofHours(1));
        assertThat(rig.reports("a")).extracting(Report::status).containsExactly("pending_fill", "filled");
    }

    @Test
    void pollsEveryHalfSecondAndEveryMinuteAfterTheWaitHoweverOftenTheStreamReturns() {
        rig.buy("a", DeskRig.BTC);
        exchange.acknowledge();
        rig.connect(List.of(), List.of());
        rig.connect(List.of(), List.of());
        rig.freshCalls(Call.class);
        rig.passSeconds(5);
        assertThat(rig.freshCalls(Call.QueryOrder.class)).isBetween(9L, 11L);
        rig.passSeconds(30);
        rig.freshCalls(Call.class);
        rig.passSeconds(120);
        assertThat(rig.freshCalls(Call.QueryOrder.class)).isEqualTo(2);
    }

    @Test
    void partlyFilledThenExpiredIsAPositionReportedAsPartial() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        exchange.stream(exchange.update(open, Status.PARTIALLY_FILLED, "4", "100"));
        assertThat(rig.calls(Call.PlaceConditional.class).getFirst().level()).isEqualTo(Call.Level.STOP);
        exchange.protect();
        assertThat(rig.reports("a")).isEmpty();
        exchange.stream(exchange.update(open, Status.EXPIRED, "4", "100"));
        rig.passSeconds(1);
        assertThat(rig.reports("a")).singleElement().isInstanceOfSatisfying(Report.Partial.class, partial -> {
            assertThat(partial.fill().quantity()).isEqualTo(Quantity.of("4"));
            assertThat(partial.terminalState()).isEqualTo("PARTIAL");
        });
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo("4"));
    }

    @Test
    void growingFillEnlargesOnePositionAndPlacesItsStopOnce() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        exchange.stream(exchange.update(open, Status.PARTIALLY_FILLED, "4", "100"));
        exchange.protect();
        exchange.stream(exchange.update(open, Status.PARTIALLY_FILLED, "4", "100"));
        exchange.stream(exchange.update(open, Status.FILLED, "10", "101"));
        rig.passSeconds(2);
        assertThat(rig.calls(Call.PlaceConditional.class)).hasSize(2);
        assertThat(rig.view().positions()).singleElement().satisfies(p -> {
            assertThat(p.quantity()).isEqualByComparingTo("10");
            assertThat(p.entryPrice()).isEqualByComparingTo("101");
        });
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
    }

    @Test
    void expiredWithoutAFillIsRejected() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        exchange.stream(exchange.update(open, Status.EXPIRED, "0", "0"));
        assertThat(rig.reports("a"))
                .singleElement()
                .satisfies(r -> assertThat(r.terminalState()).isEqualTo("REJECTED_EXCHANGE"));
    }

    @Test
    void deniedByTheExchangeIsRejectedWithItsWords() {
        rig.buy("a", DeskRig.BTC);
        exchange.deny(rig.last(Call.Open.class).id(), -4131, Answer.Cause.OTHER);
        assertThat(rig.reports("a"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.detail()).isEqualTo("-4131 no"));
        rig.passSeconds(120);
        assertThat(rig.calls(Call.QueryOrder.class)).isEmpty();
    }

    private Call.Open stoppedAfterItsFirstPart() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        exchange.trade(open.id(), open.side(), "4", "100");
        exchange.stream(exchange.update(open, Status.PARTIALLY_FILLED, "4", "100"));
        exchange.protect();
        Call.PlaceConditional stop = rig.lastRest(Call.Level.STOP);
        exchange.trade(stop.id(), open.side().opposite(), "4", "98");
        exchange.stream(exchange.update(stop.id(), DeskRig.BTC, open.side().opposite(), Status.FILLED, "4", "98"));
        return open;
    }

    @Test
    void restOfAnOrderGoesOnWithTheLifeOfItsFirstPartWhileThatIsNotSettled() {
        Call.Open open = stoppedAfterItsFirstPart();
        exchange.trade(open.id(), open.side(), "6", "100");
        exchange.stream(exchange.update(open, Status.FILLED, "10", "100"));
        Call.PlaceConditional fired = rig.lastRest(Call.Level.STOP);
        rig.said(new quantum.venue.VenueEvent.ConditionalCancelled(
                fired.id(), new Answer.Denied<>(-2011, "gone", Answer.Cause.UNKNOWN_ORDER)));
        assertThat(rig.lastRest(Call.Level.STOP).id().value()).endsWith("-2");
        assertThat(held()).isEqualByComparingTo("6");
        rig.close("b", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);
        assertThat(rig.closed()).hasSize(1);
    }

    @Test
    void restOfAnOrderIsAnotherLifeOnceItsFirstPartIsSettled() {
        Call.Open open = stoppedAfterItsFirstPart();
        Call.PlaceConditional first = rig.lastRest(Call.Level.STOP);
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(1);
        exchange.trade(open.id(), open.side(), "6", "100");
        exchange.stream(exchange.update(open, Status.FILLED, "10", "100"));
        assertThat(rig.lastRest(Call.Level.STOP).id()).isNotEqualTo(first.id());
        rig.close("b", DeskRig.BTC);
        exchange.fillClose("101");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(6);
        exchange.income(rig.last(Call.ReadIncome.class));
        assertThat(rig.closed()).extracting(c -> c.quantity().toString()).containsExactly("4", "6");
    }

    private java.math.BigDecimal held() {
        return rig.view().positions().getFirst().quantity();
    }

    @Test
    void executionAfterADenialIsAlarmedAndItsPositionFoundAndProtected() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = rig.last(Call.Open.class);
        exchange.deny(open.id(), -1000, Answer.Cause.OTHER);
        exchange.stream(exchange.update(open, Status.FILLED, "10", "100"));
        assertThat(rig.alerts("contradiction")).hasSize(1);
        rig.positions(Replies.held(DeskRig.BTC, quantum.market.Direction.LONG, "10", "100", "100"));
        assertThat(rig.lastRest(Call.Level.STOP).symbol()).isEqualTo(DeskRig.BTC);
        assertThat(rig.reports("a")).hasSize(1);
    }

    @Test
    void farTargetIsRefusedBeforeItCanHurt() {
        rig.intent(Map.of(
                "intent_id",
                "a",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "take_profit",
                "100000000000000000000000000000"));
        assertThat(rig.calls(Call.Open.class)).isEmpty();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Rejected.class);
    }

    @Test
    void percentagesWithManyDecimalsAreCarriedThroughTheWholeLife() {
        rig.intent(Map.of(
                "intent_id",
                "a",
                "symbol",
                "BTCUSDT",
                "action",
                "SELL",
                "position_size_usd",
                "1000",
                "trailing_pct",
                "1.234567890123456789",
                "stop_loss_pct",
                "1.000000000000000001"));
        exchange.fill("99.123456789012");
        exchange.protect();
        rig.mark(DeskRig.BTC, "97.12345678");
        rig.mark(DeskRig.BTC, "98.9");
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        exchange.fillClose("98.9");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.TRAILING));
    }

    /** A frame of one order of 10 that says 1000: the size of an order is the most that it can execute. */
    @Test
    void b12_moreThanTheOrdersOwnSizeIsNotBelievedAndProtectedAllTheSame() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.fresh();
        exchange.stream(exchange.update(open, Status.FILLED, "1000", "100"));
        assertThat(rig.alerts("overtold:"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL));
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(position -> assertThat(position.quantity())
                        .isEqualByComparingTo(open.quantity().value()));
        assertThat(rig.calls(Call.PlaceConditional.class)).isNotEmpty();
        assertThat(rig.last(Call.QueryOrder.class).id()).isEqualTo(open.id());
        long asked = rig.calls(Call.QueryOrder.class).size();
        exchange.stream(exchange.update(open, Status.FILLED, "1000", "100"));
        assertThat(rig.calls(Call.QueryOrder.class)).hasSize((int) asked);
        rig.passSeconds(1);
        assertThat(rig.reports("a").getLast())
                .isInstanceOfSatisfying(
                        Report.Filled.class,
                        filled -> assertThat(filled.fill().quantity()).isEqualTo(open.quantity()));
    }
}
