package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.guard.Limits;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.position.ExistingPolicy;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.rules.Rules;
import quantum.venue.Call;

/** What one position may be worth. */
class MostWorthTest {

    private static Rules rules(String most) {
        Limits.Exposure exposure = new Limits.Exposure(20, 1, 10, new BigDecimal("60"), new BigDecimal(most));
        return Rules.DEFAULT.withLimits(new Limits(
                Limits.DEFAULT.rates(),
                Limits.DEFAULT.margin(),
                exposure,
                Limits.DEFAULT.openMaxAge(),
                Limits.DEFAULT.priceMaxAge()));
    }

    private static Map<String, String> wish(String... fields) {
        Map<String, String> wish = new HashMap<>(Map.of("intent_id", "i", "symbol", "BTCUSDT", "action", "BUY"));
        for (int i = 0; i < fields.length; i += 2) {
            wish.put(fields[i], fields[i + 1]);
        }
        return wish;
    }

    @ParameterizedTest
    @CsvSource({"position_size_usd, 1000, 1", "position_size_usd, 1001, 0", "quantity, 10, 1", "quantity, 10.1, 0"})
    void o3_anOpenWorthMoreThanAllowedIsRefusedWhateverItIsSizedIn(String size, String figure, int opened) {
        DeskRig rig = DeskRig.ready(rules("1000"));
        rig.intent(wish(size, figure));
        assertThat(rig.calls(Call.Open.class)).hasSize(opened);
        if (opened == 0) {
            assertThat(rig.reports("i").getLast()).isInstanceOfSatisfying(Report.Rejected.class, refused -> {
                assertThat(refused.why()).isEqualTo(Refusal.NOTIONAL_ABOVE_MAX);
                assertThat(refused.why().terminalState()).isEqualTo("REJECTED_LIMIT");
                assertThat(refused.detail()).contains("limit 1000");
            });
        }
    }

    @Test
    void o3_whatIsHeldCountsWhereMoreIsAdded() {
        DeskRig rig =
                DeskRig.ready(rules("1500").withExisting(new ExistingPolicy(SameSide.SCALE_IN, OtherSide.REFUSE)));
        new Replies(rig).position("a", DeskRig.BTC);
        rig.passSeconds(31);
        rig.mark();
        rig.fresh();
        rig.intent(wish("position_size_usd", "1000"));
        assertThat(rig.calls(Call.Open.class)).as("the one before").hasSize(1);
        assertThat(rig.reports("i").getLast()).isInstanceOfSatisfying(Report.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(Refusal.NOTIONAL_ABOVE_MAX);
            assertThat(refused.detail()).contains("a position worth 2000.00, limit 1500");
        });
    }

    @Test
    void o3_leverageMakesAPositionNoSmaller() {
        DeskRig rig = DeskRig.ready(rules("1000"));
        rig.intent(wish("position_size_usd", "2000", "leverage", "10"));
        assertThat(rig.calls(Call.Open.class)).isEmpty();
    }
}
