package quantum.simulator.binance;

/** What a request counts on the two order counters of its account (binance-usdm 3.1, 3.5). */
record OrderCost(int tenSeconds, int minute) {

    static final OrderCost NONE = new OrderCost(0, 0);
    static final OrderCost ONE = new OrderCost(1, 1);
    static final OrderCost BATCH = new OrderCost(5, 1);

    boolean counts() {
        return minute > 0;
    }
}
