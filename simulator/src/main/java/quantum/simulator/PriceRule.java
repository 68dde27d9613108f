package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The prices an instrument allows; a zero switches its part of the rule off (binance-usdm 6.1). */
public record PriceRule(
        BigDecimal minimum,
        BigDecimal maximum,
        BigDecimal tick,
        int precision,
        BigDecimal multiplierUp,
        BigDecimal multiplierDown,
        BigDecimal triggerProtect) {

    void check(BigDecimal price) {
        if (price.signum() <= 0) throw new Refused(Refusal.PRICE_NOT_POSITIVE);
        if (price.stripTrailingZeros().scale() > precision) throw new Refused(Refusal.PRICE_PRECISION);
        if (price.compareTo(minimum) < 0) throw new Refused(Refusal.PRICE_BELOW_MINIMUM, plain(minimum));
        if (maximum.signum() > 0 && price.compareTo(maximum) > 0) {
            throw new Refused(Refusal.PRICE_ABOVE_MAXIMUM, plain(maximum));
        }
        if (!onTick(price)) throw new Refused(Refusal.PRICE_OFF_TICK);
    }

    /** A trigger has bounds of its own name; it must fit like any price all the same (binance-usdm 9, -4006, -4007). */
    void checkTrigger(BigDecimal trigger) {
        if (trigger.signum() <= 0) throw new Refused(Refusal.TRIGGER_NOT_POSITIVE);
        if (maximum.signum() > 0 && trigger.compareTo(maximum) > 0) throw new Refused(Refusal.TRIGGER_ABOVE_MAXIMUM);
        check(trigger);
    }

    void checkAgainstMark(Side side, BigDecimal price, BigDecimal mark) {
        checkAgainst(mark, side, price, Refusal.PRICE_ABOVE_MARK_LIMIT, Refusal.PRICE_BELOW_MARK_LIMIT);
    }

    /** The same bounds around the trigger, for the limit of a conditional order (binance-usdm 9, -4183, -4184). */
    void checkAgainstTrigger(Side side, BigDecimal price, BigDecimal trigger) {
        checkAgainst(trigger, side, price, Refusal.PRICE_ABOVE_TRIGGER_LIMIT, Refusal.PRICE_BELOW_TRIGGER_LIMIT);
    }

    private void checkAgainst(BigDecimal reference, Side side, BigDecimal price, Refusal above, Refusal below) {
        var highest = reference.multiply(multiplierUp);
        if (side == Side.BUY && multiplierUp.signum() > 0 && price.compareTo(highest) > 0) {
            throw new Refused(above, plain(round(highest)));
        }
        var lowest = reference.multiply(multiplierDown);
        if (side == Side.SELL && price.compareTo(lowest) < 0) throw new Refused(below, plain(round(lowest)));
    }

    public boolean onTick(BigDecimal price) {
        return tick.signum() == 0 || price.subtract(minimum).remainder(tick).signum() == 0;
    }

    /** The nearest allowed price, at least the minimum. */
    BigDecimal round(BigDecimal price) {
        if (tick.signum() == 0) return price.max(minimum);
        var ticks =
                price.subtract(minimum).divide(tick, 0, RoundingMode.HALF_UP).max(BigDecimal.ZERO);
        var rounded = minimum.add(ticks.multiply(tick));
        if (maximum.signum() > 0 && rounded.compareTo(maximum) > 0) rounded = maximum;
        return rounded.setScale(Math.max(scale(tick), scale(rounded)), RoundingMode.UNNECESSARY);
    }

    private static int scale(BigDecimal value) {
        return Math.max(0, value.stripTrailingZeros().scale());
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
