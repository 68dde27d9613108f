package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybackTest {

    private static final String HEADER = "timestamp,open,high,low,close,volume\n";

    @TempDir
    Path directory = Path.of("");

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void barPlaysOpenLowHighCloseWithinItsAcceleratedMinute() throws IOException {
        var prices = file(
                "ETHUSDT-1m.csv",
                HEADER + "2022-01-01 00:00:00.000000,3000.00,3010.55,2990.10,3005,1\n"
                        + "2022-01-01T00:01:00,3005,3020,3001,3002.01,1\n");
        var options = SimulatorOptions.defaults().withPrices(prices).withSpeed(60);
        var exchange = Simulator.create(options, Trading.START);
        var market = exchange.prices().market("ETHUSDT");
        var seen = new ArrayList<String>();
        for (int quarter = 1; quarter <= 8; quarter++) {
            exchange.advanceTo(Trading.START + TimeUnit.MILLISECONDS.toNanos(250L * quarter));
            seen.add(Decimals.shorten(market.last()).toPlainString());
        }
        assertThat(seen).containsExactly("3000", "2990.1", "3010.55", "3005", "3005", "3001", "3020", "3002.01");
    }

    @Test
    void afterTheLastBarThePriceWalksOn() throws IOException {
        var prices = file("ETHUSDT_short.csv", HEADER + "2022-01-01 00:00:00,3000,3010,2990,3005,1\n");
        var options = SimulatorOptions.defaults().withPrices(prices).withSpeed(1_000);
        var exchange = Simulator.create(options, Trading.START);
        exchange.advanceTo(Trading.START + TimeUnit.SECONDS.toNanos(5));
        var last = exchange.prices().market("ETHUSDT").last();
        assertThat(last).isNotEqualByComparingTo("3005").isBetween(new BigDecimal("2500"), new BigDecimal("3500"));
    }

    @Test
    void malformedFilesAreRefusedByFileAndLine() throws IOException {
        assertRefused(
                "ETHUSDT-broken.csv",
                HEADER + "2022-01-01 00:00:00,3000,3010,2990,oops,1\n",
                "line 2: not a price: oops");
        assertRefused("ETHUSDT-headless.csv", "a,b\n", "ETHUSDT-headless.csv line 1");
        assertRefused(
                "ETHUSDT-x.csv", HEADER + "2022-01-01 00:00:00,3000,2999,2990,2995,1\n", "line 2: open and close");
    }

    @Test
    void b12_thousandsSeparatorsAreNamedAsWhatTheyAre() throws IOException {
        String bar = "2022-01-01 00:00:00,\"%1$s\",\"%1$s\",\"%1$s\",\"%1$s\",1\n";
        assertRefused("BTCUSDT-k.csv", HEADER + bar.formatted("90,000"), "thousands separators", "90000");
        assertRefused("BTCUSDT-d.csv", HEADER + bar.formatted("90,000.50"), "thousands separators", "90000.50");
    }

    private void assertRefused(String name, String text, String... words) throws IOException {
        var options = SimulatorOptions.defaults().withPrices(file(name, text));
        assertThatThrownBy(() -> Simulator.create(options, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(name)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }
}
