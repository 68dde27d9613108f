package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Checklist: one-way and hedge; -4061 (binance-usdm 3.4, 7, 12). */
class PositionModesTest extends ExchangeContract {

    private static final String DUAL = "/fapi/v1/positionSide/dual";
    private static final String LONG = "&positionSide=LONG";
    private static final String SHORT = "&positionSide=SHORT";

    private void hedge() {
        assertThat(signed("POST", DUAL, "dualSidePosition=true").status()).isEqualTo(200);
    }

    private JsonNode row(String side) {
        for (var row : read(RISK, "symbol=BTCUSDT")) {
            if (row.path("positionSide").asString().equals(side)) return row;
        }
        throw new AssertionError("no position row " + side);
    }

    private int code(String path, String parameters) {
        return signed("POST", path, parameters).code();
    }

    @Test
    void modeIsChosenOnceAndOnlyWithoutOrdersAndPositions() {
        assertThat(read(DUAL, "").path("dualSidePosition").booleanValue()).isFalse();
        assertThat(code(DUAL, "dualSidePosition=false")).isEqualTo(-4059);
        assertThat(code(DUAL, "")).isEqualTo(-1102);
        var resting = place("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=49000");
        assertThat(code(DUAL, "dualSidePosition=true")).isEqualTo(-4067);
        signed("DELETE", ORDER, "symbol=BTCUSDT&orderId=" + resting.text("orderId"));
        signed("POST", ALGO, CLOSING_STOP);
        assertThat(code(DUAL, "dualSidePosition=true")).isEqualTo(-4067);
        signed("DELETE", ALGO, "clientAlgoId=stop-1");
        fill(BUY);
        assertThat(code(DUAL, "dualSidePosition=true")).isEqualTo(-4068);
        fill(SELL);
        hedge();
        assertThat(code(DUAL, "dualSidePosition=true")).isEqualTo(-4059);
        assertThat(read(DUAL, "").path("dualSidePosition").booleanValue()).isTrue();
        assertThat(read("/fapi/v1/accountConfig", "").path("dualSidePosition").booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "false, &positionSide=LONG, -4061",
        "false, &positionSide=SIDEWAYS, -4060",
        "true, '', -4061",
        "true, &positionSide=BOTH, -4061",
        "true, &positionSide=LONG&reduceOnly=false, -1106",
        "true, &positionSide=LONG&reduceOnly=true, -1106",
    })
    void sideOfThePositionMustSuitTheMode(boolean hedged, String side, int code) {
        if (hedged) hedge();
        assertThat(code(ORDER, BUY + side)).isEqualTo(code);
        var stop = "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=49000&quantity=0.010";
        assertThat(code(ALGO, stop + side)).isEqualTo(code);
        assertThat(ledger("orders").size() + ledger("protections").size()).isZero();
    }

    @Test
    void hedgeModeKeepsALongAndAShortPositionApart() {
        hedge();
        var frames = userStream("");
        fill(BUY + LONG);
        move("BTCUSDT", "51000");
        fill("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.020" + SHORT);
        assertThat(row("LONG").path("positionAmt").asString()).isEqualTo("0.010");
        assertThat(row("LONG").path("entryPrice").asString()).isEqualTo("50000.1");
        assertThat(row("SHORT").path("positionAmt").asString()).isEqualTo("-0.020");
        assertThat(row("SHORT").path("entryPrice").asString()).isEqualTo("51000");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 2);
        var update = frames.of("ACCOUNT_UPDATE").getLast().path("a").path("P");
        assertThat(update.size()).isEqualTo(1);
        assertThat(update.get(0).path("ps").asString()).isEqualTo("SHORT");
        assertThat(update.get(0).path("pa").asString()).isEqualTo("-0.020");
        var trade = frames.of("ORDER_TRADE_UPDATE").getLast().path("o");
        assertThat(trade.path("ps").asString()).isEqualTo("SHORT");
        assertThat(read("/fapi/v1/userTrades", "symbol=BTCUSDT")
                        .get(0)
                        .path("positionSide")
                        .asString())
                .isEqualTo("LONG");
        assertThat(read("/fapi/v1/allOrders", "symbol=BTCUSDT")
                        .get(1)
                        .path("positionSide")
                        .asString())
                .isEqualTo("SHORT");
    }

    @Test
    void hedgeModeClosesByThePositionsSideAndNeverBeyondIt() {
        hedge();
        assertThat(code(ORDER, SELL + LONG)).isEqualTo(-2022);
        fill(BUY + LONG);
        assertThat(code(ORDER, BUY + SHORT)).isEqualTo(-2022);
        fill("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.030" + LONG);
        assertThat(read(RISK, "").size()).isZero();
        assertThat(ledger("orders").get(1).path("executed").asString()).isEqualTo("0.010");
    }

    private static String closing(String side, String kind, String trigger, String position, String id) {
        return "algoType=CONDITIONAL&symbol=BTCUSDT&side=%s&type=%s&triggerPrice=%s&closePosition=true%s&clientAlgoId=%s"
                .formatted(side, kind, trigger, position, id);
    }

    @Test
    void closingOrdersOfHedgeModeBelongToOnePosition() {
        hedge();
        fill(BUY + LONG);
        fill(SELL + SHORT);
        assertThat(code(ALGO, closing("BUY", "STOP_MARKET", "51000", LONG, "x")))
                .isEqualTo(-4138);
        assertThat(code(ALGO, closing("SELL", "STOP_MARKET", "49000", SHORT, "x")))
                .isEqualTo(-4138);
        var placed = signed("POST", ALGO, closing("SELL", "STOP_MARKET", "49000", LONG, "long-stop"));
        assertThat(placed.text("positionSide")).isEqualTo("LONG");
        signed("POST", ALGO, closing("SELL", "TAKE_PROFIT_MARKET", "51000", LONG, "long-target"));
        signed("POST", ALGO, closing("BUY", "STOP_MARKET", "52000", SHORT, "short-stop"));
        assertThat(code(ALGO, closing("SELL", "STOP_MARKET", "48000", LONG, "second")))
                .isEqualTo(-4130);
        assertThat(read("/fapi/v1/openAlgoOrders", "").size()).isEqualTo(3);

        var frames = userStream("&events=ALGO_UPDATE");
        fill(SELL + LONG);
        exchange.await(() -> frames.all().size() == 2);
        assertThat(frames.all())
                .extracting(frame -> frame.path("o").path("X").asString())
                .containsOnly("EXPIRED");
        assertThat(frames.all())
                .extracting(frame -> frame.path("o").path("ps").asString())
                .containsOnly("LONG");
        assertThat(read("/fapi/v1/openAlgoOrders", "")
                        .get(0)
                        .path("clientAlgoId")
                        .asString())
                .isEqualTo("short-stop");
        move("BTCUSDT", "52100");
        exchange.await(() -> frames.all().size() == 5);
        assertThat(read(RISK, "").size()).isZero();
    }
}
