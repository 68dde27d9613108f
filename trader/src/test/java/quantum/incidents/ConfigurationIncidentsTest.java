package quantum.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import quantum.trader.Program;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;
import quantum.trader.settings.SettingsError;
import quantum.trader.settings.SettingsReader;

/** Bugs of seeds 002 and 003 in how the service was set up. */
class ConfigurationIncidentsTest {

    /** Seed 002: when the exchange could not be used, paper trading was switched on without a word. */
    @Test
    void silentPaperMode() {
        Map<String, String> testnet = Map.of("BINANCE_USE_TESTNET", "true", "PAPER_TRADING", "false");
        assertThatThrownBy(() -> SettingsReader.load(Optional.empty(), testnet))
                .isInstanceOf(SettingsError.class)
                .hasMessageContaining("needs QUANTUM_KEYS_API_KEY");
        assertThatThrownBy(() -> SettingsReader.load(Optional.empty(), Map.of("PAPER_TRADING", "ture")))
                .hasMessageContaining("PAPER_TRADING=ture must be true or false");
        assertThatThrownBy(() -> SettingsReader.load(Optional.empty(), Map.of("PAPER_TRADING", "false")))
                .hasMessageContaining("set mode");
        assertThat(SettingsReader.load(Optional.empty(), Map.of()).mode()).isEqualTo(Mode.SIMULATED);
    }

    /** Seed 003: a file handler and redirected output wrote every line twice. */
    @Test
    void duplicateLogLine(@TempDir Path directory) throws IOException, JoranException {
        Path file = directory.resolve("quantum.log");
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        try {
            Program.logToFile(file);
            LoggerFactory.getLogger("desk").info("INTENT_RECEIVED symbol=OPUSDT");
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).singleElement().asString().endsWith("| INTENT_RECEIVED symbol=OPUSDT");
        } finally {
            context.reset();
            new ContextInitializer(context).autoConfig();
        }
    }

    /** A file saved on Windows ended every value with a CR, and none of them was understood. */
    @Test
    void incI34_linesThatEndWithCrAreReadAsTheyAreMeant(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("saved.yaml"), "mode: paper\r\nhttp:\r\n  port: 8123\r\n");
        Settings fromFile = SettingsReader.load(Optional.of(file), Map.of("QUANTUM_REDIS_PREFIX", "mine\r"));
        assertThat(fromFile.mode()).isEqualTo(Mode.PAPER);
        assertThat(fromFile.http().port()).isEqualTo(8123);
        assertThat(fromFile.redis().prefix()).isEqualTo("mine");
        assertThat(SettingsReader.load(Optional.empty(), Map.of("PAPER_TRADING", "true\r"))
                        .mode())
                .isEqualTo(Mode.PAPER);
    }
}
