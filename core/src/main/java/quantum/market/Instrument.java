package quantum.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * One tradable contract with the exchange's rules for prices and sizes, and the only place that rounds: quantities down
 * to the step, prices to the nearest tick, protective levels never onto or across the mark. A market order has to pass
 * both lot filters, and the market lot is the smaller (binance-usdm 3.3).
 */
public record Instrument(
        Symbol symbol,
        boolean trading,
        Contract contract,
        PriceRule prices,
        LotRule lots,
        LotRule marketLots,
        BigDecimal minNotional) {

    /** The exchange's price grid: bounds of zero mean that the exchange sets none (binance-usdm 6.1). */
    public record PriceRule(BigDecimal tick, BigDecimal min, BigDecimal max) {
        public PriceRule {
            if (tick.signum() <= 0) {
                throw new IllegalArgumentException("tick must be greater than zero");
            }
        }
    }

    /** What became of a wish for a size. */
    public sealed interface Sizing {
        /** A size that every filter of a market order accepts. */
        record Fits(Quantity quantity) implements Sizing {}

        /** Less than one step or the exchange's minimum size. */
        record TooSmall(BigDecimal smallest) implements Sizing {}

        /** Worth less than the exchange's minimum. */
        record TooCheap(BigDecimal notional, BigDecimal minimum) implements Sizing {}

        /** More than one market order may carry. */
        record TooLarge(BigDecimal largest) implements Sizing {}
    }

    /**
     * The size of a market order worth at most {@code notional} at {@code price}. What is too small is refused and not
     * rounded up: that would be more than was wished (INC-I48).
     */
    public Sizing sizeFor(BigDecimal notional, Price price) {
        return size(notional.divide(price.value(), 18, RoundingMode.DOWN), price);
    }

    /** The size of a market order of at most {@code wish} units, worth at least the minimum at {@code price}. */
    public Sizing size(BigDecimal wish, Price price) {
        BigDecimal rounded = roundDown(wish);
        BigDecimal smallest = lots.min().max(marketLots.min());
        if (rounded.signum() <= 0 || rounded.compareTo(smallest) < 0) {
            return new Sizing.TooSmall(smallest);
        }
        BigDecimal largest = lots.max().min(marketLots.max());
        if (rounded.compareTo(largest) > 0) {
            return new Sizing.TooLarge(largest);
        }
        BigDecimal worth = rounded.multiply(price.value());
        if (worth.compareTo(minNotional) < 0) {
            return new Sizing.TooCheap(worth, minNotional);
        }
        return new Sizing.Fits(new Quantity(rounded));
    }

    /**
     * The part of a held quantity to close; the whole where the fraction is 1. Null if it is less than one step. The
     * whole is not rounded, or a rest would be left behind (INC-I51).
     */
    public @Nullable Quantity partOf(Quantity held, BigDecimal fraction) {
        if (fraction.compareTo(BigDecimal.ONE) >= 0) {
            return held;
        }
        return wholeSteps(held.value().multiply(fraction));
    }

    /** The largest whole number of steps within a wish. Null if it is less than one step. */
    public @Nullable Quantity wholeSteps(BigDecimal wish) {
        BigDecimal rounded = roundDown(wish);
        return rounded.signum() > 0 ? new Quantity(rounded) : null;
    }

    /**
     * What one order can sell of a quantity. Of coins that is whole steps of at least the smallest size and worth, and null
     * where it comes to nothing: such a rest can neither be protected nor sold. What only reduces a borrowed position is not
     * bound by these.
     */
    public @Nullable Quantity sellable(BigDecimal quantity, Price price) {
        if (contract.isBorrowed()) {
            return quantity.signum() > 0 ? new Quantity(quantity) : null;
        }
        return switch (size(quantity, price)) {
            case Sizing.Fits(Quantity fits) -> fits;
            case Sizing.TooLarge(BigDecimal largest) -> wholeSteps(largest);
            case Sizing.TooSmall _, Sizing.TooCheap _ -> null;
        };
    }

    /** What one market order may carry of a quantity to close; the rest needs another one. */
    public Quantity mostOf(Quantity quantity) {
        BigDecimal largest = lots.max().min(marketLots.max());
        boolean fits = quantity.value().compareTo(largest) <= 0;
        Quantity most = fits ? null : wholeSteps(largest);
        return most == null ? quantity : most;
    }

    /** True if a market order of this size passes both lot filters. */
    public boolean acceptsMarket(Quantity quantity) {
        return lots.accepts(quantity.value()) && marketLots.accepts(quantity.value());
    }

    private BigDecimal roundDown(BigDecimal wish) {
        // Both filters apply to a market order. What lies on the coarser grid lies on the finer one too in every
        // contract of the listing that is tested (ListedInstrumentsTest).
        LotRule coarse = lots.step().compareTo(marketLots.step()) >= 0 ? lots : marketLots;
        return coarse.down(wish);
    }

    /**
     * The nearest price on the tick grid, at least one tick and within the exchange's bounds. The grid begins at the
     * exchange's lowest price, which need not be a multiple of the tick.
     */
    public Price nearestTick(BigDecimal raw) {
        BigDecimal tick = prices.tick();
        BigDecimal offset = prices.min().remainder(tick);
        BigDecimal bounded = prices.max().signum() > 0 ? raw.min(prices.max()) : raw;
        BigDecimal rounded = LotRule.nearest(bounded.subtract(offset), tick, RoundingMode.HALF_UP)
                .add(offset);
        return new Price(rounded.max(tick).max(prices.min()));
    }

    /** The nearest tick that loses against the mark for this direction: a stop never on or across the mark. */
    public Price stopTick(BigDecimal raw, Direction direction, Price mark) {
        return beyond(raw, mark, -direction.sign());
    }

    /** The nearest tick that wins against the mark for this direction: a target never on or across the mark. */
    public Price targetTick(BigDecimal raw, Direction direction, Price mark) {
        return beyond(raw, mark, direction.sign());
    }

    /**
     * The tick of a stop that is moved into profit: the first that is not worse than {@code raw} for this direction, or
     * the last one that still loses against the mark. Rounded the other way, break-even would not cover the fees.
     */
    public Price raisedStopTick(BigDecimal raw, Direction direction, Price mark) {
        Price nearest = nearestTick(raw);
        BigDecimal step = prices.tick().multiply(BigDecimal.valueOf(direction.sign()));
        boolean worse = Integer.signum(raw.compareTo(nearest.value())) == direction.sign();
        Price raised = worse ? nearestTick(nearest.value().add(step)) : nearest;
        return direction.gains(raised, mark)
                ? raised
                : nearestTick(raised.value().subtract(step));
    }

    private Price beyond(BigDecimal raw, Price mark, int sign) {
        Price nearest = nearestTick(raw);
        boolean rawIsBeyond = Integer.signum(raw.compareTo(mark.value())) == sign;
        boolean nearestIsBeyond = Integer.signum(nearest.compareTo(mark)) == sign;
        if (!rawIsBeyond || nearestIsBeyond) {
            return nearest;
        }
        // Rounding alone carried the level onto the mark: one tick away from it keeps the wish of the producer.
        BigDecimal away = nearest.value().add(prices.tick().multiply(BigDecimal.valueOf(sign)));
        return nearestTick(away);
    }
}
