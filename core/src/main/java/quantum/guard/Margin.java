package quantum.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;
import quantum.order.ClientOrderId;

/**
 * Free margin as last read, less what orders in flight will use. A reservation ends with an account reading that was
 * asked for after its order's fill, so that no two opens spend the same margin.
 */
public record Margin(@Nullable BigDecimal available, long askedNanos, Map<ClientOrderId, Reservation> reservations) {

    public static final Margin UNKNOWN = new Margin(null, 0, Map.of());

    /** {@code settledNanos} is when the order was known filled; absent while it is in flight. */
    record Reservation(BigDecimal amount, @Nullable Long settledNanos) {}

    /** What an order needs: its worth over its leverage, with the buffer (seed 003: 1.25). */
    public static BigDecimal required(BigDecimal notional, int leverage, BigDecimal bufferFactor) {
        return notional.multiply(bufferFactor).divide(BigDecimal.valueOf(leverage), 8, RoundingMode.UP);
    }

    /** What is left for new orders; absent before the first reading. */
    public @Nullable BigDecimal free() {
        if (available == null) {
            return null;
        }
        BigDecimal reserved =
                reservations.values().stream().map(Reservation::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return available.subtract(reserved);
    }

    public Verdict admit(BigDecimal required) {
        BigDecimal free = free();
        if (free == null) {
            return Verdict.refuse(Refusal.MARGIN_UNKNOWN, "the account has not been read yet");
        }
        return free.compareTo(required) >= 0
                ? Verdict.PASS
                : Verdict.refuse(
                        Refusal.MARGIN_INSUFFICIENT,
                        "need " + required.setScale(2, RoundingMode.UP).toPlainString() + ", free "
                                + free.setScale(2, RoundingMode.DOWN).toPlainString());
    }

    public Margin reserved(ClientOrderId id, BigDecimal amount) {
        return with(id, new Reservation(amount, null));
    }

    /** The order was filled: its margin is in use from here on, and the next reading will show it. */
    public Margin filled(ClientOrderId id, long nanos) {
        Reservation reservation = reservations.get(id);
        return reservation == null ? this : with(id, new Reservation(reservation.amount(), nanos));
    }

    /** The order will use no margin. */
    public Margin released(ClientOrderId id) {
        Map<ClientOrderId, Reservation> rest = new HashMap<>(reservations);
        rest.remove(id);
        return new Margin(available, askedNanos, rest);
    }

    /** A reading of the account, asked for at {@code asked}; answers may overtake each other, and the latest counts. */
    public Margin read(BigDecimal nowAvailable, long asked) {
        if (available != null && asked - askedNanos < 0) {
            return this;
        }
        Map<ClientOrderId, Reservation> open = new HashMap<>(reservations);
        open.values().removeIf(r -> r.settledNanos() != null && r.settledNanos() - asked < 0);
        return new Margin(nowAvailable, asked, open);
    }

    /** Whether an order has its reservation. */
    public boolean isReserved(ClientOrderId id) {
        return reservations.containsKey(id);
    }

    private Margin with(ClientOrderId id, Reservation reservation) {
        Map<ClientOrderId, Reservation> changed = new HashMap<>(reservations);
        changed.put(id, reservation);
        return new Margin(available, askedNanos, changed);
    }
}
