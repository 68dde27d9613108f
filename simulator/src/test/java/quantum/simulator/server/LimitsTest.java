package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Headers X-MBX-USED-WEIGHT-1M, X-MBX-ORDER-COUNT-10S/-1M; 429 then 418 with banned until" (binance-usdm 12). */
class LimitsTest extends ExchangeContract {

    @BeforeEach
    void freshMinute() {
        beginMinute();
    }

    private static long weight(Answer answer) {
        return Long.parseLong(answer.headers().getOrDefault("x-mbx-used-weight-1m", "-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, GET, /fapi/v1/order, symbol=BTCUSDT&orderId=1",
        "1, DELETE, /fapi/v1/order, symbol=BTCUSDT&orderId=1",
        "1, GET, /fapi/v1/openOrder, symbol=BTCUSDT&orderId=1",
        "1, GET, /fapi/v1/openOrders, symbol=BTCUSDT",
        "40, GET, /fapi/v1/openOrders, ''",
        "5, GET, /fapi/v1/allOrders, symbol=BTCUSDT",
        "1, DELETE, /fapi/v1/allOpenOrders, symbol=BTCUSDT",
        "5, GET, /fapi/v1/userTrades, symbol=BTCUSDT",
        "1, GET, /fapi/v1/algoOrder, algoId=1",
        "1, DELETE, /fapi/v1/algoOrder, algoId=1",
        "1, DELETE, /fapi/v1/algoOpenOrders, symbol=BTCUSDT",
        "1, GET, /fapi/v1/openAlgoOrders, symbol=BTCUSDT",
        "40, GET, /fapi/v1/openAlgoOrders, ''",
        "5, GET, /fapi/v1/allAlgoOrders, symbol=BTCUSDT",
        "0, POST, /fapi/v1/order, ''",
        "0, POST, /fapi/v1/algoOrder, ''",
        "5, GET, /fapi/v3/balance, ''",
        "5, GET, /fapi/v3/account, ''",
        "5, GET, /fapi/v3/positionRisk, ''",
        "5, GET, /fapi/v1/symbolConfig, ''",
        "5, GET, /fapi/v1/accountConfig, ''",
        "30, GET, /fapi/v1/positionSide/dual, ''",
        "20, GET, /fapi/v1/commissionRate, symbol=BTCUSDT",
        "1, GET, /fapi/v1/leverageBracket, ''",
        "1, GET, /fapi/v1/rateLimit/order, ''",
        "5, POST, /fapi/v1/batchOrders, ''",
        "1, DELETE, /fapi/v1/batchOrders, symbol=BTCUSDT",
        "0, PUT, /fapi/v1/order, ''",
        "10, POST, /fapi/v1/countdownCancelAll, ''",
        "5, GET, /fapi/v2/account, ''",
        "5, GET, /fapi/v2/positionRisk, ''",
        "1, POST, /fapi/v1/positionSide/dual, ''",
        "30, GET, /fapi/v1/multiAssetsMargin, ''",
        "1, POST, /fapi/v1/multiAssetsMargin, ''",
        "1, POST, /fapi/v1/leverage, ''",
        "1, POST, /fapi/v1/marginType, ''",
        "30, GET, /fapi/v1/income, ''",
        "5, GET, /fapi/v1/adlQuantile, ''",
        "20, GET, /fapi/v1/forceOrders, symbol=BTCUSDT",
        "50, GET, /fapi/v1/forceOrders, ''",
        "1, GET, /fapi/v1/apiTradingStatus, symbol=BTCUSDT",
        "10, GET, /fapi/v1/apiTradingStatus, ''",
        "20, GET, /fapi/v1/historicalTrades, symbol=BTCUSDT",
        "2, GET, /fapi/v1/depth, symbol=BTCUSDT&limit=50",
        "20, GET, /fapi/v1/depth, symbol=BTCUSDT&limit=1000",
        "1, GET, /fapi/v1/depth, symbol=BTCUSDT&limit=many",
        "1, GET, /fapi/v1/nothing, ''",
        "1, POST, /fapi/v1/listenKey, ''",
        "1, GET, /fapi/v1/time, ''",
        "1, GET, /fapi/v1/exchangeInfo, ''",
        "1, GET, /fapi/v1/premiumIndex, symbol=BTCUSDT",
        "10, GET, /fapi/v1/premiumIndex, ''",
        "2, GET, /fapi/v1/ticker/bookTicker, symbol=BTCUSDT",
        "5, GET, /fapi/v1/ticker/bookTicker, ''",
        "1, GET, /fapi/v2/ticker/price, symbol=BTCUSDT",
        "2, GET, /fapi/v2/ticker/price, ''",
        "1, GET, /fapi/v1/klines, symbol=BTCUSDT&interval=1m&limit=50",
        "2, GET, /fapi/v1/klines, symbol=BTCUSDT&interval=1m&limit=499",
        "5, GET, /fapi/v1/klines, symbol=BTCUSDT&interval=1m&limit=1000",
        "10, GET, /fapi/v1/klines, symbol=BTCUSDT&interval=1m&limit=1500",
    })
    void everyAnswerTellsTheWeightUsed(long weight, String method, String path, String parameters) {
        assertThat(weight(signed(method, path, parameters))).isEqualTo(weight);
        assertThat(weight(open("/fapi/v1/ping", ""))).isEqualTo(weight + 1);
    }

    @Test
    void ordersAreCountedOnOrderAnswersAlone() {
        assertThat(signed("POST", ORDER, REST).headers())
                .containsEntry("x-mbx-order-count-10s", "1")
                .containsEntry("x-mbx-order-count-1m", "1");
        assertThat(signed("POST", ALGO, "symbol=BTCUSDT").headers())
                .containsEntry("x-mbx-order-count-10s", "2")
                .containsEntry("x-mbx-order-count-1m", "2");
        assertThat(signed("GET", "/fapi/v1/openOrders", "").headers())
                .doesNotContainKeys("x-mbx-order-count-10s", "x-mbx-order-count-1m");
    }

    @Test
    void ordersBeyondEitherCountAreRefused() {
        settings("{\"ordersPerMinute\":1}");
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(200);
        var refused = signed("POST", ORDER, REST);
        assertThat(refused.status() + " " + refused.code()).isEqualTo("429 -1015");
        assertThat(refused.text("msg")).contains("1 orders per MINUTE");
        assertThat(ledger("orders").size()).isEqualTo(1);
        assertThat(signed("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT").status())
                .isEqualTo(200);
    }

    @Test
    void theLimitsAreToldByExchangeInfoAndByAccount() {
        settings("{\"weightPerMinute\":77,\"ordersPer10Seconds\":7,\"ordersPerMinute\":70}");
        var limits = open("/fapi/v1/exchangeInfo", "").json().path("rateLimits");
        assertThat(limits.get(0).path("limit").intValue()).isEqualTo(77);
        var own = signed("GET", "/fapi/v1/rateLimit/order", "").json();
        assertThat(own.get(0).path("interval").asString()).isEqualTo("SECOND");
        assertThat(own.get(0).path("intervalNum").intValue()).isEqualTo(10);
        assertThat(own.get(0).path("limit").intValue()).isEqualTo(7);
        assertThat(own.get(1).path("limit").intValue()).isEqualTo(70);
    }

    @Test
    void whoGoesOnAfter429IsBannedAndTheNextBanIsLonger() {
        settings("{\"weightPerMinute\":3,\"banAfterRefusals\":2,\"banMillis\":60000}");
        for (int i = 0; i < 3; i++)
            assertThat(open("/fapi/v1/ping", "").status()).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            var refused = open("/fapi/v1/ping", "");
            assertThat(refused.status() + " " + refused.code()).isEqualTo("429 -1003");
            assertThat(refused.headers()).doesNotContainKey("retry-after");
        }
        long first = bannedUntil(open("/fapi/v1/ping", ""));
        assertThat(first - serverMillis()).isBetween(50_000L, 60_000L);
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(418);
        assertThat(ledger("orders").size()).isZero();
        assertThat(bannedUntil(open("/fapi/v1/ping", ""))).isEqualTo(first);

        control("/sim/clock", "{\"offsetMillis\":" + (first - exchange.millis()) + "}");
        for (int i = 0; i < 5; i++) open("/fapi/v1/ping", "");
        long second = bannedUntil(open("/fapi/v1/ping", ""));
        assertThat(second - first).isBetween(110_000L, 130_000L);
    }

    private static long bannedUntil(Answer answer) {
        assertThat(answer.status() + " " + answer.code()).isEqualTo("418 -1003");
        return Long.parseLong(answer.text("msg").replaceAll(".*banned until (\\d+)\\..*", "$1"));
    }

    @Test
    void retryAfterIsToldWhereSwitchedOn() {
        settings("{\"weightPerMinute\":1,\"retryAfter\":true,\"ordersPer10Seconds\":0}");
        var orders = signed("POST", ORDER, REST);
        assertThat(orders.code()).isEqualTo(-1015);
        assertThat(Integer.parseInt(orders.headers().getOrDefault("retry-after", "0")))
                .isBetween(1, 10);
        open("/fapi/v1/ping", "");
        assertThat(Integer.parseInt(open("/fapi/v1/ping", "").headers().getOrDefault("retry-after", "0")))
                .isBetween(30, 60);
    }
}
