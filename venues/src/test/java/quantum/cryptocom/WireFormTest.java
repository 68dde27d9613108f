package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.cryptocom.CryptoComRequest.Http;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Call;
import tools.jackson.databind.JsonNode;

/** Every form of request that we send, against what the exchange takes (crypto-com 1, crypto-com-clients 2 and 4). */
final class WireFormTest {

    /** As number they are refused: price 308, quantity 40101, notional 50001, ref_price 229. */
    private static final Set<String> TEXTS = Set.of(
            "price", "quantity", "ref_price", "notional", "client_oid", "order_id", "list_id", "instrument_name");
    /** As text it is refused: 40003. */
    private static final Set<String> NUMBERS = Set.of("limit", "start_time", "end_time");

    private final Script script = Script.ready();

    @BeforeEach
    void sendOneOfEachForm() {
        ClientOrderId id = new ClientOrderId("qo-1");
        ClientOrderId stop = new ClientOrderId(Shapes.STOP);
        ClientOrderId target = new ClientOrderId(Shapes.TARGET);
        script.call(new Call.Open(id, Script.BTC, Side.BUY, Quantity.of("0.01"), 1));
        script.call(new Call.Close(new ClientOrderId("qx-1"), Script.BTC, Side.SELL, Quantity.of("0.01")));
        script.call(new Call.CancelOpen(new ClientOrderId("qo-2"), Script.BTC));
        script.call(new Call.QueryOrder(id, Script.BTC, null));
        script.call(new Call.QueryOrder(id, Script.BTC, new OrderId("77")));
        script.call(new Call.PlacePair(
                stop, target, Script.BTC, Direction.LONG, Quantity.of("0.001"), Price.of("57000"), Price.of("66000")));
        script.answer(Script.CREATE_OCO, "{\"list_id\":\"" + Shapes.LIST + "\"}");
        script.answer(Script.LIST_DETAIL, Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("NEW")));
        script.call(new Call.QueryConditional(stop, Script.BTC));
        script.call(new Call.CancelConditional(stop, Script.BTC));
        script.call(new Call.CancelConditional(new ClientOrderId("qs-9"), Script.BTC));
        script.call(new Call.ReadPositions());
        script.call(new Call.ReadConditionals());
        script.call(new Call.ReadOrders(Script.BTC));
        script.call(new Call.ReadOrders(null));
        script.call(new Call.ReadTrades(Script.BTC, Instant.parse("2026-11-30T11:00:00Z")));
        script.call(new Call.ReadRules());
    }

    /** The parameter string by the rules of crypto-com 1, from the text that is sent. */
    private static String signed(JsonNode value) {
        StringBuilder text = new StringBuilder();
        if (value.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            value.propertyNames().forEach(name -> sorted.put(name, value.get(name)));
            sorted.forEach((name, inner) -> text.append(name).append(signed(inner)));
        } else if (value.isArray()) {
            value.forEach(inner -> text.append(signed(inner)));
        } else {
            text.append(value.asString());
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "private/create-order",
        "private/cancel-order",
        "private/get-order-detail",
        "private/get-open-orders",
        "private/get-trades",
        "private/user-balance",
        "private/advanced/create-oco",
        "private/advanced/cancel-oco",
        "private/advanced/get-order-detail",
        "private/advanced/get-order-list-detail",
        "private/advanced/get-open-orders",
        "public/get-instruments"
    })
    void eachFormIsSent(String method) {
        assertThat(script.sentMethods()).contains(method);
    }

    @Test
    void everyPrivateRequestIsAPostThatIsSignedOverWhatItSays() {
        assertThat(script.sent).hasSizeGreaterThan(12);
        for (Http http : script.sent) {
            if (http.method().startsWith("public/")) {
                assertThat(http.isGet()).isTrue();
                continue;
            }
            JsonNode body = Script.json(http.body());
            assertThat(body.propertyNames()).containsExactly("id", "method", "params", "api_key", "sig", "nonce");
            assertThat(body.path("id").isIntegralNumber()).isTrue();
            assertThat(body.path("nonce").isIntegralNumber()).isTrue();
            assertThat(body.path("params").isObject()).isTrue();
            assertThat(body.path("method").asString()).isEqualTo(http.method());
            Params asText =
                    signed(body.path("params")).isEmpty() ? Params.NONE : Params.of(signed(body.path("params")), "");
            assertThat(body.path("sig").asString())
                    .isEqualTo(new Signer("simkey", "simsecret")
                            .signature(
                                    body.path("id").asLong(),
                                    http.method(),
                                    asText,
                                    body.path("nonce").asLong()));
        }
    }

    @Test
    void figuresAreTextsCountsAreNumbersAndNothingIsNull() {
        for (Http http : script.sent) {
            if (!http.isGet()) {
                check(Script.json(http.body()).path("params"));
            }
        }
    }

    private static void check(JsonNode node) {
        if (node.isArray()) {
            node.forEach(WireFormTest::check);
            return;
        }
        if (!node.isObject()) {
            return;
        }
        for (String name : node.propertyNames()) {
            JsonNode value = node.get(name);
            assertThat(value.isNull()).as(name).isFalse();
            assertThat(!TEXTS.contains(name) || value.isString()).as(name).isTrue();
            assertThat(!NUMBERS.contains(name) || value.isIntegralNumber())
                    .as(name)
                    .isTrue();
            check(value);
        }
    }

    @Test
    void aBalanceIsAskedForWithEmptyParameters() {
        assertThat(script.params(Script.BALANCE)).isEqualTo(Script.json("{}"));
        assertThat(script.params(Script.ADVANCED_OPEN)).isEqualTo(Script.json("{}"));
    }

    @Test
    void noStopIsSentToTheOldEndpoints() {
        assertThat(script.sentMethods()).doesNotContain("private/create-order-list", "private/get-trigger-orders");
        for (Http http : script.sent) {
            if (http.method().equals(Script.CREATE)) {
                assertThat(Script.json(http.body()).path("params").path("type").asString())
                        .isEqualTo("MARKET");
            }
        }
    }

    @Test
    void whatChangesOrdersIsHot() {
        assertThat(script.sent.stream().filter(Http::hot).map(Http::method).distinct())
                .containsExactlyInAnyOrder(Script.CREATE, "private/cancel-order", Script.CREATE_OCO, Script.CANCEL_OCO);
    }
}
