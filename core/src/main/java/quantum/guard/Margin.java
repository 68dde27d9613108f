package quantum.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;
import quantum.market.Balance;
import quantum.market.Contract;
import quantum.order.ClientOrderId;

/**
 * Free margin as last read, asset by asset, less what orders in flight will use. A reservation ends with an account
 * reading that was asked for after its order's fill, so that no two opens spend the same margin.
 */
public record Margin(
        @Nullable Map<String, Balance> balances, long askedNanos, Map<ClientOrderId, Reservation> reservations) {

    /** Opens are refused as MARGIN_UNKNOWN until the account was read (law 7). */
    public static final Margin UNKNOWN = new Margin(null, 0, Map.of());

    /** {@code settledNanos} is when the order was known filled; absent while it is in flight. */
    record Reservation(
            String asset, BigDecimal amount, @Nullable Long settledNanos) {}

    /** What an order needs: its worth over its leverage, with the buffer (seed 003: 1.25). */
    public static BigDecimal required(BigDecimal notional, int leverage, BigDecimal bufferFactor) {
        return notional.multiply(bufferFactor).divide(BigDecimal.valueOf(leverage), 8, RoundingMode.UP);
    }

    /** What is left of an asset for new orders; absent before the first reading. */
    public @Nullable BigDecimal free(String asset) {
        if (balances == null) {
            return null;
        }
        Balance balance = balances.get(asset);
        BigDecimal reserved = reservations.values().stream()
                .filter(reservation -> reservation.asset().equals(asset))
                .map(Reservation::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return (balance == null ? BigDecimal.ZERO : balance.available()).subtract(reserved);
    }

    /** The balance that most of the account's money is in; absent before the first reading. */
    public @Nullable Balance main() {
        List<Balance> held = dollars(true);
        List<Balance> all = held.isEmpty() ? dollars(false) : held;
        return all.isEmpty() ? null : all.getFirst();
    }

    /** What is left of each asset that positions can be margined with, the account's own one first. */
    public Map<String, BigDecimal> free() {
        Map<String, BigDecimal> free = new LinkedHashMap<>();
        List<Balance> held = dollars(true);
        (held.isEmpty() ? dollars(false) : held).forEach(balance -> {
            BigDecimal left = free(balance.asset());
            if (left != null) {
                free.put(balance.asset(), left);
            }
        });
        return free;
    }

    /**
     * False if the account holds nothing of an asset: no order in it can have margin. An account without any money lacks
     * margin, not an asset.
     */
    public boolean mayHold(String asset) {
        Balance balance = balances == null ? null : balances.get(asset);
        return balances == null
                || (balance != null && (balance.isHeld() || dollars(true).isEmpty()));
    }

    /** True if the account's money is in this asset, or may be: want of it says something of every open. */
    public boolean isMain(String asset) {
        List<Balance> held = dollars(true);
        return held.isEmpty() || held.getFirst().asset().equals(asset);
    }

    /** The dollars that the account has, the most first. */
    private List<Balance> dollars(boolean held) {
        return balances == null
                ? List.of()
                : balances.values().stream()
                        .filter(balance -> Contract.isDollar(balance.asset()) && (balance.isHeld() || !held))
                        .sorted(Comparator.comparing(Balance::wallet).reversed().thenComparing(Balance::asset))
                        .toList();
    }

    /** Asked before the order leaves (M9), of the asset that the contract takes its margin in (X-F9). */
    public Verdict admit(String asset, BigDecimal required) {
        BigDecimal free = free(asset);
        if (free == null) {
            return Verdict.refuse(Refusal.MARGIN_UNKNOWN, "the account has not been read yet");
        }
        return free.compareTo(required) >= 0
                ? Verdict.PASS
                : Verdict.refuse(
                        Refusal.MARGIN_INSUFFICIENT,
                        "need " + required.setScale(2, RoundingMode.UP).toPlainString() + " " + asset + ", free "
                                + free.setScale(2, RoundingMode.DOWN).toPlainString());
    }

    /** From the decision on: the next open of the same moment finds less. */
    public Margin reserved(ClientOrderId id, String asset, BigDecimal amount) {
        return with(id, new Reservation(asset, amount, null));
    }

    /** The order was filled: its margin is in use from here on, and the next reading will show it. */
    public Margin filled(ClientOrderId id, long nanos) {
        Reservation reservation = reservations.get(id);
        return reservation == null ? this : with(id, new Reservation(reservation.asset(), reservation.amount(), nanos));
    }

    /** The order will use no margin. */
    public Margin released(ClientOrderId id) {
        Map<ClientOrderId, Reservation> rest = new HashMap<>(reservations);
        rest.remove(id);
        return new Margin(balances, askedNanos, rest);
    }

    /**
     * A reading of the account, asked for at {@code asked}; answers may overtake each other, and the latest counts. It says
     * nothing of an asset that it lacked: what an order uses of that one stays reserved (X-F6, seed 98572).
     */
    public Margin read(List<Balance> now, Set<String> lacked, long asked) {
        if (balances != null && asked - askedNanos < 0) {
            return this;
        }
        Map<ClientOrderId, Reservation> open = new HashMap<>(reservations);
        open.values()
                .removeIf(r -> r.settledNanos() != null && r.settledNanos() - asked < 0 && !lacked.contains(r.asset()));
        return new Margin(
                now.stream().collect(Collectors.toMap(Balance::asset, each -> each, (a, _) -> a)), asked, open);
    }

    /** Whether an order has its reservation. */
    public boolean isReserved(ClientOrderId id) {
        return reservations.containsKey(id);
    }

    private Margin with(ClientOrderId id, Reservation reservation) {
        Map<ClientOrderId, Reservation> changed = new HashMap<>(reservations);
        changed.put(id, reservation);
        return new Margin(balances, askedNanos, changed);
    }
}
