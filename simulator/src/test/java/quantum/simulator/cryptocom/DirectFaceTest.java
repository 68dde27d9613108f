package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.simulator.FrameSink;
import quantum.simulator.Json;
import quantum.simulator.Request;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.control.ControlFace;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.JsonNode;

/** The face without sockets, on virtual time: what takes a minute, and what must come out the same again. */
class DirectFaceTest {

    private static final long START = 1_795_000_000_000_000_000L;

    private final Simulator simulator = Simulator.create(SimulatorOptions.defaults(), START);
    private final SpotExchange spot = new SpotExchange(simulator);
    private final CryptoComFace face = new CryptoComFace(spot);
    private final ControlFace control = new ControlFace(simulator, face.endpoints(), spot);
    private long ids;

    private static final class Client implements FrameSink {

        private final List<JsonNode> frames = new ArrayList<>();
        private final List<Long> closedAt = new ArrayList<>();
        private final Simulator simulator;
        private int pings;

        Client(Simulator simulator) {
            this.simulator = simulator;
        }

        @Override
        public void send(String text) {
            frames.add(Json.parse(text));
        }

        @Override
        public void ping(String payload) {
            pings++;
        }

        @Override
        public void close() {
            closedAt.add(simulator.now());
        }
    }

    private void pass(long millis) {
        simulator.advanceTo(simulator.now() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private JsonNode post(String method, String params) {
        var id = Long.toString(++ids);
        var nonce = Long.toString(simulator.serverMillis());
        var tree = CryptoComContract.tree(params);
        var sig = new ClientSignature("simsecret").of(method, id, "simkey", tree, nonce);
        var body = Json.object().put("id", id).put("method", method).put("api_key", "simkey");
        body.set("params", tree);
        body.put("nonce", nonce).put("sig", sig);
        var reply = face.handle(new Request("POST", "/exchange/v1/" + method, "", Json.text(body), null));
        return Json.parse(reply.body());
    }

    private String ledger() {
        return control.handle(new Request("GET", "/sim/ledger", "", "", null)).body();
    }

    /** A busy minute and a half. */
    private String busy() {
        for (int i = 0; i < 30; i++) {
            var pair = i % 2 == 0 ? "CRO_USD" : "ETH_USDT";
            post(
                    "private/create-order",
                    "{'instrument_name':'%s','side':'BUY','type':'MARKET','notional':'50'}".formatted(pair));
            pass(3_000);
        }
        return ledger();
    }

    @Test
    void sameRequestsAtTheSameTimesGiveTheSameLedger() {
        var first = busy();
        assertThat(first).contains("\"tradeId\"");
        assertThat(new DirectFaceTest().busy()).isEqualTo(first);
    }

    @Test
    void coinsAreNeitherMadeNorLost() {
        busy();
        var account = spot.accounts().iterator().next();
        for (var coin : new String[] {"USD", "USDT", "CRO", "ETH"}) {
            var flow = coin.startsWith("USD") ? BigDecimal.valueOf(10_000) : BigDecimal.ZERO;
            for (var trade : account.trades()) {
                var pair = trade.order().terms().instrument();
                if (pair.base().equals(coin)) flow = flow.add(trade.quantity());
                if (pair.quote().equals(coin))
                    flow = flow.subtract(trade.quantity().multiply(trade.price()));
                if (trade.fee().coin().equals(coin))
                    flow = flow.subtract(trade.fee().amount());
            }
            assertThat(account.amount(coin)).as(coin).isEqualByComparingTo(flow);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            private/create-order       | {'instrument_name':'CRO_USD','side':'BUY','type':'MARKET','quantity':'100'} | 15
            private/cancel-order       | {'order_id':'1'} | 15
            private/cancel-all-orders  | {}               | 15
            private/get-order-detail   | {'order_id':'1'} | 30
            private/amend-order        | {'order_id':'1'} | 3
            private/advanced/get-order-detail | {'order_id':'1'} | 3
            """)
    void callBeyondTheLimitIsRefusedUntilATenthOfASecondHasPassed(String method, String params, int limit) {
        for (int i = 0; i < limit; i++) {
            assertThat(post(method, named(params, i)).path("code").asInt(0)).isNotEqualTo(42901);
            pass(i == 0 ? 50 : 0);
        }
        assertThat(post(method, named(params, 100)).path("code").asInt(0)).isEqualTo(42901);
        pass(50);
        assertThat(post(method, named(params, 101)).path("code").asInt(0))
                .as("the first is a tenth of a second old")
                .isNotEqualTo(42901);
        assertThat(post(method, named(params, 102)).path("code").asInt(0)).isEqualTo(42901);
    }

    /** Without an id of its own each order would have the nonce of the same millisecond. */
    private static String named(String params, int number) {
        return params.replace("'quantity'", "'client_oid':'n" + number + "','quantity'");
    }

    @Test
    void silentClientIsCutWithinTheTimesThatWereMeasured() {
        var client = new Client(simulator);
        face.connect("/exchange/v1/user", Request.LOOPBACK, client);
        pass(27_500);
        assertThat(client.frames).as("the first comes after 5 to 35 seconds").hasSizeLessThanOrEqualTo(1);
        pass(72_500);
        assertThat(client.frames).hasSize(3);
        assertThat(client.closedAt).hasSize(1);
        long open = TimeUnit.NANOSECONDS.toMillis(client.closedAt.getFirst() - START);
        assertThat(open).isBetween(70_000L, 100_000L);
        assertThat(client.pings).as("one every five seconds").isBetween(13, 20);
        var beats = client.frames.stream()
                .mapToLong(beat -> beat.path("id").asLong())
                .toArray();
        assertThat(beats[1] - beats[0]).isEqualTo(30_000);
    }

    @Test
    void acknowledgementTakesItsTimeAndThePublicationComesAroundIt() {
        control.handle(new Request("POST", "/sim/settings", "", "{\"spotAckDelayMillis\":450}", null));
        var reply = face.handle(new Request("POST", "/exchange/v1/private/create-order", "", "{}", null));
        assertThat(reply.delayNanos()).as("a refusal comes at once").isZero();
        var client = new Client(simulator);
        var line = face.connect("/exchange/v1/user", Request.LOOPBACK, client);
        var nonce = Long.toString(simulator.serverMillis());
        var auth = Json.object().put("id", 1).put("method", "public/auth").put("api_key", "simkey");
        auth.put("nonce", nonce)
                .put("sig", new ClientSignature("simsecret").of("public/auth", "1", "simkey", Json.object(), nonce));
        line.receive(Json.text(auth));
        line.receive("{\"id\":2,\"method\":\"subscribe\",\"params\":{\"channels\":[\"user.order\"]}}");
        int before = client.frames.size();
        post("private/create-order", "{'instrument_name':'CRO_USD','side':'BUY','type':'MARKET','quantity':'100'}");
        pass(472);
        assertThat(client.frames).hasSize(before + 1);
        assertThat(client.frames
                        .getLast()
                        .path("result")
                        .path("data")
                        .path(0)
                        .path("status")
                        .asString())
                .isEqualTo("FILLED");
    }
}
