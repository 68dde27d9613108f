package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Checklist: liquidation and ADL orders, delisting, brackets and maintenance margin (binance-usdm 5.2, 5.5, 7). */
class LiquidationTest extends ExchangeContract {

    private static final String BUY_ONE_TENTH = BUY.replace("0.010", "0.100");

    private void isolatedPosition() {
        signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
        signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=20");
        fill(BUY_ONE_TENTH);
    }

    private static JsonNode last(Frames frames, String event) {
        return frames.of(event).getLast();
    }

    @Test
    void isolatedPositionIsCalledThenLiquidatedAndLosesNoMoreThanItsMargin() {
        isolatedPosition();
        var risk = read(RISK, "").get(0);
        assertThat(risk.path("liquidationPrice").asString()).startsWith("47690.");
        var frames = userStream("");
        move("BTCUSDT", "47700");
        exchange.await(() -> frames.of("MARGIN_CALL").size() == 1);
        var called = last(frames, "MARGIN_CALL").path("p").get(0);
        assertThat(called.path("s").asString()).isEqualTo("BTCUSDT");
        assertThat(called.path("mt").asString()).isEqualTo("ISOLATED");
        assertThat(decimal(called, "mm")).isEqualByComparingTo("19.08");
        assertThat(read(RISK, "").size()).isEqualTo(1);

        move("BTCUSDT", "47000");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 2);
        var order = last(frames, "ORDER_TRADE_UPDATE").path("o");
        assertThat(order.path("c").asString()).startsWith("autoclose-");
        assertThat(order.path("x").asString()).isEqualTo("CALCULATED");
        assertThat(order.path("X").asString()).isEqualTo("FILLED");
        assertThat(order.path("l").asString()).isEqualTo("0.100");
        assertThat(frames.of("ACCOUNT_UPDATE"))
                .extracting(frame -> frame.path("a").path("m").asString())
                .containsExactly("ORDER", "INSURANCE_CLEAR");
        assertThat(read(RISK, "").size()).isZero();
        // The fund paid what the margin of 250.0005 could not, so exactly that and the opening fee are gone.
        assertThat(decimal(ledger("balances").get(0), "wallet")).isEqualByComparingTo("9747.999496");
        assertThat(read("/fapi/v1/income", "incomeType=INSURANCE_CLEAR").size()).isEqualTo(1);
        assertThat(frames.of("MARGIN_CALL")).hasSize(1);
    }

    @Test
    void crossPositionsFallWithTheAccountAndOpenOrdersGoFirst() {
        control("/sim/account", "{\"balance\":\"600\"}");
        signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=50");
        fill(BUY_ONE_TENTH);
        place("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=47500.1&newClientOrderId=rest");
        var frames = userStream("");
        move("BTCUSDT", "47600");
        exchange.pass(300);
        assertThat(read(RISK, "").size()).isEqualTo(1);
        settings("{\"forcedStatusNoise\":true}");
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"47600\",\"mark\":\"44000\"}");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 2);
        var rest = read(ORDER, "symbol=BTCUSDT&origClientOrderId=rest");
        assertThat(rest.path("status").asString()).isEqualTo("EXPIRED");
        assertThat(frames.of("ORDER_TRADE_UPDATE")
                        .getFirst()
                        .path("o")
                        .path("er")
                        .asString())
                .isEqualTo("5");
        var order = last(frames, "ORDER_TRADE_UPDATE").path("o");
        assertThat(order.path("X").asString()).isEqualTo("NEW_INSURANCE");
        assertThat(order.path("z").asString()).isEqualTo("0.100");
        var terms = open("/fapi/v1/exchangeInfo", "").json().path("symbols").get(0);
        var fee = read("/fapi/v1/income", "incomeType=INSURANCE_CLEAR").get(0);
        assertThat(decimal(fee, "income").negate())
                .as("of a notional of 4760")
                .isEqualByComparingTo(decimal(terms, "liquidationFee").multiply(BigDecimal.valueOf(4_760)));
        var forced = read("/fapi/v1/forceOrders", "autoCloseType=LIQUIDATION");
        assertThat(forced.size()).isEqualTo(1);
        assertThat(forced.get(0).path("status").asString()).isEqualTo("FILLED");
        assertThat(read("/fapi/v1/forceOrders", "autoCloseType=ADL").size()).isZero();
    }

    @Test
    void deleveragingTakesAPartAndLeavesTheRest() {
        fill(BUY);
        move("BTCUSDT", "55000");
        var quantile = read("/fapi/v1/adlQuantile", "symbol=BTCUSDT").get(0);
        assertThat(quantile.path("adlQuantile").path("BOTH").intValue()).isEqualTo(4);
        var frames = userStream("");
        var answer = control("/sim/close", "{\"symbol\":\"BTCUSDT\",\"kind\":\"adl\",\"quantity\":\"0.004\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 1);
        var order = last(frames, "ORDER_TRADE_UPDATE").path("o");
        assertThat(order.path("c").asString()).isEqualTo("adl_autoclose");
        assertThat(order.path("x").asString()).isEqualTo("TRADE");
        assertThat(read(RISK, "").get(0).path("positionAmt").asString()).isEqualTo("0.006");
    }

    @ParameterizedTest
    @CsvSource({
        "PRE_SETTLE, -4140, 0",
        "PRE_DELIVERING, -4140, 0",
        "TRADING_HALT, -1122, -1122",
        "PENDING_TRADING, -1122, -1122",
        "TRADING, 0, 0",
    })
    void symbolThatDoesNotTradeMayStillBeClosedBeforeItsEnd(String status, int opening, int closing) {
        fill(BUY);
        control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"status\":\"%s\"}".formatted(status));
        var info = exchange.send("GET", "/fapi/v1/exchangeInfo", "", "", null).json();
        assertThat(info.path("symbols").get(0).path("status").asString()).isEqualTo(status);
        assertThat(signed("POST", ORDER, BUY).code()).isEqualTo(opening);
        assertThat(signed("POST", ORDER, SELL + "&reduceOnly=true").code()).isEqualTo(closing);
    }

    @Test
    void symbolThatEndsSettlesItsPositionsAtTheMark() {
        fill(BUY);
        place("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=49000&newClientOrderId=rest");
        signed("POST", ALGO, CLOSING_STOP);
        var frames = userStream("");
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"mark\":\"50123\"}");
        control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"status\":\"SETTLING\"}");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 1);
        var orders = frames.of("ORDER_TRADE_UPDATE");
        assertThat(orders.getFirst().path("o").path("er").asString()).isEqualTo("7");
        var settled = orders.getLast().path("o");
        assertThat(settled.path("c").asString()).startsWith("settlement_autoclose-");
        assertThat(settled.path("L").asString()).isEqualTo("50123");
        assertThat(read("/fapi/v1/openAlgoOrders", "").size()).isZero();
        assertThat(read(RISK, "").size()).isZero();
        assertThat(signed("POST", ORDER, BUY).code()).isEqualTo(-4141);
        assertThat(signed("POST", ALGO, CLOSING_STOP).code()).isEqualTo(-4141);
    }

    @Test
    void leverageIsBoundByBracketAndPosition() {
        control("/sim/account", "{\"balance\":\"1000000\"}");
        var brackets = read("/fapi/v1/leverageBracket", "symbol=BTCUSDT").path("brackets");
        assertThat(brackets.get(0).path("notionalCap").isNumber()).isTrue();
        assertThat(brackets.get(0).path("initialLeverage").intValue()).isEqualTo(125);
        assertThat(read("/fapi/v1/leverageBracket", "").isArray()).isTrue();
        signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=125");
        assertThat(signed("POST", ORDER, BUY.replace("0.010", "1.100")).code()).isEqualTo(-2027);
        signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=20");
        fill(BUY.replace("0.010", "1.100"));
        assertThat(signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=125")
                        .code())
                .isEqualTo(-2027);
        assertThat(signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=126")
                        .code())
                .isEqualTo(-4028);
        control("/sim/account", "{\"balance\":\"5000\"}");
        assertThat(signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=2")
                        .code())
                .isEqualTo(-2028);
    }

    @Test
    void onlyTradesAreToldInShort() {
        fill(BUY);
        var frames = userStream("");
        control("/sim/close", "{\"symbol\":\"BTCUSDT\",\"kind\":\"adl\",\"quantity\":\"0.004\"}");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 1);
        assertThat(frames.of("TRADE_LITE")).hasSize(1);
        control("/sim/close", "{\"symbol\":\"BTCUSDT\",\"kind\":\"liquidation\"}");
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 3);
        assertThat(last(frames, "ORDER_TRADE_UPDATE").path("o").path("x").asString())
                .isEqualTo("CALCULATED");
        assertThat(frames.of("TRADE_LITE")).hasSize(1);
    }
}
