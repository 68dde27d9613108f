package quantum.position;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quantum.market.Direction;
import quantum.venue.Call.Trade;

/** How much of one position was held over time, by its trades; never below zero. */
public record HeldOverTime(BigDecimal before, List<Step> steps) {

    /** What was held after a trade. */
    public record Step(Instant time, BigDecimal held) {}

    public HeldOverTime {
        steps = List.copyOf(steps);
    }

    /** Backwards from what is held after these trades, oldest first; absent if they contradict it. */
    public static Optional<HeldOverTime> until(BigDecimal held, Direction direction, List<Trade> trades) {
        BigDecimal changes =
                trades.stream().map(trade -> trade.changeOf(direction)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal before = held.subtract(changes);
        List<Step> steps = new ArrayList<>();
        BigDecimal now = before;
        boolean possible = now.signum() >= 0;
        for (Trade trade : trades) {
            now = now.add(trade.changeOf(direction));
            possible &= now.signum() >= 0;
            steps.add(new Step(trade.time(), now));
        }
        return possible ? Optional.of(new HeldOverTime(before, steps)) : Optional.empty();
    }

    /** What was held at a time: one amount, or several where trades have the same time, whose order is not known. */
    public List<BigDecimal> at(Instant time) {
        List<BigDecimal> held = new ArrayList<>(List.of(before));
        for (Step step : steps) {
            if (step.time().isBefore(time)) {
                held.clear();
            }
            if (!step.time().isAfter(time)) {
                held.add(step.held());
            }
        }
        return held;
    }

    /** Whether nothing was held at a time, whatever the order of trades and that time. */
    public boolean isFlatAt(Instant time) {
        return at(time).stream().allMatch(held -> held.signum() == 0);
    }
}
