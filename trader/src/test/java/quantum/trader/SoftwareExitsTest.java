package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The exits that the exchange has no order for, on real sockets: ladder, break-even, trailing and time. */
class SoftwareExitsTest {

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

    private static void untilHeld(String symbol, BigDecimal quantity) {
        await().atMost(Floor.PATIENCE).until(() -> exchange().held(symbol).compareTo(quantity) == 0);
    }

    private static void untilStop(String symbol, String trigger) {
        await().atMost(Floor.PATIENCE)
                .untilAsserted(() -> assertThat(exchange().liveStops(symbol))
                        .singleElement()
                        .satisfies(stop ->
                                assertThat(decimal(stop, "triggerPrice")).isEqualByComparingTo(trigger)));
    }

    private static void assertFlat(String symbol) {
        assertThat(exchange().held(symbol)).isEqualByComparingTo("0");
        await().atMost(Floor.PATIENCE)
                .until(() -> exchange().liveStops(symbol).isEmpty()
                        && exchange().liveTargets(symbol).isEmpty());
        assertThat(floor.ends(symbol)).hasSize(1);
        assertThat(decimal(floor.ends(symbol).getFirst(), "pnl_usd"))
                .isEqualByComparingTo(exchange().net(symbol));
    }

    @Test
    void aLadderTakesItsPartBreakEvenAndTrailingMoveTheStopAndItEndsTheRest() {
        exchange().price("ETHUSDT", "3200.00");
        floor.open(
                "all",
                "ETHUSDT",
                "BUY",
                "640",
                "take_profit_pct",
                "5",
                "ladder",
                "[{\"at_pct\":0.5,\"fraction\":0.5}]",
                "break_even_pct",
                "0.8",
                "trailing_pct",
                "0.6",
                "max_time_sec",
                "3600");
        BigDecimal quantity = decimal(floor.ending("all"), "quantity");
        BigDecimal half = quantity.multiply(new BigDecimal("0.5")).setScale(3, RoundingMode.DOWN);

        exchange().price("ETHUSDT", "3217.00");
        untilHeld("ETHUSDT", quantity.subtract(half));
        exchange().price("ETHUSDT", "3226.00");
        untilStop("ETHUSDT", "3203.22");
        exchange().price("ETHUSDT", "3250.00");
        untilStop("ETHUSDT", "3230.50");
        assertThat(floor.get("/api/v1/positions")).contains("\"reached\":true", "\"deadline\"");
        exchange().price("ETHUSDT", "3230.00");

        JsonNode closed = floor.closed("ETHUSDT");
        assertThat(text(closed, "reason")).isEqualTo("trailing");
        assertThat(decimal(closed, "quantity")).isEqualByComparingTo(quantity);
        assertThat(exchange().orders("ETHUSDT")).as("entry and part").hasSize(2);
        assertFlat("ETHUSDT");
    }

    @Test
    void aShortEndsWhenItsTimeIsUp() {
        floor.open("timed", "SOLUSDT", "SELL", "100", "max_time_sec", "2");
        floor.ending("timed");
        assertThat(text(floor.closed("SOLUSDT"), "reason")).isEqualTo("time");
        assertFlat("SOLUSDT");
    }

    @Test
    void aLadderGoesOnAfterARestartAndEndsTheLife() {
        BigDecimal entry = price("LTCUSDT");
        floor.open("climbing", "LTCUSDT", "SELL", "200", "ladder", "0.3:0.5, 0.6:0.5");
        BigDecimal quantity = decimal(floor.ending("climbing"), "quantity");
        exchange().price("LTCUSDT", below(entry, "0.996"));
        await().atMost(Floor.PATIENCE)
                .until(() -> exchange().held("LTCUSDT").negate().compareTo(quantity) < 0);
        BigDecimal left = exchange().held("LTCUSDT");
        floor.restart(() -> assertThat(exchange().held("LTCUSDT")).isEqualByComparingTo(left));
        exchange().price("LTCUSDT", below(entry, "0.993"));
        assertThat(text(floor.closed("LTCUSDT"), "reason")).isEqualTo("ladder");
        assertThat(exchange().orders("LTCUSDT")).hasSize(3);
        assertFlat("LTCUSDT");
    }

    private static BigDecimal price(String symbol) {
        for (JsonNode row : exchange().get("/fapi/v2/ticker/price")) {
            if (symbol.equals(text(row, "symbol"))) {
                return decimal(row, "price");
            }
        }
        throw new IllegalStateException("no price of " + symbol);
    }

    private static String below(BigDecimal price, String share) {
        return price.multiply(new BigDecimal(share))
                .setScale(price.scale(), RoundingMode.DOWN)
                .toPlainString();
    }
}
