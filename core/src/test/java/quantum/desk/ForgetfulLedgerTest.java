package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/** The ledger was lost, or an older copy put in its place: what it forgot is asked of the exchange (law 2). */
class ForgetfulLedgerTest {

    private final DeskRig rig = new DeskRig(Rules.DEFAULT);
    private final Replies exchange = new Replies(rig);
    private final ClientOrderId id = ClientOrderId.open("a");

    private void start(VenueEvent.Held... held) {
        rig.on(new Event.Restored(Snapshot.EMPTY));
        rig.connect(List.of(held), List.of());
        rig.mark();
        rig.on(new Event.LedgerForgot("the ledger does not know a report"));
    }

    private void told(Status status, String quantity) {
        exchange.told(id, new Answer.Accepted<>(exchange.update(id, DeskRig.BTC, Side.BUY, status, quantity, "100")));
    }

    @Test
    void anOpenThatWasExecutedAndIsHeldIsToldAndNotSentAgain() {
        start(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        rig.buy("a", DeskRig.BTC);
        assertThat(rig.last(Call.QueryOrder.class).id()).isEqualTo(id);
        told(Status.FILLED, "10");
        rig.passSeconds(2);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));

        assertThat(rig.calls(Call.Open.class)).isEmpty();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo("10"));
        assertThat(rig.alerts("ledger-forgot")).hasSize(1);
    }

    @Test
    void anOpenWhosePositionIsOverIsToldAndHoldsNothing() {
        start();
        rig.buy("a", DeskRig.BTC);
        told(Status.FILLED, "10");
        rig.passSeconds(5);

        assertThat(rig.calls(Call.Open.class)).isEmpty();
        assertThat(rig.calls(Call.PlaceConditional.class)).isEmpty();
        assertThat(rig.reports("a")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(rig.view().positions()).isEmpty();
    }

    @Test
    void anOpenThatTheExchangeDoesNotKnowIsSentOnceItCannotArriveAnyMore() {
        start();
        rig.buy("a", DeskRig.BTC);
        for (int i = 0; i < 3; i++) {
            exchange.unknown(id);
            rig.passSeconds(3);
        }
        assertThat(rig.calls(Call.Open.class)).isEmpty();
        rig.passSeconds(4);
        exchange.unknown(id);

        assertThat(rig.calls(Call.Open.class))
                .singleElement()
                .satisfies(open -> assertThat(open.id()).isEqualTo(id));
    }

    @Test
    void oneDenialIsNoProof() {
        start();
        rig.passSeconds(20);
        rig.buy("a", DeskRig.BTC);
        // Dated before the discovery: it is one that an earlier life may have sent.
        rig.intent(Map.of(
                "intent_id",
                "old",
                "symbol",
                "ETHUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "timestamp",
                rig.now().exchange().minusSeconds(25).toString()));
        ClientOrderId old = ClientOrderId.open("old");
        exchange.unknown(old);
        assertThat(rig.calls(Call.Open.class)).extracting(Call.Open::id).containsExactly(id);
        rig.pass(Duration.ofSeconds(3));
        exchange.unknown(old);

        assertThat(rig.calls(Call.Open.class)).extracting(Call.Open::id).containsExactly(id, old);
    }

    @Test
    void whatIsTooOldIsRefusedWithoutAQuestion() {
        start();
        for (int i = 0; i < 100; i++) {
            rig.intent(Map.of(
                    "intent_id",
                    "old-" + i,
                    "symbol",
                    "ETHUSDT",
                    "action",
                    "BUY",
                    "position_size_usd",
                    "1000",
                    "timestamp",
                    rig.now().exchange().minusSeconds(61).toString()));
        }

        assertThat(rig.calls(Call.QueryOrder.class)).isEmpty();
        assertThat(rig.reports()).hasSize(100).allMatch(r -> "REJECTED_STALE".equals(r.terminalState()));
    }

    @Test
    void aCloseThatWasExecutedDoesNotCloseWhatWasOpenedSince() {
        start(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        rig.close("c", DeskRig.BTC);
        ClientOrderId close = ClientOrderId.close("c");
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        exchange.told(
                close,
                new Answer.Accepted<>(exchange.update(close, DeskRig.BTC, Side.SELL, Status.FILLED, "10", "100")));

        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.reports("c")).singleElement().isInstanceOf(Report.Filled.class);
    }
}
