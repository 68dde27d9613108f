package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.binance.LiveSession.BTC;
import static quantum.binance.LiveSession.ORDER;
import static quantum.binance.LiveSession.PATIENCE;
import static quantum.binance.LiveSession.tick;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.AccountRead;
import quantum.venue.VenueEvent.ClockMoved;
import quantum.venue.VenueEvent.ConditionalAnswered;
import quantum.venue.VenueEvent.ConditionalCancelled;
import quantum.venue.VenueEvent.ConditionalChanged;
import quantum.venue.VenueEvent.ConditionalsRead;
import quantum.venue.VenueEvent.InstrumentsRead;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.OrderQueried;
import quantum.venue.VenueEvent.PositionsRead;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.TradesRead;
import quantum.venue.VenueEvent.Unusable;

/** Session, sockets and the independent exchange together: the protocol, not our idea of it. */
final class BinanceOverSocketsTest {

    private final LiveSession live = new LiveSession();

    @AfterEach
    void shutDown() {
        live.close();
    }

    @Test
    void startsTradesProtectsAndIsStoppedOut() {
        assertStartedWithNothing(live.ready());
        BigDecimal mark = live.mark();
        Instant before = Instant.now().minusSeconds(1);
        OrderUpdate filled = opened();
        assertHeld(filled);
        ClientOrderId stop = protectedBelow(mark);
        OrderUpdate stopped = stoppedOut(mark, stop);

        live.loop().call(new Call.ReadTrades(BTC, before));
        List<Call.Trade> trades =
                live.eventually(TradesRead.class, each -> true).trades();
        assertThat(trades)
                .hasSize(2)
                .allSatisfy(trade -> assertThat(trade.fee()).isPositive());
        assertThat(trades.getFirst().orderId()).isEqualTo(filled.orderId());
        assertThat(trades.getLast().orderId()).isEqualTo(stopped.orderId());
        assertThat(live.control.received("POST", ORDER)).hasSize(1);
    }

    private void assertStartedWithNothing(Ready ready) {
        assertThat(live.loop().events(Unusable.class)).isEmpty();
        assertThat(ready.again()).isFalse();
        assertThat(ready.selfTest().endpoint()).isEqualTo(live.baseUrl());
        assertThat(ready.selfTest().balances().getFirst().wallet()).isEqualByComparingTo("10000");
        assertThat(ready.selfTest().symbols()).isEqualTo(2);
        assertThat(live.eventually(InstrumentsRead.class, each -> true).instruments())
                .hasSize(2);
        assertThat(live.eventually(PositionsRead.class, each -> true).positions())
                .isEmpty();
        assertThat(live.eventually(ConditionalsRead.class, each -> true).rests())
                .isEmpty();
    }

    private OrderUpdate opened() {
        ClientOrderId open = ClientOrderId.open("intent-1");
        live.loop().call(new Call.Open(open, BTC, Side.BUY, Quantity.of("0.010"), 5));
        assertThat(live.eventually(OrderAnswered.class, each -> each.id().equals(open))
                        .answer())
                .isInstanceOf(Answer.Accepted.class);
        OrderUpdate filled = live.filled(open);
        assertThat(filled.executed().quantity()).isEqualByComparingTo("0.010");
        assertThat(filled.executed().fee()).isPositive();
        assertThat(live.control.received("POST", ORDER)).hasSize(1);
        assertThat(live.control.received("POST", "/fapi/v1/leverage")).hasSize(1);
        assertThat(live.control.received("GET", "/fapi/v1/symbolConfig")).hasSize(2);
        return filled;
    }

    private void assertHeld(OrderUpdate filled) {
        live.loop().call(new Call.ReadPositions());
        PositionsRead held =
                live.eventually(PositionsRead.class, each -> !each.positions().isEmpty());
        assertThat(held.positions()).singleElement().satisfies(each -> {
            assertThat(each.direction()).isEqualTo(Direction.LONG);
            assertThat(each.leverage()).isEqualTo(5);
            assertThat(each.entryPrice()).isEqualTo(filled.executed().meanPrice());
        });
    }

    private ClientOrderId protectedBelow(BigDecimal mark) {
        ClientOrderId stop = ClientOrderId.stop("epoch-1", 1);
        Price trigger = tick(mark, "0.97");
        live.loop().call(new Call.PlaceConditional(stop, BTC, Direction.LONG, Level.STOP, trigger));
        var rested =
                live.eventually(ConditionalAnswered.class, each -> each.id().equals(stop));
        assertThat(rested.answer())
                .isInstanceOfSatisfying(
                        Answer.Accepted.class,
                        answer -> assertThat(answer.value()).isInstanceOfSatisfying(ConditionalUpdate.class, update -> {
                            assertThat(update.status()).isEqualTo(ConditionalUpdate.Status.NEW);
                            assertThat(update.trigger()).isEqualTo(trigger);
                        }));
        live.loop().call(new Call.ReadConditionals());
        live.eventually(
                ConditionalsRead.class,
                each -> each.rests().stream().anyMatch(rest -> rest.clientId().equals(stop)));
        return stop;
    }

    private OrderUpdate stoppedOut(BigDecimal mark, ClientOrderId stop) {
        live.control.post(
                "/sim/price",
                "{\"symbol\":\"BTCUSDT\",\"hold\":true,\"price\":\"" + tick(mark, "0.96") + "\",\"mark\":\""
                        + tick(mark, "0.96") + "\"}");
        ConditionalUpdate fired = live.eventually(
                        ConditionalChanged.class,
                        each -> each.update().clientId().equals(stop)
                                && each.update().status() == ConditionalUpdate.Status.FINISHED)
                .update();
        assertThat(fired.triggeredOrder()).isNotNull();
        OrderUpdate stopped = live.eventually(
                        OrderChanged.class,
                        each -> each.update().orderId().equals(fired.triggeredOrder())
                                && each.update().status() == OrderUpdate.Status.FILLED)
                .update();
        assertThat(stopped.side()).isEqualTo(Side.SELL);
        assertThat(stopped.executed().fee()).isPositive();
        return stopped;
    }

    @Test
    void opensAtAKnownLeverageWithOneRequestAndClosesWithAnother() {
        live.control.post("/sim/account", "{\"leverage\":{\"BTCUSDT\":3},\"isolated\":{\"BTCUSDT\":true}}");
        live.restart();
        live.ready();
        int requests = live.control.get("/sim/requests").get("total").intValue();

        ClientOrderId open = ClientOrderId.open("intent-2");
        live.loop().call(new Call.Open(open, BTC, Side.SELL, Quantity.of("0.010"), 3));
        live.filled(open);
        assertThat(live.control.received("POST", "/fapi/v1/leverage")).isEmpty();
        assertThat(live.control.get("/sim/requests?since=" + requests).get("requests"))
                .allSatisfy(each -> assertThat(each.get("path").stringValue()).isEqualTo(ORDER));

        ClientOrderId close = ClientOrderId.exit("epoch-2", 1);
        live.loop().call(new Call.Close(close, BTC, Side.BUY, Quantity.of("0.010")));
        live.filled(close);
        live.loop().call(new Call.Close(ClientOrderId.exit("epoch-2", 2), BTC, Side.BUY, Quantity.of("0.010")));
        OrderAnswered again =
                live.eventually(OrderAnswered.class, each -> each.id().equals(ClientOrderId.exit("epoch-2", 2)));
        assertThat(again.answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Answer.Cause.NOTHING_TO_REDUCE));
        live.loop().call(new Call.ReadAccount());
        await().atMost(PATIENCE)
                .until(() -> live.loop().events(AccountRead.class).size() >= 2);
        assertThat(live.loop()
                        .events(AccountRead.class)
                        .getLast()
                        .balances()
                        .getFirst()
                        .wallet())
                .isLessThan(new BigDecimal("10000"));
    }

    @Test
    void xF12_aSymbolThatIsSetUpAsWishedIsOpenedThoughSettingItIsRefused() {
        live.ready();
        live.control.post(
                "/sim/fault",
                "{\"kind\":\"http_after\",\"match\":\"POST /fapi/v1/marginType\",\"status\":400,\"code\":-4067,"
                        + "\"msg\":\"The margin type cannot be changed with open orders.\",\"count\":100}");
        ClientOrderId open = ClientOrderId.open("intent-12");
        live.loop().call(new Call.Open(open, BTC, Side.BUY, Quantity.of("0.010"), 7));
        live.filled(open);
        assertThat(live.control.received("POST", "/fapi/v1/marginType")).hasSize(1);
    }

    @Test
    void findsAnOrderWhoseReplyWasLost() {
        live.ready();
        live.control.post(
                "/sim/fault",
                "{\"kind\":\"http_after\",\"match\":\"POST /fapi/v1/order\",\"status\":503,\"code\":-1000,"
                        + "\"msg\":\"Unknown error, please check your request or try again later.\"}");
        ClientOrderId open = ClientOrderId.open("intent-3");
        live.loop().call(new Call.Open(open, BTC, Side.BUY, Quantity.of("0.010"), 1));
        assertThat(live.eventually(OrderAnswered.class, each -> each.id().equals(open))
                        .answer())
                .isInstanceOf(Answer.NoAnswer.class);
        OrderUpdate filled = live.filled(open);
        live.loop().call(new Call.QueryOrder(open, BTC, null));
        OrderQueried told =
                live.eventually(OrderQueried.class, each -> each.id().equals(open));
        assertThat(told.answer()).isEqualTo(new Answer.Accepted<>(filled));
        assertThat(live.control.received("POST", ORDER)).hasSize(1);
    }

    @Test
    void cancelsAndAsksAboutConditionalOrders() {
        live.ready();
        BigDecimal mark = live.mark();
        ClientOrderId open = ClientOrderId.open("intent-4");
        live.loop().call(new Call.Open(open, BTC, Side.SELL, Quantity.of("0.010"), 2));
        live.filled(open);
        ClientOrderId target = ClientOrderId.target("epoch-4", 1);
        live.loop().call(new Call.PlaceConditional(target, BTC, Direction.SHORT, Level.TARGET, tick(mark, "0.90")));
        live.eventually(
                ConditionalAnswered.class,
                each -> each.id().equals(target) && each.answer() instanceof Answer.Accepted);

        ClientOrderId late = ClientOrderId.stop("epoch-4", 1);
        live.loop().call(new Call.PlaceConditional(late, BTC, Direction.SHORT, Level.STOP, tick(mark, "0.90")));
        assertThat(live.eventually(ConditionalAnswered.class, each -> each.id().equals(late))
                        .answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Answer.Cause.LEVEL_PASSED));
        ClientOrderId second = ClientOrderId.target("epoch-4", 2);
        live.loop().call(new Call.PlaceConditional(second, BTC, Direction.SHORT, Level.TARGET, tick(mark, "0.89")));
        assertThat(live.eventually(ConditionalAnswered.class, each -> each.id().equals(second))
                        .answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Answer.Cause.ALREADY_RESTING));

        live.loop().call(new Call.CancelConditional(target, BTC));
        assertThat(live.eventually(ConditionalCancelled.class, each -> each.id().equals(target))
                        .answer())
                .isEqualTo(new Answer.Accepted<>(target));
        live.eventually(
                ConditionalChanged.class,
                each -> each.update().clientId().equals(target)
                        && each.update().status() == ConditionalUpdate.Status.CANCELED);
        live.loop().call(new Call.QueryConditional(ClientOrderId.stop("never", 1), BTC));
        assertThat(live.eventually(VenueEvent.ConditionalQueried.class, each -> true)
                        .answer())
                .isInstanceOfSatisfying(
                        Answer.Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Answer.Cause.UNKNOWN_ORDER));
    }

    @Test
    void survivesAClockThatIsWrongAfterTheStart() {
        live.ready();
        live.control.post("/sim/clock", "{\"offsetMillis\":-60000}");
        ClientOrderId first = ClientOrderId.open("intent-5");
        live.loop().call(new Call.Open(first, BTC, Side.BUY, Quantity.of("0.010"), 1));
        assertThat(live.eventually(OrderAnswered.class, each -> each.id().equals(first))
                        .answer())
                .as("not while one reading alone says so")
                .isNotInstanceOf(Answer.Accepted.class);
        live.eventually(ClockMoved.class, each -> true);
        AtomicInteger number = new AtomicInteger();
        ClientOrderId filled = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            ClientOrderId id = ClientOrderId.open("intent-6-" + number.incrementAndGet());
                            live.loop().call(new Call.Open(id, BTC, Side.BUY, Quantity.of("0.010"), 1));
                            return live.eventually(
                                    OrderAnswered.class, each -> each.id().equals(id));
                        },
                        each -> each.answer() instanceof Answer.Accepted)
                .id();
        live.filled(filled);
    }
}
