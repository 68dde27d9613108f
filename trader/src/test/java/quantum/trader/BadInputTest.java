package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bad messages end with the field named, place no order, and a good one behind them is filled. */
class BadInputTest {

    private static Floor floor;
    private static int serial;

    @BeforeAll
    static void open(@TempDir Path data) {
        floor = Floor.open(data, Floor.quickRules());
        floor.restartWithoutLimits();
    }

    @AfterAll
    static void close() {
        floor.close();
    }

    @AfterEach
    void theStreamGoesOn() {
        assertThat(floor.exchange().orderRequests("BTCUSDT"))
                .as("no order of a bad message")
                .isEmpty();
        String good = "good" + serial++;
        floor.open(good, "ETHUSDT", serial % 2 == 0 ? "SELL" : "BUY", "100");
        assertThat(text(floor.ending(good), "status"))
                .as(floor.ending(good)::toString)
                .isEqualTo("filled");
        floor.close(good + "-end", "ETHUSDT");
        assertThat(text(floor.ending(good + "-end"), "status")).isEqualTo("filled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"symbol\":\"BTCUSDT\",", "[1,2,3]", "not json at all", "\u0000\u0001"})
    void malformedJsonIsADeadLetter(String payload) {
        JsonNode dead = floor.deadLetter(
                floor.send(Map.of("payload", payload, "timestamp", Instant.now().toString())));
        assertThat(text(dead, "reason")).isEqualTo("SCHEMA_INVALID");
        assertThat(text(dead, "detail")).contains("payload");
        assertThat(text(dead.path("original"), "payload")).isEqualTo(payload);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    symbol  | {"symbol":["BTCUSDT"],"action":"BUY","timestamp":"2026-01-01T00:00:00Z"}
                    action  | {"symbol":"BTCUSDT","action":{"a":1},"timestamp":"2026-01-01T00:00:00Z"}
                    action  | {"symbol":"BTCUSDT","action":"HOLD","timestamp":"2026-01-01T00:00:00Z"}
                    side    | {"symbol":"BTCUSDT","action":"BUY","side":"SELL","timestamp":"2026-01-01T00:00:00Z"}
                    timestamp | {"symbol":"BTCUSDT","action":"BUY","timestamp":"yesterday"}
                    """)
    void wrongTypesOfWhatIdentifiesAreDeadLetters(String field, String payload) {
        JsonNode dead = floor.deadLetter(floor.send(Map.of("payload", payload)));
        assertThat(text(dead, "reason")).isEqualTo("SCHEMA_INVALID");
        assertThat(text(dead, "detail")).contains(field);
    }

    @ParameterizedTest
    @CsvSource({
        "position_size_usd, true",
        "position_size_usd, NaN",
        "position_size_usd, Infinity",
        "position_size_usd, 0",
        "position_size_usd, -100",
        "position_size_usd, 1e99",
        "position_size_usd, 1e999999999",
        "position_size_usd, 100.0000000000000000000000000000000000000001",
        "position_size_usd, 99999999999999999999999999999999999999999999",
        "quantity, -1",
        "leverage, 0",
        "leverage, 126",
        "leverage, 2.5",
        "stop_loss, -1",
        "stop_loss, abc",
        "take_profit_pct, 100",
        "confidence, 1.5",
        "reduceOnly, maybe",
        "reduce_only, 2",
        "expires_at, soon"
    })
    void valuesThatCannotBeMeantAreRefusedByName(String field, String value) {
        String id = next();
        floor.open(id, "BTCUSDT", "BUY", "100", field, value);
        assertRefused(id, "SCHEMA_INVALID", field);
    }

    @ParameterizedTest
    @CsvSource({
        "SYMBOL_UNKNOWN, symbol, symbol, NOSUCHUSDT",
        "QTY_ABOVE_MAX, market order, position_size_usd, 999999999999",
        "QTY_BELOW_MIN, smallest quantity, position_size_usd, 0.000001",
        "STOP_WRONG_SIDE, stop_loss, stop_loss, 200000",
        "TARGET_WRONG_SIDE, take_profit, take_profit, 1",
        "STOP_BEYOND_LIQUIDATION, the stop is, stop_loss, 1",
        "LEVERAGE_ABOVE_MAX, leverage, leverage, 100",
        "STALE_INTENT, expires_at, expires_at, 2020-01-01T00:00:00Z",
        "CLOSE_UNMARKED, reduceOnly, reason, SL_HIT"
    })
    void whatTheExchangeOrOurLimitsForbidIsRefusedWithTheReason(
            String reason, String named, String field, String value) {
        String id = next();
        floor.open(id, "BTCUSDT", "BUY", "100", field, value);
        assertRefused(id, reason, named);
    }

    @Test
    void anOrderWorthLessThanTheExchangesMinimumIsRefused() {
        String id = next();
        floor.open(id, "XRPUSDT", "BUY", "4.90");
        assertRefused(id, "NOTIONAL_BELOW_MIN", "minimum 5");
    }

    @Test
    void aStaleOpenIsRefused() {
        String id = next();
        floor.open(
                id,
                "BTCUSDT",
                "BUY",
                "100",
                "timestamp",
                Instant.now().minusSeconds(61).toString());
        assertRefused(id, "STALE_INTENT", "timestamp");
    }

    @Test
    void anOpenFromTheFutureIsRefused() {
        String id = next();
        floor.open(
                id,
                "BTCUSDT",
                "BUY",
                "100",
                "timestamp",
                Instant.now().plusSeconds(60).toString());
        assertRefused(id, "STALE_INTENT", "timestamp");
    }

    @Test
    void aReplayedMessageIsCountedAndAnotherContentIsRefused() {
        String id = next();
        Map<String, String> intent = Floor.fields(id, "LTCUSDT", "BUY", "position_size_usd", "100");
        floor.send(WireForm.FLAT.wrap(intent));
        assertThat(text(floor.ending(id), "status")).isEqualTo("filled");
        floor.send(WireForm.OLD.wrap(intent));
        await().atMost(Floor.PATIENCE)
                .until(() -> floor.lines("IDEMPOTENCY_SKIP intent_id=" + id).size() == 1);
        floor.open(id, "LTCUSDT", "SELL", "500");
        await().atMost(Floor.PATIENCE).until(() -> floor.reports(id).size() == 2);
        assertThat(text(floor.reports(id).getLast(), "reason")).isEqualTo("IDENTITY_REUSED");
        assertThat(floor.exchange().orderRequests("LTCUSDT")).hasSize(1);
    }

    @Test
    void aMessageOverSixteenKilobytesIsADeadLetter() {
        Map<String, String> intent = Floor.fields(next(), "BTCUSDT", "BUY", "note", "x".repeat(16_500));
        JsonNode dead = floor.deadLetter(floor.send(WireForm.BUS.wrap(intent)));
        assertThat(text(dead, "reason")).isEqualTo("MESSAGE_TOO_LARGE");
        assertThat(text(dead, "detail")).contains("16384");
    }

    @Test
    void anEntryOfNobodyIsADeadLetter() {
        JsonNode dead = floor.deadLetter(floor.send(Map.of("hello", "world")));
        assertThat(text(dead, "detail")).contains("symbol");
    }

    private static String next() {
        return "bad" + serial++;
    }

    private static void assertRefused(String id, String reason, String named) {
        JsonNode report = floor.ending(id);
        assertThat(text(report, "status")).isEqualTo("rejected");
        assertThat(text(report, "reason")).isEqualTo(reason);
        assertThat(report.has("entry_price")).isFalse();
        assertThat(floor.detail(id)).contains(named);
        assertThat(floor.reports(id)).hasSize(1);
    }
}
