package quantum.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What may go wrong in one schedule, and how often: drawn once a seed, so that each is another mix. */
final class Weather {

    /** Kinds of faults; the figure is the highest chance at each occasion, in parts of a hundred thousand. */
    enum Fault {
        LOST_BEFORE(6_000),
        LOST_AFTER(6_000),
        REFUSED_CONNECTION(3_000),
        BUSY_BEFORE(3_000),
        STRANGE_AFTER(3_000),
        SLOW(8_000),
        DOWN(1_000),
        STREAM_CUT(1_000),
        STREAM_STALL(600),
        FRAME_LATE(5_000),
        FRAME_TWICE(3_000),
        FRAME_LOST(1_000),
        LEDGER_SLOW(2_000),
        LEDGER_DOWN(400),
        BUS_DOWN(1_500),
        BUS_READ_ONLY(1_500),
        BUS_FORGETS(700),
        BUS_FLUSHED(250),
        TRIMMED(30_000),
        CLOCK_STEP(800),
        CRASH(150),
        KILL(1_100),
        STALL(300),
        REDELIVERY(4_000),
        ACK_LOST(4_000),
        SHOCK(2_000),
        DENIED_THOUGH_SO(30_000),
        LIST_LACKS(2_500),
        LIST_IS_STALE(4_000),
        LIST_IS_ODD(2_500),
        MARK_APART(3_000),
        LIMITED(400),
        ADMITTED_LATE(3_000),
        REJECTED(3_000);

        /** What the other venue cannot meet, or does not need. */
        static final Set<Fault> OF_COINS = EnumSet.of(ADMITTED_LATE, REJECTED);

        static final Set<Fault> OF_LEVERAGE = EnumSet.of(DENIED_THOUGH_SO, LIST_IS_ODD);

        private final int most;

        Fault(int most) {
            this.most = most;
        }
    }

    private static final int CERTAIN = 100_000;

    private final Map<Fault, Integer> chances = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> occasions = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> happened = new EnumMap<>(Fault.class);
    private final Set<String> struck = new LinkedHashSet<>();
    private final Course course;
    private final World world;
    private long parameters;
    private boolean fair;

    Weather(Course course, World world) {
        this.course = course;
        this.world = world;
        for (Fault fault : Fault.values()) {
            // Most kinds happen in a schedule, some not at all, so that no kind always hides another.
            int share = Math.clamp(below(Course.draw(course.seed(), fault.name().hashCode(), -1), 134) - 33L, 0, 100);
            chances.put(fault, fault.most * share / 100);
        }
    }

    private static int below(long bits, int bound) {
        return (int) Long.remainderUnsigned(bits, bound);
    }

    /** Nothing goes wrong any more. */
    void clear() {
        fair = true;
    }

    boolean isFair() {
        return fair;
    }

    boolean strikes(Fault fault) {
        long occasion = occasions.merge(fault, 1L, Long::sum);
        long bits = Course.draw(course.seed(), fault.name().hashCode(), occasion);
        if (fair || below(bits, CERTAIN) >= chances.getOrDefault(fault, 0)) {
            return false;
        }
        String name = fault + "#" + occasion;
        if (!course.takes(name)) {
            return false;
        }
        parameters = bits;
        struck.add(name);
        happened.merge(fault, 1L, Long::sum);
        world.note(name);
        return true;
    }

    /** How it strikes: between the two, both included; of the last strike. */
    long between(long least, long most) {
        parameters = Course.draw(parameters, 7, 7);
        return least + Long.remainderUnsigned(parameters, most - least + 1);
    }

    Map<Fault, Long> happened() {
        return happened;
    }

    /** Each strike by kind and number, in order. */
    Set<String> struck() {
        return struck;
    }
}
