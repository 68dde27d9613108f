package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.desk.DeskView;
import tools.jackson.databind.JsonNode;

/** A service that watches another's account: it decides everything and the exchange never hears of it. */
class ObserveModeTest {

    @TempDir
    Path data;

    @Test
    void decidesAndSendsNothing() {
        try (Floor floor = Floor.open(data, Floor.quickRules().withObserve(true))) {
            floor.exchange().price("BTCUSDT", "94000");
            floor.exchange().byHand("BUY", "ETHUSDT", "0.5");
            await().atMost(Floor.PATIENCE).until(() -> positions(floor) == 1);

            floor.open("o", "BTCUSDT", "BUY", "600");
            JsonNode report = floor.ending("o");
            assertThat(Exchange.text(report, "reason")).isEqualTo("OBSERVED");
            assertThat(Exchange.text(report, "mode")).isEqualTo("simulated-observe");
            assertThat(floor.detail("o")).startsWith("would BUY 0.006 BTCUSDT");
            floor.close("c", "ETHUSDT");
            assertThat(Exchange.text(floor.ending("c"), "reason")).isEqualTo("OBSERVED");

            // The one order is that of the hand outside.
            assertThat(floor.exchange().requests("POST", "/fapi/v1/order")).hasSize(1);
            assertThat(floor.exchange().requests("POST", "/fapi/v1/algoOrder")).isEmpty();
            assertThat(floor.exchange().requests("POST", "/fapi/v1/leverage")).isEmpty();
            assertThat(floor.get("/health")).contains("\"unprotected_positions\":0");
        }
    }

    private static int positions(Floor floor) {
        DeskView view = floor.trader().view();
        return view == null ? 0 : view.positions().size();
    }
}
