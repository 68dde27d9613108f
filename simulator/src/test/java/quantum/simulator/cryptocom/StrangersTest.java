package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.simulator.Json;

/** One request of each form that other people's clients put on the wire. */
class StrangersTest extends CryptoComContract {

    @Test
    void ccxtSendsTextsForIdAndNonceAndItsOwnName() {
        var params = tree("{'broker_id':'CCXT','exec_inst':['POST_ONLY'],'instrument_name':'BTC_USD','price':'49000',"
                + "'quantity':'0.001','side':'BUY','spot_margin':'SPOT','time_in_force':'GOOD_TILL_CANCEL',"
                + "'type':'LIMIT'}");
        var id = Long.toString(nonce());
        var request = Json.object().put("id", id).put("method", CREATE);
        request.set("params", params);
        request.put("api_key", "simkey")
                .put("sig", signature.of(CREATE, id, "simkey", params, id))
                .put("nonce", id);
        var answer = send("POST", "/exchange/v1/" + CREATE, Json.text(request));
        assertThat(answer.code()).as(answer.body()).isZero();
        assertThat(answer.json().path("id").isIntegralNumber()).isTrue();
        assertThat(answer.json().path("id").asString()).isEqualTo(id);
        assertThat(answer.text("client_oid")).as("the nonce").isEqualTo(id);
    }

    @Test
    void ccxtSignsANestedMapAsProgramTextAndIsRefused() {
        var params = tree(REST.formatted("nested").replace("}", ",'stopLoss':{'triggerPrice':'48000'}}"));
        var request = signed(CREATE, params);
        assertThat(send("POST", "/exchange/v1/" + CREATE, Json.text(request)).code())
                .as("signed as the description says")
                .isZero();
        var text = signature.text(params).replace("stopLosstriggerPrice48000", "stopLoss[object Object]");
        request.put(
                "sig",
                signature.hex(CREATE + request.path("id").asString() + "simkey" + text
                        + request.path("nonce").asString()));
        assertThat(send("POST", "/exchange/v1/" + CREATE, Json.text(request)).code())
                .isEqualTo(40101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef0123456789abcdef", "cx1-my-order", "x", "ünïcode"})
    void clientIdsOfAnyLookAreTaken(String clientId) {
        done(CREATE, REST.formatted(clientId));
        assertThat(detail(clientId).text("client_oid")).isEqualTo(clientId);
    }

    @Test
    void keysMayComeInAnyOrderAndIdsMayRepeat() {
        for (var name : new String[] {"one", "two"}) {
            var params = tree(REST.formatted(name));
            var nonce = Long.toString(nonce());
            var request = Json.object().put("nonce", nonce);
            request.put("sig", signature.of(CREATE, "1", "simkey", params, nonce));
            request.set("params", params);
            request.put("api_key", "simkey").put("method", CREATE).put("id", 1);
            assertThat(send("POST", "/exchange/v1/" + CREATE, Json.text(request))
                            .code())
                    .isZero();
        }
        assertThat(done(OPEN, "{}").data().size()).isEqualTo(2);
    }

    @Test
    void momentsOfThirteenAndNineteenDigitsAreTakenAsNumbers() {
        done(CREATE, BUY.formatted("t"));
        long now = nonce();
        assertThat(done("private/get-trades", "{'start_time':%d,'limit':100}".formatted(now - 60_000))
                        .data()
                        .size())
                .isEqualTo(1);
        assertThat(done("private/get-trades", "{'start_time':%d000000,'page_size':200}".formatted(now - 60_000))
                        .data()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void clientThatRepeatsARefusalIsCountedByOrdersNotRequests() {
        var poor = REST.formatted("poor").replace("0.01", "1");
        for (int i = 0; i < 6; i++) assertThat(refusal(CREATE, poor)).isEqualTo("500 306");
        assertThat(ledger("orders").size()).isZero();
        coins("{'USD':'100000'}");
        done(CREATE, poor);
        assertThat(refusal(CREATE, poor)).isEqualTo("400 204");
    }

    @Test
    void ordersOfAListWithoutClientIdsAreNumbered() {
        var order = REST.formatted("").replace(",'client_oid':''", "");
        var poor = order.replace("0.01", "9");
        var request = signed(
                "private/create-order-list",
                tree("{'contingency_type':'LIST','order_list':[%s,%s,%s,%s]}"
                        .formatted(order, poor, REST.formatted("own"), order)));
        var nonce = request.path("nonce").asString();
        var rows = send("POST", "/exchange/v1/private/create-order-list", Json.text(request))
                .result();
        assertThat(texts(rows, "client_oid")).containsExactly(nonce + "_0", nonce + "_1", "own", nonce + "_3");
        assertThat(texts(rows, "code")).containsExactly("0", "306", "0", "0");
        assertThat(texts(rows, "order_id")).allMatch(id -> id.matches("[0-9]{19}"));
        assertThat(texts(ledger("orders"), "clientId")).containsExactly(nonce + "_0", "own", nonce + "_3");
    }

    @Test
    void triggersOfAListWithoutClientIdsAreNumbered() {
        coins("{'BTC':'1'}");
        settings("{'spotSecondTriggerRejected':false}");
        var stop = STOP.formatted("").replace(",'client_oid':''", "");
        var request = signed(ADVANCED + "create-order-list", tree("{'order_list':[%s,%s]}".formatted(stop, stop)));
        var nonce = request.path("nonce").asString();
        var rows = send("POST", "/exchange/v1/" + ADVANCED + "create-order-list", Json.text(request))
                .result();
        assertThat(texts(rows, "client_oid")).containsExactly(nonce + "_0", nonce + "_1");
    }

    @Test
    void idOfSixtyThreeBitsComesBackToTheLastDigit() {
        var params = Json.object();
        var nonce = Long.toString(nonce());
        for (long id : new long[] {Long.MAX_VALUE, (1L << 53) + 1}) {
            var request = Json.object().put("id", id).put("method", BALANCE).put("api_key", "simkey");
            request.set("params", params);
            request.put("nonce", nonce).put("sig", signature.of(BALANCE, Long.toString(id), "simkey", params, nonce));
            assertThat(send("POST", "/exchange/v1/" + BALANCE, Json.text(request))
                            .body())
                    .contains("\"id\":" + id + ",", "\"code\":0");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'order_id':'%1$s'}
            {'order_id':%1$s}
            {'client_oid':'%2$s'}
            {'client_oid':'%2$s','instrument_name':'BTC_USD'}
            {'order_id':'%1$s','instrument_name':'BTC_USD'}
            """, quoteCharacter = '`')
    void cancelNamesAnOrderByEitherIdAndMayNameItsPair(String params) {
        var id = done(CREATE, REST.formatted("gone")).text("order_id");
        done("private/cancel-order", params.formatted(id, "gone"));
        assertThat(detail("gone").text("status")).isEqualTo("CANCELED");
    }

    @Test
    void amendmentThatNamesNoClientIdKeepsTheOldOne() {
        var id = done(CREATE, REST.formatted("kept")).text("order_id");
        done("private/amend-order", "{'order_id':'%s','new_quantity':'0.02','new_price':'48900'}".formatted(id));
        assertThat(detail("kept").text("order_id")).isEqualTo(id);
        assertThat(detail("kept").decimal("limit_price")).isEqualByComparingTo("48900");
        assertThat(detail("kept").decimal("quantity")).isEqualByComparingTo("0.02");
    }

    @Test
    void clientIdMayHaveThirtySixCharactersAndNoMore() {
        done(CREATE, REST.formatted("x".repeat(36)));
        assertThat(refusal(CREATE, REST.formatted("x".repeat(37)))).isEqualTo("400 40004");
    }

    @Test
    void candlesEndBeforeTheMomentAskedForInAnyOfItsUnits() {
        var query = "get-candlestick?instrument_name=BTC_USD&timeframe=1m&count=300";
        var all = get(query).data();
        long last = all.path(all.size() - 1).path("t").asLong();
        for (var end : new String[] {"", "000", "000000"}) {
            assertThat(texts(get(query + "&end_ts=" + last + end).data(), "t"))
                    .as("the end is not among them")
                    .isEqualTo(texts(all, "t").subList(0, all.size() - 1));
            assertThat(texts(get(query + "&start_ts=" + last + end).data(), "t"))
                    .startsWith(Long.toString(last));
        }
        assertThat(texts(get(query + "&end_ts=" + (last + 1)).data(), "t")).isEqualTo(texts(all, "t"));
        assertThat(get(query + "&end_ts=soon").code()).isEqualTo(40005);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2h", "12h", "7D", "14D"})
    void candlesOfEveryLengthThatAClientKnowsAreThere(String timeframe) {
        assertThat(get("get-candlestick?instrument_name=BTC_USD&timeframe=" + timeframe)
                        .data()
                        .isEmpty())
                .isFalse();
    }
}
