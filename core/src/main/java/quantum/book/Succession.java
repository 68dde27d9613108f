package quantum.book;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.market.Quantity;
import quantum.order.OrderId;
import quantum.position.RoundTrip;
import quantum.venue.Call;

/**
 * An entry that was to enlarge a position may be executed when the position has just ended, though it was heard of in the
 * other order: what the exchange shows as two positions is two. One order may have a part in each.
 *
 * @param later the orders that entered after the end
 * @param since what was traded from the first of them on
 */
public record Succession(LivePosition ended, RoundTrip settlement, Set<OrderId> later, List<Call.Trade> since) {

    /** Null where no order of this position entered after its end. */
    public static @Nullable Succession of(LivePosition ended, RoundTrip settlement, List<Call.Trade> trades) {
        int end = trades.size();
        for (int i = 0; i < trades.size(); i++) {
            Call.Trade trade = trades.get(i);
            // The order may have several trades in that millisecond: the last of them is the end.
            if (trade.orderId().equals(settlement.closedBy()) && trade.time().equals(settlement.closedAt())) {
                end = i + 1;
            }
        }
        List<Call.Trade> since = trades.subList(end, trades.size()).stream()
                .dropWhile(trade -> !enters(ended, trade))
                .toList();
        Set<OrderId> later = since.stream()
                .filter(trade -> enters(ended, trade))
                .map(Call.Trade::orderId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return since.isEmpty() ? null : new Succession(ended, settlement, later, since);
    }

    /** Orders of other hands begin no position of ours. */
    private static boolean enters(LivePosition ended, Call.Trade trade) {
        return trade.side() == ended.direction().entry() && ended.entryOrders().contains(trade.orderId());
    }

    /** What these trades leave held. */
    public BigDecimal held() {
        return since.stream().map(trade -> trade.changeOf(ended.direction())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The id of the next position. */
    public String epoch() {
        return ended.epoch() + LivePosition.REST + settlement.quantity();
    }

    /** The next position; the orders that are its own alone are no longer of the one that ended. */
    public LivePosition begin() {
        LivePosition.Birth birth = ended.birth();
        Call.Trade first = since.getFirst();
        BigDecimal held = held();
        LivePosition next = new LivePosition(
                new LivePosition.Birth(
                        epoch(),
                        birth.symbol(),
                        birth.direction(),
                        birth.leverage(),
                        birth.intentId(),
                        first.time(),
                        null),
                held.signum() > 0 ? new Quantity(held) : first.quantity(),
                first.price(),
                ended.plan(),
                ended.touchedNanos());
        later.forEach(next::openedBy);
        ended.exitReasons().forEach(next::endedBy);
        // An order with a part in each stays an entry of both.
        Set<OrderId> alone = new LinkedHashSet<>(later);
        settlement.orders().forEach(alone::remove);
        ended.openedByOthers(alone);
        return next;
    }
}
