package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders that go live when a first one is executed as a whole: one trigger, or a target and a stop. */
class AttachedOrdersTest extends CryptoComContract {

    private static final String ENTRY = "{'instrument_name':'BTC_USD','side':'BUY','type':'LIMIT','quantity':'0.1',"
            + "'price':'49900','client_oid':'entry','fee_instrument_name':'USD'}";
    private static final String PROFIT =
            STOP.replace("STOP_LOSS", "TAKE_PROFIT").replace("49000", "52000");

    private String attached(String... legs) {
        var method = legs.length == 3 ? "create-otoco" : "create-oto";
        return done(ADVANCED + method, "{'order_list':[" + String.join(",", legs) + "]}")
                .text("list_id");
    }

    private String three(String entry) {
        return attached(STOP.formatted("sl"), entry, PROFIT.formatted("tp"));
    }

    @Test
    void legsAreCountedEntryTargetStop() {
        var list = three(ENTRY);
        var legs = done(ADVANCED + "get-order-list-detail", "{'list_id_list':[%s]}".formatted(list))
                .data();
        assertThat(texts(legs, "client_oid")).containsExactly("entry", "tp", "sl");
        assertThat(texts(legs, "status")).containsExactly("ACTIVE", "PENDING", "PENDING");
        assertThat(texts(legs, "contingency_type")).containsOnly("SPOT_ATTACH");
        assertThat(texts(legs, "list_id")).containsOnly(list);
    }

    @Test
    void legsSleepUntilTheEntryIsExecutedAsAWhole() {
        settings("{'spotTriggerCheckMillis':1}");
        three(ENTRY);
        depth("0.04");
        price("BTC_USD", "49899.99");
        assertThat(advanced("entry").decimal("cumulative_quantity")).isEqualByComparingTo("0.04");
        assertThat(advanced("sl").text("status")).isEqualTo("PENDING");
        depth("1");
        price("BTC_USD", "49899.98");
        assertThat(advanced("entry").text("status")).isEqualTo("FILLED");
        awaitAdvanced("sl", "NEW");
        awaitAdvanced("tp", "NEW");
    }

    @Test
    void firedStopEndsTheTarget() {
        three(ENTRY);
        price("BTC_USD", "49899.99");
        price("BTC_USD", "48900");
        awaitAdvanced("sl", "FILLED");
        assertThat(advanced("tp").text("status")).isEqualTo("CANCELED");
        assertThat(decimal(balance("BTC"), "quantity")).isEqualByComparingTo("0");
    }

    @Test
    void legsOfTheWholeSizeAreRejectedWhereTheFeeWasTakenFromTheCoin() {
        settings("{'spotTriggerCheckMillis':1}");
        three(ENTRY.replace(",'fee_instrument_name':'USD'", ""));
        price("BTC_USD", "49899.99");
        assertThat(advanced("entry").text("status")).isEqualTo("FILLED");
        awaitAdvanced("sl", "REJECTED");
        awaitAdvanced("tp", "REJECTED");
    }

    @Test
    void cancelledEntryEndsItsLegs() {
        three(ENTRY);
        done(ADVANCED + "cancel-order", "{'client_oid':'entry'}");
        assertThat(advanced("sl").text("status")).isEqualTo("CANCELED");
        assertThat(advanced("tp").text("status")).isEqualTo("CANCELED");
    }

    @Test
    void cancelledLegLeavesTheEntry() {
        attached(ENTRY, STOP.formatted("sl"));
        done(ADVANCED + "cancel-order", "{'client_oid':'sl'}");
        assertThat(advanced("entry").text("status")).isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void notionalEntryThatEndsCanceledWakesItsLegsWhereSoSet(boolean activates) {
        settings("{'spotResidueActivates':%s,'spotTriggerCheckMillis':1}".formatted(activates));
        three("{'instrument_name':'BTC_USD','side':'BUY','type':'MARKET','notional':'5001',"
                + "'client_oid':'entry','fee_instrument_name':'USD'}");
        assertThat(advanced("entry").text("status")).isEqualTo("CANCELED");
        assertThat(advanced("entry").decimal("cumulative_quantity")).isEqualByComparingTo("0.10001");
        awaitAdvanced("sl", activates ? "NEW" : "CANCELED");
        awaitAdvanced("tp", activates ? "NEW" : "CANCELED");
    }

    @Test
    void eitherNameCancelsEitherAttachedList() {
        var list = three(ENTRY);
        assertThat(refusal(ADVANCED + "cancel-oco", "{'list_id':'" + list + "'}"))
                .isEqualTo("500 212");
        done(ADVANCED + "cancel-oto", "{'list_id':'" + list + "'}");
        assertThat(advanced("entry").text("status")).isEqualTo("CANCELED");
        assertThat(done(ADVANCED + "get-open-orders", "{}").data().size()).isZero();
    }

    @Test
    void legOnTheSameSideIsRefused() {
        var same = STOP.formatted("sl").replace("SELL", "BUY").replace("49000", "51000");
        assertThat(refusal(ADVANCED + "create-oto", "{'order_list':[" + ENTRY + "," + same + "]}"))
                .isEqualTo("400 50010");
        assertThat(refusal(ADVANCED + "create-otoco", "{'order_list':[" + ENTRY + "," + STOP + "]}"))
                .isEqualTo("400 50010");
    }

    @Test
    void openListMayLackPairsAndSingleTriggers() {
        coins("{'BTC':'1'}");
        done(ADVANCED + "create-order", STOP.formatted("single"));
        attached(ENTRY, STOP.formatted("sl"));
        assertThat(done(ADVANCED + "get-open-orders", "{}").data().size()).isEqualTo(3);
        settings("{'spotAdvancedOpenListsAll':false}");
        assertThat(texts(done(ADVANCED + "get-open-orders", "{}").data(), "client_oid"))
                .containsExactly("entry", "sl");
    }
}
