package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.rules.Rules;
import quantum.venue.Call;

/** Observe mode: every decision is taken and told, and nothing is sent, cancelled or replaced. */
class ObserveModeTest {

    private final DeskRig rig = DeskRig.ready(Rules.DEFAULT.withObserve(true));

    @AfterEach
    void nothingWasSent() {
        assertThat(rig.calls(Call.Open.class)).isEmpty();
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.calls(Call.PlaceConditional.class)).isEmpty();
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
    }

    @Test
    void anOpenThatPassesEveryGuardIsToldAndNotSent() {
        rig.buy("a", DeskRig.BTC);
        assertRejected("a", Refusal.OBSERVED, "would BUY 10 BTCUSDT at mark 100 with leverage 1");
    }

    @Test
    void guardsDecideAsTheyWould() {
        rig.buy("a", DeskRig.BTC);
        rig.buy("b", DeskRig.BTC);
        assertRejected("b", Refusal.RATE_SYMBOL, "");
    }

    @Test
    void aPositionOnTheAccountIsShownAndNeitherProtectedNorClosed() {
        found();
        rig.passSeconds(90);

        assertThat(rig.view().positions()).hasSize(1);
        assertThat(rig.view().counts().unprotected()).isZero();
        assertThat(rig.alerts("unprotected")).isEmpty();
        rig.close("c", DeskRig.ETH);
        assertRejected("c", Refusal.OBSERVED, "would SELL 2 ETHUSDT");
    }

    @Test
    void anExitByRuleIsToldOnce() {
        found();
        rig.mark(DeskRig.ETH, "90");
        rig.mark(DeskRig.ETH, "89");
        assertThat(rig.alerts("observed"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).isEqualTo("observe mode: would close 2 because of SL"));
    }

    @Test
    void anUpdateOfLevelsIsToldAndNotSent() {
        found();
        rig.intent(Map.of(
                "intent_id",
                "u",
                "symbol",
                "ETHUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "10",
                "stop_loss",
                "99.5"));
        assertRejected("u", Refusal.OBSERVED, "would move the stop to 99.5");
    }

    @Test
    void threePositionsOfOthersHaltNothing() {
        rig.positions(
                Replies.held(DeskRig.ETH, Direction.LONG, "2", "100", "100"),
                Replies.held(DeskRig.SOL, Direction.LONG, "2", "100", "100"),
                Replies.held(DeskRig.XRP, Direction.LONG, "2", "100", "100"));
        rig.passSeconds(10);
        rig.account("10000");
        rig.buy("a", DeskRig.BTC);
        assertRejected("a", Refusal.OBSERVED, "would BUY");
    }

    private void found() {
        rig.positions(Replies.held(DeskRig.ETH, Direction.LONG, "2", "100", "100"));
    }

    private void assertRejected(String intent, Refusal why, String words) {
        List<Report> reports = rig.reports(intent);
        assertThat(reports).singleElement().isInstanceOfSatisfying(Report.Rejected.class, rejected -> {
            assertThat(rejected.why()).isEqualTo(why);
            assertThat(rejected.detail()).contains(words);
        });
    }
}
