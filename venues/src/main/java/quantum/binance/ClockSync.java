package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;

/**
 * The exchange's clock as an offset from our monotonic one, so that a jump of the host's clock cannot move it. Of
 * several readings the one with the shortest way counts (binance-usdm 2.3).
 */
final class ClockSync {

    private static final int SAMPLES = 3;
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    /** The exchange's time at a monotonic instant, and how long the question took. */
    private record Reading(Instant exchange, long nanos, long wayNanos) {}

    private final Conversation talk;
    private final List<Consumer<@Nullable String>> waiting = new ArrayList<>();
    private @Nullable Reading reading;
    private @Nullable Long hostOffsetMillis;

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
        return known.exchange().plusNanos(nanos - known.nanos());
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

    /** Reads it again every few minutes, for ever; a failure is found again by the exchange's own refusals. */
    void keep() {
        talk.wakeIn(INTERVAL, () -> sync(_ -> keep()));
    }

    private void sample(int number, @Nullable Reading best) {
        talk.ask(Asks.time(), json -> json.time("serverTime"), reply -> {
            if (!(reply instanceof Told<Instant>(Instant server, long asked))) {
                done(best, reply.failure());
                return;
            }
            long way = talk.now().nanos() - asked;
            Reading now = new Reading(server, asked + way / 2, way);
            Reading better = best == null || way < best.wayNanos() ? now : best;
            if (number < SAMPLES) {
                sample(number + 1, better);
            } else {
                done(better, "");
            }
        });
    }

    private void done(@Nullable Reading best, String failure) {
        if (best != null) {
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
}
