package quantum.cryptocom;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/**
 * What of an order is executed, and what that cost. How much was asked for is our own plan, never the exchange's
 * quantity; fees are those of trades, because an order's cumulative_fee counts another coin (crypto-com-clients 1). A
 * fee is known once the trades that were heard add up to what is executed.
 */
final class Executions {

    private static final int REMEMBERED = 1000;

    private final Conversation talk;
    private final Instruments instruments;
    private final Map<ClientOrderId, BigDecimal> asked = bounded();
    private final Map<OrderId, OrderReport> reports = bounded();
    private final Map<OrderId, Sum> sums = bounded();

    private static final class Sum {
        private final Set<Long> trades = new HashSet<>();
        private BigDecimal quantity = BigDecimal.ZERO;
        private @Nullable BigDecimal fee = BigDecimal.ZERO;
    }

    Executions(Conversation talk, Instruments instruments) {
        this.talk = talk;
        this.instruments = instruments;
    }

    /** A map that forgets its oldest entries: a stranger's orders pass by too. */
    static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    void planned(ClientOrderId id, BigDecimal quantity) {
        asked.put(id, quantity);
    }

    boolean isPlanned(ClientOrderId id) {
        return asked.containsKey(id);
    }

    OrderUpdate update(OrderReport report) {
        reports.put(report.orderId(), report);
        return report.update(
                asked.get(report.clientId()),
                instruments.stepOf(report.symbol()),
                fee(report.orderId(), report.executed()));
    }

    /** A trade of user.trade: with it the fee of its order may be known, which is then published once more. */
    void traded(Call.Trade trade) {
        Sum sum = sums.computeIfAbsent(trade.orderId(), _ -> new Sum());
        if (!sum.trades.add(trade.tradeId())) {
            return;
        }
        sum.quantity = sum.quantity.add(trade.quantity().value());
        sum.fee = sum.fee == null || trade.fee() == null ? null : sum.fee.add(trade.fee());
        OrderReport report = reports.get(trade.orderId());
        if (report != null && fee(trade.orderId(), report.executed()) != null) {
            talk.publish(new VenueEvent.OrderChanged(update(report)));
        }
    }

    private @Nullable BigDecimal fee(OrderId orderId, @Nullable BigDecimal executed) {
        Sum sum = sums.get(orderId);
        return sum == null || executed == null || sum.quantity.compareTo(executed) != 0 ? null : sum.fee;
    }
}
