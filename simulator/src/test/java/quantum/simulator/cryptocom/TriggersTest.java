package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single triggers under private/advanced. */
class TriggersTest extends CryptoComContract {

    private static final String NEW = ADVANCED + "create-order";

    @BeforeEach
    void own() {
        coins("{'BTC':'0.1'}");
    }

    private String child(String clientId) {
        return advanced(clientId).text("exchange_order_id");
    }

    @Test
    void triggerIsAcknowledgedAndWaitsPendingThenNew() {
        settings("{'spotTriggerCheckMillis':800}");
        var answer = done(NEW, STOP.formatted("stop"));
        assertThat(answer.result().propertyNames()).containsExactlyInAnyOrder("order_id", "client_oid");
        var order = advanced("stop");
        assertThat(order.text("status")).isEqualTo("PENDING");
        assertThat(order.text("order_type")).isEqualTo("STOP_LOSS");
        assertThat(order.text("ref_price")).isEqualTo("49000.00");
        assertThat(order.text("ref_price_type")).isEqualTo("MARK_PRICE");
        assertThat(order.result().has("exchange_order_id")).isFalse();
        awaitAdvanced("stop", "NEW");
        assertThat(done(ADVANCED + "get-order-detail", "{'order_id':%s}".formatted(answer.text("order_id")))
                        .text("client_oid"))
                .isEqualTo("stop");
    }

    @Test
    void triggerIsInvisibleToTheOrdinaryReads() {
        var id = done(NEW, STOP.formatted("hidden")).text("order_id");
        assertThat(done(OPEN, "{}").data().size()).isZero();
        assertThat(post(DETAIL, "{'client_oid':'hidden'}").code()).isEqualTo(40401);
        assertThat(post(DETAIL, "{'order_id':'" + id + "'}").code()).isEqualTo(40401);
        assertThat(texts(done(ADVANCED + "get-open-orders", "{}").data(), "client_oid"))
                .containsExactly("hidden");
        var ordinary = done("private/cancel-order", "{'order_id':'" + id + "'}");
        assertThat(ordinary.text("order_id")).isEqualTo(id);
        done("private/cancel-all-orders", "{}");
        awaitAdvanced("hidden", "NEW");
    }

    @Test
    void triggerReservesNothing() {
        done(NEW, STOP.formatted("free"));
        awaitAdvanced("free", "NEW");
        assertThat(decimal(balance("BTC"), "reserved_qty")).isEqualByComparingTo("0");
        done(CREATE, BUY.formatted("sell").replace("BUY", "SELL"));
    }

    @Test
    void triggerFiresAtTheMarkAndItsChildCarriesTheFill() {
        done(NEW, STOP.formatted("fire"));
        control("price", "{'symbol':'BTC_USD','mark':'49000.01'}");
        assertThat(advanced("fire").text("status")).isIn("PENDING", "NEW");
        control("price", "{'symbol':'BTC_USD','mark':'49000'}");
        awaitAdvanced("fire", "FILLED");
        var trigger = advanced("fire");
        assertThat(trigger.text("cumulative_quantity")).isEqualTo("0");
        var child = done(DETAIL, "{'order_id':'%s'}".formatted(child("fire")));
        assertThat(child.text("status")).isEqualTo("FILLED");
        assertThat(child.text("order_type")).isEqualTo("MARKET");
        assertThat(child.text("cumulative_quantity")).isEqualTo("0.10000");
        assertThat(child.text("order_id")).isNotEqualTo(trigger.text("order_id"));
        assertThat(child.text("client_oid")).isNotEqualTo("fire");
        assertThat(texts(done("private/get-trades", "{}").data(), "order_id")).containsExactly(child.text("order_id"));
        assertThat(done(ADVANCED + "get-open-orders", "{}").data().size()).isZero();
    }

    @Test
    void childMayKeepTheClientIdOfItsTrigger() {
        settings("{'spotChildKeepsClientId':true}");
        done(NEW, STOP.formatted("same"));
        price("BTC_USD", "48900");
        awaitAdvanced("same", "FILLED");
        assertThat(detail("same").text("order_id")).isEqualTo(child("same"));
    }

    @Test
    void stopLimitBecomesALimitOrderThatRests() {
        var limit = STOP.formatted("limit").replace("STOP_LOSS", "STOP_LIMIT").replace("}", ",'price':'48950'}");
        done(NEW, limit);
        price("BTC_USD", "48900");
        awaitAdvanced("limit", "ACTIVE");
        await(() -> !child("limit").isEmpty());
        var child = done(DETAIL, "{'order_id':'%s'}".formatted(child("limit")));
        assertThat(child.text("order_type")).isEqualTo("LIMIT");
        assertThat(child.text("status")).isEqualTo("ACTIVE");
        assertThat(child.text("limit_price")).isEqualTo("48950.00");
        assertThat(texts(done(OPEN, "{}").data(), "order_id")).containsExactly(child("limit"));
        price("BTC_USD", "48950");
        awaitAdvanced("limit", "FILLED");
    }

    @ParameterizedTest
    @CsvSource({
        "SELL, STOP_LOSS, 50000, 400 50007",
        "SELL, STOP_LOSS, 51000, 400 50007",
        "SELL, TAKE_PROFIT, 49000, 400 50007",
        "BUY, STOP_LOSS, 49000, 400 50007",
        "BUY, TAKE_PROFIT, 51000, 400 50007",
        "SELL, TAKE_PROFIT, 100000, 400 50007",
        "SELL, TAKE_PROFIT, 51000, 200 0",
        "BUY, STOP_LOSS, 51000, 200 0",
        "BUY, TAKE_PROFIT, 49000, 200 0",
        "SELL, STOP_LOSS, 49000.001, 400 229",
        "SELL, LIMIT, 49000, 400 308",
        "SELL, MARKET, 49000, 400 218",
    })
    void triggerMustLieOnItsSideOfTheMark(String side, String type, String level, String expected) {
        assertThat(refusal(
                        NEW,
                        STOP.formatted("side")
                                .replace("SELL", side)
                                .replace("STOP_LOSS", type)
                                .replace("49000", level)))
                .isEqualTo(expected);
    }

    @Test
    void triggerWithoutItsLevelIsRefusedWhateverElseItIsCalled() {
        assertThat(refusal(NEW, STOP.formatted("t").replace("ref_price'", "trigger_price'")))
                .isEqualTo("400 229");
        assertThat(refusal(NEW, STOP.formatted("t").replace("MARK_PRICE", "BID_PRICE")))
                .isEqualTo("400 230");
    }

    @Test
    void secondTriggerOfTheWholeSizeIsRejectedAfterItsAcknowledgement() {
        settings("{'spotTriggerCheckMillis':800}");
        done(NEW, STOP.formatted("first"));
        awaitAdvanced("first", "NEW");
        done(NEW, STOP.formatted("second").replace("49000", "48000"));
        assertThat(advanced("second").text("status")).isEqualTo("PENDING");
        awaitAdvanced("second", "REJECTED");
        assertThat(advanced("second").text("reject_reason")).isEqualTo("INSUFFICIENT_ACC_BALANCE");
        assertThat(advanced("first").text("status")).isEqualTo("NEW");
    }

    @Test
    void secondTriggerStandsBesideTheFirstWhereNothingIsLookedAt() {
        settings("{'spotSecondTriggerRejected':false,'spotTriggerCheckMillis':1}");
        done(NEW, STOP.formatted("first"));
        done(NEW, STOP.formatted("second").replace("49000", "48000"));
        awaitAdvanced("second", "NEW");
        price("BTC_USD", "47000");
        awaitAdvanced("first", "FILLED");
        awaitAdvanced("second", "REJECTED");
        assertThat(advanced("second").text("reject_reason")).isEqualTo("INSUFFICIENT_ACC_BALANCE");
    }

    @Test
    void usedClientIdIsRefusedAcrossBothKinds() {
        done(CREATE, REST.formatted("taken"));
        assertThat(refusal(NEW, STOP.formatted("taken"))).isEqualTo("400 204");
        done(NEW, STOP.formatted("trigger"));
        assertThat(refusal(CREATE, REST.formatted("trigger"))).isEqualTo("400 204");
    }

    @Test
    void cancelledTriggerNoLongerFires() {
        done(NEW, STOP.formatted("gone"));
        done(ADVANCED + "cancel-order", "{'client_oid':'gone'}");
        assertThat(advanced("gone").text("status")).isEqualTo("CANCELED");
        price("BTC_USD", "48000");
        assertThat(ledger("orders").size()).isZero();
        assertThat(refusal(ADVANCED + "cancel-order", "{'client_oid':'gone'}")).isEqualTo("500 316");
        assertThat(refusal(ADVANCED + "cancel-order", "{'order_id':'17'}")).isEqualTo("500 212");
    }

    @Test
    void amendMovesTheLevelAndMayTurnALimitIntoAMarketOrder() {
        done(NEW, STOP.formatted("moved").replace("STOP_LOSS", "STOP_LIMIT").replace("}", ",'price':'48900'}"));
        var id = advanced("moved").text("order_id");
        done(
                ADVANCED + "amend-order",
                "{'order_id':'%s','new_price':'0','new_quantity':'0.05','new_ref_price':'49500'}".formatted(id));
        var amended = advanced("moved");
        assertThat(amended.text("order_id")).isEqualTo(id);
        assertThat(amended.text("order_type")).isEqualTo("STOP_LOSS");
        assertThat(amended.text("ref_price")).isEqualTo("49500.00");
        assertThat(refusal(
                        ADVANCED + "amend-order",
                        "{'client_oid':'moved','new_price':'0','new_quantity':'0.05','new_ref_price':'50500'}"))
                .isEqualTo("400 50007");
        assertThat(refusal(ADVANCED + "amend-order", "{'client_oid':'moved','new_ref_price':'49600'}"))
                .isEqualTo("400 40004");
        price("BTC_USD", "49500");
        awaitAdvanced("moved", "FILLED");
        assertThat(done(DETAIL, "{'order_id':'%s'}".formatted(child("moved"))).text("quantity"))
                .isEqualTo("0.05000");
    }

    @Test
    void cancelAllOfTheAdvancedTakesOneKindOrAll() {
        pair("leg", "stop");
        done(NEW, STOP.formatted("single"));
        done(CREATE, REST.formatted("ordinary"));
        assertThat(refusal(ADVANCED + "cancel-all-orders", "{'type':'SOME'}")).isEqualTo("400 40004");
        done(ADVANCED + "cancel-all-orders", "{'instrument_name':'ETH_USD','type':'ALL'}");
        assertThat(done(ADVANCED + "get-open-orders", "{}").data().size()).isEqualTo(3);
        settings("{'spotOcoLegCancelEndsPair':false}");
        done(ADVANCED + "cancel-all-orders", "{'type':'TRIGGER'}");
        assertThat(texts(done(ADVANCED + "get-open-orders", "{}").data(), "client_oid"))
                .containsExactly("leg");
        done(ADVANCED + "cancel-all-orders", "{'type':'ALL'}");
        assertThat(done(ADVANCED + "get-open-orders", "{}").data().size()).isZero();
        assertThat(detail("ordinary").text("status")).isEqualTo("ACTIVE");
    }

    @Test
    void listOfTriggersIsAnsweredOneByOne() {
        var answer = done(
                ADVANCED + "create-order-list",
                "{'order_list':[%s,%s]}"
                        .formatted(
                                STOP.formatted("one").replace("0.1", "0.05"),
                                STOP.formatted("two").replace("49000", "60000")));
        assertThat(answer.result().path(0).path("code").intValue()).isZero();
        assertThat(answer.result().path(1).path("code").intValue()).isEqualTo(50007);
        assertThat(answer.result().path(1).path("message").asString()).isEqualTo("INVALID_TRIGGER_PRICE");
    }
}
