package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The main job on real sockets: each scenario has a symbol of its own on one floor. */
class EndToEndTest {

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

    @Test
    void aLongIsFilledProtectedAndEndsAtItsTarget() {
        exchange().price("ETHUSDT", "3200.00");
        floor.open("target", "ETHUSDT", "BUY", "100", "stop_loss", "3150", "take_profit", "3250");
        JsonNode report = floor.ending("target");
        assertThat(text(report, "status")).as(report.toString()).isEqualTo("filled");
        assertThat(decimal(report, "entry_price")).isEqualByComparingTo("3200.01");
        assertThat(decimal(report, "quantity")).isEqualByComparingTo(exchange().held("ETHUSDT"));
        assertThat(decimal(report, "fee_usd")).isPositive();
        JsonNode stop = exchange().liveStop("ETHUSDT");
        assertThat(text(report, "stop_order_id"))
                .as("if it was answered in time")
                .isIn("", text(stop, "algoId"));
        assertThat(decimal(stop, "triggerPrice")).isEqualByComparingTo("3150");
        assertThat(stop.path("closePosition").asBoolean()).isTrue();
        await().atMost(Floor.PATIENCE)
                .until(() -> exchange().liveTargets("ETHUSDT").size() == 1);
        assertThat(text(report, "target_order_id"))
                .isIn("", text(exchange().liveTargets("ETHUSDT").getFirst(), "algoId"));

        exchange().price("ETHUSDT", "3250");

        JsonNode closed = floor.closed("ETHUSDT");
        assertThat(text(closed, "reason")).isEqualTo("tp");
        assertThat(text(closed, "intent_id")).isEqualTo("target");
        assertThat(decimal(closed, "pnl_usd")).isEqualByComparingTo(exchange().net("ETHUSDT"));
        assertThat(decimal(closed, "pnl_usd")).isPositive();
        assertFlat("ETHUSDT");
        assertThat(floor.metric("quantum_exchange_request_seconds_count", "outcome=\"accepted\""))
                .isPositive();
    }

    @Test
    void aShortIsProtectedOnTheOtherSideAndEndsAtItsStop() {
        floor.open("short", "SOLUSDT", "SELL", "100", "stop_loss", "142", "take_profit", "135");
        JsonNode report = floor.ending("short");
        assertThat(text(report, "status")).isEqualTo("filled");
        assertThat(exchange().held("SOLUSDT")).isNegative();
        assertThat(decimal(exchange().liveStops("SOLUSDT").getFirst(), "triggerPrice"))
                .isEqualByComparingTo("142");

        exchange().price("SOLUSDT", "142");

        JsonNode closed = floor.closed("SOLUSDT");
        assertThat(text(closed, "reason")).isEqualTo("sl");
        assertThat(text(closed, "position_side")).isEqualTo("SHORT");
        assertThat(decimal(closed, "pnl_usd")).isEqualByComparingTo(exchange().net("SOLUSDT"));
        assertThat(decimal(closed, "pnl_usd")).isNegative();
        assertFlat("SOLUSDT");
    }

    @Test
    void aCloseIntentEndsThePositionAndTakesItsProtectionOff() {
        floor.open("to-close", "XRPUSDT", "BUY", "100");
        floor.ending("to-close");
        floor.close("closing", "XRPUSDT");
        assertThat(text(floor.ending("closing"), "status")).isEqualTo("filled");
        JsonNode closed = floor.closed("XRPUSDT");
        assertThat(text(closed, "reason")).isEqualTo("signal");
        assertThat(exchange().orders("XRPUSDT").getLast().path("reduceOnly").asBoolean())
                .isTrue();
        assertFlat("XRPUSDT");
    }

    @Test
    void theSameSideAgainMovesTheRestingStopAndOpensNothing() {
        floor.open("first", "ADAUSDT", "BUY", "100", "stop_loss", "0.4700");
        floor.ending("first");
        String before = text(exchange().liveStop("ADAUSDT"), "algoId");
        floor.open("again", "ADAUSDT", "BUY", "100", "stop_loss", "0.4750");
        JsonNode updated = floor.ending("again");
        assertThat(text(updated, "status")).isEqualTo("updated");
        assertThat(text(updated, "stop_order_id")).isNotEmpty().isNotEqualTo(before);
        // The bridge over which it moved is lifted once it is live.
        await().atMost(Floor.PATIENCE)
                .until(() -> exchange().liveStops("ADAUSDT").size() == 1);
        assertThat(exchange().liveStops("ADAUSDT")).singleElement().satisfies(stop -> {
            assertThat(text(stop, "algoId")).isEqualTo(text(updated, "stop_order_id"));
            assertThat(decimal(stop, "triggerPrice")).isEqualByComparingTo("0.4750");
        });
        floor.open("looser", "ADAUSDT", "BUY", "100", "stop_loss", "0.4600");
        assertThat(text(floor.ending("looser"), "reason")).isEqualTo("POSITION_EXISTS");
        assertThat(exchange().orderRequests("ADAUSDT")).hasSize(1);
    }

    @Test
    void aLateFillIsPendingOnceAndFilledOnce() {
        exchange().fillsAfter(2_500);
        floor.open("late", "AVAXUSDT", "BUY", "100");
        await().atMost(Floor.PATIENCE)
                .until(() -> !exchange().orders("AVAXUSDT").isEmpty());
        exchange().fillsAfter(20);
        assertThat(text(floor.ending("late"), "status")).isEqualTo("filled");
        assertThat(floor.reports("late")).extracting(r -> text(r, "status")).containsExactly("pending_fill", "filled");
        assertThat(floor.reports("late").getFirst().has("entry_price")).isFalse();
        assertThat(floor.alerts("pending-fill:late")).hasSize(1);
        assertThat(exchange().liveStops("AVAXUSDT")).hasSize(1);
    }

    @Test
    void anOrderThatNeverFillsAndIsCancelledIsRejectedWithItsReason() {
        exchange().fault("never_fills", "POST /fapi/v1/order", "OPUSDT");
        floor.open("never", "OPUSDT", "BUY", "100");
        await().atMost(Floor.PATIENCE).until(() -> !floor.reports("never").isEmpty());
        exchange().cancelByHand("OPUSDT", text(floor.reports("never").getFirst(), "client_order_id"));
        JsonNode report = floor.ending("never");
        assertThat(text(report, "status")).isEqualTo("rejected");
        assertThat(text(report, "reason")).isEqualTo("NOT_FILLED");
        assertThat(report.has("entry_price")).isFalse();
        assertFlat("OPUSDT");
    }

    @Test
    void anAnswerLostAfterTheExecutionIsFoundAndNothingIsSentTwice() {
        exchange().fault("lost_after", "POST /fapi/v1/order", "LINKUSDT");
        floor.open("lost-after", "LINKUSDT", "BUY", "100");
        assertThat(text(floor.ending("lost-after"), "status")).isEqualTo("filled");
        assertThat(exchange().orders("LINKUSDT")).hasSize(1);
        assertThat(exchange().orderRequests("LINKUSDT")).hasSize(1);
        assertThat(exchange().liveStops("LINKUSDT")).hasSize(1);
    }

    @Test
    void anOrderLostBeforeTheExchangeIsProvenAbsentAndNeverSentAgain() {
        exchange().fault("lost_before", "POST /fapi/v1/order", "NEARUSDT");
        floor.open("lost-before", "NEARUSDT", "BUY", "100");
        JsonNode report = floor.ending("lost-before");
        assertThat(text(report, "terminal_state")).isEqualTo("EXPIRED_UNKNOWN");
        assertThat(floor.reports("lost-before"))
                .extracting(r -> text(r, "status"))
                .containsExactly("pending_fill", "rejected");
        assertThat(exchange().orders("NEARUSDT")).isEmpty();
        assertThat(exchange().orderRequests("NEARUSDT")).hasSize(1);
    }

    @Test
    void aPartialFillIsAProtectedPosition() {
        exchange().fault("partial_then_expire", "POST /fapi/v1/order", "DOTUSDT");
        floor.open("part", "DOTUSDT", "BUY", "100");
        JsonNode report = floor.ending("part");
        assertThat(text(report, "status")).isEqualTo("partial");
        BigDecimal held = exchange().held("DOTUSDT");
        assertThat(decimal(report, "quantity")).isEqualByComparingTo(held);
        assertThat(held)
                .isPositive()
                .isLessThan(decimal(exchange().orders("DOTUSDT").getFirst(), "quantity"));
        assertThat(exchange().liveStops("DOTUSDT")).hasSize(1);
    }

    @Test
    void aRestartKeepsThePositionItsStopAndItsOneEnd() {
        floor.open("before-restart", "LTCUSDT", "BUY", "100", "stop_loss", "90", "take_profit", "95");
        floor.ending("before-restart");
        String stop = text(exchange().liveStop("LTCUSDT"), "algoId");
        floor.restart(() -> assertThat(exchange().liveStops("LTCUSDT")).hasSize(1));
        assertThat(exchange().liveStops("LTCUSDT"))
                .singleElement()
                .satisfies(s -> assertThat(text(s, "algoId")).isEqualTo(stop));
        assertThat(exchange().orderRequests("LTCUSDT")).hasSize(1);
        exchange().price("LTCUSDT", "95");
        assertThat(text(floor.closed("LTCUSDT"), "reason")).isEqualTo("tp");
        assertFlat("LTCUSDT");
        assertThat(floor.reports("before-restart")).hasSize(1);
    }

    @Test
    void aPositionThatEndsWhileTheServiceIsDownIsToldOnce() {
        floor.open("down", "FILUSDT", "BUY", "100", "stop_loss", "1.600", "take_profit", "1.650");
        floor.ending("down");
        floor.restart(() -> {
            exchange().price("FILUSDT", "1.650");
            await().atMost(Floor.PATIENCE)
                    .until(() -> exchange().held("FILUSDT").signum() == 0);
        });
        JsonNode closed = floor.closed("FILUSDT");
        assertThat(decimal(closed, "pnl_usd")).isEqualByComparingTo(exchange().net("FILUSDT"));
        assertFlat("FILUSDT");
    }

    @Test
    void aPositionOpenedByHandIsAdoptedAndProtected() {
        exchange().byHand("BUY", "BNBUSDT", "0.5");
        await().atMost(Floor.PATIENCE)
                .until(() -> exchange().liveStops("BNBUSDT").size() == 1);
        assertThat(floor.alerts("adopted:found-BNBUSDT")).hasSize(1);
        assertThat(floor.get("/health")).contains("\"status\":\"healthy\"");
    }

    @Test
    void aPositionClosedByHandIsToldAsExternal() {
        floor.open("external", "ATOMUSDT", "BUY", "100");
        JsonNode report = floor.ending("external");
        exchange().byHand("SELL", "ATOMUSDT", text(report, "quantity"));
        JsonNode closed = floor.closed("ATOMUSDT");
        assertThat(text(closed, "reason")).isEqualTo("external");
        assertThat(decimal(closed, "pnl_usd")).isEqualByComparingTo(exchange().net("ATOMUSDT"));
        assertFlat("ATOMUSDT");
    }

    /** Nothing held, nothing left resting, and the end told once. */
    private static void assertFlat(String symbol) {
        assertThat(exchange().held(symbol)).isEqualByComparingTo("0");
        await().atMost(Floor.PATIENCE)
                .until(() -> exchange().liveStops(symbol).isEmpty()
                        && exchange().liveTargets(symbol).isEmpty());
        assertThat(floor.ends(symbol)).hasSizeLessThanOrEqualTo(1);
    }
}
