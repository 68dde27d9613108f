package quantum.simulator.binance;

import java.util.concurrent.TimeUnit;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoStatus;
import quantum.simulator.Order;
import quantum.simulator.OrderStatus;

/** How long orders can be asked for after they were created; moments are in epoch nanoseconds (binance-usdm 3.5, 4.1). */
final class Retention {

    private static final long IN_VAIN = TimeUnit.DAYS.toNanos(3);
    private static final long LONGEST = TimeUnit.DAYS.toNanos(90);

    private Retention() {}

    static boolean keeps(Order order, long now) {
        var ended = order.status() == OrderStatus.CANCELED || order.status() == OrderStatus.EXPIRED;
        return young(order.createdAt(), ended && order.executed().signum() == 0, now);
    }

    /** One that was cancelled or expired never became a regular order, and so executed nothing. */
    static boolean keeps(AlgoOrder algo, long now) {
        var ended = algo.status() == AlgoStatus.CANCELED || algo.status() == AlgoStatus.EXPIRED;
        return young(algo.createdAt(), ended, now);
    }

    private static boolean young(long createdAt, boolean inVain, long now) {
        return now - createdAt <= (inVain ? IN_VAIN : LONGEST);
    }
}
