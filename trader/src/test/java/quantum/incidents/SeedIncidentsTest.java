package quantum.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.Fill;
import quantum.trader.Exchange;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import tools.jackson.databind.JsonNode;

/** Bugs of seeds 000 to 002 on the running service. */
class SeedIncidentsTest {

    private static Floor floor;

    @BeforeAll
    static void open(@TempDir Path data) {
        floor = Floor.open(data, Floor.quickRules());
    }

    @AfterAll
    static void close() {
        floor.close();
    }

    private static Exchange exchange() {
        return floor.exchange();
    }

    /** Seed 000: the acknowledgement says avgPrice 0.00 and was published as a fill at 0. */
    @Test
    void zeroPriceFill() {
        floor.open("zero", "ROSEUSDT", "BUY", "100");
        JsonNode report = floor.ending("zero");
        JsonNode acknowledged = exchange().orderRequests("ROSEUSDT").getFirst().path("answer");
        assertThat(text(acknowledged, "body")).contains("\"status\":\"NEW\"", "\"executedQty\":\"0");
        assertThat(text(report, "status")).isEqualTo("filled");
        assertThat(decimal(report, "entry_price")).isPositive();
        assertThat(decimal(report, "position_size_usd"))
                .isEqualByComparingTo(decimal(report, "entry_price").multiply(decimal(report, "quantity")));
        assertThatThrownBy(() -> new Fill(new Price(BigDecimal.ZERO), new Quantity(BigDecimal.ONE), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fill(new Price(BigDecimal.ONE), new Quantity(BigDecimal.ZERO), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Seed 000: the result was published at once, before anything was filled. */
    @Test
    void noFillWait() {
        exchange().fillsAfter(700);
        floor.open("wait", "ADAUSDT", "BUY", "100");
        await().atMost(Floor.PATIENCE).until(() -> !exchange().orders("ADAUSDT").isEmpty());
        exchange().fillsAfter(20);
        assertThat(exchange().fills("ADAUSDT")).isEmpty();
        assertThat(floor.reports("wait")).isEmpty();
        assertThat(text(floor.ending("wait"), "status")).isEqualTo("filled");
        assertThat(exchange().fills("ADAUSDT")).hasSize(1);
    }

    /** Seed 001: the exit monitor wrote {@code side}, the executor read {@code action}; 4,194 exits were lost. */
    @Test
    void sideVersusAction() {
        Map<String, String> open = Floor.fields("side", "XRPUSDT", "");
        open.remove("action");
        open.put("side", "BUY");
        open.put("position_size_usd", "100");
        floor.send(WireForm.BRIDGE.wrap(open));
        assertThat(text(floor.ending("side"), "status")).isEqualTo("filled");
        Map<String, String> exit = Floor.fields("side-exit", "XRPUSDT", "");
        exit.remove("action");
        exit.putAll(Map.of("side", "SELL", "reduce_only", "true", "reason", "TP_HIT"));
        floor.send(WireForm.BRIDGE.wrap(exit));
        assertThat(text(floor.ending("side-exit"), "status")).isEqualTo("filled");
        assertThat(text(floor.closed("XRPUSDT"), "reason")).isEqualTo("tp");
        assertThat(exchange().held("XRPUSDT")).isEqualByComparingTo("0");
    }

    /** Seed 001: a reader without the prefix waited at a stream that nobody wrote. */
    @Test
    void streamPrefix() {
        floor.open("prefix", "DOGEUSDT", "BUY", "100");
        floor.ending("prefix");
        assertThat(floor.redis().keys("*stream*").stream().sorted())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith("quantum:stream:"));
        assertThat(floor.redis().keys("trade.*")).isEmpty();
        assertThat(floor.redis().xinfoGroups("quantum:stream:trade.intent"))
                .extracting(group -> group.getName())
                .containsExactly("quantum:group:execution:trade.intent");
    }

    /** Seed 001: every bootstrap replaced what was tracked, and levels of the intent became defaults. */
    @Test
    void overwritingBootstrap() {
        floor.open("kept", "LTCUSDT", "BUY", "100", "stop_loss", "80", "take_profit", "120");
        floor.ending("kept");
        String stop = text(exchange().liveStop("LTCUSDT"), "algoId");
        long asked = positionReadings();
        await().atMost(Floor.PATIENCE).until(() -> positionReadings() >= asked + 3);
        assertThat(exchange().liveStops("LTCUSDT")).singleElement().satisfies(live -> {
            assertThat(text(live, "algoId")).isEqualTo(stop);
            assertThat(decimal(live, "triggerPrice")).isEqualByComparingTo("80");
        });
        assertThat(floor.get("/api/v1/positions")).contains("LTCUSDT", "120");
        assertThat(floor.lines("Position added symbol=LTCUSDT")).hasSize(1);
    }

    private static long positionReadings() {
        return exchange().requests("GET", "/fapi/v3/positionRisk").size();
    }

    /** Seed 001: the bootstrap failed on a position without {@code leverage}, as version 3 answers. */
    @Test
    void missingLeverage() {
        exchange().byHand("SELL", "SUIUSDT", "100");
        await().atMost(Floor.PATIENCE)
                .until(() -> exchange().liveStops("SUIUSDT").size() == 1);
        List<JsonNode> answers = exchange().requests("GET", "/fapi/v3/positionRisk");
        assertThat(text(answers.getLast().path("answer"), "body"))
                .contains("positionAmt")
                .doesNotContain("leverage");
        assertThat(exchange().liveTargets("SUIUSDT")).hasSize(1);
    }

    /** Seed 002: a signal for a symbol that was held vanished without a word. */
    @Test
    void swallowedSignal() {
        floor.open("held", "BNBUSDT", "BUY", "100", "stop_loss", "860");
        floor.ending("held");
        floor.open("better", "BNBUSDT", "BUY", "100", "stop_loss", "870");
        floor.open("nothing", "ARBUSDT", "SELL", "100");
        assertThat(text(floor.ending("better"), "status")).isEqualTo("updated");
        floor.open("same", "BNBUSDT", "BUY", "100");
        floor.open("other", "BNBUSDT", "SELL", "100");
        assertThat(text(floor.ending("same"), "reason")).isEqualTo("POSITION_EXISTS");
        assertThat(text(floor.ending("other"), "reason")).isEqualTo("POSITION_OPPOSITE");
        assertThat(text(floor.ending("nothing"), "status")).isEqualTo("filled");
    }
}
