package quantum.simulator.binance;

import java.util.concurrent.TimeUnit;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoStatus;
import quantum.simulator.Order;
import quantum.simulator.OrderStatus;
import quantum.simulator.Simulator;

/** How long orders can be asked for after they were created; all by the time that clients are told (binance-usdm 3.5, 4.1). */
final class Retention {

    private static final long IN_VAIN = TimeUnit.DAYS.toMillis(3);
    private static final long LONGEST = TimeUnit.DAYS.toMillis(90);

    private Retention() {}

    static boolean keeps(Order order, Simulator exchange) {
        var ended = order.status() == OrderStatus.CANCELED || order.status() == OrderStatus.EXPIRED;
        return young(order.createdAt(), ended && order.executed().signum() == 0, exchange);
    }

    /** One that was cancelled or expired never became a regular order, and so executed nothing. */
    static boolean keeps(AlgoOrder algo, Simulator exchange) {
        var ended = algo.status() == AlgoStatus.CANCELED || algo.status() == AlgoStatus.EXPIRED;
        return young(algo.createdAt(), ended, exchange);
    }

    private static boolean young(long createdAt, boolean inVain, Simulator exchange) {
        return exchange.serverMillis() - exchange.serverMillis(createdAt) <= (inVain ? IN_VAIN : LONGEST);
    }
}
