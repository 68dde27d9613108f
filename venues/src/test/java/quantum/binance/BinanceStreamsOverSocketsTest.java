package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.binance.LiveSession.BTC;
import static quantum.binance.LiveSession.PATIENCE;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Call;
import quantum.venue.VenueEvent.Marked;
import quantum.venue.VenueEvent.OrderQueried;
import quantum.venue.VenueEvent.PositionsRead;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.StreamDeaf;
import quantum.venue.VenueEvent.StreamLost;

/** Streams of the independent exchange that fall silent, end, or lose their key (binance-usdm 1.3, 5.1). */
final class BinanceStreamsOverSocketsTest {

    private final LiveSession live = new LiveSession();

    @AfterEach
    void shutDown() {
        live.close();
    }

    private void open(ClientOrderId id) {
        live.loop().call(new Call.Open(id, BTC, Side.BUY, Quantity.of("0.010"), 1));
    }

    private List<Ready> readies() {
        return live.loop().events(Ready.class);
    }

    @Test
    void aUserStreamThatSwallowsAFillIsFoundByTheReadingsAndOpenedAgain() {
        live.ready();
        live.control.post("/sim/fault", "{\"kind\":\"silence\",\"millis\":3000}");
        ClientOrderId id = ClientOrderId.open("intent-1");
        open(id);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            live.loop().call(new Call.ReadPositions());
            return live.loop().events(PositionsRead.class).stream()
                    .anyMatch(each -> !each.positions().isEmpty());
        });
        assertThat(live.eventually(StreamLost.class, each -> true).cause())
                .containsAnyOf("the LONG position in BTCUSDT", "the exchange took " + id.value());
        await().atMost(PATIENCE).until(() -> readies().size() == 2);
        assertThat(readies().getLast().again()).isTrue();
        live.loop().call(new Call.QueryOrder(id, BTC, null));
        live.eventually(OrderQueried.class, each -> true);
        ClientOrderId next = ClientOrderId.open("intent-2");
        open(next);
        live.filled(next);
    }

    @Test
    void anExpiredKeyIsReplacedAndTheNewStreamTells() {
        live.control.post("/sim/settings", "{\"listenKeySeconds\":2}");
        live.restart();
        live.ready();
        assertThat(live.eventually(StreamLost.class, each -> true).cause()).contains("expired");
        live.control.post("/sim/settings", "{\"listenKeySeconds\":3600}");
        await().atMost(PATIENCE).until(() -> readies().getLast().again());
        ClientOrderId id = ClientOrderId.open("intent-1");
        open(id);
        live.filled(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/private", "/market"})
    void aConnectionThatTheExchangeEndsIsMadeAgain(String path) {
        live.ready();
        live.mark();
        live.control.post("/sim/fault", "{\"kind\":\"close\",\"match\":\"* " + path + "\"}");
        live.eventually(
                StreamLost.class, each -> path.equals("/" + each.stream().toLowerCase(Locale.ROOT)));
        await().atMost(PATIENCE).until(() -> readies().size() == 2);
        int marks = live.loop().events(Marked.class).size();
        await().atMost(PATIENCE).until(() -> live.loop().events(Marked.class).size() > marks);
        ClientOrderId id = ClientOrderId.open("intent-1");
        open(id);
        live.filled(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"privateNeedsEvents", "privateByMessageAlone"})
    void s19_theStreamIsHeardWhicheverFormTheExchangeServes(String setting) {
        live.control.post("/sim/settings", "{\"" + setting + "\":true}");
        live.restart();
        live.ready();
        ClientOrderId first = ClientOrderId.open("intent-1");
        open(first);
        if (setting.equals("privateByMessageAlone")) {
            assertThat(live.eventually(StreamDeaf.class, each -> true).detail()).contains(first.value());
            await().atMost(PATIENCE).until(() -> readies().getLast().again());
            ClientOrderId second = ClientOrderId.open("intent-2");
            open(second);
            live.filled(second);
        } else {
            live.filled(first);
            assertThat(live.loop().events(StreamDeaf.class)).isEmpty();
        }
    }
}
