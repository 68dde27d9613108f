package quantum.simulator;

/** Ascending ids; order ids lie beyond what a double can hold, as on the exchange (binance-usdm 0.10). */
final class Ids {

    private long order = 8_389_765_700_000_000_000L;
    private long algo = 1_000_000_033_225_453L;
    private long trade = 7_000_000_000L;

    long nextOrder() {
        return ++order;
    }

    long nextAlgo() {
        return ++algo;
    }

    long nextTrade() {
        return ++trade;
    }

    long order() {
        return order;
    }

    long algo() {
        return algo;
    }

    long trade() {
        return trade;
    }

    void resume(long lastOrder, long lastAlgo, long lastTrade) {
        order = Math.max(order, lastOrder);
        algo = Math.max(algo, lastAlgo);
        trade = Math.max(trade, lastTrade);
    }
}
