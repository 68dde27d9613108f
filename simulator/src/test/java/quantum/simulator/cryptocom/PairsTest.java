package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** One limit order and one trigger of which a fill of either ends the other. */
class PairsTest extends CryptoComContract {

    private static final String NEW = ADVANCED + "create-oco";

    private JsonNode legs(String list) {
        return done(ADVANCED + "get-order-list-detail", "{'list_id_list':['%s']}".formatted(list))
                .data();
    }

    @Test
    void pairIsAcknowledgedByItsListAlone() {
        coins("{'BTC':'0.1'}");
        var answer = done(NEW, "{'order_list':[" + STOP.formatted("sl") + "," + TARGET.formatted("tp") + "]}");
        assertThat(answer.result().propertyNames()).containsExactly("list_id");
        var legs = legs(answer.text("list_id"));
        assertThat(texts(legs, "client_oid"))
                .as("the limit order is the first leg")
                .containsExactly("tp", "sl");
        assertThat(legs.path(0).path("leg_id").intValue()).isEqualTo(1);
        assertThat(legs.path(1).path("leg_id").intValue()).isEqualTo(2);
        assertThat(texts(legs, "contingency_type")).containsExactly("OCO", "OCO");
        assertThat(texts(legs, "list_id")).containsOnly(answer.text("list_id"));
        assertThat(legs.path(0).path("status").asString()).isEqualTo("ACTIVE");
        assertThat(legs.path(0).path("exchange_order_id").asString()).matches("[0-9]{19}");
        assertThat(legs.path(1).has("exchange_order_id")).isFalse();
    }

    @Test
    void pairHoldsItsCoinOnceAndBothLegsStand() {
        settings("{'spotTriggerCheckMillis':1}");
        pair("tp", "sl");
        awaitAdvanced("sl", "NEW");
        assertThat(advanced("tp").text("status")).isEqualTo("ACTIVE");
        assertThat(decimal(balance("BTC"), "reserved_qty")).isEqualByComparingTo("0.1");
        assertThat(done(ADVANCED + "get-open-orders", "{}").data().size()).isEqualTo(2);
        assertThat(done(OPEN, "{}").data().size())
                .as("invisible to the ordinary read")
                .isZero();
        settings("{'spotListedLegsShown':true}");
        assertThat(texts(done(OPEN, "{}").data(), "order_id"))
                .containsExactly(advanced("tp").text("exchange_order_id"));
    }

    /** A second pair of a coin was rejected for want of coins, because both legs of the first were counted. */
    @Test
    void pairsStandBesideEachOtherWhereThereIsEnoughOfTheCoin() {
        settings("{'spotTriggerCheckMillis':1}");
        coins("{'BTC':'0.2'}");
        for (var number : List.of("1", "2")) {
            done(NEW, "{'order_list':[" + TARGET.formatted("tp" + number) + "," + STOP.formatted("sl" + number) + "]}");
            awaitAdvanced("sl" + number, "NEW");
        }
        assertThat(advanced("tp1").text("status")).isEqualTo("ACTIVE");
        assertThat(advanced("tp2").text("status")).isEqualTo("ACTIVE");
    }

    @Test
    void fillOfTheTargetEndsTheStop() {
        pair("tp", "sl");
        price("BTC_USD", "51000");
        assertThat(advanced("tp").text("status")).isEqualTo("FILLED");
        assertThat(advanced("tp").decimal("cumulative_quantity")).isEqualByComparingTo("0.1");
        assertThat(advanced("sl").text("status")).isEqualTo("CANCELED");
    }

    @Test
    void partialFillOfTheTargetLeavesTheRestWithoutAStop() {
        pair("tp", "sl");
        depth("0.03");
        price("BTC_USD", "51000");
        assertThat(advanced("tp").text("status")).isEqualTo("ACTIVE");
        assertThat(advanced("tp").decimal("cumulative_quantity")).isEqualByComparingTo("0.03");
        assertThat(advanced("sl").text("status")).isEqualTo("CANCELED");
        price("BTC_USD", "48000");
        assertThat(decimal(balance("BTC"), "quantity")).as("nothing sells it").isEqualByComparingTo("0.07");
    }

    @Test
    void firedStopEndsTheTargetAndSellsEverything() {
        pair("tp", "sl");
        price("BTC_USD", "48900");
        awaitAdvanced("sl", "FILLED");
        assertThat(advanced("tp").text("status")).isEqualTo("CANCELED");
        assertThat(decimal(balance("BTC"), "quantity")).isEqualByComparingTo("0");
        var child = done(DETAIL, "{'order_id':'%s'}".formatted(advanced("sl").text("exchange_order_id")));
        assertThat(child.text("avg_price")).isEqualTo("48900.00");
    }

    @Test
    void partlyFilledStopEndsTheTargetToo() {
        pair("tp", "sl");
        depth("0.04");
        price("BTC_USD", "48900");
        awaitAdvanced("sl", "CANCELED");
        assertThat(advanced("tp").text("status")).isEqualTo("CANCELED");
        assertThat(decimal(balance("BTC"), "quantity")).isEqualByComparingTo("0.06");
    }

    @Test
    void cancelOfThePairEndsBothLegsAndFreesTheCoin() {
        var list = pair("tp", "sl");
        assertThat(refusal(ADVANCED + "cancel-oto", "{'list_id':'" + list + "'}"))
                .isEqualTo("500 212");
        done(ADVANCED + "cancel-oco", "{'list_id':" + list + "}");
        assertThat(texts(legs(list), "status")).containsExactly("CANCELED", "CANCELED");
        assertThat(decimal(balance("BTC"), "reserved_qty")).isEqualByComparingTo("0");
        assertThat(refusal(ADVANCED + "cancel-oco", "{'list_id':'" + list + "'}"))
                .isEqualTo("500 316");
        done(CREATE, BUY.formatted("sell").replace("BUY", "SELL").replace("0.01", "0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tp", "sl"})
    void cancelOfOneLegEndsTheOther(String leg) {
        pair("tp", "sl");
        done(ADVANCED + "cancel-order", "{'client_oid':'" + leg + "'}");
        assertThat(advanced("tp").text("status")).isEqualTo("CANCELED");
        assertThat(advanced("sl").text("status")).isEqualTo("CANCELED");
    }

    @ParameterizedTest
    @CsvSource({"tp, sl, NEW", "sl, tp, ACTIVE"})
    void cancelOfOneLegLeavesTheOtherWhereSoSet(String leg, String other, String status) {
        settings("{'spotOcoLegCancelEndsPair':false,'spotTriggerCheckMillis':1}");
        pair("tp", "sl");
        awaitAdvanced("sl", "NEW");
        done(ADVANCED + "cancel-order", "{'client_oid':'" + leg + "'}");
        assertThat(advanced(leg).text("status")).isEqualTo("CANCELED");
        assertThat(advanced(other).text("status")).isEqualTo(status);
    }

    @Test
    void pairWithoutTheCoinIsRejectedAfterItsAcknowledgement() {
        pair("tp", "sl");
        var list = done(NEW, "{'order_list':[" + TARGET.formatted("tp2") + "," + STOP.formatted("sl2") + "]}")
                .text("list_id");
        var legs = legs(list);
        assertThat(texts(legs, "status")).containsExactly("REJECTED", "CANCELED");
        assertThat(legs.path(0).path("reject_reason").asString()).isEqualTo("INSUFFICIENT_ACC_BALANCE");
        assertThat(advanced("tp").text("status")).isEqualTo("ACTIVE");
    }

    @Test
    void rejectedStopEndsItsTargetToo() {
        settings("{'spotTriggerCheckMillis':50}");
        coins("{'BTC':'0.1'}");
        done(ADVANCED + "create-order", STOP.formatted("alone"));
        awaitAdvanced("alone", "NEW");
        pair("tp", "sl");
        assertThat(advanced("tp").text("status")).isEqualTo("ACTIVE");
        awaitAdvanced("sl", "REJECTED");
        assertThat(advanced("tp").text("status")).isEqualTo("CANCELED");
        assertThat(advanced("alone").text("status")).isEqualTo("NEW");
    }

    @Test
    void stopOfAPairIsMovedByAmend() {
        pair("tp", "sl");
        done(
                ADVANCED + "amend-order",
                "{'client_oid':'sl','new_price':'0','new_quantity':'0.1','new_ref_price':'49500'}");
        price("BTC_USD", "49500");
        awaitAdvanced("sl", "FILLED");
        assertThat(advanced("tp").text("status")).isEqualTo("CANCELED");
    }

    @Test
    void targetOfAPairIsMovedByAmend() {
        pair("tp", "sl");
        done(ADVANCED + "amend-order", "{'client_oid':'tp','new_price':'52000','new_quantity':'0.1'}");
        assertThat(advanced("tp").text("limit_price")).isEqualTo("52000.00");
        assertThat(refusal(ADVANCED + "amend-order", "{'client_oid':'tp','new_price':'52000','new_quantity':'0.2'}"))
                .isEqualTo("500 306");
        assertThat(advanced("tp").text("quantity")).isEqualTo("0.10000");
        price("BTC_USD", "51000");
        assertThat(advanced("tp").text("status")).isEqualTo("ACTIVE");
        price("BTC_USD", "52000");
        assertThat(advanced("tp").text("status")).isEqualTo("FILLED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'type':'LIMIT'               | 'type':'MARKET'                 | 400 50010
            'type':'STOP_LOSS'           | 'type':'LIMIT','price':'52000'  | 400 50010
            'ref_price_type':'MARK_PRICE'| 'ref_price_type':'LAST_PRICE'   | 400 50010
            'ref_price':'49000'          | 'ref_price':'50500'             | 400 50007
            'client_oid':'sl'            | 'client_oid':'tp'               | 400 204
            'quantity':'0.1'             | 'quantity':0.1                  | 401 40101
            'price':'51000'              | 'price':'51000.001'             | 400 308
            """)
    void pairThatIsWrongIsRefusedAsAWhole(String part, String instead, String refusal) {
        coins("{'BTC':'1'}");
        var list = "{'order_list':[" + TARGET.formatted("tp") + "," + STOP.formatted("sl") + "]}";
        assertThat(refusal(NEW, list.replace(part, instead))).isEqualTo(refusal);
        assertThat(ledger("advanced").size()).isZero();
        assertThat(done(NEW, list).text("list_id")).as("nothing was used up").isNotEmpty();
    }

    @Test
    void legsWithoutClientIdsAreFoundByTheirListAlone() {
        coins("{'BTC':'0.1'}");
        var list = ("{'order_list':[" + TARGET.formatted("") + "," + STOP.formatted("") + "]}")
                .replace(",'client_oid':''", "");
        var legs = legs(done(NEW, list).text("list_id"));
        assertThat(legs.size()).isEqualTo(2);
        assertThat(texts(legs, "order_type")).containsExactly("LIMIT", "STOP_LOSS");
        assertThat(post(ADVANCED + "get-order-list-detail", "{'list_id_list':['17']}")
                        .code())
                .isEqualTo(40401);
    }
}
