package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** One element of a list may be missing, strange or one too many while the others are right. */
class ElementsTest extends ExchangeContract {

    private static final String INFO = "/fapi/v1/exchangeInfo";

    private List<String> symbols(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path("symbol").asString())
                .toList();
    }

    private void holdTwo() {
        fill(BUY);
        fill("symbol=ETHUSDT&side=BUY&type=MARKET&quantity=1");
    }

    @Test
    void oneListLacksEveryPositionAndTheNextHasThemAgain() {
        holdTwo();
        fault("{\"kind\":\"drop_element\",\"match\":\"GET /fapi/v3/positionRisk\"}");
        assertThat(read(RISK, "").toString()).isEqualTo("[]");
        assertThat(symbols(read(RISK, ""))).containsExactlyInAnyOrder("BTCUSDT", "ETHUSDT");
    }

    @Test
    void twoListsLackOnePosition() {
        holdTwo();
        fault("{\"kind\":\"drop_element\",\"match\":\"GET /fapi/v3/positionRisk\",\"count\":2,"
                + "\"element\":{\"symbol\":\"BTCUSDT\"}}");
        assertThat(symbols(read(RISK, ""))).containsExactly("ETHUSDT");
        assertThat(symbols(read(RISK, ""))).containsExactly("ETHUSDT");
        assertThat(symbols(read(RISK, ""))).hasSize(2);
        assertThat(ledger("positions").size()).isEqualTo(2);
    }

    @Test
    void oneElementIsStrangeByItsFieldsOrItsNumber() {
        holdTwo();
        fault("[{\"kind\":\"field\",\"match\":\"GET /fapi/v3/positionRisk\",\"element\":{\"symbol\":\"ETHUSDT\"},"
                + "\"field\":\"entryPrice\",\"value\":\"NaN\"},"
                + "{\"kind\":\"field\",\"match\":\"GET /fapi/v3/positionRisk\",\"element\":-1,\"field\":\"symbol\"}]");
        var strange = read(RISK, "");
        assertThat(strange.get(0).path("entryPrice").asString()).isNotEqualTo("NaN");
        assertThat(strange.get(1).path("entryPrice").asString()).isEqualTo("NaN");
        var nameless = read(RISK, "");
        assertThat(nameless.get(0).has("symbol")).isTrue();
        assertThat(nameless.get(1).has("symbol")).isFalse();
    }

    @Test
    void anElementOfNobodyIsAddedToTheList() {
        signed("POST", ALGO, CLOSING_STOP);
        fault(
                "[{\"kind\":\"add_element\",\"match\":\"GET /fapi/v1/openAlgoOrders\",\"element\":0,"
                        + "\"value\":{\"algoId\":7,\"clientAlgoId\":\"another\"}},"
                        + "{\"kind\":\"add_element\",\"match\":\"GET /fapi/v1/openAlgoOrders\",\"value\":{\"algoType\":\"VP\"}}]");
        var copied = read("/fapi/v1/openAlgoOrders", "");
        assertThat(copied.size()).isEqualTo(2);
        assertThat(copied.get(1).path("clientAlgoId").asString()).isEqualTo("another");
        assertThat(copied.get(1).path("triggerPrice")).isEqualTo(copied.get(0).path("triggerPrice"));
        var added = read("/fapi/v1/openAlgoOrders", "");
        assertThat(added.get(1).toString()).isEqualTo("{\"algoType\":\"VP\"}");
    }

    @Test
    void aListWithinTheAnswerLosesOneElement() {
        fault("[{\"kind\":\"drop_element\",\"match\":\"GET /fapi/v1/exchangeInfo\",\"list\":\"symbols\","
                + "\"element\":{\"symbol\":\"ETHUSDT\"}},"
                + "{\"kind\":\"drop_element\",\"match\":\"GET /fapi/v3/account\",\"list\":\"assets\","
                + "\"element\":{\"asset\":\"USDT\"}}]");
        var info = open(INFO, "").json();
        assertThat(symbols(info.path("symbols"))).contains("BTCUSDT").doesNotContain("ETHUSDT");
        assertThat(info.path("rateLimits").isEmpty()).isFalse();
        assertThat(symbols(open(INFO, "").json().path("symbols"))).contains("ETHUSDT");
        assertThat(read("/fapi/v3/account", "").path("assets").toString()).doesNotContain("\"USDT\"");
    }

    @Test
    void anEventLosesOneElement() {
        var frames = userStream("");
        fault("{\"kind\":\"drop_element\",\"match\":\"STREAM ACCOUNT_UPDATE\",\"list\":\"a.P\"}");
        fill(BUY);
        exchange.await(() -> !frames.of("ACCOUNT_UPDATE").isEmpty());
        var told = frames.of("ACCOUNT_UPDATE").getFirst().path("a");
        assertThat(told.path("P").toString()).isEqualTo("[]");
        assertThat(told.path("B").isEmpty()).isFalse();
    }

    @Test
    void countedFaultsThatJoinStrikeOneFrameTogether() {
        fill(BUY);
        var trades = "\"match\":\"GET /fapi/v1/userTrades\",\"kind\":\"field\",\"join\":true";
        fault("[{" + trades + ",\"field\":\"commission\",\"value\":\"0.1\"},{" + trades
                + ",\"field\":\"commissionAsset\",\"value\":\"BNB\"}]");
        var both = read("/fapi/v1/userTrades", "symbol=BTCUSDT").get(0);
        assertThat(both.path("commission").asString()
                        + both.path("commissionAsset").asString())
                .isEqualTo("0.1BNB");
        var neither = read("/fapi/v1/userTrades", "symbol=BTCUSDT").get(0);
        assertThat(neither.path("commissionAsset").asString()).isEqualTo("USDT");
    }

    @Test
    void answersComeWithoutTheirHeaders() {
        fault("[{\"kind\":\"drop_header\",\"match\":\"GET /fapi/v3/balance\"},"
                + "{\"kind\":\"drop_header\",\"match\":\"POST /fapi/v1/order\",\"field\":\"x-mbx-order-count-10s\"}]");
        assertThat(signed("GET", "/fapi/v3/balance", "").headers()).doesNotContainKey("x-mbx-used-weight-1m");
        assertThat(signed("GET", "/fapi/v3/balance", "").headers()).containsKey("x-mbx-used-weight-1m");
        assertThat(signed("POST", ORDER, REST).headers())
                .containsKey("x-mbx-order-count-1m")
                .doesNotContainKey("x-mbx-order-count-10s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind":"drop_element","match":"GET /x","element":{}}                       | element
            {"kind":"drop_element","match":"GET /x","element":"BTCUSDT"}                | element
            {"kind":"add_element","match":"GET /x"}                                     | value
            {"kind":"add_element","match":"GET /x","element":0,"value":5}               | value
            {"kind":"field","match":"GET /x","field":"a","join":1}                      | join
            """)
    void malformedElementNamesItsField(String body, String field) {
        var answer = control("/sim/fault", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(field);
    }
}
