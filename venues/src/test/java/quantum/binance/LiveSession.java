package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.Marked;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.Ready;

/** A session on sockets with the independent exchange at the other end. */
final class LiveSession implements AutoCloseable {

    static final Symbol BTC = new Symbol("BTCUSDT");
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String ORDER = "/fapi/v1/order";

    private final SimulatorServer server;
    final SimulatorControl control;
    private SessionLoop loop;

    private final Function<LiveSession, BinanceSettings> settings;

    LiveSession() {
        this(live -> BinanceSettings.simulator(live.baseUrl()));
    }

    /** With settings that may be prepared on the exchange first. */
    LiveSession(Function<LiveSession, BinanceSettings> settings) {
        this.settings = settings;
        server = SimulatorServer.start(SimulatorOptions.defaults()
                .withPort(0)
                .withFillDelay(Duration.ofMillis(50), Duration.ofMillis(100))
                .withSymbols(Set.of("BTCUSDT", "ETHUSDT")));
        control = SimulatorControl.of(server.baseUrl());
        loop = begin();
    }

    private SessionLoop begin() {
        return new SessionLoop(settings.apply(this));
    }

    /** A new session with the same exchange. */
    void restart() {
        loop.close();
        loop = begin();
    }

    SessionLoop loop() {
        return loop;
    }

    String baseUrl() {
        return server.baseUrl();
    }

    Ready ready() {
        return eventually(Ready.class, each -> true);
    }

    BigDecimal mark() {
        Marked marked = eventually(Marked.class, each -> each.marks().containsKey(BTC));
        return Objects.requireNonNull(marked.marks().get(BTC)).value();
    }

    static Price tick(BigDecimal mark, String factor) {
        BigDecimal raw = mark.multiply(new BigDecimal(factor));
        return new Price(raw.setScale(1, RoundingMode.DOWN));
    }

    /** The user stream's word that an order is executed in full, with its price and its whole fee. */
    OrderUpdate filled(ClientOrderId id) {
        OrderUpdate update = eventually(
                        OrderChanged.class,
                        each -> each.update().clientId().equals(id)
                                && each.update().status() == OrderUpdate.Status.FILLED
                                && each.update().executed().fee() != null)
                .update();
        assertThat(update.executed().meanPrice()).isNotNull();
        return update;
    }

    <E extends VenueEvent> E eventually(Class<E> kind, Predicate<E> wanted) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> loop.events(kind).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        loop.close();
        server.close();
        control.client().close();
    }
}
