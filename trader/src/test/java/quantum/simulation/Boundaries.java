package quantum.simulation;

import java.util.EnumMap;
import java.util.Map;
import quantum.simulation.Weather.Fault;

/** Every place where the process meets the world: there it may end, by chance or because a sweep has come to it. */
final class Boundaries {

    /** Where a process can end. */
    enum Point {
        BEFORE_RECORD,
        AFTER_RECORD,
        DURABLE,
        BEFORE_REQUEST,
        AFTER_REQUEST,
        MESSAGE_READ,
        MESSAGE_DECIDED,
        BEFORE_ACKNOWLEDGEMENT,
        BETWEEN_TURNS
    }

    private final Weather weather;
    private final Map<Point, Long> crashed = new EnumMap<>(Point.class);
    private final long sweep;
    private long passed;

    /** A sweep ends the process at the boundary of this number, counted from one; 0 never does. */
    Boundaries(Weather weather, long sweep) {
        this.weather = weather;
        this.sweep = sweep;
    }

    void pass(Point point) {
        passed++;
        if (passed == sweep || weather.strikes(Fault.CRASH)) {
            crashed(point);
            throw new Crash();
        }
    }

    void crashed(Point point) {
        crashed.merge(point, 1L, Long::sum);
    }

    long passed() {
        return passed;
    }

    Map<Point, Long> crashed() {
        return crashed;
    }
}
