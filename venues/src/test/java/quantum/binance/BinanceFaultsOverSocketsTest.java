package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.binance.LiveSession.BTC;
import static quantum.binance.LiveSession.ORDER;
import static quantum.binance.LiveSession.PATIENCE;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.OrderQueried;
import quantum.venue.VenueEvent.Unusable;

/** Faults of the exchange and of the way to it: one request, and the truth by asking. */
final class BinanceFaultsOverSocketsTest {

    private static final ClientOrderId ID = ClientOrderId.open("intent");
    private static final Call.Open OPEN = new Call.Open(ID, BTC, Side.BUY, Quantity.of("0.010"), 1);

    private final LiveSession live = new LiveSession();

    @BeforeEach
    void begin() {
        live.ready();
    }

    @AfterEach
    void shutDown() {
        live.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lost_before | 0    | ''                                   | false",
                "lost_after  | 0    | ''                                   | true",
                "http_after  | 503  | Unknown error, please check your request or try again later. | true",
                "http_after  | 408  | Timeout                              | true",
                "http_after  | 502  | Bad gateway                          | true",
                "http        | 503  | Unknown error, please check your request or try again later. | false"
            })
    void asksOnceAndLearnsTheTruthByAsking(String kind, int status, String message, boolean executed) {
        String answer = status == 0 ? "" : ",\"status\":" + status + ",\"msg\":\"" + message + "\"";
        fault("\"kind\":\"" + kind + "\"" + answer);
        live.loop().call(OPEN);
        OrderAnswered answered =
                live.eventually(OrderAnswered.class, each -> each.id().equals(ID));
        assertThat(answered.answer()).isInstanceOf(Answer.NoAnswer.class);
        Call.QueryOrder ask = new Call.QueryOrder(ID, BTC, null);
        if (executed) {
            OrderUpdate filled = live.filled(ID);
            live.loop().call(ask);
            assertThat(told()).isEqualTo(new Answer.Accepted<>(filled));
        } else {
            live.loop().call(ask);
            assertThat(told())
                    .isInstanceOfSatisfying(
                            Answer.Denied.class,
                            denied -> assertThat(denied.cause()).isEqualTo(Cause.UNKNOWN_ORDER));
        }
        assertThat(live.control.received("POST", ORDER)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | -1008 | Request throttled by system-level protection.                     | BUSY",
                "503 | -1000 | Service Unavailable.                                              | BUSY",
                "400 | -2019 | Margin is insufficient.                                           | MARGIN",
                "429 | -1015 | Too many new orders.                                              | RATE"
            })
    void believesAProvenRefusal(int status, int code, String message, Cause cause) {
        fault("\"kind\":\"http\",\"status\":" + status + ",\"code\":" + code + ",\"msg\":\"" + message + "\"");
        live.loop().call(OPEN);
        OrderAnswered answered =
                live.eventually(OrderAnswered.class, each -> each.id().equals(ID));
        assertThat(answered.answer()).isEqualTo(new Answer.Denied<>(code, message, cause));
        assertThat(live.control.received("POST", ORDER)).hasSize(1);
    }

    @Test
    void tellsHalfAnOrderAsHalfAnOrder() {
        fault("\"kind\":\"partial_then_expire\"");
        live.loop().call(OPEN);
        OrderUpdate expired = live.eventually(
                        OrderChanged.class, each -> each.update().status() == Status.EXPIRED)
                .update();
        assertThat(expired.executed().quantity()).isEqualByComparingTo("0.005");
        assertThat(expired.executed().meanPrice()).isNotNull();
    }

    @Test
    void findsTheFillByAskingWhileTheUserStreamIsSilent() {
        live.control.post("/sim/fault", "{\"kind\":\"silence\",\"millis\":60000}");
        live.loop().call(OPEN);
        live.eventually(OrderAnswered.class, each -> each.id().equals(ID));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            live.loop().call(new Call.QueryOrder(ID, BTC, null));
            return live.loop().events(OrderQueried.class).stream()
                    .anyMatch(each -> each.answer() instanceof Answer.Accepted<OrderUpdate>(OrderUpdate update)
                            && update.status() == Status.FILLED
                            && update.executed().meanPrice() != null);
        });
        assertThat(live.control.received("POST", ORDER)).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithTheKey() {
        BinanceSettings wrong =
                BinanceSettings.of(BinanceSettings.Endpoints.simulator(live.baseUrl()), "simkey", "not-the-secret");
        try (SessionLoop loop = new SessionLoop(wrong)) {
            await().atMost(PATIENCE).until(() -> !loop.events(Unusable.class).isEmpty());
            assertThat(loop.events(Unusable.class).getFirst().nextStep()).contains("secret");
        }
    }

    private void fault(String fields) {
        live.control.post("/sim/fault", "{\"match\":\"POST " + ORDER + "\"," + fields + "}");
    }

    private Answer<OrderUpdate> told() {
        return live.eventually(OrderQueried.class, each -> each.id().equals(ID)).answer();
    }
}
