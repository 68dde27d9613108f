package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limit orders: resting, crossing, amended, cancelled. */
class LimitOrdersTest extends CryptoComContract {

    private static final String CROSS = "{'instrument_name':'BTC_USD','side':'BUY','type':'LIMIT','quantity':'0.01',"
            + "'price':'50100','client_oid':'%s'%s}";

    @Test
    void orderRestsAndIsListedOpenWithPaddedNumbers() {
        done(CREATE, REST.formatted("rest"));
        var open = done(OPEN, "{}").data();
        assertThat(open.size()).isEqualTo(1);
        var row = open.path(0);
        assertThat(row.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(row.path("limit_price").asString()).isEqualTo("49000.00");
        assertThat(row.path("quantity").asString()).isEqualTo("0.01000");
        assertThat(row.path("avg_price").asString()).isEqualTo("0.00");
        assertThat(row.path("order_value").asString()).isEqualTo("490.00");
        assertThat(row.has("maker_fee_rate") || row.has("ref_price_type")).isFalse();
        assertThat(row.path("create_time").isIntegralNumber()).isTrue();
        assertThat(row.path("create_time_ns").asString()).matches("[0-9]{19}");
        assertThat(done(OPEN, "{'instrument_name':'ETH_USD'}").data().size()).isZero();
    }

    @Test
    void openOrdersComeOldestFirst() {
        for (var name : new String[] {"one", "two", "three"}) done(CREATE, REST.formatted(name));
        assertThat(texts(done(OPEN, "{'page_size':1,'page':0}").data(), "client_oid"))
                .as("paging is ignored")
                .containsExactly("one", "two", "three");
    }

    @Test
    void restingOrderIsFilledAtItsPriceByTheMakersRate() {
        done(CREATE, REST.formatted("maker"));
        price("BTC_USD", "48999.99");
        var order = detail("maker");
        assertThat(order.text("status")).isEqualTo("FILLED");
        assertThat(order.text("avg_price")).isEqualTo("49000.00");
        var trade = done("private/get-trades", "{}").data().path(0);
        assertThat(trade.path("taker_side").asString()).isEqualTo("MAKER");
        assertThat(decimal(trade, "fees")).isEqualByComparingTo("-0.000025");
    }

    @Test
    void partOfARestingOrderIsActiveWithAQuantity() {
        done(CREATE, REST.formatted("part"));
        depth("0.004");
        price("BTC_USD", "48999.99");
        var order = detail("part");
        assertThat(order.text("status")).isEqualTo("ACTIVE");
        assertThat(order.decimal("cumulative_quantity")).isEqualByComparingTo("0.004");
        price("BTC_USD", "48999.98");
        price("BTC_USD", "48999.97");
        assertThat(detail("part").text("status")).isEqualTo("FILLED");
        assertThat(done("private/get-trades", "{}").data().size()).isEqualTo(3);
    }

    @Test
    void crossingOrderTakesTheBookAtItsPrice() {
        done(CREATE, CROSS.formatted("cross", ""));
        var order = detail("cross");
        assertThat(order.text("status")).isEqualTo("FILLED");
        assertThat(order.text("avg_price")).isEqualTo("50000.01");
        assertThat(order.text("limit_price")).isEqualTo("50100.00");
    }

    @Test
    void postOnlyOrderThatWouldTakeEndsCanceled() {
        done(CREATE, CROSS.formatted("taker", ",'exec_inst':['POST_ONLY']"));
        assertThat(detail("taker").text("status")).isEqualTo("CANCELED");
        assertThat(detail("taker").result().path("reason").intValue()).isEqualTo(43005);
        done(CREATE, REST.formatted("maker").replace("}", ",'exec_inst':'POST_ONLY'}"));
        var maker = detail("maker");
        assertThat(maker.text("status")).isEqualTo("ACTIVE");
        assertThat(maker.result().path("exec_inst").path(0).asString()).isEqualTo("POST_ONLY");
        assertThat(refusal(CREATE, BUY.formatted("m").replace("}", ",'exec_inst':['POST_ONLY']}")))
                .isEqualTo("500 43005");
    }

    @ParameterizedTest
    @CsvSource({"IMMEDIATE_OR_CANCEL, 43004, 0.006", "FILL_OR_KILL, 43003, 0"})
    void impatientOrderEndsCanceledWithItsReason(String patience, int reason, String executed) {
        depth("0.006");
        done(CREATE, CROSS.formatted("now", ",'time_in_force':'" + patience + "'"));
        var order = detail("now");
        assertThat(order.text("status")).isEqualTo("CANCELED");
        assertThat(order.result().path("reason").intValue()).isEqualTo(reason);
        assertThat(order.decimal("cumulative_quantity")).isEqualByComparingTo(executed);
        depth("1");
        done(CREATE, CROSS.formatted("whole", ",'time_in_force':'" + patience + "'"));
        assertThat(detail("whole").text("status")).isEqualTo("FILLED");
    }

    @Test
    void cancelIsAcknowledgedWithIdsAndSeenAtOnce() {
        var id = done(CREATE, REST.formatted("gone")).text("order_id");
        var answer = done("private/cancel-order", "{'order_id':" + id + "}");
        assertThat(answer.text("client_oid")).isEqualTo("gone");
        assertThat(detail("gone").text("status")).isEqualTo("CANCELED");
        assertThat(refusal("private/cancel-order", "{'order_id':'" + id + "'}")).isEqualTo("500 316");
        assertThat(refusal("private/cancel-order", "{'client_oid':'never'}")).isEqualTo("500 212");
        done(CREATE, REST.formatted("byname"));
        done("private/cancel-order", "{'client_oid':'byname','instrument_name':'BTC_USD'}");
        assertThat(detail("byname").text("status")).isEqualTo("CANCELED");
    }

    @Test
    void cancelAllEndsThoseOfOnePairOrOfAll() {
        done(CREATE, REST.formatted("btc"));
        done(CREATE, REST.formatted("usdt").replace("BTC_USD", "BTC_USDT"));
        var answer = done("private/cancel-all-orders", "{'instrument_name':'BTC_USD'}");
        assertThat(answer.result().isEmpty()).isTrue();
        assertThat(texts(done(OPEN, "{}").data(), "client_oid")).containsExactly("usdt");
        done("private/cancel-all-orders", "{}");
        assertThat(done(OPEN, "{}").data().size()).isZero();
    }

    @Test
    void amendedOrderKeepsItsIdAndTakesTheNewClientId() {
        var before = done(CREATE, REST.formatted("old"));
        var created = detail("old");
        done(
                "private/amend-order",
                "{'orig_client_oid':'old','client_oid':'new','new_price':'48000','new_quantity':'0.02'}");
        var after = detail("new");
        assertThat(after.text("order_id")).isEqualTo(before.text("order_id"));
        assertThat(after.text("create_time_ns")).isEqualTo(created.text("create_time_ns"));
        assertThat(after.text("limit_price")).isEqualTo("48000.00");
        assertThat(after.decimal("order_value")).isEqualByComparingTo("960");
        assertThat(post(DETAIL, "{'client_oid':'old'}").code()).isEqualTo(40401);
        assertThat(decimal(balance("USD"), "max_withdrawal_balance")).isEqualByComparingTo("9040");
        done("private/cancel-order", "{'client_oid':'new'}");
        assertThat(post(
                                "private/amend-order",
                                "{'order_id':'%s','new_price':'48000','new_quantity':'0.02'}"
                                        .formatted(before.text("order_id")))
                        .code())
                .as("a finished order")
                .isEqualTo(212);
    }

    @Test
    void amendmentNeedsBothPriceAndQuantityAndTheMoney() {
        done(CREATE, REST.formatted("poor"));
        assertThat(refusal("private/amend-order", "{'orig_client_oid':'poor','new_price':'48000'}"))
                .isEqualTo("400 40004");
        assertThat(refusal(
                        "private/amend-order", "{'orig_client_oid':'poor','new_price':'48000','new_quantity':'0.3'}"))
                .isEqualTo("500 306");
        assertThat(detail("poor").decimal("quantity")).isEqualByComparingTo("0.01");
    }

    @Test
    void orderIsFoundByIdAsNumberOrTextAndByClientId() {
        var id = done(CREATE, REST.formatted("found")).text("order_id");
        for (var params : new String[] {"{'order_id':" + id + "}", "{'order_id':'" + id + "'}"}) {
            assertThat(done(DETAIL, params).text("client_oid")).isEqualTo("found");
        }
        var unknown = post(DETAIL, "{'order_id':'" + (Long.parseLong(id) + 1) + "'}");
        assertThat(unknown.status() + " " + unknown.code())
                .as("one more is beyond a binary fraction")
                .isEqualTo("200 40401");
    }

    @Test
    void listOfOrdersIsAnsweredOrderByOrder() {
        var list = "{'contingency_type':'LIST','order_list':[%s,%s]}";
        var answer = done(
                "private/create-order-list",
                list.formatted(REST.formatted("first"), REST.formatted("second").replace("49000", "1")));
        assertThat(answer.result().isArray()).isTrue();
        assertThat(answer.result().path(0).path("code").intValue()).isZero();
        assertThat(answer.result().path(0).path("order_id").asString()).matches("[0-9]{19}");
        assertThat(answer.result().path(1).path("code").intValue()).isEqualTo(315);
        assertThat(answer.result().path(1).path("index").intValue()).isEqualTo(1);
        var eleven = String.join(",", Collections.nCopies(11, REST.formatted("x")));
        assertThat(refusal("private/create-order-list", "{'contingency_type':'LIST','order_list':[" + eleven + "]}"))
                .isEqualTo("400 40004");
        assertThat(refusal(
                        "private/create-order-list", list.replace("LIST", "OCO").formatted(REST, REST)))
                .isEqualTo("400 140001");
        var cancelled = done(
                "private/cancel-order-list",
                "{'contingency_type':'LIST','order_list':[{'order_id':'%s','instrument_name':'BTC_USD'}]}"
                        .formatted(answer.result().path(0).path("order_id").asString()));
        assertThat(cancelled.result().path(0).path("code").intValue()).isZero();
        assertThat(done(OPEN, "{}").data().size()).isZero();
    }
}
