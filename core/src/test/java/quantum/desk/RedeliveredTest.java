package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Report;
import quantum.intent.reading.IntentReader;
import quantum.market.Direction;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.record.Entry;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/**
 * A close leaves without its record where the ledger is behind (law 5), so that a close which is handed out again may have
 * been executed by a process that ended. The exchange is asked first, and nothing is recorded or acknowledged meanwhile.
 */
class RedeliveredTest {

    private static final ClientOrderId CLOSE = ClientOrderId.close("c");

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    @BeforeEach
    void holdTen() {
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        exchange.protect();
        rig.fresh();
    }

    private List<Effect> handOut(String messageId, long deliveries) {
        Map<String, String> fields = new HashMap<>(
                Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", "timestamp", "2026-01-05T10:00:00Z"));
        return rig.on(new Event.IntentArrived(
                messageId,
                fields,
                IntentReader.read(fields, null),
                (Entry.IntentRow) rig.rows.get("IntentRowc"),
                deliveries));
    }

    private static List<String> acknowledged(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Acknowledge.class::isInstance)
                .map(effect -> ((Effect.Acknowledge) effect).messageId())
                .toList();
    }

    @Test
    void isAskedAboutAndNeitherSentNorRecordedNorAcknowledged() {
        List<Effect> effects = handOut("9-0", 2);
        assertThat(rig.last(Call.QueryOrder.class).id()).isEqualTo(CLOSE);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.rows).doesNotContainKey("IntentRowc");
        assertThat(acknowledged(effects)).isEmpty();
    }

    @Test
    void isDecidedOnceTheExchangeDoesNotKnowIt() {
        handOut("9-0", 2);
        assertThat(acknowledged(handOut("9-0", 3))).as("the same message again").isEmpty();
        assertThat(acknowledged(handOut("10-0", 1)))
                .as("the same close repeated")
                .isEmpty();
        rig.fresh();
        exchange.unknown(CLOSE);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(acknowledged(rig.fresh())).containsExactly("9-0", "10-0");
        exchange.fillClose("101");
        assertThat(rig.reports("c")).singleElement().isInstanceOf(Report.Filled.class);
    }

    @Test
    void isToldAsExecutedWhereTheExchangeExecutedIt() {
        handOut("9-0", 2);
        rig.fresh();
        exchange.told(
                CLOSE,
                new Answer.Accepted<>(exchange.update(CLOSE, DeskRig.BTC, Side.SELL, Status.FILLED, "10", "101")));
        assertThat(rig.calls(Call.Close.class)).as("never sent again").isEmpty();
        assertThat(rig.reports("c")).singleElement().isInstanceOf(Report.Filled.class);
        assertThat(acknowledged(rig.fresh())).containsExactly("9-0");
    }

    @Test
    void isHandedOutOnceMoreWhereThisProcessEndsTooWhileItAsks() {
        handOut("9-0", 2);
        VenueEvent.Held ten = Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100");
        rig.restart(List.of(ten), List.of());
        assertThat(rig.reports("c")).as("nobody says that it was interrupted").isEmpty();
        handOut("9-0", 3);
        exchange.unknown(CLOSE);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }
}
