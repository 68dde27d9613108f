package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.intent.Closed.Reason;
import quantum.market.Direction;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.VenueEvent;

/** What becomes of a position that none of our orders opened: protected by policy, or shown and left alone. */
class AdoptionTest {

    private static final VenueEvent.Held FOUND = Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100");

    private static DeskRig rig(boolean protect, boolean closeUnprotected) {
        Rules.Adoption adoption = new Rules.Adoption(protect, closeUnprotected);
        DeskRig rig = DeskRig.ready(
                Rules.DEFAULT.withGuarding(Rules.DEFAULT.guarding().withAdoption(adoption)));
        rig.passSeconds(1);
        rig.positions(FOUND);
        return rig;
    }

    @Test
    void leftAloneMeansShownAndAlarmedAndNothingSent() {
        DeskRig rig = rig(false, false);
        assertThat(rig.alerts("adopted:")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL);
            assertThat(alert.text()).contains("left alone");
        });
        assertThat(rig.view().positions()).hasSize(1);
        for (String price : List.of("101", "103", "98", "95", "94")) {
            rig.passSeconds(30);
            rig.mark(DeskRig.BTC, price);
            rig.positions(FOUND);
        }
        assertThat(rig.calls(Call.PlaceConditional.class)).isEmpty();
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.view().counts().unprotected()).isZero();
    }

    @Test
    void leftAloneIsStillClosedByWhoAsksForIt() {
        DeskRig rig = rig(false, false);
        rig.close("mine", DeskRig.BTC);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
    }

    @Test
    void leftAloneTakesNoLevelsFromAnIntent() {
        DeskRig rig = rig(false, false);
        rig.intent(Map.of(
                "intent_id",
                "u",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "1000",
                "stop_loss",
                "99"));
        assertThat(rig.calls(Call.PlaceConditional.class)).isEmpty();
        assertThat(rig.reports("u"))
                .singleElement()
                .satisfies(r -> assertThat(r.terminalState()).startsWith("REJECTED"));
    }

    @Test
    void leftAloneAcrossARestart() {
        DeskRig rig = rig(false, false);
        rig.restart(List.of(FOUND), List.of());
        rig.passSeconds(10);
        assertThat(rig.calls(Call.PlaceConditional.class)).isEmpty();
        assertThat(rig.effects).as("intents are admitted").anyMatch(Effect.AdmitIntents.class::isInstance);
    }

    @Test
    void foundWithoutAStopIsAlarmedAfterFiveSecondsAndNotClosed() {
        DeskRig rig = rig(true, false);
        refuseStops(rig, 70);
        assertThat(rig.alerts("naked:")).hasSize(1);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    @Test
    void foundWithoutAStopIsClosedWhereThatIsConfigured() {
        DeskRig rig = rig(true, true);
        refuseStops(rig, 70);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        Replies exchange = new Replies(rig);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(c -> assertThat(c.reason()).isEqualTo(Reason.EMERGENCY));
    }

    private static void refuseStops(DeskRig rig, int seconds) {
        Replies exchange = new Replies(rig);
        for (int i = 0; i < seconds; i++) {
            Call.PlaceConditional last = rig.lastRest(Level.STOP);
            exchange.denyRest(last, Answer.Cause.RULES);
            rig.mark();
            rig.passSeconds(1);
        }
    }
}
