package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.simulator.Json;
import tools.jackson.databind.node.ObjectNode;

/** Who is let in: the four vectors of the description, and everything that differs from them. */
class SignatureTest extends CryptoComContract {

    private static final String VECTORS = """
            private/create-order | 1 | 1767225600000 | {'client_oid':'qt-1','instrument_name':'BTC_USDT','quantity':'0.00100','side':'SELL','type':'MARKET'} | 5f850392414e8bada03d6bd69d6181db80003dc9fd1050f11c3193ccaea3b0b1
            private/create-order | 3 | 1767225600002 | {'type':'LIMIT','side':'BUY','instrument_name':'BTC_USDT','exec_inst':['POST_ONLY'],'price':'1.00','quantity':'0.00100'} | b8037db012c61cbfc5fe3c1e08f90d9ed937830c64370df7d0e4a14ee0ea3449
            private/advanced/create-oco | 2 | 1767225600001 | {'order_list':[{'client_oid':'qt-1-tp','instrument_name':'BTC_USDT','price':'93000.00','quantity':'0.00100','side':'SELL','type':'LIMIT'},{'client_oid':'qt-1-sl','instrument_name':'BTC_USDT','quantity':'0.00100','ref_price':'80000.00','ref_price_type':'MARK_PRICE','side':'SELL','type':'STOP_LOSS'}]} | 5c5f55c979cd76f340977a89e09d5fba7d8255fb968a2a1e1d90eca5554cdc0e
            private/user-balance | 4 | 1767225600003 | {} | b02e90ff30a53c6d54c5fb4f24bd15fa57fc65301d40a9164b3cb92cad20e18d
            """;

    private static final String TAMPERED = "{'instrument_name':'BTC_USD','side':'BUY','type':'MARKET'}";

    @ParameterizedTest
    @CsvSource(textBlock = VECTORS, delimiter = '|', quoteCharacter = '`')
    void vectorsOfTheDescriptionAreSignedAndTaken(String method, long id, long nonce, String params, String sig) {
        var theirs = new ClientSignature("test_secret");
        var tree = tree(params);
        assertThat(theirs.of(method, Long.toString(id), "test_key", tree, Long.toString(nonce)))
                .isEqualTo(sig);
        control("account", "{'apiKey':'test_key','secret':'test_secret'}");
        control("clock", "{'offsetMillis':%d}".formatted(nonce - System.currentTimeMillis()));
        var request = Json.object().put("id", id).put("method", method).put("api_key", "test_key");
        request.set("params", tree);
        request.put("nonce", nonce).put("sig", sig);
        var answer = send("POST", "/exchange/v1/" + method, Json.text(request));
        assertThat(answer.code()).as(answer.body()).isNotIn(40101, 40102);
        request.put("nonce", nonce + 1);
        assertThat(send("POST", "/exchange/v1/" + method, Json.text(request)).code())
                .isEqualTo(40101);
    }

    private Answer send(ObjectNode request) {
        return send("POST", "/exchange/v1/" + BALANCE, Json.text(request));
    }

    private ObjectNode request() {
        return signed(BALANCE, Json.object());
    }

    @Test
    void wrongSignatureKeyAndSecretAreUnauthorized() {
        var wrong = send(request().put("sig", "00"));
        assertThat(wrong.status() + " " + wrong.code()).isEqualTo("401 40101");
        assertThat(wrong.json().path("message").asString()).isEqualTo("UNAUTHORIZED");
        assertThat(send(request().put("api_key", "nobody")).code()).isEqualTo(40101);
        signature = new ClientSignature("another");
        assertThat(send(request()).code()).isEqualTo(40101);
        signature = new ClientSignature("simsecret");
        assertThat(send(request()).code()).isZero();
    }

    @Test
    void parametersThatWereChangedAfterTheSignatureAreUnauthorized() {
        var request = signed(CREATE, tree(TAMPERED + "").put("quantity", "0.01"));
        ((ObjectNode) request.path("params")).put("quantity", "0.02");
        assertThat(send("POST", "/exchange/v1/" + CREATE, Json.text(request)).code())
                .isEqualTo(40101);
        assertThat(ledger("orders").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-61_000, 61_000})
    void nonceOfAnotherMinuteIsInvalid(long skew) {
        control("clock", "{'offsetMillis':%d}".formatted(skew));
        var answer = send(request());
        assertThat(answer.status() + " " + answer.code()).isEqualTo("400 40102");
        control("clock", "{'offsetMillis':%d}".formatted(skew * 9 / 10));
        assertThat(send(request()).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", ""})
    void nullIsSignedAsTheWordOrAsNothing(String word) {
        signature = new ClientSignature("simsecret", word);
        assertThat(done(BALANCE, "{'nothing':null,'page':'1'}").code()).isZero();
        signature = new ClientSignature("simsecret", "None");
        assertThat(post(BALANCE, "{'nothing':null}").code()).isEqualTo(40101);
    }

    @Test
    void idAndNonceMayBeTextsAndLarge() {
        var nonce = Long.toString(nonce());
        var id = Long.toString(Long.MAX_VALUE);
        var request = Json.object()
                .put("id", id)
                .put("method", BALANCE)
                .put("api_key", "simkey")
                .put("nonce", nonce);
        request.putObject("params");
        request.put("sig", signature.of(BALANCE, id, "simkey", Json.object(), nonce));
        var answer = send(request);
        assertThat(answer.body()).contains("\"id\":9223372036854775807,").contains("\"code\":0");
        settings("{'spotTextIdRefused':true}");
        assertThat(send(request).code()).isEqualTo(40001);
    }

    @Test
    void nonceWithAFractionIsUnauthorized() {
        var request = request();
        var text = Json.text(request).replaceFirst("\"nonce\":([0-9]+)", "\"nonce\":$1.0");
        assertThat(send("POST", "/exchange/v1/" + BALANCE, text).code()).isEqualTo(40101);
    }

    @Test
    void keysOpenTheirOwnAccountsAndMayBeRestricted() {
        control("key", "{'apiKey':'simkey','addresses':['10.0.0.1']}");
        var answer = send(request());
        assertThat(answer.status() + " " + answer.code()).isEqualTo("401 40103");
        control("key", "{'apiKey':'simkey','addresses':[],'trading':false}");
        assertThat(send(request()).code()).isZero();
        assertThat(refusal(CREATE, BUY.formatted("never"))).isEqualTo("401 40101");
    }
}
