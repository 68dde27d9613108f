package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Key, time and signature (binance-usdm 2). */
class ProofTest extends ExchangeContract {

    @Test
    void requestMustProveKeyTimeAndSignature() {
        long now = exchange.millis();
        assertThat(proof("timestamp=" + now, null)).isEqualTo("401 -2014");
        assertThat(proof("timestamp=" + now, "stranger")).isEqualTo("401 -2015");
        assertThat(proof("timestamp=" + (now - 6_000), "simkey")).isEqualTo("400 -1021");
        assertThat(proof("timestamp=" + (now + 60_000), "simkey")).isEqualTo("400 -1021");
        assertThat(proof("recvWindow=7000&timestamp=" + (now - 6_000), "simkey"))
                .isEqualTo("200 0");
        assertThat(proof("recvWindow=7000", "simkey")).isEqualTo("400 -1102");
        var unsigned = exchange.send("GET", "/fapi/v3/balance", "timestamp=" + now, "", "simkey");
        assertThat(unsigned.code()).isEqualTo(-1102);
        var late = "timestamp=" + now + "&signature=" + sign("timestamp=" + now) + "&symbol=BTCUSDT";
        assertThat(exchange.send("GET", "/fapi/v3/balance", late, "", "simkey").code())
                .isEqualTo(-1022);
        var forged = "timestamp=" + now + "&signature=" + sign("timestamp=" + (now + 1));
        assertThat(exchange.send("GET", "/fapi/v3/balance", forged, "", "simkey")
                        .code())
                .isEqualTo(-1022);
    }

    private String proof(String payload, @Nullable String key) {
        var answer = exchange.send("GET", "/fapi/v3/balance", payload + "&signature=" + sign(payload), "", key);
        return answer.status() + " " + answer.code();
    }

    @Test
    void signatureCoversQueryAndBodyJoinedWithoutASeparator() {
        var query = "symbol=BTCUSDT&side=BUY";
        var body = "type=MARKET&quantity=0.010&timestamp=" + exchange.millis();
        var answer = exchange.send("POST", ORDER, query, body + "&signature=" + sign(query + body), "simkey");
        assertThat(answer.status()).isEqualTo(200);
        var joined = exchange.send("POST", ORDER, query, body + "&signature=" + sign(query + "&" + body), "simkey");
        assertThat(joined.code()).isEqualTo(-1022);
    }

    @Test
    void skewedServerClockIsSeenByTimeAndSignature() {
        control("/sim/clock", "{\"offsetMillis\":-10000}");
        assertThat(signed("GET", "/fapi/v3/balance", "").code()).isEqualTo(-1021);
        long server = exchange.send("GET", "/fapi/v1/time", "", "", null)
                .json()
                .path("serverTime")
                .longValue();
        assertThat(server).isBetween(exchange.millis() - 11_000, exchange.millis() - 9_000);
    }
}
