package quantum.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.OrderId;
import quantum.venue.Call.Trade;

/** Another hand's orders among ours in one symbol: a life is counted back from its end, at which nothing was held. */
class SettlementTest {

    private static final RoundTrip.End OVER = new RoundTrip.End(Set.of(), true);

    private static Trade trade(String order, Side side, String quantity, int second) {
        return new Trade(
                new OrderId(order),
                second,
                side,
                null,
                Price.of("100"),
                Quantity.of(quantity),
                new BigDecimal("1"),
                Instant.parse("2026-01-05T10:00:00Z").plusSeconds(second));
    }

    private static Optional<RoundTrip> shortOf(List<Trade> trades, RoundTrip.End end) {
        return RoundTrip.of(Direction.SHORT, trades, Set.of(new OrderId("ours")), null, end);
    }

    private static void assertSettled(Optional<RoundTrip> settled, String quantity, String fees, String... orders) {
        assertThat(settled).hasValueSatisfying(s -> {
            assertThat(s.quantity().value()).isEqualByComparingTo(quantity);
            assertThat(s.fees().known()).isEqualByComparingTo(fees);
            assertThat(s.orders()).extracting(OrderId::value).containsExactly(orders);
        });
    }

    /** Seed 10979: ours sold 5262 where another hand held 1245, which nobody here knew of; 4017 were short. */
    @Test
    void anEntryThatTurnedAnotherHandsPositionCountsAsFarAsItOpened() {
        List<Trade> trades = List.of(
                trade("hand", Side.BUY, "1245", 1),
                trade("ours", Side.SELL, "5262", 2),
                trade("target", Side.BUY, "4017", 3));
        assertThat(shortOf(trades, RoundTrip.End.UNKNOWN))
                .as("1245 may be held")
                .isEmpty();
        assertSettled(shortOf(trades, OVER), "4017", "1.76339795", "ours", "target");
    }

    /** Seed 51799: another hand had sold a moment before ours, and our stop bought all of it. */
    @Test
    void whatAStopClosedBeyondOurEntryWasHeldBeforeIt() {
        List<Trade> trades = List.of(
                trade("hand", Side.SELL, "1254", 1),
                trade("ours", Side.SELL, "3185", 2),
                trade("stop", Side.BUY, "4439", 3));
        RoundTrip.End stopped = new RoundTrip.End(Set.of(new OrderId("stop")), true);
        assertSettled(shortOf(trades, stopped), "4439", "3", "hand", "ours", "stop");
        assertThat(shortOf(trades, new RoundTrip.End(stopped.reducing(), false)))
                .as("a list that may lack what closed the rest")
                .isEmpty();
    }

    /** Seed 43404: a rung took part of both, and a later order the rest. */
    @Test
    void itIsCountedFromTheLastTradeNotFromTheOneThatUsedOursUp() {
        List<Trade> trades = List.of(
                trade("hand", Side.SELL, "95.5", 1),
                trade("ours", Side.SELL, "190.6", 2),
                trade("rung", Side.BUY, "234.6", 3),
                trade("stop", Side.BUY, "51.5", 4));
        RoundTrip.End end = new RoundTrip.End(Set.of(new OrderId("rung"), new OrderId("stop")), true);
        assertSettled(shortOf(trades, end), "286.1", "4", "hand", "ours", "rung", "stop");
    }

    @Test
    void anOrderOfAnotherHandThatTurnsThePositionEndsItAsFarAsItClosedIt() {
        List<Trade> trades = List.of(trade("ours", Side.SELL, "10", 1), trade("hand", Side.BUY, "16", 2));
        assertSettled(shortOf(trades, OVER), "10", "1.625", "ours", "hand");
    }

    @Test
    void tradesThatDoNotReachBackToNothingHeldAreNotSettled() {
        List<Trade> trades = List.of(trade("ours", Side.SELL, "10", 1), trade("stop", Side.BUY, "16", 2));
        RoundTrip.End end = new RoundTrip.End(Set.of(new OrderId("stop")), true);
        assertThat(shortOf(trades, end))
                .as("6 were sold before the list begins")
                .isEmpty();
    }

    private static Optional<RoundTrip> found(String quantity, RoundTrip.@Nullable End end) {
        return RoundTrip.of(
                Direction.LONG,
                List.of(trade("close", Side.SELL, "166", 1), trade("rest", Side.SELL, "42", 2)),
                Set.of(),
                new RoundTrip.Found(Quantity.of(quantity), Price.of("90")),
                end == null ? RoundTrip.End.UNKNOWN : end);
    }

    /** Seed 63074: a list showed 417, of which another hand had sold 209 before the position was taken in hand. */
    @Test
    void whatWasFoundIsWhatItsTradesClosedSince() {
        assertThat(found("417", null)).isEmpty();
        assertSettled(found("417", OVER), "208", "2", "close", "rest");
        assertSettled(found("208", OVER), "208", "2", "close", "rest");
    }
}
