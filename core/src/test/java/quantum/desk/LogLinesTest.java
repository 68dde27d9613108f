package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Marker;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** What the log says happened has happened, once for each cause. */
class LogLinesTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private List<Map<String, String>> lines(Marker marker) {
        return rig.effects.stream()
                .filter(e -> e instanceof Effect.Log(Marker m, var _) && m == marker)
                .map(e -> ((Effect.Log) e).fields())
                .toList();
    }

    @Test
    void o15_aCloseThatNeverLeftIsNotToldAsSent() {
        exchange.position("a", DeskRig.BTC);
        rig.on(new Event.Commanded(new Event.Command.Flatten(null)));
        for (int i = 0; i < 160; i++) {
            exchange.answer(rig.last(Call.Close.class).id(), new Answer.NotSent<>("connection refused"));
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.calls(Call.Close.class)).hasSizeGreaterThan(5);
        assertThat(lines(Marker.CLOSE_SENT)).isEmpty();
        assertThat(lines(Marker.ORDER_ERROR))
                .as("once, and once a minute with a count")
                .hasSizeBetween(2, 4)
                .first()
                .satisfies(line ->
                        assertThat(line).containsEntry("error_type", "NOT_SENT").doesNotContainKey("times"));
        assertThat(lines(Marker.ORDER_ERROR).getLast()).containsKey("times");

        exchange.fillClose("100");
        assertThat(lines(Marker.CLOSE_SENT))
                .singleElement()
                .satisfies(
                        line -> assertThat(line).containsEntry("reason", "KILL").containsEntry("side", "SELL"));
    }

    @Test
    void o15_readingsThatFailAreNoOrderErrorsAndAreToldOnce() {
        for (int i = 0; i < 30; i++) {
            rig.said(new VenueEvent.ReadFailed(new Call.ReadAccount(), "timeout"));
            rig.said(new VenueEvent.ReadFailed(new Call.ReadPositions(), "timeout"));
            rig.passSeconds(1);
        }
        assertThat(lines(Marker.ORDER_ERROR)).isEmpty();
        assertThat(lines(Marker.READ_FAILED))
                .hasSize(2)
                .extracting(line -> line.get("reading"))
                .containsExactly("account", "positions");
        rig.passSeconds(40);
        rig.said(new VenueEvent.ReadFailed(new Call.ReadAccount(), "timeout"));
        assertThat(lines(Marker.READ_FAILED).getLast()).containsEntry("times", "30");
    }

    @Test
    void o14_aRefusalHasTheExchangesCode() {
        rig.buy("a", DeskRig.BTC);
        exchange.deny(rig.last(Call.Open.class).id(), -2010, Answer.Cause.OTHER);
        assertThat(lines(Marker.ORDER_ERROR))
                .singleElement()
                .satisfies(line -> assertThat(line).containsEntry("exchange_code", "-2010"));
    }

    @Test
    void o14_everyQuestionForAFillHasItsLineAlsoTheOneThatFindsItAndTheOneThatFails() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        rig.pass(Duration.ofMillis(600));
        exchange.told(open.id(), new Answer.NoAnswer<>("timeout"));
        rig.pass(Duration.ofMillis(600));
        exchange.told(
                open.id(), new Answer.Accepted<>(exchange.update(open, OrderUpdate.Status.FILLED, "10", "100.5")));
        assertThat(lines(Marker.FILL_POLL)).hasSize(2);
        assertThat(lines(Marker.FILL_POLL).getFirst()).containsEntry("status", "NO_ANSWER");
        assertThat(lines(Marker.FILL_POLL).getLast())
                .containsEntry("status", "FILLED")
                .containsEntry("avgPrice", "100.5");
    }

    @Test
    void o14_whatIsSweptLeavesALine() {
        Call.PlaceConditional stale = new Call.PlaceConditional(
                ClientOrderId.stop("long-gone", 1),
                DeskRig.BTC,
                quantum.market.Direction.LONG,
                Call.Level.STOP,
                quantum.market.Price.of("98"));
        ConditionalUpdate rest = Replies.conditional(stale, ConditionalUpdate.Status.NEW, null);
        rig.rests(rest);
        rig.rests(rest);
        assertThat(rig.calls(Call.CancelConditional.class)).isNotEmpty();
        assertThat(lines(Marker.SWEPT))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).containsEntry("symbol", "BTCUSDT").containsEntry("trigger", "98"));
    }

    /** The user stream says nothing of the order that the target became; the trades tell why the position ended. */
    @Test
    void m10_aTargetThatFiredUnheardIsCountedAsOne() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional target = rig.lastRest(Call.Level.TARGET);
        ClientOrderId fired = target.id();
        exchange.change(target, ConditionalUpdate.Status.FINISHED, Replies.orderId(fired));
        exchange.trade(fired, Side.SELL, "10", "102.5");
        rig.positions();
        rig.pass(Duration.ofSeconds(16));
        rig.positions();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).isEqualTo(Closed.Reason.TP));
        assertThat(rig.view().counts().targets()).isEqualTo(1);
        assertThat(rig.view().counts().exits()).isEqualTo(1);
        assertThat(lines(Marker.TP_HIT))
                .singleElement()
                .satisfies(line -> assertThat(line).containsEntry("price", "102.5"));
    }

    @Test
    void m10_aStopThatEndsWithThePositionIsNotAlarmedAsLost() {
        exchange.position("a", DeskRig.BTC);
        Call.PlaceConditional target = rig.lastRest(Call.Level.TARGET);
        exchange.change(target, ConditionalUpdate.Status.TRIGGERED, Replies.orderId(target.id()));
        exchange.change(rig.lastRest(Call.Level.STOP), ConditionalUpdate.Status.EXPIRED, null);
        assertThat(rig.alerts("rest-lost")).isEmpty();
    }

    @Test
    void m15_theReportOfAnOrderThatEndedUnfilledNamesIt() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        exchange.stream(exchange.update(open, OrderUpdate.Status.CANCELED, "0", "0"));
        assertThat(rig.reports("a")).singleElement().isInstanceOfSatisfying(Report.Rejected.class, report -> {
            assertThat(report.why()).isEqualTo(Refusal.NOT_FILLED);
            assertThat(report.orderId()).isEqualTo(Replies.orderId(open.id()));
        });
    }
}
