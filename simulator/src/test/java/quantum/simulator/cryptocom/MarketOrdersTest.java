package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Market orders by quantity and by notional: how they end, what they show and what they cost. */
class MarketOrdersTest extends CryptoComContract {

    private static final String SPEND =
            "{'instrument_name':'CRO_USD','side':'BUY','type':'MARKET','notional':'%s'," + "'client_oid':'spend'%s}";

    private JsonNode trade() {
        return done("private/get-trades", "{}").data().path(0);
    }

    @Test
    void acknowledgementHoldsTheIdsAlone() {
        var answer = done(CREATE, BUY.formatted("ids"));
        assertThat(answer.result().propertyNames()).containsExactlyInAnyOrder("order_id", "client_oid");
        assertThat(answer.result().path("order_id").isString()).isTrue();
        assertThat(answer.text("order_id")).matches("[0-9]{19}");
        assertThat(answer.text("client_oid")).isEqualTo("ids");
    }

    @Test
    void orderIdsRiseButNotByOne() {
        long first = Long.parseLong(done(CREATE, BUY.formatted("a")).text("order_id"));
        long second = Long.parseLong(done(CREATE, BUY.formatted("b")).text("order_id"));
        long third = Long.parseLong(done(CREATE, BUY.formatted("c")).text("order_id"));
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
        assertThat(third - first).isGreaterThan(2);
    }

    @Test
    void marketBuyByQuantityIsFilledAndItsFeeIsTakenFromTheCoin() {
        done(CREATE, BUY.formatted("whole"));
        var order = detail("whole");
        assertThat(order.text("status")).isEqualTo("FILLED");
        assertThat(order.text("quantity")).isEqualTo("0.01000");
        assertThat(order.text("cumulative_quantity")).isEqualTo("0.01000");
        assertThat(order.text("avg_price")).isEqualTo("50000.01");
        assertThat(order.decimal("cumulative_value")).isEqualByComparingTo("500.0001");
        assertThat(order.decimal("cumulative_fee")).isEqualByComparingTo("0.00005");
        assertThat(order.decimal("order_value")).as("five percent of head room").isEqualByComparingTo("525.000105");
        assertThat(order.text("fee_instrument_name")).isEqualTo("BTC");
        assertThat(order.text("time_in_force")).isEqualTo("GOOD_TILL_CANCEL");
        assertThat(order.result().path("create_time").longValue()
                        - order.result().path("update_time").longValue())
                .as("as recorded")
                .isEqualTo(1);
        assertThat(order.result().has("limit_price")).isFalse();
        assertThat(order.text("ref_price_type")).isEqualTo("NULL_VAL");
        assertThat(order.result().path("reason").intValue()).isZero();
        assertThat(order.text("maker_fee_rate") + order.text("taker_fee_rate")).isEqualTo("00");
        assertThat(decimal(trade(), "fees")).isEqualByComparingTo("-0.00005");
        assertThat(trade().path("fee_instrument_name").asString()).isEqualTo("BTC");
        assertThat(decimal(balance("BTC"), "quantity"))
                .as("what can be sold is less than what was bought")
                .isEqualByComparingTo("0.00995");
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("9499.9999");
    }

    @Test
    void marketSellByQuantityPaysItsFeeInTheQuoteCoin() {
        coins("{'BTC':'1','USD':'0'}");
        done(CREATE, BUY.formatted("sold").replace("BUY", "SELL"));
        var order = detail("sold");
        assertThat(order.text("status")).isEqualTo("FILLED");
        assertThat(order.decimal("order_value")).isEqualByComparingTo("475");
        assertThat(order.text("fee_instrument_name")).isEqualTo("USD");
        assertThat(decimal(trade(), "fees")).isEqualByComparingTo("-2.5");
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("497.5");
    }

    @Test
    void marketBuyByNotionalEndsCanceledWithLessThanAStepLeft() {
        price("CRO_USD", "0.05489");
        done(CREATE, SPEND.formatted("1.64160", ""));
        var order = detail("spend");
        assertThat(order.text("status")).isEqualTo("CANCELED");
        assertThat(order.result().path("reason").intValue()).isZero();
        assertThat(order.decimal("cumulative_quantity"))
                .as("floor of 1.6416 / 0.0549")
                .isEqualByComparingTo("29");
        assertThat(order.decimal("cumulative_value")).isEqualByComparingTo("1.5921");
        assertThat(order.decimal("quantity"))
                .as("an estimate that the execution exceeds")
                .isEqualByComparingTo("28");
        assertThat(order.decimal("order_value")).isEqualByComparingTo("1.6416");
        assertThat(order.result().path("exec_inst").path(0).asString()).isEqualTo("NOTIONAL_ORDER");
    }

    @Test
    void marketBuyByNotionalThatLeavesNothingIsFilled() {
        price("CRO_USD", "0.04999");
        done(CREATE, SPEND.formatted("2.0000", ""));
        var order = detail("spend");
        assertThat(order.text("status")).isEqualTo("FILLED");
        assertThat(order.decimal("cumulative_quantity")).isEqualByComparingTo("40");
    }

    @Test
    void feeInTheQuoteCoinKeepsTheCoinWholeWhileTheOrderShowsItInTheCoin() {
        price("CRO_USD", "0.05489");
        control("spot", "{'fees':{'maker':'0.0046','taker':'0.0046'}}");
        done(CREATE, SPEND.formatted("1.00000", ""));
        done(CREATE, SPEND.formatted("1.00000", ",'fee_instrument_name':'USD'").replace("'spend'", "'quote'"));
        var order = detail("quote");
        assertThat(order.decimal("cumulative_quantity")).isEqualByComparingTo("18");
        assertThat(order.decimal("cumulative_fee")).isEqualByComparingTo("0.0828");
        assertThat(order.text("fee_instrument_name")).isEqualTo("USD");
        assertThat(decimal(trade(), "fees")).isEqualByComparingTo("-0.00454572");
        assertThat(trade().path("fee_instrument_name").asString()).isEqualTo("USD");
        assertThat(decimal(balance("CRO"), "quantity"))
                .as("18 less the fee in CRO, and 18 whole ones")
                .isEqualByComparingTo("35.9172");
    }

    @Test
    void quantityWinsWhereNotionalIsGivenToo() {
        done(CREATE, BUY.formatted("both").replace("'client_oid'", "'notional':'5000','client_oid'"));
        assertThat(detail("both").decimal("cumulative_quantity")).isEqualByComparingTo("0.01");
    }

    @Test
    void bookWithABottomIsTakenLevelByLevel() {
        control("symbol", "{'symbol':'BTC_USD','depth':{'quantity':'0.006','levels':2,'ticks':1000}}");
        done(CREATE, BUY.formatted("deep"));
        var order = detail("deep");
        assertThat(order.decimal("cumulative_value")).isEqualByComparingTo("500.0401");
        assertThat(order.text("avg_price")).isEqualTo("50004.01");
        assertThat(done("private/get-trades", "{}").data().size()).isEqualTo(2);
        done(CREATE, BUY.formatted("rest"));
        assertThat(detail("rest").text("status")).as("the book is empty").isEqualTo("CANCELED");
        assertThat(detail("rest").decimal("cumulative_quantity")).isEqualByComparingTo("0.002");
    }

    @ParameterizedTest
    @CsvSource({"SHIB_USD, 15000", "SHIB_USD, 5000", "DOGE_USD, 1.5", "BTC_USD, 0.000001", "BTC_USD, 0"})
    void quantityOffTheStepIsRefused(String pair, String quantity) {
        var order = "{'instrument_name':'%s','side':'BUY','type':'MARKET','quantity':'%s','client_oid':'off'}"
                .formatted(pair, quantity);
        assertThat(refusal(CREATE, order)).isEqualTo("400 213");
        assertThat(ledger("orders").size()).isZero();
    }

    @Test
    void stepOfTenThousandIsTaken() {
        done(
                CREATE,
                "{'instrument_name':'SHIB_USD','side':'BUY','type':'MARKET','quantity':'1000000','client_oid':'s'}");
        assertThat(detail("s").text("cumulative_quantity")).isEqualTo("1000000");
    }

    @Test
    void orderWithoutAClientIdTakesTheNonce() {
        var answer = done(CREATE, BUY.replace(",'client_oid':'%s'", ""));
        assertThat(answer.text("client_oid")).matches("[0-9]{13}");
    }
}
