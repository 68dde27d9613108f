package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A client of the wire protocol in a still market, whichever face it meets. */
abstract class ProtocolContract {

    static final String ORDER = "/fapi/v1/order";
    static final String ALGO = "/fapi/v1/algoOrder";
    static final String BUY = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010";
    static final String REST = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=49000";

    final Exchange exchange = start();
    /** How far the exchange's clock is set ahead. */
    private long ahead;

    abstract Exchange start();

    @BeforeEach
    void stillMarket() {
        settings("{\"fillDelayMillis\":[30,30]}");
        assertThat(control("/sim/price", "{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"hold\":true}")
                        .status())
                .isEqualTo(200);
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    /** Lets the exchange's minute begin now, so that no window ends within a test. */
    void beginMinute() {
        ahead = 60_000 - exchange.millis() % 60_000;
        control("/sim/clock", "{\"offsetMillis\":" + ahead + "}");
    }

    long serverMillis() {
        return exchange.millis() + ahead;
    }

    Answer control(String path, String body) {
        return exchange.send("POST", path, "", body, null);
    }

    void settings(String body) {
        assertThat(control("/sim/settings", body).status()).isEqualTo(200);
    }

    void fault(String body) {
        var answer = control("/sim/fault", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    JsonNode ledger(String list) {
        return exchange.send("GET", "/sim/ledger", "", "", null).json().path(list);
    }

    Answer open(String path, String parameters) {
        return exchange.send("GET", path, parameters, "", null);
    }

    Answer signed(String method, String path, String parameters) {
        var payload = parameters + (parameters.isEmpty() ? "" : "&") + "timestamp=" + serverMillis();
        return exchange.send(method, path, payload + "&signature=" + hmac("simsecret", payload), "", "simkey");
    }

    static String hmac(String secret, String payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    Frames userStream() {
        var key = exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey");
        return exchange.open("/private/ws", "listenKey=" + key);
    }

    void fill(String parameters) {
        int before = ledger("fills").size();
        assertThat(signed("POST", ORDER, parameters).status()).isEqualTo(200);
        exchange.await(() -> ledger("fills").size() > before);
    }
}
