package quantum.position;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.venue.Call.Payment;

/**
 * What of a symbol's payments belongs to one position life. The exchange's list names the symbol and not the position, so
 * that in hedge mode a payment for long and short at once is told apart by what each held, or not at all (decision 0011).
 */
public sealed interface IncomeShare {

    /** The exact sum: negative where more was paid than received. */
    record Known(BigDecimal amount) implements IncomeShare {}

    /** It cannot be said, and is not guessed. */
    record Untold(String why) implements IncomeShare {}

    /** A span of time, both ends included. */
    record Span(Instant from, Instant until) {
        public boolean holds(Instant time) {
            return !time.isBefore(from) && !time.isAfter(until);
        }
    }

    /**
     * The payments of a position's time.
     *
     * @param payments of its symbol, in any order, also of other times
     * @param own what it held
     * @param beside what was held of the other direction; null in one-way mode, where there is none
     */
    static IncomeShare of(Span span, List<Payment> payments, HeldOverTime own, @Nullable HeldOverTime beside) {
        Map<Instant, List<Payment>> byTime = new TreeMap<>();
        payments.stream()
                .filter(payment -> span.holds(payment.time()))
                .forEach(payment -> byTime.computeIfAbsent(payment.time(), _ -> new ArrayList<>())
                        .add(payment));
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<Instant, List<Payment>> each : byTime.entrySet()) {
            Instant time = each.getKey();
            if (each.getValue().stream().anyMatch(payment -> payment.amount() == null)) {
                return new Untold("something was paid in another asset at " + time);
            }
            BigDecimal part = beside == null || beside.isFlatAt(time)
                    ? sum(each.getValue())
                    : apart(each.getValue(), own.at(time), beside.at(time));
            if (part == null) {
                return new Untold("long and short were held at " + time + ", and what each paid cannot be told apart");
            }
            sum = sum.add(part);
        }
        return new Known(sum);
    }

    private static BigDecimal sum(List<Payment> payments) {
        return payments.stream().map(IncomeShare::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(Payment payment) {
        BigDecimal amount = payment.amount();
        return amount == null ? BigDecimal.ZERO : amount;
    }

    /**
     * Long and short pay in proportion to what they hold and in opposite directions: of two payments of that proportion
     * the larger is of the larger position. Null where they are not such two.
     */
    private static @Nullable BigDecimal apart(List<Payment> payments, List<BigDecimal> own, List<BigDecimal> other) {
        if (payments.size() != 2 || own.size() != 1 || other.size() != 1) {
            return null;
        }
        BigDecimal first = amount(payments.getFirst());
        BigDecimal second = amount(payments.getLast());
        if (first.signum() * second.signum() >= 0) {
            return null;
        }
        BigDecimal mine = own.getFirst();
        BigDecimal theirs = other.getFirst();
        boolean firstIsMine = isInProportion(first, mine, second, theirs);
        boolean secondIsMine = isInProportion(second, mine, first, theirs);
        return firstIsMine == secondIsMine ? null : firstIsMine ? first : second;
    }

    /** Up to the eighth decimal, to which the exchange rounds each. */
    private static boolean isInProportion(
            BigDecimal paid, BigDecimal held, BigDecimal otherPaid, BigDecimal otherHeld) {
        BigDecimal difference =
                paid.abs().multiply(otherHeld).subtract(otherPaid.abs().multiply(held));
        return difference.abs().movePointRight(8).compareTo(held.add(otherHeld)) <= 0;
    }
}
