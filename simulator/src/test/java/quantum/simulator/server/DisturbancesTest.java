package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Lost-reply mode ... and not-executed twins; -1008 exempts reduce-only orders" and bad bodies (binance-usdm 12). */
class DisturbancesTest extends ExchangeContract {

    private static final String ANY_ORDER = "\"match\":\"POST /fapi/v1/order\"";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unknown         | 503 | Unknown error, please check your request or try again later.
            unavailable     | 503 | Service Unavailable.
            disconnected    | 503 | Internal error; unable to process your request. Please try again.
            throttled       | 503 | Request throttled by system-level protection.
            internal        | 500 | Request occur unknown error.
            unexpected      | 400 | "code":-1006
            timeout         | 408 | "code":-1007
            late            | 400 | "code":-5028
            forbidden       | 403 | <html>
            bad_gateway     | 502 | <html>
            gateway_timeout | 504 | <html>
            page            | 200 | <html>
            empty           | 200 | ''
            wrong_json      | 200 | [{
            """)
    void everyUnclearAnswerComesWithAndWithoutExecution(String name, int status, String part) {
        fault("{\"kind\":\"http\"," + ANY_ORDER + ",\"answer\":\"" + name + "\"}");
        var refused = signed("POST", ORDER, REST);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body()).contains(part);
        assertThat(ledger("orders").size()).isZero();
        fault("{\"kind\":\"http_after\"," + ANY_ORDER + ",\"answer\":\"" + name + "\"}");
        var executed = signed("POST", ORDER, REST);
        assertThat(executed.status()).isEqualTo(status);
        assertThat(executed.body()).isEqualTo(refused.body());
        assertThat(ledger("orders").size()).isEqualTo(1);
    }

    @Test
    void unknownAndUnavailableCarryNoCode() {
        fault("[{\"kind\":\"http\"," + ANY_ORDER + ",\"answer\":\"unknown\"},{\"kind\":\"http\"," + ANY_ORDER
                + ",\"answer\":\"unavailable\"}]");
        assertThat(signed("POST", ORDER, REST).json().has("code")).isFalse();
        assertThat(signed("POST", ORDER, REST).json().has("code")).isFalse();
    }

    @Test
    void throttlingSparesWhatMakesThePositionSmaller() {
        fill(BUY);
        fault("{\"kind\":\"http\"," + ANY_ORDER + ",\"answer\":\"throttled\",\"forMillis\":60000}");
        assertThat(signed("POST", ORDER, REST).code()).isEqualTo(-1008);
        fill("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.010&reduceOnly=true");
        assertThat(signed("POST", ORDER, REST).code()).isEqualTo(-1008);
    }

    @Test
    void answersBreakOffInTheirMiddle() {
        fault("[{\"kind\":\"reset_in_body\"," + ANY_ORDER + "},{\"kind\":\"truncated\"," + ANY_ORDER + "}]");
        assertThat(signed("POST", ORDER, REST)).isEqualTo(Answer.LOST);
        assertThat(ledger("orders").size()).isEqualTo(1);
        var half = signed("POST", ORDER, REST);
        assertThat(half.status()).isEqualTo(200);
        assertThat(half.body()).startsWith("{\"orderId\":").doesNotEndWith("}");
        assertThat(ledger("orders").size()).isEqualTo(2);
    }

    @Test
    void oneFieldMayBeMissingNullOrStrange() {
        fault("[{\"kind\":\"field\"," + ANY_ORDER + ",\"field\":\"status\",\"value\":\"HALTED\"},"
                + "{\"kind\":\"field\"," + ANY_ORDER + ",\"field\":\"status\",\"value\":null},"
                + "{\"kind\":\"field\"," + ANY_ORDER + ",\"field\":\"status\"},"
                + "{\"kind\":\"field\",\"match\":\"GET /fapi/v3/balance\",\"field\":\"balance\",\"value\":12}]");
        assertThat(signed("POST", ORDER, REST).text("status")).isEqualTo("HALTED");
        assertThat(signed("POST", ORDER, REST).json().path("status").isNull()).isTrue();
        assertThat(signed("POST", ORDER, REST).json().has("status")).isFalse();
        var balance = signed("GET", "/fapi/v3/balance", "").json();
        assertThat(balance.get(0).path("balance").isNumber()).isTrue();
        assertThat(ledger("orders").size()).isEqualTo(3);
    }

    @Test
    void severalFaultsMeetOneRequest() {
        fault("{\"kind\":\"delay\"," + ANY_ORDER + ",\"millis\":200,\"and\":[{\"kind\":\"partial_then_expire\"},"
                + "{\"kind\":\"http_after\",\"answer\":\"timeout\"}]}");
        long before = exchange.millis();
        assertThat(signed("POST", ORDER, BUY).code()).isEqualTo(-1007);
        assertThat(exchange.millis() - before).isGreaterThanOrEqualTo(200);
        assertThat(ledger("orders").get(0).path("status").asString()).isEqualTo("EXPIRED");
        assertThat(ledger("fills").size()).isEqualTo(1);
    }

    @Test
    void standingFaultsAddToTheCountedOne() {
        fault("[{\"kind\":\"delay\",\"match\":\"* *\",\"millis\":100,\"forMillis\":60000},"
                + "{\"kind\":\"lost_before\"," + ANY_ORDER + "},{\"kind\":\"lost_after\"," + ANY_ORDER + "}]");
        long before = exchange.millis();
        assertThat(signed("POST", ORDER, REST)).isEqualTo(Answer.LOST);
        assertThat(ledger("orders").size()).isZero();
        assertThat(signed("POST", ORDER, REST)).isEqualTo(Answer.LOST);
        assertThat(ledger("orders").size()).isEqualTo(1);
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(200);
        assertThat(exchange.millis() - before).isGreaterThanOrEqualTo(300);
    }

    @Test
    void faultsMeetBySymbolCountAndTime() {
        fault("[{\"kind\":\"http\",\"answer\":\"unavailable\",\"match\":\"POST *\",\"symbol\":\"ETHUSDT\"},"
                + "{\"kind\":\"http\",\"answer\":\"internal\",\"match\":\"POST /fapi/v1/order\",\"skip\":1,\"count\":2},"
                + "{\"kind\":\"http\",\"answer\":\"forbidden\",\"match\":\"GET /fapi/v1/openOrders\","
                + "\"afterMillis\":1500,\"forMillis\":2000}]");
        assertThat(signed("GET", "/fapi/v1/openOrders", "").status()).isEqualTo(200);
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(200);
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(500);
        var shown = open("/sim/fault", "").json().path("faults");
        assertThat(shown.size()).isEqualTo(3);
        assertThat(shown.get(1).path("count").intValue()).isEqualTo(1);
        assertThat(shown.get(1).path("met").intValue()).isEqualTo(1);
        assertThat(shown.get(2).has("count")).isFalse();
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(500);
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(200);
        assertThat(signed("POST", ORDER, "symbol=ETHUSDT").status()).isEqualTo(503);
        passUntilOrdersAnswer(403);
        passUntilOrdersAnswer(200);
        assertThat(open("/sim/fault", "").json().path("faults").size()).isZero();
    }

    /** Time passes by itself over sockets, and faster than it should where the machine is busy. */
    private void passUntilOrdersAnswer(int status) {
        for (int i = 0; signed("GET", "/fapi/v1/openOrders", "").status() != status; i++) {
            assertThat(i).as("steps until " + status).isLessThan(100);
            exchange.pass(100);
        }
    }

    @Test
    void clearedFaultsAreGone() {
        fault("{\"kind\":\"lost_before\",\"match\":\"* *\",\"forMillis\":60000}");
        exchange.send("DELETE", "/sim/fault", "", "", null);
        assertThat(open("/fapi/v1/ping", "").status()).isEqualTo(200);
    }

    @Test
    void theMatchingEngineLooksAtTheTimeAgain() {
        settings("{\"engineDelayMillis\":6000}");
        assertThat(signed("POST", ORDER, REST).code()).isEqualTo(-5028);
        assertThat(ledger("orders").size()).isZero();
        assertThat(signed("POST", ORDER, REST + "&recvWindow=8000").status()).isEqualTo(200);
    }

    @Test
    void theServersClockMayDrift() {
        control("/sim/clock", "{\"offsetMillis\":500,\"driftPpm\":500000}");
        exchange.pass(400);
        long ahead = open("/fapi/v1/time", "").json().path("serverTime").longValue() - exchange.millis();
        assertThat(ahead).isBetween(650L, 1_500L);
        control("/sim/clock", "{\"offsetMillis\":0}");
        assertThat(signed("GET", "/fapi/v3/balance", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind":"http","match":"GET /x","answer":"maybe"}                        | answer
            {"kind":"field","match":"GET /x"}                                        | field
            {"kind":"http","match":"GET /x","status":200,"skip":-1}                  | skip
            {"kind":"delay","match":"GET /x","millis":5,"forMillis":0}               | forMillis
            {"kind":"delay","match":"GET /x","millis":5,"and":[{"kind":"sideways"}]} | and[0].kind
            [{"kind":"lost_after","match":"GET /x"},{"kind":"lost_after"}]           | [1].match
            """)
    void malformedFaultNamesItsField(String body, String field) {
        var answer = control("/sim/fault", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(field);
        assertThat(open("/sim/fault", "").json().path("faults").size()).isZero();
    }

    @Test
    void throttlingSparesABatchThatOnlyCloses() {
        fill(BUY);
        fault("{\"kind\":\"http\",\"match\":\"POST *\",\"answer\":\"throttled\",\"forMillis\":60000}");
        var close = "{\"symbol\":\"BTCUSDT\",\"side\":\"SELL\",\"type\":\"MARKET\",\"quantity\":\"0.005\","
                + "\"reduceOnly\":\"true\"}";
        assertThat(batch(close + "," + close.replace("true", "false")).code()).isEqualTo(-1008);
        assertThat(batch(close + "," + close).status()).isEqualTo(200);
        assertThat(ledger("orders").size()).isEqualTo(3);
    }

    private Answer batch(String items) {
        return signed(
                "POST",
                "/fapi/v1/batchOrders",
                "batchOrders=" + URLEncoder.encode("[" + items + "]", StandardCharsets.UTF_8));
    }
}
