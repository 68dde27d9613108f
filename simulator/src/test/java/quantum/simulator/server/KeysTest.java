package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Signature over exact raw bytes incl. query+body concat; -1022; -1021; -2014/-2015" (binance-usdm 2, 12). */
class KeysTest extends ExchangeContract {

    private static final String BALANCE = "/fapi/v3/balance";

    private Answer read(String key, String payload, String signature) {
        var encoded = URLEncoder.encode(signature, StandardCharsets.UTF_8);
        return exchange.send("GET", BALANCE, payload + "&signature=" + encoded, "", key);
    }

    private String now() {
        return "timestamp=" + serverMillis();
    }

    private void register(String fields) {
        var answer = control("/sim/key", "{" + fields + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ed25519"})
    void publicKeysSignTheSamePayloadInBase64(String kind) {
        var keys = kind.equals("rsa") ? KeyPairs.RSA : KeyPairs.ED25519;
        register("\"apiKey\":\"pair-1\",\"publicKey\":\"" + keys.pem() + "\"");
        var payload = now();
        assertThat(read("pair-1", payload, keys.sign(payload)).status()).isEqualTo(200);
        assertThat(read("pair-1", payload, keys.sign(payload + "0")).code()).isEqualTo(-1022);
        assertThat(read("pair-1", payload, sign(payload)).code()).isEqualTo(-1022);
        var order = REST + "&newClientOrderId=by-pair&" + now();
        var signature = URLEncoder.encode(keys.sign(order), StandardCharsets.UTF_8);
        assertThat(exchange.send("POST", ORDER, "", order + "&signature=" + signature, "pair-1")
                        .status())
                .isEqualTo(200);
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=by-pair")
                        .status())
                .as("it is the same account")
                .isEqualTo(200);
    }

    @Test
    void unencodedBase64LosesItsPlusSigns() {
        register("\"apiKey\":\"pair-1\",\"publicKey\":\"" + KeyPairs.RSA.pem() + "\"");
        var payload = now();
        int tries = 0;
        while (!KeyPairs.RSA.sign(payload).contains("+")) payload = now() + "&recvWindow=" + (5_000 + ++tries);
        var raw = exchange.send("GET", BALANCE, payload + "&signature=" + KeyPairs.RSA.sign(payload), "", "pair-1");
        assertThat(raw.code()).isEqualTo(-1022);
    }

    @Test
    void hmacIsAcceptedInEitherCase() {
        var payload = now();
        assertThat(read("simkey", payload, sign(payload).toUpperCase(Locale.ROOT))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signatureMayEndTheQueryOrTheBody() {
        var query = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC";
        var body = "quantity=0.010&price=49000&" + now();
        var signature = sign(query + body);
        assertThat(exchange.send("POST", ORDER, query + "&signature=" + signature, body, "simkey")
                        .status())
                .isEqualTo(200);
        assertThat(exchange.send("POST", ORDER, query, body + "&signature=" + signature, "simkey")
                        .status())
                .isEqualTo(200);
        assertThat(exchange.send("POST", ORDER, "signature=" + signature + "&" + query, body, "simkey")
                        .code())
                .isEqualTo(-1022);
    }

    @Test
    void keysAreBoundToAddressesAndRights() {
        register("\"apiKey\":\"simkey\",\"addresses\":[\"10.1.1.1\"]");
        var elsewhere = signed("GET", BALANCE, "");
        assertThat(elsewhere.status() + " " + elsewhere.code()).isEqualTo("401 -2015");
        assertThat(elsewhere.text("msg")).isEqualTo("Invalid API-key, IP, or permissions for action.");
        register("\"apiKey\":\"simkey\",\"addresses\":[\"10.1.1.1\",\"127.0.0.1\"],\"trading\":false");
        assertThat(signed("GET", BALANCE, "").status()).isEqualTo(200);
        assertThat(signed("POST", ORDER, REST).code()).isEqualTo(-2015);
        register("\"apiKey\":\"simkey\",\"trading\":true");
        assertThat(signed("POST", ORDER, REST).status()).isEqualTo(200);
        register("\"apiKey\":\"simkey\",\"revoked\":true");
        assertThat(signed("GET", BALANCE, "").code()).isEqualTo(-2015);
        control("/sim/reset", "");
        assertThat(signed("GET", BALANCE, "").status()).isEqualTo(200);
    }

    @Test
    void unknownKeyMayAlsoBeCalledInvalidId() {
        assertThat(read("stranger", now(), "00").code()).isEqualTo(-2015);
        settings("{\"unknownKeyCode\":2008}");
        var answer = read("stranger", now(), "00");
        assertThat(answer.status() + " " + answer.code()).isEqualTo("401 -2008");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /fapi/v1/time, 200, 200",
        "GET, /fapi/v1/exchangeInfo, 200, 200",
        "GET, /fapi/v1/premiumIndex, 200, 200",
        "GET, /fapi/v1/historicalTrades, 401, 200",
        "POST, /fapi/v1/listenKey, 401, 200",
        "GET, /fapi/v3/balance, 401, 400",
        "GET, /fapi/v1/leverageBracket, 401, 400",
        "POST, /fapi/v1/order, 401, 400",
    })
    void securityTypesAskForNothingTheKeyOrASignature(String method, String path, int nothing, int keyAlone) {
        assertThat(exchange.send(method, path, "symbol=BTCUSDT", "", null).status())
                .isEqualTo(nothing);
        assertThat(exchange.send(method, path, "symbol=BTCUSDT", "", "simkey").status())
                .isEqualTo(keyAlone);
    }

    @Test
    void anAccountMayBeOpenedByAPublicKey() {
        var opened = control(
                "/sim/account",
                "{\"apiKey\":\"own-1\",\"publicKey\":\"" + KeyPairs.ED25519.pem() + "\",\"balance\":\"5\"}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
        var payload = now();
        var balance = read("own-1", payload, KeyPairs.ED25519.sign(payload)).json();
        assertThat(balance.get(0).path("balance").asString()).isEqualTo("5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                             | publicKey
            {"publicKey":"-----BEGIN PUBLIC KEY-----AAAA"} | publicKey
            {"publicKey":"plain"}                          | publicKey
            {"secret":"s","account":"nobody"}              | account
            """)
    void malformedKeyNamesItsField(String fields, String field) {
        var answer = control(
                "/sim/key", "{\"apiKey\":\"new-1\"," + fields.substring(1).replaceFirst("^}", "\"trading\":true}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(field);
    }
}
