package quantum.simulation;

import java.util.EnumMap;
import java.util.Map;

/** What may go wrong in one schedule, and how often: drawn once a seed, so that each is another mix. */
final class Weather {

    /** Kinds of faults; the figure is the highest chance in percent at each occasion. */
    enum Fault {
        LOST_BEFORE(6),
        LOST_AFTER(6),
        REFUSED_CONNECTION(3),
        BUSY_BEFORE(3),
        STRANGE_AFTER(3),
        SLOW(8),
        DOWN(1),
        STREAM_CUT(1),
        STREAM_STALL(0.6),
        FRAME_LATE(5),
        LEDGER_SLOW(2),
        LEDGER_DOWN(0.4),
        CRASH(0.15),
        STALL(0.3),
        REDELIVERY(4),
        ACK_LOST(4),
        SHOCK(2);

        private final double most;

        Fault(double most) {
            this.most = most;
        }
    }

    private final Map<Fault, Double> chances = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> happened = new EnumMap<>(Fault.class);
    private final World world;
    private boolean fair;

    Weather(World world) {
        this.world = world;
        for (Fault fault : Fault.values()) {
            // Most kinds happen in a schedule, some not at all, so that no kind always hides another.
            double share = world.below(4) == 0 ? 0 : world.below(101) / 100.0;
            chances.put(fault, fault.most * share);
        }
    }

    /** Nothing goes wrong any more. */
    void clear() {
        fair = true;
    }

    boolean isFair() {
        return fair;
    }

    boolean strikes(Fault fault) {
        if (fair || !world.chance(chances.getOrDefault(fault, 0.0))) {
            return false;
        }
        happened.merge(fault, 1L, Long::sum);
        world.note(fault.name());
        return true;
    }

    Map<Fault, Long> happened() {
        return happened;
    }
}
