package quantum.simulator.binance;

/** When funding is next settled. */
final class Funding {

    private static final long INTERVAL_MILLIS = 8 * 3_600_000L;

    private Funding() {}

    static long nextAfter(long millis) {
        return (millis / INTERVAL_MILLIS + 1) * INTERVAL_MILLIS;
    }
}
