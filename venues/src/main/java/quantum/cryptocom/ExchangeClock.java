package quantum.cryptocom;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The exchange's clock as an offset from our monotonic one. No call reads it: the Date of a reply says it to the
 * second, and the id of a heartbeat to the millisecond it left. Each reading leaves a range in which the offset lies;
 * ranges that overlap make it narrower, one that does not takes its place, and a person hears how far the clocks moved
 * apart.
 */
final class ExchangeClock {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** No heartbeat that is of use was longer on its way. */
    private static final Duration LONGEST_WAY = SECOND;
    /** A person is informed when the clocks moved apart by more. */
    private static final Duration NEWS = Duration.ofMillis(500);
    /** A heartbeat id that lies farther off is a number, and no time. */
    private static final Duration CREDIBLE = Duration.ofMinutes(1);
    /** Two clocks drift apart by less: 500 millionths of the time since the reading. */
    private static final long DRIFT_SHARE = 2000;

    /** The exchange's time at monotonic zero lies between these, as of a monotonic instant. */
    private record Range(Instant low, Instant high, long nanos) {

        Range at(long now) {
            long drift = Math.abs(now - nanos) / DRIFT_SHARE;
            return new Range(low.minusNanos(drift), high.plusNanos(drift), now);
        }

        Instant middle() {
            return low.plus(Duration.between(low, high).dividedBy(2));
        }

        @Nullable
        Range within(Range other) {
            Instant latest = low.isAfter(other.low) ? low : other.low;
            Instant earliest = high.isBefore(other.high) ? high : other.high;
            return latest.isAfter(earliest) ? null : new Range(latest, earliest, nanos);
        }
    }

    private @Nullable Range range;
    private boolean isDoubted;
    private long hostOffsetMillis;

    boolean isKnown() {
        return range != null && !isDoubted;
    }

    /** The exchange's time at a monotonic instant; null before the first reading. */
    @Nullable
    Instant at(long nanos) {
        Range known = range;
        return known == null ? null : known.middle().plusNanos(nanos);
    }

    /** How far the exchange's clock was ahead of the caller's at the first reading. */
    long hostOffsetMillis() {
        return hostOffsetMillis;
    }

    /** A reply's Date, cut to the second, of a question that left and came back at these instants; how far it moved. */
    @Nullable
    Duration dated(Instant date, long askedNanos, long receivedNanos, Instant host) {
        boolean isFirst = range == null;
        Range read = new Range(date.minusNanos(receivedNanos), date.plus(SECOND).minusNanos(askedNanos), receivedNanos);
        Duration moved = take(read);
        if (isFirst) {
            hostOffsetMillis = Duration.between(host, read.middle().plusNanos(receivedNanos))
                    .toMillis();
        }
        return moved;
    }

    /** A heartbeat's id, if it is a time at all. */
    void beat(long id, long receivedNanos) {
        Range known = range;
        if (known == null || id <= 0 || id > Integer.MAX_VALUE * 1000L * 2) {
            return;
        }
        Instant sent = Instant.ofEpochMilli(id).minusNanos(receivedNanos);
        if (Duration.between(known.middle(), sent).abs().compareTo(CREDIBLE) < 0) {
            Range read = new Range(sent, sent.plus(LONGEST_WAY), receivedNanos);
            Range both = known.at(receivedNanos).within(read);
            range = both == null ? known : both;
        }
    }

    /** The exchange refuses the times that it leads to: the next reading takes its place. */
    void doubt() {
        isDoubted = true;
    }

    private @Nullable Duration take(Range read) {
        Range known = range;
        Range both = known == null || isDoubted ? null : known.at(read.nanos()).within(read);
        range = both == null ? read : both;
        isDoubted = false;
        if (known == null || both != null) {
            return null;
        }
        Duration moved = Duration.between(known.middle(), read.middle());
        return moved.abs().compareTo(NEWS) > 0 ? moved.abs() : null;
    }
}
