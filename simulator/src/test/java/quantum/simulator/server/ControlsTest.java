package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The controls under /sim. */
class ControlsTest extends ExchangeContract {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /sim/price    | {"symbol":"BTCUSDT","price":"oops"}                    | price
            /sim/price    | {"symbol":"BTCUSDT","price":"50000.05"}                | price
            /sim/price    | {"symbol":"NOSUCH","price":"1"}                        | symbol
            /sim/price    | {"symbol":"BTCUSDT","price":"1","speed":2}             | speed
            /sim/price    | not json                                               | body
            /sim/fault    | {"match":"POST /fapi/v1/order","kind":"earthquake"}    | kind
            /sim/fault    | {"kind":"lost_after"}                                  | match
            /sim/fault    | {"match":"GET /x","kind":"delay"}                      | millis
            /sim/settings | {"fillDelayMillis":[500,200]}                          | fillDelayMillis
            /sim/account  | {"feeRates":{"taker":"much"}}                          | feeRates.taker
            /sim/clock    | {}                                                     | offsetMillis
            """)
    void malformedControlNamesItsField(String path, String body, String field) {
        var answer = control(path, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().getOrDefault("content-type", "")).startsWith("application/problem+json");
        assertThat(answer.text("field")).isEqualTo(field);
    }

    @Test
    void requestLogTellsEveryRequestOnce() {
        var log = exchange.send("GET", "/sim/requests", "", "", null).json();
        long total = log.path("total").longValue();
        signed("POST", ORDER, BUY + "&newClientOrderId=logged");
        var later = exchange.send("GET", "/sim/requests", "since=" + total, "", null)
                .json();
        assertThat(later.path("total").longValue()).isEqualTo(total + 1);
        var entry = later.path("requests").get(0);
        assertThat(entry.path("parameters").path("newClientOrderId").asString()).isEqualTo("logged");
        assertThat(entry.path("answer").path("status").intValue()).isEqualTo(200);
        assertThat(entry.path("answer").path("body").asString()).contains("\"clientOrderId\":\"logged\"");
    }

    /** As one answer the log of a long run took more memory than the process has. */
    @Test
    void requestLogIsGivenInPages() {
        for (int request = 0; request < 1_100; request++) {
            exchange.send("GET", "/fapi/v1/ping", "", "", null);
        }
        var first = exchange.send("GET", "/sim/requests", "limit=5000", "", null)
                .json()
                .path("requests");
        assertThat(first).hasSize(1_000);
        long last = first.get(999).path("number").longValue();
        var rest = exchange.send("GET", "/sim/requests", "since=" + last, "", null)
                .json()
                .path("requests");
        assertThat(rest.get(0).path("number").longValue()).isEqualTo(last + 1);
        assertThat(first.size() + rest.size()).isGreaterThanOrEqualTo(1_100);
    }

    @Test
    void resetStartsTheAccountOver() {
        fill(BUY);
        control("/sim/account", "{\"balance\":\"77\",\"feeRates\":{\"taker\":\"0\"}}");
        control("/sim/reset", "");
        assertThat(ledger("orders").size()
                        + ledger("fills").size()
                        + ledger("positions").size())
                .isZero();
        assertThat(ledger("balances").get(0).path("wallet").asString()).isEqualTo("10000");
    }
}
