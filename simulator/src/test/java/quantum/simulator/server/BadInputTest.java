package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the exchange says to requests that are not well formed (binance-usdm 9, -1100 to -1130). */
class BadInputTest extends ExchangeContract {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /fapi/v1/order              | symbol=BTCUSDT&symbol=ETHUSDT                                 | -1101
            POST   | /fapi/v1/order              | side=BUY&type=MARKET&quantity=1                               | -1102
            POST   | /fapi/v1/order              | symbol=&side=BUY&type=MARKET&quantity=1                       | -1102
            POST   | /fapi/v1/order              | symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1e3              | -1102
            POST   | /fapi/v1/order              | symbol=BTCUSDT&side=BUY&type=MARKET&quantity=NaN              | -1102
            POST   | /fapi/v1/order              | symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&reduceOnly=yes | -1102
            POST   | /fapi/v1/order              | symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newOrderRespType=X | -1136
            POST   | /fapi/v1/order              | symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId= | -1118
            GET    | /fapi/v1/order              | symbol=BTCUSDT&origClientOrderId=                             | -1119
            GET    | /fapi/v1/order              | symbol=BTCUSDT                                                | -1102
            GET    | /fapi/v1/order              | symbol=BTCUSDT&orderId=12x                                    | -1102
            GET    | /fapi/v1/order              | symbol=BTCUSDT&orderId=99999999999999999999                   | -1102
            GET    | /fapi/v1/order              | symbol=btcusdt&orderId=1                                      | -1121
            GET    | /fapi/v1/klines             | symbol=BTCUSDT&interval=7m                                    | -1120
            GET    | /fapi/v1/klines             | symbol=BTCUSDT&interval=1m&limit=1501                         | -1130
            GET    | /fapi/v1/depth              | symbol=BTCUSDT&limit=7                                        | -1130
            GET    | /fapi/v1/userTrades         | symbol=BTCUSDT&limit=0                                        | -1130
            GET    | /fapi/v1/userTrades         | symbol=BTCUSDT&fromId=1&startTime=1                           | -1128
            GET    | /fapi/v1/allOrders          | symbol=BTCUSDT&startTime=2000&endTime=1000                    | -1023
            GET    | /fapi/v3/balance            | recvWindow=-1                                                 | -1130
            GET    | /fapi/v3/balance            | recvWindow=much                                               | -1102
            POST   | /fapi/v1/leverage           | symbol=BTCUSDT&leverage=ten                                   | -1102
            POST   | /fapi/v1/marginType         | symbol=BTCUSDT&marginType=SHARED                              | -1102
            DELETE | /fapi/v1/algoOrder          | ''                                                            | -1102
            POST   | /fapi/v1/countdownCancelAll | symbol=BTCUSDT&countdownTime=-5                               | -1130
            """)
    void malformedParametersAreNamedByTheirCode(String method, String path, String parameters, int code) {
        var answer = signed(method, path, parameters);
        assertThat(answer.status() + " " + answer.code()).as(answer.body()).isEqualTo("400 " + code);
        assertThat(answer.json().propertyNames()).containsExactly("code", "msg");
        assertThat(ledger("orders").size()).isZero();
    }

    @Test
    void brokenPercentSignsAreIllegalCharacters() {
        var answer = exchange.send("POST", ORDER, "", "symbol=BTC%2", "simkey");
        assertThat(answer.status() + " " + answer.code()).isEqualTo("400 -1100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/v1/nothing", "/fapi/v9/order", "/fapi/v1/order/"})
    void unknownPathsAreInvalid(String path) {
        var answer = open(path, "");
        assertThat(answer.status() + " " + answer.code()).isEqualTo("404 -5000");
        assertThat(answer.text("msg")).isEqualTo("Path " + path + ", Method GET is invalid");
    }

    @Test
    void parametersNobodyAskedForAreIgnored() {
        assertThat(open("/fapi/v1/ticker/bookTicker", "symbol=BTCUSDT&colour=red&=x&&y")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void oversizedBodiesAreRefusedAndTheExchangeGoesOn() {
        var huge = "symbol=" + "A".repeat(200_000);
        assertThat(exchange.send("POST", ORDER, "", huge, "simkey").status()).isBetween(400, 499);
        assertThat(open("/fapi/v1/ping", "").status()).isEqualTo(200);
    }

    @Test
    void framesOfAnyKindLeaveTheExchangeStanding() {
        var streams = exchange.open("/market/ws", "");
        var api = exchange.open("/ws-fapi/v1", "");
        for (var text : new String[] {"", "[]", "null", "{\"id\":1}", "\u0000", "{\"method\":{}}", "[".repeat(2_000)}) {
            streams.send(text);
            api.send(text);
        }
        exchange.await(() -> streams.all().size() == 7 && api.all().size() == 7);
        assertThat(streams.all())
                .allSatisfy(frame -> assertThat(frame.has("code")).isTrue());
        assertThat(api.all())
                .allSatisfy(frame -> assertThat(frame.path("status").intValue()).isEqualTo(400));
        assertThat(open("/fapi/v1/ping", "").status()).isEqualTo(200);
    }
}
