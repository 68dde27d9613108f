package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Files of prices as an operator gives them to the shipped verbs, in the memory that the launcher allows. */
@Execution(ExecutionMode.CONCURRENT)
class RecordedPricesTest {

    private static final int YEAR = 525_600;

    @TempDir
    Path directory = Path.of("");

    private Path minutes(String name, int count) throws IOException {
        StringBuilder text = new StringBuilder();
        SplittableRandom random = new SplittableRandom(1);
        int cents = 310_000;
        for (int i = 0; i < count; i++) {
            int close = Math.clamp(cents + random.nextInt(-400, 401), 200_000, 400_000);
            text.append(1_704_067_200_000L + i * 60_000L)
                    .append(',')
                    .append(price(cents))
                    .append(',')
                    .append(price(Math.max(cents, close) + 50))
                    .append(',')
                    .append(price(Math.min(cents, close) - 50))
                    .append(',')
                    .append(price(close))
                    .append(",69.830,1772442059999,216320.7,72,34.915,108160.3,0\n");
            cents = close;
        }
        return Files.writeString(directory.resolve(name), text);
    }

    private static String price(int cents) {
        return cents / 100 + "." + (cents / 10) % 10 + cents % 10;
    }

    private Command start(Map<String, String> environment, String... arguments) {
        return Command.start(directory.resolve("out-" + arguments[0]), environment, arguments);
    }

    @Test
    void iF16_theDemoTradesMostlyTheRecordedSymbol() throws IOException {
        Path file = minutes("ETHUSDT-1m-2024.csv", 3_000);
        Command demo =
                start(Map.of(), "demo", "--for", "25s", "--port", "0", "--speed", "30", "--prices", file.toString());
        assertThat(demo.exitCode(90)).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("prices       ETHUSDT from ETHUSDT-1m-2024.csv: 3000 bars of 1m, 2024-01-01 00:00 to")
                .containsPattern("prices       played [1-9][0-9]* of 3000 bars of ETHUSDT");
        assertThat(entries(demo, "ETHUSDT")).isGreaterThan(entries(demo, "(?!ETH)\\w+"));
    }

    private static long entries(Command demo, String symbol) {
        return demo.output()
                .lines()
                .filter(line -> line.matches(".* " + symbol + " +(BUY|SELL) filled .*"))
                .count();
    }

    @Test
    void iF11_aYearOfMinutesStartsInTheLaunchersMemory() throws IOException {
        Path file = minutes("ETHUSDT-1m.csv", YEAR);
        Command simulator = start(Map.of(), "simulator", "--port", "0", "--speed", "60", "--prices", file.toString());
        try {
            simulator.awaitOutput("simulator on http");
            simulator.awaitOutput(
                    "prices ETHUSDT from ETHUSDT-1m.csv: 525600 bars of 1m, 2024-01-01 00:00 to 2024-12-30");
        } finally {
            simulator.end();
        }
    }

    @Test
    void iF21_aDemoThatRefusesItsFileLeavesNothingBehind() throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Command demo = start(
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary),
                "demo",
                "--port",
                "0",
                "--prices",
                directory.resolve("ETHUSDT-none.csv").toString());
        assertThat(demo.exitCode()).as(demo.output()).isEqualTo(2);
        assertThat(demo.output())
                .contains("quantum: there is no file", "ETHUSDT-none.csv")
                .doesNotContain("Exception");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(each -> each.toString().contains("quantum-demo-")))
                    .isEmpty();
        }
    }
}
