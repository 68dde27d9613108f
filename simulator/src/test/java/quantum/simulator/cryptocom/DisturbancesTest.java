package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contested behaviour by its switches, and the faults that every face knows. */
class DisturbancesTest extends CryptoComContract {

    private static final String AT_CREATE = "'match':'POST /exchange/v1/private/create-order'";

    @Test
    void orderIsNotFoundForAWhileAfterItsAcknowledgement() {
        settings("{'spotQueryDelayMillis':1000}");
        coins("{'BTC':'1'}");
        done(CREATE, BUY.formatted("new"));
        done(ADVANCED + "create-order", STOP.formatted("stop"));
        var early = post(DETAIL, "{'client_oid':'new'}");
        assertThat(early.status() + " " + early.code()).isEqualTo("200 40401");
        assertThat(post(ADVANCED + "get-order-detail", "{'client_oid':'stop'}").code())
                .isEqualTo(40401);
        await(() -> post(DETAIL, "{'client_oid':'new'}").code() == 0);
        await(() -> post(ADVANCED + "get-order-detail", "{'client_oid':'stop'}").code() == 0);
    }

    @Test
    void unknownOrderComesWithEitherHttpStatus() {
        assertThat(refusal(DETAIL, "{'client_oid':'never'}")).isEqualTo("200 40401");
        settings("{'spotNotFoundStatus':404}");
        assertThat(refusal(DETAIL, "{'client_oid':'never'}")).isEqualTo("404 40401");
    }

    @Test
    void restingTriggerMaySayUntriggered() {
        settings("{'spotTriggersUntriggered':true}");
        coins("{'BTC':'1'}");
        done(ADVANCED + "create-order", STOP.formatted("odd"));
        awaitAdvanced("odd", "UNTRIGGERED");
        assertThat(texts(done(ADVANCED + "get-open-orders", "{}").data(), "client_oid"))
                .containsExactly("odd");
        price("BTC_USD", "48900");
        awaitAdvanced("odd", "FILLED");
    }

    @ParameterizedTest
    @CsvSource({"1, NEW", "2, PENDING"})
    void orderIsNewOrPendingFirstWhereSoSet(int first, String status) {
        settings("{'spotFirstStatus':%d,'spotFirstStatusMillis':800}".formatted(first));
        var frames = user();
        subscribe(frames, "user.order");
        done(CREATE, BUY.formatted("slow"));
        assertThat(detail("slow").text("status")).isEqualTo(status);
        assertThat(detail("slow").decimal("cumulative_quantity")).isEqualByComparingTo("0");
        await(() -> detail("slow").text("status").equals("FILLED"));
        await(() -> frames.rows("user.order").size() == 2);
        assertThat(frames.rows("user.order").getFirst().path("status").asString())
                .isEqualTo(status);
    }

    @Test
    void orderMayFillAWhileAfterItsAcknowledgement() {
        settings("{'spotFillDelayMillis':800}");
        done(CREATE, BUY.formatted("later"));
        assertThat(detail("later").text("status")).isEqualTo("ACTIVE");
        await(() -> detail("later").text("status").equals("FILLED"));
    }

    @Test
    void lostAnswersHideOrdersThatWereAndWereNotTaken() {
        fault("[{%s,'kind':'lost_before'},{%s,'kind':'lost_after'}]".formatted(AT_CREATE, AT_CREATE));
        assertThat(post(CREATE, BUY.formatted("never"))).isEqualTo(Answer.LOST);
        assertThat(post(DETAIL, "{'client_oid':'never'}").code()).isEqualTo(40401);
        assertThat(post(CREATE, BUY.formatted("hidden"))).isEqualTo(Answer.LOST);
        assertThat(detail("hidden").text("status")).isEqualTo("FILLED");
        assertThat(post(CREATE, BUY.formatted("hidden")).code())
                .as("sent again")
                .isEqualTo(204);
        assertThat(ledger("orders").size()).isEqualTo(1);
    }

    @Test
    void lostAcknowledgementLeavesThePublicationAlone() {
        var frames = user();
        subscribe(frames, "user.order");
        fault("{" + AT_CREATE + ",'kind':'lost_after'}");
        assertThat(post(CREATE, BUY.formatted("pushed"))).isEqualTo(Answer.LOST);
        await(() -> frames.rows("user.order").size() == 1);
        assertThat(frames.rows("user.order").getFirst().path("client_oid").asString())
                .isEqualTo("pushed");
    }

    @Test
    void lostAnswerOnTheSocketEndsTheConnection() {
        var frames = user();
        fault("{'match':'WS private/create-order','kind':'lost_after'}");
        frames.send(json("{'id':3,'method':'private/create-order','params':" + BUY.formatted("gone") + "}"));
        await(() -> frames.closeCode() != 0);
        assertThat(frames.replies(3)).isEmpty();
        assertThat(detail("gone").text("status")).isEqualTo("FILLED");
    }

    @Test
    void inventedAnswersComeInTheEnvelopeOrAsTheyAre() {
        fault("{%s,'kind':'http','status':500,'code':50001,'msg':'ERR_INTERNAL'}".formatted(AT_CREATE));
        var invented = post(CREATE, BUY.formatted("a"));
        assertThat(invented.status() + " " + invented.code()).isEqualTo("500 50001");
        assertThat(invented.json().path("method").asString()).isEqualTo(CREATE);
        assertThat(ledger("orders").size()).isZero();
        fault("{%s,'symbol':'BTC_USD','kind':'http_after','status':504,'body':'<html>'}".formatted(AT_CREATE));
        var page = post(CREATE, BUY.formatted("b"));
        assertThat(page.status() + " " + page.body()).isEqualTo("504 <html>");
        assertThat(detail("b").text("status")).isEqualTo("FILLED");
    }

    @Test
    void answersMayBeCutChangedAndLate() {
        fault("{%s,'kind':'reset_in_body'}".formatted(AT_CREATE));
        assertThat(post(CREATE, BUY.formatted("half"))).isEqualTo(Answer.LOST);
        fault("{'match':'POST /exchange/v1/private/get-order-detail','kind':'field','field':'result.status',"
                + "'value':'UNHEARD_OF'}");
        assertThat(detail("half").text("status")).isEqualTo("UNHEARD_OF");
        fault("{'match':'POST /exchange/v1/private/get-open-orders','kind':'drop_element','list':'result.data',"
                + "'element':0}");
        done(CREATE, REST.formatted("dropped"));
        assertThat(done(OPEN, "{}").data().size()).isZero();
        assertThat(done(OPEN, "{}").data().size()).isEqualTo(1);
        fault("{%s,'kind':'delay','millis':300}".formatted(AT_CREATE));
        long before = System.nanoTime();
        done(CREATE, BUY.formatted("late"));
        assertThat(System.nanoTime() - before).isGreaterThan(290_000_000L);
    }

    @Test
    void ordersMayNeverFillOrExpireInPart() {
        fault("[{%s,'kind':'never_fills'},{%s,'kind':'partial_then_expire'}]".formatted(AT_CREATE, AT_CREATE));
        done(CREATE, BUY.formatted("stuck"));
        done(CREATE, BUY.formatted("part"));
        price("BTC_USD", "49000");
        assertThat(detail("stuck").text("status")).isEqualTo("ACTIVE");
        assertThat(detail("part").text("status")).isEqualTo("EXPIRED");
        assertThat(detail("part").decimal("cumulative_quantity")).isEqualByComparingTo("0.005");
    }

    @Test
    void triggersMayBeRejectedOrUnfilledWhenTheyFire() {
        coins("{'BTC':'0.2'}");
        var at = "'match':'POST /exchange/v1/private/advanced/create-order'";
        fault("[{%s,'kind':'rejected_at_trigger'},{%s,'kind':'unfilled_at_trigger'}]".formatted(at, at));
        done(ADVANCED + "create-order", STOP.formatted("rejected"));
        done(ADVANCED + "create-order", STOP.formatted("unfilled"));
        price("BTC_USD", "48900");
        awaitAdvanced("rejected", "REJECTED");
        awaitAdvanced("unfilled", "CANCELED");
        assertThat(decimal(balance("BTC"), "quantity")).isEqualByComparingTo("0.2");
    }

    @Test
    void framesMayBeDroppedDoubledAndChanged() {
        var frames = user();
        subscribe(frames, "user.order");
        fault("[{'match':'STREAM user.order','kind':'drop'},{'match':'STREAM user.order','kind':'duplicate'},"
                + "{'match':'STREAM user.order','kind':'unknown_event'},"
                + "{'match':'STREAM /exchange/v1/user','kind':'field','field':'result.data.status','value':'ODD'}]");
        for (var name : new String[] {"dropped", "doubled", "unknown", "odd"}) done(CREATE, REST.formatted(name));
        await(() -> frames.rows("user.order").size() == 4);
        assertThat(frames.rows("user.order").stream()
                        .map(row -> row.path("client_oid").asString())
                        .toList())
                .containsExactly("doubled", "doubled", "unknown", "odd");
        assertThat(frames.rows("user.order").getLast().path("status").asString())
                .isEqualTo("ODD");
        assertThat(frames.rows("channel.nobody.knows")).hasSize(1);
    }

    @Test
    void framesMayComeLateAndOutOfOrder() {
        settings("{'spotPushFirstPercent':100}");
        var frames = user();
        subscribe(frames, "user.order");
        fault("{'match':'STREAM user.order','kind':'reorder'}");
        done(CREATE, REST.formatted("first"));
        done(CREATE, REST.formatted("second"));
        await(() -> frames.rows("user.order").size() == 2);
        assertThat(frames.rows("user.order").getFirst().path("client_oid").asString())
                .isEqualTo("second");
    }

    @Test
    void silentSocketStaysOpenAndSaysNothing() {
        var frames = user();
        subscribe(frames, "user.order");
        fault("{'kind':'silence','millis':1000}");
        done(CREATE, REST.formatted("unheard"));
        assertThat(ask(frames, BALANCE, "{}").path("code").intValue()).isZero();
        assertThat(frames.rows("user.order")).isEmpty();
        await(() -> !send("GET", "/sim/fault", "").json().path("silent").booleanValue());
        done(CREATE, REST.formatted("heard"));
        await(() -> !frames.rows("user.order").isEmpty());
        assertThat(frames.rows("user.order").getFirst().path("client_oid").asString())
                .isEqualTo("heard");
        assertThat(frames.closeCode()).isZero();
    }

    @Test
    void connectionsAreCutByTheirPath() {
        var user = user();
        var market = open("market");
        fault("{'kind':'close','match':'* /exchange/v1/user'}");
        await(() -> user.closeCode() != 0);
        assertThat(subscribe(market, "ticker.BTC_USD").path("code").intValue()).isZero();
    }

    @Test
    void balancesMayBeTakenFromAnEarlierTime() {
        balance("USD");
        done(CREATE, BUY.formatted("bought"));
        fault("{'match':'POST /exchange/v1/private/user-balance','kind':'stale','millis':60000}");
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("10000");
        assertThat(decimal(balance("USD"), "quantity")).isEqualByComparingTo("9499.9999");
    }

    @Test
    void bothFacesStandSideBySide() {
        assertThat(send("GET", "/fapi/v1/time", "").status()).isEqualTo(200);
        assertThat(send("GET", "/fapi/v1/exchangeInfo", "").body()).doesNotContain("BTC_USD\"");
        assertThat(get("get-instruments").code()).isZero();
        assertThat(texts(get("get-instruments").data(), "symbol")).doesNotContain("BTCUSDT");
    }
}
