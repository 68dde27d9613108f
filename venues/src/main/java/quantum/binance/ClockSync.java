package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;
import quantum.venue.VenueEvent;

/**
 * The exchange's clock as an offset from our monotonic one, so that a jump of the host's clock cannot move it. Of
 * several readings the one with the shortest way counts (binance-usdm 2.3). While the time is not known to a second, no
 * open may leave; exits are stamped as well as can be (reliability F48).
 */
final class ClockSync {

    private static final int SAMPLES = 3;
    /** A slow network or a process that stood still makes readings that say too little. */
    private static final int MOST_SAMPLES = 6;

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(30);
    /** Between a reading that disagrees with the one before, or says too little, and the one that must confirm it. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(1);
    /** A person is told when the clocks moved apart by more. */
    private static final Duration NEWS = Duration.ofMillis(500);
    /** Opens need the time to within this. */
    private static final Duration BOUND = Duration.ofSeconds(1);
    /** Two clocks drift apart by less: 500 millionths of the time since the reading (reliability F48). */
    private static final long DRIFT_SHARE = 2000;

    /** The exchange's time at a monotonic instant, and how long the question took. */
    private record Reading(Instant exchange, long nanos, long wayNanos) {

        Instant at(long other) {
            return exchange.plusNanos(other - nanos);
        }

        /** How far the estimate for an instant may be off. */
        Duration uncertainty(long other) {
            return Duration.ofNanos(wayNanos / 2 + Math.abs(other - nanos) / DRIFT_SHARE);
        }

        /** How far another reading lies from this one, beyond what both their ways explain. */
        Duration distance(Reading later) {
            Duration apart = Duration.between(at(later.nanos), later.exchange).abs();
            Duration unexplained = apart.minusNanos(wayNanos / 2).minusNanos(later.wayNanos / 2);
            return unexplained.isNegative() ? Duration.ZERO : unexplained;
        }
    }

    private final Conversation talk;
    private final List<Consumer<@Nullable String>> waiting = new ArrayList<>();
    private @Nullable Reading reading;
    private @Nullable Long hostOffsetMillis;
    private boolean isDoubted;

    ClockSync(Conversation talk) {
        this.talk = talk;
    }

    boolean isSynced() {
        return reading != null;
    }

    /** Best estimate of the exchange's time at a monotonic instant. */
    Instant at(long nanos) {
        Reading known = reading;
        if (known == null) {
            throw new IllegalStateException("the exchange's clock was never read");
        }
        return known.at(nanos);
    }

    /** Why the time is not known well enough for an open; null if it is. */
    @Nullable
    String doubt() {
        Reading known = reading;
        if (known == null) {
            return "the exchange's clock was never read";
        }
        Duration uncertainty = known.uncertainty(talk.now().nanos());
        if (uncertainty.compareTo(BOUND) > 0) {
            return "the exchange's time is known to " + uncertainty.toMillis() + " ms only";
        }
        return isDoubted ? "the exchange's clock jumped against ours, and no second reading agrees yet" : null;
    }

    /** How far the exchange's clock was ahead of the caller's at the first reading, while that was still the host's. */
    long hostOffsetMillis() {
        return hostOffsetMillis == null ? 0 : hostOffsetMillis;
    }

    /** Reads the clock; null when done, else why not. Whoever asks meanwhile shares the reading. */
    void sync(Consumer<@Nullable String> then) {
        waiting.add(then);
        if (waiting.size() == 1) {
            sample(1, null);
        }
    }

    /** Reads it again every few minutes, for ever, and sooner after a failure. */
    void keep() {
        keep(INTERVAL);
    }

    private void keep(Duration pause) {
        talk.wakeIn(pause, () -> sync(failure -> keep(failure == null ? INTERVAL : AFTER_A_FAILURE)));
    }

    private void sample(int number, @Nullable Reading best) {
        talk.ask(Endpoints.time(), json -> json.time("serverTime"), reply -> {
            Reading better = best;
            if (reply instanceof Told<Instant>(Instant server, long asked)) {
                long way = talk.now().nanos() - asked;
                better = best == null || way < best.wayNanos() ? new Reading(server, asked + way / 2, way) : best;
            }
            if (better == null) {
                done(null, reply.failure());
            } else if (isVague(better) ? number < MOST_SAMPLES : reply instanceof Told<Instant> && number < SAMPLES) {
                sample(number + 1, better);
            } else {
                done(better, "");
            }
        });
    }

    private boolean isVague(Reading known) {
        return known.uncertainty(talk.now().nanos()).compareTo(BOUND) > 0;
    }

    private void done(@Nullable Reading best, String failure) {
        if (best != null) {
            compare(reading, best);
            reading = best;
            if (hostOffsetMillis == null) {
                Instant host = talk.now().exchange();
                hostOffsetMillis =
                        Duration.between(host, at(talk.now().nanos())).toMillis();
            }
        }
        List<Consumer<@Nullable String>> done = List.copyOf(waiting);
        waiting.clear();
        done.forEach(then -> then.accept(best == null ? failure : null));
    }

    private void compare(@Nullable Reading before, Reading best) {
        Duration moved = before == null ? Duration.ZERO : before.distance(best);
        if (moved.compareTo(NEWS) > 0) {
            talk.tell(new VenueEvent.ClockMoved(moved));
        }
        isDoubted = moved.compareTo(BOUND) > 0;
        if (isDoubted || isVague(best)) {
            talk.wakeIn(CONFIRMATION, () -> sync(_ -> {}));
        }
    }
}
