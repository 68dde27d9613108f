package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.binance.LiveSession.BTC;
import static quantum.binance.LiveSession.ORDER;
import static quantum.binance.LiveSession.PATIENCE;
import static quantum.binance.LiveSession.tick;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.binance.BinanceSettings.Endpoints;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.market.Direction;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent.ConditionalAnswered;
import quantum.venue.VenueEvent.ConditionalCancelled;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderQueried;
import quantum.venue.VenueEvent.StreamLost;
import quantum.venue.VenueEvent.Unusable;

/** Orders over the WebSocket API of the independent exchange, and keys of the other kind (binance-usdm 2.1, 10). */
final class BinanceOrderSocketTest {

    private static final ClientOrderId OPEN = ClientOrderId.open("intent-1");
    private static final ClientOrderId CLOSE = ClientOrderId.exit("epoch-1", 1);
    private static final ClientOrderId STOP = ClientOrderId.stop("epoch-1", 1);

    private LiveSession live = new LiveSession(
            session -> BinanceSettings.simulator(session.baseUrl()).withOrderEntry(OrderEntry.WEBSOCKET));

    @AfterEach
    void shutDown() {
        live.close();
    }

    private void loginByKey(OrderEntry entry) throws NoSuchAlgorithmException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        live.close();
        live = new LiveSession(session -> {
            session.control.post(
                    "/sim/key",
                    "{\"apiKey\":\"edkey\",\"publicKey\":\""
                            + pem("PUBLIC KEY", pair.getPublic()).replace("\n", "\\n") + "\"}");
            return BinanceSettings.of(
                            Endpoints.simulator(session.baseUrl()), "edkey", pem("PRIVATE KEY", pair.getPrivate()))
                    .withOrderEntry(entry);
        });
    }

    private static String pem(String label, Key key) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----";
    }

    private void open() {
        live.loop().call(new Call.Open(OPEN, BTC, Side.BUY, Quantity.of("0.010"), 3));
    }

    private Answer<OrderUpdate> answer(ClientOrderId id) {
        return live.eventually(OrderAnswered.class, each -> each.id().equals(id))
                .answer();
    }

    private void tradeAndProtect() {
        live.ready();
        open();
        live.filled(OPEN);
        live.loop()
                .call(new Call.PlaceConditional(STOP, BTC, Direction.LONG, Call.Level.STOP, tick(live.mark(), "0.97")));
        assertThat(live.eventually(ConditionalAnswered.class, each -> true).answer())
                .isInstanceOf(Answer.Accepted.class);
        live.loop().call(new Call.CancelConditional(STOP, BTC));
        assertThat(live.eventually(ConditionalCancelled.class, each -> true).answer())
                .isInstanceOf(Answer.Accepted.class);
        live.loop().call(new Call.Close(CLOSE, BTC, Side.SELL, Quantity.of("0.010")));
        live.filled(CLOSE);
        live.loop().call(new Call.QueryOrder(CLOSE, BTC, null));
        assertThat(live.eventually(OrderQueried.class, each -> true).answer()).isInstanceOf(Answer.Accepted.class);
        assertThat(live.loop().events(Unusable.class)).isEmpty();
    }

    private int received(String method, String path) {
        return live.control.received(method, path).size();
    }

    @Test
    void tradesOverTheSocketWithASecretThatSignsEachRequest() {
        tradeAndProtect();
        assertThat(received("WS", "order.place")).isEqualTo(2);
        assertThat(received("WS", "algoOrder.place")).isEqualTo(1);
        assertThat(received("WS", "algoOrder.cancel")).isEqualTo(1);
        assertThat(received("WS", "order.status")).isEqualTo(1);
        assertThat(received("POST", ORDER) + received("GET", ORDER) + received("POST", "/fapi/v1/algoOrder"))
                .isZero();
    }

    @Test
    void tradesOverTheSocketWithAKeyThatIsLoggedOnOnce() throws NoSuchAlgorithmException {
        loginByKey(OrderEntry.WEBSOCKET);
        tradeAndProtect();
        assertThat(received("WS", "session.logon")).isEqualTo(1);
        assertThat(received("WS", "order.place")).isEqualTo(2);
    }

    @Test
    void tradesByRestWithAKeyOfTheOtherKind() throws NoSuchAlgorithmException {
        loginByKey(OrderEntry.REST);
        tradeAndProtect();
        assertThat(received("POST", ORDER)).isEqualTo(2);
        assertThat(received("WS", "order.place")).isZero();
    }

    @Test
    void anOrderWhoseAnswerWasLostWithTheSocketIsFoundAndNotSentAgain() {
        live.ready();
        live.control.post("/sim/fault", "{\"kind\":\"lost_after\",\"match\":\"WS order.place\"}");
        open();
        assertThat(answer(OPEN)).isInstanceOf(Answer.NoAnswer.class);
        assertThat(live.eventually(StreamLost.class, each -> true).stream()).isEqualTo("ORDERS");
        OrderUpdate filled = live.filled(OPEN);
        live.loop().call(new Call.QueryOrder(OPEN, BTC, null));
        assertThat(live.eventually(OrderQueried.class, each -> true).answer()).isEqualTo(new Answer.Accepted<>(filled));
        assertThat(received("WS", "order.place") + received("POST", ORDER)).isEqualTo(1);
    }

    @Test
    void whileTheSocketIsDownExitsGoByRestAndOpensAreRefusedUntilItIsBack() throws NoSuchAlgorithmException {
        loginByKey(OrderEntry.WEBSOCKET);
        live.ready();
        open();
        live.filled(OPEN);
        live.control.post(
                "/sim/fault",
                "{\"kind\":\"http\",\"match\":\"WS session.logon\",\"status\":503,"
                        + "\"code\":-1008,\"msg\":\"later\",\"count\":2}");
        live.control.post("/sim/fault", "{\"kind\":\"close\",\"match\":\"* /ws-fapi/v1\"}");
        live.eventually(StreamLost.class, each -> each.stream().equals("ORDERS"));
        ClientOrderId refused = ClientOrderId.open("intent-2");
        live.loop().call(new Call.Open(refused, BTC, Side.BUY, Quantity.of("0.010"), 3));
        live.loop().call(new Call.Close(CLOSE, BTC, Side.SELL, Quantity.of("0.010")));
        assertThat(answer(refused)).isEqualTo(new Answer.NotSent<>("the order socket is down"));
        live.filled(CLOSE);
        assertThat(received("POST", ORDER)).isEqualTo(1);

        await().atMost(PATIENCE).until(() -> received("WS", "session.logon") >= 4);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            ClientOrderId next = ClientOrderId.open("intent-" + System.nanoTime());
            live.loop().call(new Call.Open(next, BTC, Side.BUY, Quantity.of("0.010"), 3));
            return answer(next) instanceof Answer.Accepted;
        });
        assertThat(received("POST", ORDER)).isEqualTo(1);
    }
}
