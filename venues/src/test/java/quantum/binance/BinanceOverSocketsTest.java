package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.AccountRead;
import quantum.venue.VenueEvent.InstrumentsRead;
import quantum.venue.VenueEvent.Marked;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.OrderTold;
import quantum.venue.VenueEvent.PositionsRead;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.RestAnswered;
import quantum.venue.VenueEvent.RestCancelled;
import quantum.venue.VenueEvent.RestChanged;
import quantum.venue.VenueEvent.RestsRead;
import quantum.venue.VenueEvent.TradesRead;
import quantum.venue.VenueEvent.Unusable;

/** Session, sockets and the independent exchange together: the protocol, not our idea of it. */
final class BinanceOverSocketsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ORDER = "/fapi/v1/order";

    private SimulatorServer server;
    private SimulatorControl control;
    private SessionLoop loop;

    @BeforeEach
    void startUp() {
        server = SimulatorServer.start(SimulatorOptions.defaults()
                .withPort(0)
                .withFillDelay(Duration.ofMillis(50), Duration.ofMillis(100))
                .withSymbols(Set.of("BTCUSDT", "ETHUSDT")));
        control = SimulatorControl.of(server.baseUrl());
        loop = new SessionLoop(BinanceSettings.simulator(server.baseUrl()));
    }

    @AfterEach
    void shutDown() {
        loop.close();
        server.close();
        control.client().close();
    }

    @Test
    void startsTradesProtectsAndIsStoppedOut() {
        Ready ready = eventually(Ready.class, each -> true);
        assertThat(loop.events(Unusable.class)).isEmpty();
        assertThat(ready.again()).isFalse();
        assertThat(ready.selfTest().endpoint()).isEqualTo(server.baseUrl());
        assertThat(ready.selfTest().balance()).isEqualByComparingTo("10000");
        assertThat(ready.selfTest().symbols()).isEqualTo(2);
        assertThat(eventually(InstrumentsRead.class, each -> true).instruments())
                .hasSize(2);
        assertThat(eventually(PositionsRead.class, each -> true).positions()).isEmpty();
        assertThat(eventually(RestsRead.class, each -> true).rests()).isEmpty();

        BigDecimal mark = mark();
        Instant before = Instant.now().minusSeconds(1);
        ClientOrderId open = ClientOrderId.open("intent-1");
        loop.call(new Call.Open(open, BTC, Side.BUY, Quantity.of("0.010"), 5));
        assertThat(eventually(OrderAnswered.class, each -> each.id().equals(open))
                        .answer())
                .isInstanceOf(Answer.Accepted.class);
        OrderUpdate filled = filled(open);
        assertThat(filled.executed().quantity()).isEqualByComparingTo("0.010");
        assertThat(filled.executed().fee()).isPositive();
        assertThat(control.received("POST", ORDER)).hasSize(1);
        assertThat(control.received("POST", "/fapi/v1/leverage")).hasSize(1);
        assertThat(control.received("GET", "/fapi/v1/symbolConfig")).hasSize(2);

        loop.call(new Call.ReadPositions());
        PositionsRead held =
                eventually(PositionsRead.class, each -> !each.positions().isEmpty());
        assertThat(held.positions()).singleElement().satisfies(each -> {
            assertThat(each.direction()).isEqualTo(Direction.LONG);
            assertThat(each.leverage()).isEqualTo(5);
            assertThat(each.entryPrice()).isEqualTo(filled.executed().meanPrice());
        });

        ClientOrderId stop = ClientOrderId.stop("epoch-1", 1);
        Price trigger = tick(mark, "0.97");
        loop.call(new Call.Rest(stop, BTC, Direction.LONG, Level.STOP, trigger));
        var rested = eventually(RestAnswered.class, each -> each.id().equals(stop));
        assertThat(rested.answer())
                .isInstanceOfSatisfying(
                        Answer.Accepted.class,
                        answer -> assertThat(answer.value()).isInstanceOfSatisfying(ConditionalUpdate.class, update -> {
                            assertThat(update.status()).isEqualTo(ConditionalUpdate.Status.NEW);
                            assertThat(update.trigger()).isEqualTo(trigger);
                        }));
        loop.call(new Call.ReadRests());
        eventually(
                RestsRead.class,
                each -> each.rests().stream().anyMatch(rest -> rest.clientId().equals(stop)));

        control.post(
                "/sim/price",
                "{\"symbol\":\"BTCUSDT\",\"hold\":true,\"price\":\"" + tick(mark, "0.96") + "\",\"mark\":\""
                        + tick(mark, "0.96") + "\"}");
        ConditionalUpdate fired = eventually(
                        RestChanged.class,
                        each -> each.update().clientId().equals(stop)
                                && each.update().status() == ConditionalUpdate.Status.FINISHED)
                .update();
        assertThat(fired.triggeredOrder()).isNotNull();
        OrderUpdate stopped = eventually(
                        OrderChanged.class,
                        each -> each.update().orderId().equals(fired.triggeredOrder())
                                && each.update().status() == OrderUpdate.Status.FILLED)
                .update();
        assertThat(stopped.side()).isEqualTo(Side.SELL);
        assertThat(stopped.executed().fee()).isPositive();

        loop.call(new Call.ReadTrades(BTC, before));
        List<Call.Trade> trades = eventually(TradesRead.class, each -> true).trades();
        assertThat(trades)
                .hasSize(2)
                .allSatisfy(trade -> assertThat(trade.fee()).isPositive());
        assertThat(trades.getFirst().orderId()).isEqualTo(filled.orderId());
        assertThat(trades.getLast().orderId()).isEqualTo(stopped.orderId());
        assertThat(control.received("POST", ORDER)).hasSize(1);
    }

    @Test
    void opensAtAKnownLeverageWithOneRequestAndClosesWithAnother() {
        control.post("/sim/account", "{\"leverage\":{\"BTCUSDT\":3},\"isolated\":{\"BTCUSDT\":true}}");
        loop.close();
        loop = new SessionLoop(BinanceSettings.simulator(server.baseUrl()));
        eventually(Ready.class, each -> true);
        int requests = control.get("/sim/requests").get("total").intValue();

        ClientOrderId open = ClientOrderId.open("intent-2");
        loop.call(new Call.Open(open, BTC, Side.SELL, Quantity.of("0.010"), 3));
        filled(open);
        assertThat(control.received("POST", "/fapi/v1/leverage")).isEmpty();
        assertThat(control.get("/sim/requests?since=" + requests).get("requests"))
                .allSatisfy(each -> assertThat(each.get("path").stringValue()).isEqualTo(ORDER));

        ClientOrderId close = ClientOrderId.exit("epoch-2", 1);
        loop.call(new Call.Close(close, BTC, Side.BUY, Quantity.of("0.010")));
        filled(close);
        loop.call(new Call.Close(ClientOrderId.exit("epoch-2", 2), BTC, Side.BUY, Quantity.of("0.010")));
        OrderAnswered again =
                eventually(OrderAnswered.class, each -> each.id().equals(ClientOrderId.exit("epoch-2", 2)));
        assertThat(again.answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Answer.Cause.NOTHING_TO_REDUCE));
        loop.call(new Call.ReadAccount());
        await().atMost(PATIENCE).until(() -> loop.events(AccountRead.class).size() >= 2);
        assertThat(loop.events(AccountRead.class).getLast().wallet()).isLessThan(new BigDecimal("10000"));
    }

    @Test
    void findsAnOrderWhoseReplyWasLost() {
        eventually(Ready.class, each -> true);
        control.post(
                "/sim/fault",
                "{\"kind\":\"http_after\",\"match\":\"POST /fapi/v1/order\",\"status\":503,\"code\":-1000,"
                        + "\"msg\":\"Unknown error, please check your request or try again later.\"}");
        ClientOrderId open = ClientOrderId.open("intent-3");
        loop.call(new Call.Open(open, BTC, Side.BUY, Quantity.of("0.010"), 1));
        assertThat(eventually(OrderAnswered.class, each -> each.id().equals(open))
                        .answer())
                .isInstanceOf(Answer.NoAnswer.class);
        OrderUpdate filled = filled(open);
        loop.call(new Call.AskOrder(open, BTC, null));
        OrderTold told = eventually(OrderTold.class, each -> each.id().equals(open));
        assertThat(told.answer()).isEqualTo(new Answer.Accepted<>(filled));
        assertThat(control.received("POST", ORDER)).hasSize(1);
    }

    @Test
    void cancelsAndAsksAboutConditionalOrders() {
        eventually(Ready.class, each -> true);
        BigDecimal mark = mark();
        ClientOrderId open = ClientOrderId.open("intent-4");
        loop.call(new Call.Open(open, BTC, Side.SELL, Quantity.of("0.010"), 2));
        filled(open);
        ClientOrderId target = ClientOrderId.target("epoch-4", 1);
        loop.call(new Call.Rest(target, BTC, Direction.SHORT, Level.TARGET, tick(mark, "0.90")));
        eventually(RestAnswered.class, each -> each.id().equals(target) && each.answer() instanceof Answer.Accepted);

        ClientOrderId late = ClientOrderId.stop("epoch-4", 1);
        loop.call(new Call.Rest(late, BTC, Direction.SHORT, Level.STOP, tick(mark, "0.90")));
        assertThat(eventually(RestAnswered.class, each -> each.id().equals(late))
                        .answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Answer.Cause.LEVEL_PASSED));
        ClientOrderId second = ClientOrderId.target("epoch-4", 2);
        loop.call(new Call.Rest(second, BTC, Direction.SHORT, Level.TARGET, tick(mark, "0.89")));
        assertThat(eventually(RestAnswered.class, each -> each.id().equals(second))
                        .answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Answer.Cause.ALREADY_RESTING));

        loop.call(new Call.CancelRest(target, BTC));
        assertThat(eventually(RestCancelled.class, each -> each.id().equals(target))
                        .answer())
                .isEqualTo(new Answer.Accepted<>(target));
        eventually(
                RestChanged.class,
                each -> each.update().clientId().equals(target)
                        && each.update().status() == ConditionalUpdate.Status.CANCELED);
        loop.call(new Call.AskRest(ClientOrderId.stop("never", 1), BTC));
        assertThat(eventually(VenueEvent.RestTold.class, each -> true).answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Answer.Cause.UNKNOWN_ORDER));
    }

    @Test
    void survivesAClockThatIsWrongAfterTheStart() {
        eventually(Ready.class, each -> true);
        control.post("/sim/clock", "{\"offsetMillis\":-60000}");
        ClientOrderId open = ClientOrderId.open("intent-5");
        loop.call(new Call.Open(open, BTC, Side.BUY, Quantity.of("0.010"), 1));
        filled(open);
    }

    private BigDecimal mark() {
        Marked marked = eventually(Marked.class, each -> each.marks().containsKey(BTC));
        return Objects.requireNonNull(marked.marks().get(BTC)).value();
    }

    private OrderUpdate filled(ClientOrderId id) {
        OrderUpdate update = eventually(
                        OrderChanged.class,
                        each -> each.update().clientId().equals(id)
                                && each.update().status() == OrderUpdate.Status.FILLED
                                && each.update().executed().fee() != null)
                .update();
        assertThat(update.executed().meanPrice()).isNotNull();
        return update;
    }

    private <E extends VenueEvent> E eventually(Class<E> kind, Predicate<E> wanted) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> loop.events(kind).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private static Price tick(BigDecimal mark, String factor) {
        BigDecimal raw = mark.multiply(new BigDecimal(factor));
        return new Price(raw.setScale(1, RoundingMode.DOWN));
    }
}
