package quantum.binance;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the exchange's limits: so much in each window of its clock (binance-usdm 8.1). The exchange's own figure wins;
 * what is on its way and not answered yet is added, because no figure can know it.
 */
final class Window {

    /** A request on its way, and the window in which it left. */
    private record Sent(int amount, long window) {}

    private final long lengthMillis;
    private final Map<Long, Sent> onTheWay = new HashMap<>();
    private long limit;
    private long number;
    private long told;
    private long toldBy;
    private long opens;

    Window(long lengthMillis, long limit) {
        this.lengthMillis = lengthMillis;
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    void limit(long other) {
        limit = other;
    }

    /** What is used now, as far as anybody can know. */
    long used(long millis) {
        roll(millis);
        return told + onTheWay.values().stream().mapToLong(Sent::amount).sum();
    }

    /** The opens that left in this window, each counted with what it leads to. */
    long opens(long millis) {
        roll(millis);
        return opens;
    }

    void opening(long amount, long millis) {
        roll(millis);
        opens += amount;
    }

    void sent(long id, int amount, long millis) {
        roll(millis);
        onTheWay.put(id, new Sent(amount, number));
    }

    /** A request was answered, with the exchange's figure or without one. */
    void answered(long id, @Nullable Long figure, long millis) {
        roll(millis);
        Sent sent = onTheWay.remove(id);
        if (sent == null) {
            return;
        }
        if (figure == null || sent.window() != number) {
            // Counted or not, in this window or in the one before: taken for counted now.
            told += sent.amount();
        } else if (id > toldBy) {
            told = figure;
            toldBy = id;
        } else {
            // An answer that was overtaken: the larger of two figures has counted more.
            told = Math.max(told, figure);
        }
    }

    /** How long until the next window begins. */
    long millisLeft(long millis) {
        return lengthMillis - Math.floorMod(millis, lengthMillis);
    }

    private void roll(long millis) {
        long now = Math.floorDiv(millis, lengthMillis);
        // A reading of the exchange's clock may set our estimate back a little; a window does not begin twice for that.
        if (now > number || now < number - 1) {
            number = now;
            told = 0;
            opens = 0;
        }
    }
}
