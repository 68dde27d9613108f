package quantum.binance;

import java.util.List;
import quantum.venue.Load;

/** What we may still ask of the exchange, by its limits and our {@link BudgetShares} of them. */
final class Budget {

    /** An open leads to a stop, a target and a close: each is an order too. */
    private static final int ORDERS_OF_AN_OPEN = 4;
    /** Questions about its fill, the account's margin, the trades that settle it (binance-usdm 3.5, 7). */
    private static final int WEIGHT_OF_AN_OPEN = 15;

    private static final long MINUTE = 60_000;
    private static final long TEN_SECONDS = 10_000;

    private final BudgetShares shares;
    // Figures of binance-usdm 8.1 until the exchange tells its own.
    private final Window weight = new Window(MINUTE, 2400);
    private final Window ordersMinute = new Window(MINUTE, 1200);
    private final Window ordersTenSeconds = new Window(TEN_SECONDS, 300);

    Budget(BudgetShares shares) {
        this.shares = shares;
    }

    /** Takes the exchange's own limits; kinds and intervals that we do not count are passed over. */
    void limits(List<RateLimit> limits) {
        for (RateLimit each : limits) {
            switch (each.kind() + " " + each.interval()) {
                case "REQUEST_WEIGHT 1 MINUTE" -> weight.limit(each.limit());
                case "ORDERS 1 MINUTE" -> ordersMinute.limit(each.limit());
                case "ORDERS 10 SECOND" -> ordersTenSeconds.limit(each.limit());
                default -> {}
            }
        }
    }

    /** Whether an ask keeps within its share; exits and recovery always do. */
    boolean admits(RestCall call, long millis) {
        return switch (call.claim()) {
            case EXIT, RECOVERY -> true;
            case QUESTION -> fits(weight, call.weight(), shares.totalPct(), millis);
            case OPENING ->
                call.placesOrder()
                        ? fits(weight, WEIGHT_OF_AN_OPEN, shares.opensPct(), millis)
                                && admitsOpen(ordersTenSeconds, millis)
                                && admitsOpen(ordersMinute, millis)
                        : fits(weight, call.weight(), shares.opensPct(), millis);
        };
    }

    private boolean admitsOpen(Window orders, long millis) {
        long share = orders.limit() * shares.opensPct() / 100;
        return orders.opens(millis) + ORDERS_OF_AN_OPEN <= share
                && fits(orders, ORDERS_OF_AN_OPEN, shares.totalPct(), millis);
    }

    private static boolean fits(Window window, int amount, int pct, long millis) {
        return window.used(millis) + amount <= window.limit() * pct / 100;
    }

    void sent(long id, RestCall call, long millis) {
        weight.sent(id, call.weight(), millis);
        if (call.placesOrder()) {
            for (Window orders : new Window[] {ordersTenSeconds, ordersMinute}) {
                orders.sent(id, 1, millis);
                if (call.claim() == RestCall.Claim.OPENING) {
                    orders.opening(ORDERS_OF_AN_OPEN, millis);
                }
            }
        }
    }

    void answered(long id, Usage usage, long millis) {
        weight.answered(id, usage.weight(), millis);
        ordersTenSeconds.answered(id, usage.ordersTenSeconds(), millis);
        ordersMinute.answered(id, usage.ordersMinute(), millis);
    }

    /** How long until there is weight again. */
    long millisToMoreWeight(long millis) {
        return weight.millisLeft(millis);
    }

    /** How long until orders are taken again: the next window of the limit that is reached. */
    long millisToMoreOrders(long millis) {
        boolean minuteIsUsed = ordersMinute.used(millis) >= ordersMinute.limit();
        return (minuteIsUsed ? ordersMinute : ordersTenSeconds).millisLeft(millis);
    }

    Load load(long millis) {
        return new Load(weight.used(millis), weight.limit());
    }
}
