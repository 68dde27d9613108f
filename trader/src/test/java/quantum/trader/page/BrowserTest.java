package quantum.trader.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.trader.ledger.OutboxRow;

/** The page in a real browser: what a person reads there, in both colour schemes, on a desk and on a phone. */
class BrowserTest {

    private Stage stage;
    private Chromium browser;

    // The browser may still write into its profile while it dies; what is left there is in the temporary directory.
    @BeforeEach
    void start(@TempDir Path directory, @TempDir(cleanup = CleanupMode.NEVER) Path profile) throws Exception {
        assumeTrue(Files.isExecutable(Chromium.PROGRAM), "chromium is not installed: the page was not looked at");
        stage = new Stage(directory, Instant.now());
        stage.furnish();
        browser = new Chromium(profile);
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
            stage.close();
        }
    }

    private void show(int width, String scheme) {
        browser.shape(width, 900, scheme);
        browser.open(stage.uri("/"));
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.text().contains("Closed trades"));
    }

    @ParameterizedTest
    @CsvSource({"1440, light, 'rgb(247, 248, 250)'", "390, dark, 'rgb(15, 20, 25)'"})
    void itTellsModeMoneyDangerAndDetail(int width, String scheme, String background) {
        show(width, scheme);
        await().until(() -> browser.text().contains("Warning NEARUSDT"));
        assertThat(browser.text())
                .contains("SIMULATED", "ACTIVE", "8,914.27 USDT free", "3 positions, all protected", "lag 3")
                .contains("BTCUSDT long", "stop 94,966.0", "target 98,822.0", "\u25B2 +7.31", "\u25BC \u22121.30")
                .contains("protected, stop live on the exchange")
                .contains("Filled after 209 ms, protected after 272 ms", "+176 ms")
                .contains("ETHUSDT SELL", "COOLDOWN_SYMBOL", "The symbol cools down after a margin failure.")
                .contains("SYMBOL_UNKNOWN", "STOP_WRONG_SIDE", "same reason 2 times since")
                .contains("Cooldown of ETHUSDT", "for another 4:")
                .contains("AXSUSDT long", "2.4190 \u2192 2.4795", "+4.76", "stop \u25BC \u22124.21");
        assertThat(browser.read("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(background);
        assertThat(Integer.parseInt(browser.read("document.documentElement.scrollWidth")))
                .as("no scrolling sideways")
                .isLessThanOrEqualTo(width);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theChartDrawsTheLevelsOfThePickedPosition() {
        show(1440, "light");
        await().until(() -> browser.read("String(document.querySelector('.canvas canvas') !== null)")
                .equals("true"));
        String levels = "quantumChart.option.series[0].markLine.data.map(l => l.label.formatter).join()";
        assertThat(browser.read(levels))
                .isEqualTo("entry 96,412.0,stop 94,966.0,target 98,822.0,trailing stop 95,702.0,"
                        + "stop to entry from 97,376.1,part at 97,858.0");

        browser.read("document.querySelectorAll('.position button')[1].click()");
        await().until(() -> browser.read("quantumChart.symbol").equals("AXSUSDT"));
        assertThat(browser.read(levels)).isEqualTo("entry 2.4190,stop 2.3827,target 2.4795");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void dangerTakesTheSpaceWithWordsAndANextStep() {
        stage.view = stage.scene.danger();
        show(1440, "dark");
        assertThat(browser.text())
                .contains("SAFE MODE", "1 unprotected", "Critical BTCUSDT long has had no live stop for 6.2 s.")
                .contains("./quantum send CLOSE BTCUSDT", "Safe mode stops opens for another 14:");
    }

    @Test
    void flatteningOneSymbolSpeaksOfThatSymbolAlone() {
        stage.view = stage.scene.flattening("AXSUSDT");
        show(1440, "light");
        assertThat(browser.text())
                .contains("AXSUSDT: being closed by the operator's order.", "nothing is held there")
                .contains("AXSUSDT: flattened by the operator; opens there wait.")
                .doesNotContain("Everything", "positions are still held");
    }

    @Test
    void anEmptyPageTellsHowToFillIt() {
        stage.view = stage.scene.empty();
        show(390, "light");
        assertThat(browser.text())
                .contains("No position is held. Open one: ./quantum send BUY BTCUSDT 100usd")
                .contains("No order was sent yet.", "Nothing was refused.")
                .doesNotContain("undefined", "NaN", "null");
    }

    @Test
    void aNoticeAppearsAndALostServiceNeverLooksLive() {
        show(1440, "light");
        OutboxRow notice = new OutboxRow(
                9,
                "alert:9",
                "alert",
                "",
                Instant.now(),
                "{\"key\":\"k\",\"severity\":\"critical\",\"text\":\"the STOP is gone\",\"timestamp\":\"2026-11-20T12:00:00Z\"}",
                true,
                "9-0");
        // Told again until it is seen: the page may not have subscribed yet, and knows a notice it has shown.
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            stage.server.published(notice);
            return browser.text().contains("the STOP is gone");
        });
        assertThat(browser.read("String(document.querySelectorAll('.stale').length)"))
                .isEqualTo("0");

        stage.server.close();
        await().atMost(Duration.ofSeconds(15)).until(() -> browser.text().contains("No word from the service for"));
        assertThat(browser.text()).contains("DISCONNECTED", "disconnected", "./quantum status", " s old");
        assertThat(browser.read("String(document.querySelectorAll('.panel:not(.stale)').length)"))
                .isEqualTo("0");
        assertThat(browser.text()).as("the last state word is no news any more").doesNotContain("ACTIVE");
    }

    @Test
    void o4_withoutTheExchangeNothingLooksAsIfItWereSeenNow() {
        show(1440, "light");
        String points = "String(quantumChart.points)";
        String before = browser.read(points);
        stage.view = stage.scene.gone(Duration.ofSeconds(62));
        await().atMost(Duration.ofSeconds(15)).until(() -> browser.text().contains("The exchange is gone"));
        assertThat(browser.text())
                .contains("DEGRADED", "3 protected as last seen 6", "protected as last seen 6")
                .doesNotContain("all protected");
        assertThat(browser.read(points)).isEqualTo(before);
        stage.view = stage.scene.calm();
        await().atMost(Duration.ofSeconds(15)).until(() -> browser.text().contains("all protected"));
    }

    @Test
    void o26_whyNotHasItsOwnListAndCountsDown() {
        show(1440, "light");
        await().atMost(Duration.ofSeconds(15)).until(() -> browser.text().contains("ETHUSDT SELL COOLDOWN_SYMBOL"));
        assertThat(browser.text()).containsPattern("allowed again at [0-9:]+, in 4:");
        assertThat(browser.text()).contains("same reason 2 times");
    }
}
