package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lists that lag behind, and a past that grows old and ends. */
class HistoryTest extends ExchangeContract {

    private static final String TRADES = "/fapi/v1/userTrades";
    private static final String STOPS = "/fapi/v1/openAlgoOrders";

    private void advanceDays(int days) {
        advance(TimeUnit.DAYS.toMillis(days));
    }

    @Test
    void positionsLagBehindTheirTrades() {
        fill(BUY);
        settings("{\"positionDelayMillis\":600000}");
        assertThat(read(RISK, "").toString()).isEqualTo("[]");
        settings("{\"positionDelayMillis\":0}");
        assertThat(decimal(read(RISK, "").get(0), "positionAmt")).isEqualByComparingTo("0.01");
    }

    @Test
    void oneListIsStaleAndTheNextIsNot() {
        signed("POST", ALGO, CLOSING_STOP);
        fill(BUY);
        exchange.pass(2_000);
        signed("DELETE", ALGO, "clientAlgoId=stop-1");
        fill(SELL);
        fault("[{\"kind\":\"stale\",\"match\":\"GET " + RISK + "\",\"millis\":1500},"
                + "{\"kind\":\"stale\",\"match\":\"GET " + STOPS + "\",\"millis\":1500}]");
        assertThat(decimal(read(RISK, "").get(0), "positionAmt")).isEqualByComparingTo("0.01");
        assertThat(read(STOPS, "").get(0).path("algoStatus").asString()).isEqualTo("NEW");
        assertThat(read(RISK, "").toString()).isEqualTo("[]");
        assertThat(read(STOPS, "").toString()).isEqualTo("[]");
    }

    @Test
    void listsShowWhatIsOverAndLackWhatIsNew() {
        place(REST + "&newClientOrderId=over");
        exchange.pass(400);
        signed("DELETE", ORDER, "symbol=BTCUSDT&origClientOrderId=over");
        place(REST + "&newClientOrderId=new");
        settings("{\"listDelayMillis\":300}");
        var told = read("/fapi/v1/openOrders", "");
        assertThat(told.size()).isEqualTo(1);
        assertThat(told.get(0).path("clientOrderId").asString()
                        + told.get(0).path("status").asString())
                .isEqualTo("overNEW");
    }

    @Test
    void thePastKeepsItsTimesWhenTheClockIsSet() {
        fill(BUY);
        long traded = read(TRADES, "symbol=BTCUSDT").get(0).path("time").longValue();
        advanceDays(3);
        assertThat(read(TRADES, "symbol=BTCUSDT").get(0).path("time").longValue())
                .isEqualTo(traded);
        fill(SELL);
        var both = read(TRADES, "symbol=BTCUSDT");
        assertThat(both.get(1).path("time").longValue() - traded).isGreaterThanOrEqualTo(TimeUnit.DAYS.toMillis(3));
        advanceDays(5);
        assertThat(read(TRADES, "symbol=BTCUSDT").size()).isEqualTo(1);
        assertThat(read("/fapi/v1/income", "incomeType=COMMISSION").size()).isEqualTo(1);
    }

    @Test
    void tradesAndOrdersEndWithTheirRetention() {
        long before = serverMillis();
        place(REST + "&newClientOrderId=vain");
        signed("DELETE", ORDER, "symbol=BTCUSDT&origClientOrderId=vain");
        fill(BUY + "&newClientOrderId=filled");
        advanceDays(4);
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=vain").code())
                .isEqualTo(-2013);
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=filled")
                        .status())
                .isEqualTo(200);
        assertThat(signed("GET", TRADES, "symbol=BTCUSDT&startTime=" + before)
                        .json()
                        .size())
                .isEqualTo(1);
        advanceDays(87);
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=filled")
                        .code())
                .isEqualTo(-2013);
        assertThat(read(TRADES, "symbol=BTCUSDT&fromId=1").toString()).isEqualTo("[]");
        assertThat(signed("GET", TRADES, "symbol=BTCUSDT&startTime=" + before).code())
                .isEqualTo(-4166);
        assertThat(decimal(read(RISK, "").get(0), "positionAmt")).isEqualByComparingTo("0.01");
    }

    @Test
    void aSymbolThatEndedMayBeUnknown() {
        fill(BUY);
        control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"status\":\"CLOSE\"}");
        assertThat(read(TRADES, "symbol=BTCUSDT").size()).isEqualTo(2);
        settings("{\"endedSymbolsUnknown\":true}");
        assertThat(signed("GET", TRADES, "symbol=BTCUSDT").code()).isEqualTo(-1121);
        assertThat(open("/fapi/v1/exchangeInfo", "").body()).doesNotContain("\"BTCUSDT\"");
        assertThat(signed("GET", TRADES, "symbol=ETHUSDT").status()).isEqualTo(200);
    }

    @Test
    void s17_anEmptyOptionalParameterIsAbsentOrRefused() {
        assertThat(place(BUY + "&newOrderRespType=&positionSide=").status()).isEqualTo(200);
        settings("{\"emptyParametersRefused\":true}");
        assertThat(signed("POST", ORDER, BUY + "&newOrderRespType=").code()).isEqualTo(-1136);
        assertThat(signed("POST", ORDER, BUY + "&positionSide=").code()).isEqualTo(-1105);
    }

    @Test
    void j12_closePositionFalseIsTaken() {
        place(BUY + "&closePosition=false");
        assertThat(signed("POST", ORDER, BUY + "&closePosition=true").code()).isEqualTo(-1106);
    }

    @Test
    void m17_olderTickersAnswer() {
        move("BTCUSDT", "96000");
        assertThat(open("/fapi/v1/ticker/price", "symbol=BTCUSDT").text("price"))
                .startsWith("96000");
        var day = open("/fapi/v1/ticker/24hr", "symbol=BTCUSDT").json();
        assertThat(decimal(day, "highPrice")).isEqualByComparingTo("96000");
        assertThat(decimal(day, "lastPrice")).isEqualByComparingTo("96000");
        assertThat(open("/fapi/v1/ticker/24hr", "").json().isArray()).isTrue();
    }
}
