package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/** The mark apart from the last price, and margin moved by hand. */
class MarksTest extends ExchangeContract {

    private static final String TARGET = "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=TAKE_PROFIT_MARKET"
            + "&triggerPrice=52000&closePosition=true&workingType=MARK_PRICE&clientAlgoId=target";

    private String target() {
        return signed("GET", ALGO, "clientAlgoId=target").text("algoStatus");
    }

    @Test
    void xF16_aWickOfTheLastPriceLeavesTheMarkAlone() {
        fill(BUY);
        signed("POST", ALGO, TARGET);
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"53000\",\"mark\":\"50010\"}");
        exchange.pass(100);
        assertThat(target()).isEqualTo("NEW");
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"mark\":\"52500\"}");
        exchange.await(() -> !target().equals("NEW"));
    }

    private String hours(long fromHours, long toHours) {
        var form = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
        var now = Instant.ofEpochMilli(exchange.millis());
        return form.format(now.plusSeconds(fromHours * 3_600)) + "-" + form.format(now.plusSeconds(toHours * 3_600));
    }

    @Test
    void theMarkStandsStillOutsideOfMarketHours() {
        control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"hours\":\"" + hours(6, 12) + "\"}");
        move("BTCUSDT", "53000");
        var closed = open("/fapi/v1/premiumIndex", "symbol=BTCUSDT").json();
        assertThat(decimal(closed, "markPrice")).isEqualByComparingTo("50000");
        assertThat(open("/fapi/v2/ticker/price", "symbol=BTCUSDT").text("price"))
                .startsWith("53000");
        control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"hours\":\"" + hours(-6, 6) + "\"}");
        move("BTCUSDT", "53001");
        var open = open("/fapi/v1/premiumIndex", "symbol=BTCUSDT").json();
        assertThat(decimal(open, "markPrice")).isEqualByComparingTo("53001");
        assertThat(control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"hours\":\"9 to 5\"}")
                        .text("field"))
                .isEqualTo("hours");
    }

    private void isolate() {
        signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
        signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=10");
        fill(BUY);
    }

    @Test
    void marginIsMovedIntoAndOutOfAPosition() {
        isolate();
        var frames = userStream("");
        var margin = "symbol=BTCUSDT&amount=25&type=";
        assertThat(signed("POST", "/fapi/v1/positionMargin", margin + "1").status())
                .isEqualTo(200);
        var wallet = decimal(read(RISK, "").get(0), "isolatedWallet");
        assertThat(wallet).isBetween(new BigDecimal("75"), new BigDecimal("75.1"));
        exchange.await(() -> !frames.of("ACCOUNT_UPDATE").isEmpty());
        assertThat(frames.of("ACCOUNT_UPDATE").getFirst().path("a").path("m").asString())
                .isEqualTo("MARGIN_TRANSFER");
        assertThat(signed("POST", "/fapi/v1/positionMargin", "symbol=BTCUSDT&amount=24&type=2")
                        .status())
                .isEqualTo(200);
        assertThat(signed("POST", "/fapi/v1/positionMargin", margin + "2").code())
                .isEqualTo(-4051);
        assertThat(signed("POST", "/fapi/v1/positionMargin", "symbol=BTCUSDT&amount=99999&type=1")
                        .code())
                .isEqualTo(-4050);
        assertThat(signed("POST", "/fapi/v1/positionMargin", "symbol=BTCUSDT&amount=0&type=1")
                        .code())
                .isEqualTo(-4055);
        assertThat(signed("POST", "/fapi/v1/positionMargin", "symbol=ETHUSDT&amount=1&type=1")
                        .code())
                .isEqualTo(-4049);
        assertThat(read("/fapi/v1/positionMargin/history", "symbol=BTCUSDT").size())
                .isEqualTo(2);
    }

    @Test
    void theStopComesToLieBehindTheLiquidation() {
        isolate();
        signed("POST", ALGO, CLOSING_STOP);
        var answer = control("/sim/margin", "{\"symbol\":\"BTCUSDT\",\"amount\":\"-45\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(decimal(read(RISK, "").get(0), "liquidationPrice"))
                .isBetween(new BigDecimal("49001"), new BigDecimal("50000"));
        move("BTCUSDT", "49100");
        exchange.await(() -> ledger("fills").size() == 2);
        assertThat(ledger("orders").get(1).path("clientOrderId").asString()).startsWith("autoclose-");
    }
}
