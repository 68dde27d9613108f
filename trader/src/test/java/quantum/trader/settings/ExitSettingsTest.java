package quantum.trader.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.intent.Rung;
import quantum.market.Symbol;
import quantum.position.ExitDefaults;
import quantum.position.ExitPolicy;

/** How positions end by configuration, for all symbols and for single ones. */
class ExitSettingsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");

    @TempDir
    private Path directory;

    private Settings load(String yaml, Map<String, String> environment) throws IOException {
        return SettingsReader.load(
                Optional.of(Files.writeString(directory.resolve("quantum.yaml"), yaml)), environment);
    }

    private List<String> problems(String yaml) {
        return catchThrowableOfType(SettingsError.class, () -> load(yaml, Map.of()))
                .problems();
    }

    @Test
    void theDefaultsAreThoseOfTheSeeds() throws IOException {
        assertThat(load("", Map.of()).rules().exits()).isEqualTo(ExitPolicy.SEEDS);
    }

    @Test
    void oneSymbolHasValuesOfItsOwnAndTheGeneralOnesBesides() throws IOException {
        Settings settings = load("""
                exits:
                  stop_loss_pct: 2
                  max_time_seconds: 600
                  ladder: "1:0.5"
                  symbols:
                    BTCUSDT:
                      stop_loss_pct: 1
                      ladder: none
                """, Map.of("QUANTUM_EXITS_SYMBOLS_BTCUSDT_BREAK_EVEN_PCT", "0.7"));
        ExitDefaults own = settings.rules().exits().of(BTC);
        assertThat(own.stopPct()).isEqualByComparingTo("1");
        assertThat(own.breakEven().fromPct()).isEqualByComparingTo("0.7");
        assertThat(own.maxTime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(own.ladder()).isEmpty();
        ExitDefaults other = settings.rules().exits().of(new Symbol("ETHUSDT"));
        assertThat(other.stopPct()).isEqualByComparingTo("2");
        assertThat(other.breakEven().isOn()).isFalse();
        assertThat(other.ladder()).containsExactly(Rung.ofEntry(BigDecimal.ONE, new BigDecimal("0.5")));
        assertThat(settings.shown())
                .contains(new Settings.Shown(
                        "exits.symbols.BTCUSDT.break_even_pct",
                        "0.7",
                        "environment QUANTUM_EXITS_SYMBOLS_BTCUSDT_BREAK_EVEN_PCT"))
                .filteredOn(shown -> shown.key().equals("exits.symbols.BTCUSDT.stop_loss_pct"))
                .singleElement()
                .satisfies(shown -> assertThat(shown.source()).endsWith("quantum.yaml"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ladder: '1:0.6, 2:0.6'|exits.ladder = 1:0.6, 2:0.6 must have fractions of at most 1 together",
                "ladder: '3:0.6'|exits.ladder = 3:0.6 has a rung beyond exits.take_profit_pct",
                "break_even_pct: 0.1|exits.break_even_pct = 0.1 must be above exits.break_even_fees_pct",
                "break_even_pct: 3|exits.break_even_pct = 3 lies beyond exits.take_profit_pct",
                "symbols: {BTCUSDT: {take_profit_pct: 0.01}}|exits.symbols.BTCUSDT.take_profit_pct = 0.01 must be from",
                "symbols: {BTCUSDT: {small_part: full}}|unknown key exits.symbols.BTCUSDT.small_part",
                "small_part: some|exits.small_part = some must be none or full",
            })
    void whatCannotBeIsRefusedByName(String line, String problem) {
        assertThat(problems("exits:\n  " + line + "\n")).anyMatch(told -> told.startsWith(problem));
    }

    @Test
    void anUnknownVariableOfASymbolIsRefused() {
        assertThat(catchThrowableOfType(
                                SettingsError.class,
                                () -> load("", Map.of("QUANTUM_EXITS_SYMBOLS_BTCUSDT_STOPP_PCT", "1")))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("unknown environment variable QUANTUM_EXITS_SYMBOLS_BTCUSDT_STOPP_PCT");
    }
}
