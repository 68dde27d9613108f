package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.Rung;
import quantum.intent.Rung.Measure;
import quantum.intent.SoftwareExits;

/** How a position is to end, in the message's own fields and in the policy of the AI engine. */
class ExitReaderTest {

    private static Reading read(Object... more) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "intent_id",
                "a",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "position_size_usd",
                "100",
                "timestamp",
                "2026-01-05T10:00:00Z"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put((String) more[i], more[i + 1]);
        }
        return IntentReader.read(fields, null);
    }

    private static Intent.Open open(Object... more) {
        return (Intent.Open) ((Reading.Understood) read(more)).intent();
    }

    private static Refusal refused(Object... more) {
        return ((Reading.Refusable) read(more)).why();
    }

    private static Map<String, Object> rung(String at, String fraction) {
        return Map.of("at_pct", new BigDecimal(at), "fraction", fraction);
    }

    @Test
    void everyExitOfTheContract() {
        Levels levels = open(
                        "trailing_pct",
                        "0.8",
                        "break_even_pct",
                        "0.6",
                        "max_time_sec",
                        "3600",
                        "ladder",
                        List.of(rung("0.5", "0.3"), rung("1.0", "0.70")))
                .levels();
        assertThat(levels.trailingPct()).isEqualTo(new BigDecimal("0.8"));
        assertThat(levels.software())
                .isEqualTo(
                        new SoftwareExits(new BigDecimal("0.6"), Duration.ofHours(1), Rung.ladder("0.5:0.3, 1:0.7")));
    }

    @Test
    void aLadderMayBeAText() {
        assertThat(open("ladder", "0.5:0.3,1:0.7").levels().software().ladder())
                .containsExactly(
                        Rung.ofEntry(new BigDecimal("0.5"), new BigDecimal("0.3")),
                        Rung.ofEntry(BigDecimal.ONE, new BigDecimal("0.7")));
    }

    @Test
    void zeroMeansNoneWhateverTheDefault() {
        assertThat(open("break_even_pct", "0", "max_time_sec", "0", "ladder", List.of())
                        .levels()
                        .software())
                .isEqualTo(new SoftwareExits(BigDecimal.ZERO, Duration.ZERO, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"scalper, 0.3, 25, 0.3", "swing, 0.5, 50, 0.5", "trend_runner, 25, 75, 0.25", "TREND_RUNNER, 1, 75, 1"})
    void aHarvestPolicyIsTrailingTimeAndOneRungOnTheWayToTheTarget(
            String mode, String part, String at, String fraction) {
        Levels levels = open(
                        "ai_harvest_policy",
                        Map.of("mode", mode, "trail_pct", "1.2", "max_time_sec", "7200", "partial_close_pct", part))
                .levels();
        assertThat(levels.trailingPct()).isEqualTo(new BigDecimal("1.2"));
        assertThat(levels.software().maxTime()).isEqualTo(Duration.ofHours(2));
        assertThat(levels.software().ladder())
                .containsExactly(new Rung(new BigDecimal(at), Measure.OF_WAY, new BigDecimal(fraction)));
    }

    @Test
    void theMessagesOwnFieldsGoBeforeItsPolicy() {
        Levels levels = open(
                        "ai_harvest_policy",
                        Map.of("mode", "swing", "trail_pct", "1.2", "max_time_sec", "7200", "partial_close_pct", "0.3"),
                        "trailing_pct",
                        "0.7",
                        "max_time_sec",
                        "60",
                        "ladder",
                        "1:1")
                .levels();
        assertThat(levels.trailingPct()).isEqualTo(new BigDecimal("0.7"));
        assertThat(levels.software()).isEqualTo(new SoftwareExits(null, Duration.ofMinutes(1), Rung.ladder("1:1")));
    }

    @Test
    void aPolicyThatIsOneWordAsksForNothing() {
        assertThat(open("ai_harvest_policy", "swing").levels()).isEqualTo(Levels.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1:0.5, 1:0.2", "2:0.5, 1:0.2", "1:0.6, 2:0.5", "0:0.5", "1:0", "1", "1:x", "100:0.5", "-1:0.5"})
    void whatIsNoLadderIsRefused(String text) {
        assertThat(refused("ladder", text)).isEqualTo(Refusal.LADDER_INVALID);
    }

    @Test
    void aLadderOfMoreThanTwentyRungsIsRefused() {
        StringBuilder text = new StringBuilder("1:0.01");
        for (int i = 2; i <= 21; i++) {
            text.append(',').append(i).append(":0.01");
        }
        assertThat(refused("ladder", text.toString())).isEqualTo(Refusal.LADDER_INVALID);
    }

    @Test
    void whatCannotBeReadNamesItsField() {
        assertThat(refused("ladder", List.of("x"))).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("ladder", List.of(Map.of("at_pct", "1")))).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("ladder", new BigDecimal("3"))).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("max_time_sec", "1.5")).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("max_time_sec", "-1")).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("max_time_sec", "2592001")).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("break_even_pct", "100")).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("ai_harvest_policy", "gambler")).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("ai_harvest_policy", Map.of("mode", "gambler"))).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused("ai_harvest_policy", Map.of("partial_close_pct", "101")))
                .isEqualTo(Refusal.LADDER_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.01", "0.049"})
    void aTrailingDistanceThatCanOnlyBeAFractionIsRefused(String pct) {
        assertThat(refused("trailing_pct", pct)).isEqualTo(Refusal.TRAILING_INVALID);
        assertThat(refused("ai_harvest_policy", Map.of("trail_pct", pct))).isEqualTo(Refusal.TRAILING_INVALID);
    }

    @Test
    void whatAMessageMeansIncludesItsExits() {
        String plain = open().origin().digest();
        assertThat(plain).isEqualTo("0b7eb273f9843171fb3425ee9588b6aa");
        assertThat(open("max_time_sec", "60").origin().digest()).isNotEqualTo(plain);
        assertThat(open("ladder", "1:0.5").origin().digest())
                .isNotEqualTo(plain)
                .isEqualTo(open("ladder", List.of(rung("1.0", "0.50"))).origin().digest());
    }
}
