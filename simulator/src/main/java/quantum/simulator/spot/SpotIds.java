package quantum.simulator.spot;

import java.util.SplittableRandom;

/** Ids of 19 digits that rise, though not by one; each kind has its own start. */
final class SpotIds {

    private static final long ORDERS = 6_530_219_460_000_000_000L;
    private static final long ADVANCED = 7_341_822_310_000_000_000L;
    private static final long LISTS = 7_341_822_910_000_000_000L;
    private static final long TRADES = 8_120_035_710_000_000_000L;
    private static final int WIDEST_GAP = 4_000;

    private final SplittableRandom random;
    private long given;

    SpotIds(long seed) {
        random = new SplittableRandom(seed);
    }

    private long next() {
        given += random.nextLong(1, WIDEST_GAP);
        return given;
    }

    long given() {
        return given;
    }

    void resume(long count) {
        given = count;
    }

    long order() {
        return ORDERS + next();
    }

    long advanced() {
        return ADVANCED + next();
    }

    long list() {
        return LISTS + next();
    }

    long trade() {
        return TRADES + next();
    }
}
