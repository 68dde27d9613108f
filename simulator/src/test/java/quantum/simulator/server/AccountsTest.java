package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an account has, chose and reads (binance-usdm 7). */
class AccountsTest extends ExchangeContract {

    @Test
    void accountChoicesAreReadBack() {
        assertThat(signed("POST", "/fapi/v1/leverage", "symbol=ETHUSDT&leverage=7")
                        .text("maxNotionalValue"))
                .isEqualTo("230000000");
        assertThat(signed("POST", "/fapi/v1/marginType", "symbol=ETHUSDT&marginType=ISOLATED")
                        .status())
                .isEqualTo(200);
        assertThat(signed("POST", "/fapi/v1/marginType", "symbol=ETHUSDT&marginType=ISOLATED")
                        .code())
                .isEqualTo(-4046);
        assertThat(signed("POST", "/fapi/v1/leverage", "symbol=ETHUSDT&leverage=126")
                        .code())
                .isEqualTo(-4028);
        var terms =
                signed("GET", "/fapi/v1/symbolConfig", "symbol=ETHUSDT").json().get(0);
        assertThat(terms.path("leverage").intValue()).isEqualTo(7);
        assertThat(terms.path("marginType").asString()).isEqualTo("ISOLATED");
    }

    @Test
    void everyReadingEndpointAnswers() {
        fill(BUY);
        for (var path : new String[] {
            "/fapi/v3/account", "/fapi/v3/balance", "/fapi/v1/accountConfig", "/fapi/v1/positionSide/dual",
            "/fapi/v1/openOrders", "/fapi/v1/allOrders", "/fapi/v1/openAlgoOrders", "/fapi/v1/leverageBracket"
        }) {
            assertThat(signed("GET", path, "").status()).as(path).isEqualTo(200);
        }
        for (var path : new String[] {
            "/fapi/v1/ping",
            "/fapi/v1/exchangeInfo",
            "/fapi/v1/premiumIndex",
            "/fapi/v1/ticker/bookTicker",
            "/fapi/v2/ticker/price"
        }) {
            assertThat(exchange.send("GET", path, "", "", null).status())
                    .as(path)
                    .isEqualTo(200);
        }
        var candles = exchange.send("GET", "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m", "", null)
                .json();
        assertThat(candles.get(candles.size() - 1).get(4).asString()).isEqualTo("50000.0");
        assertThat(signed("GET", "/fapi/v1/commissionRate", "symbol=BTCUSDT").text("takerCommissionRate"))
                .isEqualTo("0.0004");
        assertThat(exchange.send("GET", "/fapi/v1/nothing", "", "", null).status())
                .isEqualTo(404);
    }

    @Test
    void shortOrdersAreHeldForAtMoreThanTheirOwnPrice() {
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"mark\":\"50060\"}");
        signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=10");
        settings("{\"fillDelayMillis\":[10000,10000]}");
        place("symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=49000");
        assertThat(decimal(read("/fapi/v3/account", ""), "totalOpenOrderInitialMargin"))
                .as("0.15 % above the last price")
                .isEqualByComparingTo("5007.5");
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"mark\":\"50100\"}");
        control("/sim/account", "{\"balance\":\"11117\"}");
        var another = "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=49000";
        assertThat(signed("POST", ORDER, another).code())
                .as("5007.5 for the first, 5010 by the mark and an open loss of 1100 for the second")
                .isEqualTo(-2019);
        control("/sim/account", "{\"balance\":\"11118\"}");
        assertThat(signed("POST", ORDER, another).status()).isEqualTo(200);
    }
}
