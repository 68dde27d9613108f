package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches, amendments, the countdown and the test order (binance-usdm 3.5), "-4120 in batch items" (12). */
class BatchesTest extends ExchangeContract {

    private static final String BATCH = "/fapi/v1/batchOrders";

    private static String item(String fields) {
        return "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\",\"timeInForce\":\"GTC\","
                + "\"quantity\":\"0.010\",\"price\":\"49000\"," + fields + "}";
    }

    private Answer batch(String... items) {
        var list = "[" + String.join(",", items) + "]";
        return signed("POST", BATCH, "batchOrders=" + URLEncoder.encode(list, StandardCharsets.UTF_8));
    }

    private Answer cancelBatch(String name, String list) {
        return signed(
                "DELETE", BATCH, "symbol=BTCUSDT&" + name + "=" + URLEncoder.encode(list, StandardCharsets.UTF_8));
    }

    @Test
    void itemsOfABatchFailSingly() {
        beginMinute();
        var answer = batch(
                item("\"newClientOrderId\":\"b-1\""),
                "{\"symbol\":\"BTCUSDT\",\"side\":\"SELL\",\"type\":\"STOP_MARKET\",\"stopPrice\":\"49000\"}",
                "{\"symbol\":\"BTCUSDT\",\"side\":\"SELL\",\"type\":\"MARKET\",\"quantity\":\"0.01\","
                        + "\"reduceOnly\":\"true\"}",
                item("\"newClientOrderId\":\"b-1\""),
                item("\"newClientOrderId\":\"b-2\",\"recvWindow\":5000"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("x-mbx-used-weight-1m", "5")
                .containsEntry("x-mbx-order-count-10s", "5")
                .containsEntry("x-mbx-order-count-1m", "1");
        var items = answer.json();
        assertThat(items.get(0).path("status").asString()).isEqualTo("NEW");
        assertThat(items.get(1).path("code").intValue()).isEqualTo(-4120);
        assertThat(items.get(1).propertyNames()).containsExactly("code", "msg");
        assertThat(items.get(2).path("code").intValue()).isEqualTo(-2022);
        assertThat(items.get(3).path("code").intValue()).isEqualTo(-4116);
        assertThat(items.get(4).path("clientOrderId").asString()).isEqualTo("b-2");
        assertThat(ledger("orders").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []               | -4082
            [{},{},{},{},{},{}] | -4082
            {}               | -1130
            [                | -1130
            [1]              | -1130
            """)
    void malformedBatchIsRefusedAsAWhole(String list, int code) {
        var answer = signed("POST", BATCH, "batchOrders=" + URLEncoder.encode(list, StandardCharsets.UTF_8));
        assertThat(answer.status() + " " + answer.code()).isEqualTo("400 " + code);
    }

    @Test
    void batchesAreCancelledByEitherId() {
        var placed = batch(item("\"newClientOrderId\":\"c-1\""), item("\"newClientOrderId\":\"c-2\""))
                .json();
        var byId = cancelBatch("orderIdList", "[" + placed.get(0).path("orderId") + ",17]")
                .json();
        assertThat(byId.get(0).path("status").asString()).isEqualTo("CANCELED");
        assertThat(byId.get(1).path("code").intValue()).isEqualTo(-2011);
        var byName = cancelBatch("origClientOrderIdList", "[\"c-2\",\"c-1\"]").json();
        assertThat(byName.get(0).path("status").asString()).isEqualTo("CANCELED");
        assertThat(byName.get(1).path("code").intValue()).isEqualTo(-2011);
        assertThat(cancelBatch("orderIdList", "[1,2,3,4,5,6,7,8,9,10,11]").code())
                .isEqualTo(-4032);
        assertThat(signed("DELETE", BATCH, "symbol=BTCUSDT").code()).isEqualTo(-1102);
    }

    @Test
    void countdownCancelsUnlessItIsSetAgain() {
        signed("POST", ORDER, REST);
        signed(
                "POST",
                ALGO,
                "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=40000"
                        + "&closePosition=true");
        var countdown = "/fapi/v1/countdownCancelAll";
        var set = signed("POST", countdown, "symbol=BTCUSDT&countdownTime=400");
        assertThat(set.text("countdownTime")).isEqualTo("400");
        exchange.pass(200);
        signed("POST", countdown, "symbol=BTCUSDT&countdownTime=60000");
        exchange.pass(400);
        assertThat(signed("GET", "/fapi/v1/openOrders", "").json().size()).isEqualTo(1);
        signed("POST", countdown, "symbol=BTCUSDT&countdownTime=50");
        exchange.await(() -> signed("GET", "/fapi/v1/openOrders", "").json().isEmpty());
        assertThat(signed("GET", "/fapi/v1/openAlgoOrders", "").json().size()).isEqualTo(1);
        signed("POST", ORDER, REST);
        signed("POST", countdown, "symbol=BTCUSDT&countdownTime=100");
        signed("POST", countdown, "symbol=BTCUSDT&countdownTime=0");
        exchange.pass(300);
        assertThat(signed("GET", "/fapi/v1/openOrders", "").json().size()).isEqualTo(1);
    }

    @Test
    void openOrderIsNotFoundOnceItEnded() {
        signed("POST", ORDER, REST + "&newClientOrderId=o-1");
        var named = "symbol=BTCUSDT&origClientOrderId=o-1";
        assertThat(signed("GET", "/fapi/v1/openOrder", named).text("status")).isEqualTo("NEW");
        assertThat(signed("DELETE", ORDER, named).text("status")).isEqualTo("CANCELED");
        assertThat(signed("GET", "/fapi/v1/openOrder", named).code()).isEqualTo(-2013);
        assertThat(signed("GET", ORDER, named).text("status")).isEqualTo("CANCELED");
        assertThat(signed("DELETE", ORDER, named).code()).isEqualTo(-2011);
    }

    @Test
    void cancelAllEndsRegularOrdersAlone() {
        signed("POST", ORDER, REST);
        signed(
                "POST",
                ALGO,
                "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=40000"
                        + "&closePosition=true");
        var all = signed("DELETE", "/fapi/v1/allOpenOrders", "symbol=BTCUSDT").json();
        assertThat(all.path("code").isNumber()).isTrue();
        assertThat(all.path("msg").asString()).isEqualTo("The operation of cancel all open order is done.");
        assertThat(signed("GET", "/fapi/v1/openAlgoOrders", "").json().size()).isEqualTo(1);
        var algos =
                signed("DELETE", "/fapi/v1/algoOpenOrders", "symbol=BTCUSDT").json();
        assertThat(algos.path("code").intValue()).isEqualTo(200);
        assertThat(signed("GET", "/fapi/v1/openAlgoOrders", "").json().size()).isZero();
        assertThat(signed("GET", "/fapi/v1/allAlgoOrders", "symbol=BTCUSDT")
                        .json()
                        .get(0)
                        .path("algoStatus")
                        .asString())
                .isEqualTo("CANCELED");
    }

    @Test
    void depthShowsTheLevelsThatOrdersTake() {
        control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"depth\":{\"quantity\":\"0.004\",\"levels\":7,\"ticks\":2}}");
        settings("{\"fillDelayMillis\":[0,0]}");
        fill(BUY);
        var depth = open("/fapi/v1/depth", "symbol=BTCUSDT&limit=5").json();
        assertThat(depth.path("asks").get(0).toString()).isEqualTo("[\"50000.50\",\"0.002\"]");
        assertThat(depth.path("asks").get(1).toString()).isEqualTo("[\"50000.70\",\"0.004\"]");
        assertThat(depth.path("asks").size()).isEqualTo(5);
        assertThat(depth.path("bids").get(0).toString()).isEqualTo("[\"50000.0\",\"0.004\"]");
        assertThat(depth.path("bids").size()).isEqualTo(5);
    }
}
