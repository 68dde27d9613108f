package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * What a Binance client may rely on, whichever face of the exchange it meets: every class below this one runs against
 * both. BTCUSDT stands still at 50,000 and fills take 30 ms.
 */
@ParameterizedClass
@EnumSource
abstract class ExchangeContract {

    static final String ORDER = "/fapi/v1/order";
    static final String ALGO = "/fapi/v1/algoOrder";
    static final String REST = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=49000";
    static final String RISK = "/fapi/v3/positionRisk";
    static final String BUY = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010";
    static final String SELL = "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.010";
    static final String CLOSING_STOP = "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET"
            + "&triggerPrice=49000&closePosition=true&workingType=MARK_PRICE&clientAlgoId=stop-1";

    enum Face {
        SOCKETS,
        DIRECT;

        Exchange start() {
            return this == SOCKETS ? new SocketExchange() : new DirectExchange();
        }
    }

    /** One customer with the right to sign. */
    record Customer(String key, String secret) {

        static final Customer FIRST = new Customer("simkey", "simsecret");

        String sign(String payload) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException missing) {
                throw new AssertionError(missing);
            }
        }
    }

    @Parameter
    Face face = Face.DIRECT;

    Exchange exchange;

    /** How far a test set the exchange's clock ahead, in milliseconds. */
    private long ahead;

    @BeforeEach
    void startWithAStillMarket() {
        exchange = face.start();
        settings("{\"fillDelayMillis\":[30,30]}");
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"hold\":true}");
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    static String sign(String payload) {
        return Customer.FIRST.sign(payload);
    }

    Answer signed(String method, String path, String parameters) {
        return signed(Customer.FIRST, method, path, parameters);
    }

    Answer signed(Customer customer, String method, String path, String parameters) {
        var payload = parameters + (parameters.isEmpty() ? "" : "&") + "timestamp=" + serverMillis();
        var full = payload + "&signature=" + customer.sign(payload);
        return method.equals("POST")
                ? exchange.send(method, path, "", full, customer.key())
                : exchange.send(method, path, full, "", customer.key());
    }

    JsonNode read(String path, String parameters) {
        var answer = signed("GET", path, parameters);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    static BigDecimal decimal(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asString());
    }

    Answer control(String path, String body) {
        return exchange.send("POST", path, "", body, null);
    }

    void settings(String body) {
        var answer = control("/sim/settings", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    void fault(String body) {
        var answer = control("/sim/fault", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** Lets the exchange's minute begin now, so that no window of a limit ends within a test. */
    void beginMinute() {
        ahead = 60_000 - exchange.millis() % 60_000;
        control("/sim/clock", "{\"offsetMillis\":" + ahead + "}");
    }

    /** Sets the exchange's clock so much further ahead. */
    void advance(long millis) {
        exchange.pass(1);
        ahead += millis;
        control("/sim/clock", "{\"offsetMillis\":" + ahead + "}");
    }

    long serverMillis() {
        return exchange.millis() + ahead;
    }

    Answer open(String path, String parameters) {
        return exchange.send("GET", path, parameters, "", null);
    }

    void price(String body) {
        assertThat(control("/sim/price", body).status()).isEqualTo(200);
    }

    void move(String symbol, String price) {
        price("{\"symbol\":\"%s\",\"price\":\"%s\"}".formatted(symbol, price));
    }

    JsonNode ledger(String list) {
        return exchange.send("GET", "/sim/ledger", "", "", null).json().path(list);
    }

    Frames userStream(String query) {
        return userStream(Customer.FIRST, query);
    }

    Frames userStream(Customer customer, String query) {
        var key = exchange.send("POST", "/fapi/v1/listenKey", "", "", customer.key())
                .text("listenKey");
        return exchange.open("/private/ws", "listenKey=" + key + query);
    }

    Answer place(String parameters) {
        var answer = signed("POST", ORDER, parameters);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    void fill(String parameters) {
        int before = ledger("fills").size();
        place(parameters);
        exchange.await(() -> ledger("fills").size() > before);
    }
}
