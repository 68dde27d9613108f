package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
