package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Marker;
import quantum.guard.GuardName;
import quantum.guard.Limits;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.venue.VenueEvent;

/** When opens are held back, somebody is told when that begins and when it ends. */
class OpensWaitTest {

    private final DeskRig rig = DeskRig.ready(Rules.DEFAULT.withLimits(new Limits(
            new Limits.Rates(Duration.ZERO, 2, Duration.ofMinutes(5)),
            Limits.DEFAULT.margin(),
            Limits.DEFAULT.exposure(),
            Limits.DEFAULT.openMaxAge(),
            Limits.DEFAULT.priceMaxAge())));

    private TradingState state() {
        return TradingState.of(rig.view());
    }

    private List<Map<String, String>> lines(Marker marker) {
        return rig.effects.stream()
                .filter(e -> e instanceof Effect.Log(Marker m, var _) && m == marker)
                .map(e -> ((Effect.Log) e).fields())
                .toList();
    }

    /** One open more than a minute allows. */
    private void breach() {
        for (int i = 0; i < 3; i++) {
            rig.buy("open-" + i, DeskRig.SYMBOLS.get(i));
        }
    }

    @Test
    void o13_aCooldownIsAStateAndOneAlertWhenItBeginsAndWhenItEnds() {
        breach();
        assertThat(state()).isEqualTo(TradingState.COOLDOWN);
        assertThat(rig.alerts("opens-wait"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.severity()).isEqualTo(Notice.Severity.INFO));
        assertThat(lines(Marker.OPENS_WAIT))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("reason", "COOLDOWN_GLOBAL")
                        .containsKey("until"));
        assertThat(rig.alerts("opens-allowed")).isEmpty();

        rig.pass(Duration.ofSeconds(301));
        rig.mark();
        assertThat(state()).isEqualTo(TradingState.ACTIVE);
        assertThat(rig.alerts("opens-wait")).hasSize(1);
        assertThat(rig.alerts("opens-allowed")).hasSize(1);
        assertThat(lines(Marker.OPENS_ALLOWED)).hasSize(1);
    }

    @Test
    void o13_theEndIsToldAtItsTimeThoughNothingElseHappens() {
        breach();
        rig.pass(Duration.ofSeconds(301));
        assertThat(rig.alerts("opens-allowed")).hasSize(1);
    }

    @Test
    void o13_aCooldownThatAPersonEndsIsOverAtOnce() {
        breach();
        rig.on(new Event.Commanded(
                new Event.Command.Clear(new GuardName(GuardName.Kind.COOLDOWN_GLOBAL, null), "because")));
        assertThat(state()).isEqualTo(TradingState.ACTIVE);
        assertThat(rig.alerts("opens-allowed")).hasSize(1);
    }

    @Test
    void o13_safeModeAndAHaltOfTheExchangeEndWithAWordToo() {
        rig.said(new VenueEvent.OpensHalted(
                VenueEvent.Halt.LIMITED, 429, "slow down", rig.now().exchange().plusSeconds(30)));
        assertThat(lines(Marker.OPENS_WAIT)).hasSize(1);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.alerts("opens-allowed")).hasSize(1);

        rig.mark();
        rig.account("1");
        for (int i = 0; i < 5; i++) {
            rig.buy("margin-" + i, DeskRig.SYMBOLS.get(i % 4));
        }
        assertThat(state()).isEqualTo(TradingState.SAFE_MODE);
        assertThat(rig.alerts("safe-mode")).hasSize(1);
        rig.pass(Duration.ofSeconds(901));
        assertThat(rig.alerts("opens-allowed")).hasSize(2);
    }

    @Test
    void o13_whatHoldsOpensBackIsToldAgainByTheNextProcess() {
        breach();
        rig.fresh();
        rig.restart(List.of(), List.of());
        assertThat(state()).isEqualTo(TradingState.COOLDOWN);
        assertThat(rig.alerts("opens-wait")).hasSize(2);
    }
}
