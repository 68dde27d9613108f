package quantum.simulator;

/**
 * Ascending ids of orders, conditional orders and trades. What is counted here is small; how large the ids look is a
 * setting, because clients that read them as binary fractions err beyond 2^53 alone (binance-usdm 0.10).
 */
final class Ids {

    /** How large ids are. */
    enum Size {
        /** All of them fit a binary fraction. */
        SMALL(4_000_000_000L, 2_000_000_000L, 7_000_000_000L),
        /** As seen: order ids do not, the others do (binance-usdm 0.10, 4.4). */
        SEEN(8_389_765_700_000_000_000L, 1_000_000_033_225_453L, 7_000_000_000L),
        /** None of them fits. */
        LARGE(8_389_765_700_000_000_000L, 4_000_000_000_000_000_000L, 6_000_000_000_000_000_000L);

        private final long order;
        private final long algo;
        private final long trade;

        Size(long order, long algo, long trade) {
            this.order = order;
            this.algo = algo;
            this.trade = trade;
        }

        static Size of(Settings settings) {
            return values()[Math.clamp(settings.get(Setting.ID_SIZE), 0, values().length - 1)];
        }
    }

    private long orders;
    private long algos;
    private long trades;
    private long transfers;
    private long others;

    long nextOrder(Settings settings) {
        return Size.of(settings).order + ++orders;
    }

    long nextAlgo(Settings settings) {
        return Size.of(settings).algo + ++algos;
    }

    long nextTrade(Settings settings) {
        return Size.of(settings).trade + ++trades;
    }

    long nextTransfer() {
        return ++transfers;
    }

    /** For names that the exchange gives. */
    long nextOther() {
        return ++others;
    }

    long orders() {
        return orders;
    }

    long algos() {
        return algos;
    }

    long trades() {
        return trades;
    }

    long transfers() {
        return transfers;
    }

    long others() {
        return others;
    }

    void resume(long orderCount, long algoCount, long tradeCount, long transferCount, long otherCount) {
        orders = orderCount;
        algos = algoCount;
        trades = tradeCount;
        transfers = transferCount;
        others = otherCount;
    }

    /** From a state that kept whole ids, as version 1 did. */
    void resumeWhole(long lastOrder, long lastAlgo, long lastTrade) {
        orders = Math.max(0, lastOrder - Size.SEEN.order);
        algos = Math.max(0, lastAlgo - Size.SEEN.algo);
        trades = Math.max(0, lastTrade - Size.SEEN.trade);
    }
}
