package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.guard.Limits;
import quantum.record.Notice;
import quantum.rules.Rules;

/** Low margin is told before opens fail by it, and so is its end. */
class LowMarginTest {

    private final DeskRig rig = DeskRig.ready();

    private List<String> told() {
        return rig.alerts("margin-").stream().map(Notice.Alert::key).toList();
    }

    @Test
    void m6_freeMarginBelowAHundredIsToldOnceAndSoIsItsEnd() {
        rig.account("100");
        assertThat(told()).isEmpty();
        rig.account("99.99");
        assertThat(rig.alerts("margin-low")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.WARNING);
            assertThat(alert.text()).startsWith("free margin is 99.99 USDT, below 100");
        });
        for (String free : List.of("101", "0", "119.99", "80")) {
            rig.account(free);
        }
        assertThat(told()).as("it sways around the bound").containsExactly("margin-low");
        rig.account("120");
        assertThat(told()).containsExactly("margin-low", "margin-restored");
        assertThat(rig.alerts("margin-restored").getFirst().severity()).isEqualTo(Notice.Severity.INFO);
        rig.account("50");
        assertThat(told()).containsExactly("margin-low", "margin-restored", "margin-low");
    }

    @Test
    void m6_itIsTheMoneyOfTheAccountThatCounts() {
        rig.account(DeskRig.balance("USDT", "0"), DeskRig.balance("USDC", "5000"));
        assertThat(told()).isEmpty();
        rig.account(DeskRig.balance("USDT", "0"), DeskRig.balance("USDC", "50"));
        assertThat(rig.alerts("margin-low").getFirst().text()).contains("50.00 USDC");
    }

    @Test
    void m6_zeroIsNever() {
        Limits.MarginLimits seeds = Limits.DEFAULT.margin();
        Limits.MarginLimits quiet = new Limits.MarginLimits(
                seeds.bufferFactor(),
                seeds.cooldown(),
                seeds.failuresForSafeMode(),
                seeds.failureWindow(),
                seeds.safeMode(),
                BigDecimal.ZERO);
        DeskRig silent = DeskRig.ready(Rules.DEFAULT.withLimits(new Limits(
                Limits.DEFAULT.rates(),
                quiet,
                Limits.DEFAULT.exposure(),
                Limits.DEFAULT.openMaxAge(),
                Limits.DEFAULT.priceMaxAge())));
        silent.account("0");
        assertThat(silent.alerts("margin-low")).isEmpty();
    }
}
