package quantum.simulator;

/** A figure of the exchange's behaviour that may be changed while it runs; switches are 0 or 1. */
public enum Setting {
    FILL_DELAY_SHORTEST_MILLIS(200),
    FILL_DELAY_LONGEST_MILLIS(500),
    /** From the trigger of a conditional order to its real order. */
    ALGO_DELAY_MILLIS(10),
    /** How long queries do not see a new order (binance-usdm 3.5). */
    QUERY_DELAY_MILLIS(0),
    /** Whether closePosition orders expire when their position goes flat. */
    EXPIRE_WHEN_FLAT(1),
    EXPIRE_WHEN_FLAT_MILLIS(5),
    MARK_INTERVAL_MILLIS(1_000),
    SLOW_MARK_INTERVAL_MILLIS(3_000),
    LISTEN_KEY_SECONDS(3_600),
    CLOCK_OFFSET_MILLIS(0),
    WEIGHT_PER_MINUTE(2_400),
    ORDERS_PER_MINUTE(1_200),
    ORDERS_PER_10_SECONDS(300);

    private final long initial;

    Setting(long initial) {
        this.initial = initial;
    }

    long initial() {
        return initial;
    }
}
