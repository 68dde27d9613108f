package quantum.simulator;

import java.math.BigDecimal;

/** One minute of one symbol, in simulated exchange time. */
public record Candle(
        long minute,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        int trades) {

    public static Candle starting(long minute, BigDecimal price) {
        return new Candle(minute, price, price, price, price, BigDecimal.ZERO, 0);
    }

    public Candle with(BigDecimal price, BigDecimal quantity) {
        return new Candle(minute, open, high.max(price), low.min(price), price, volume.add(quantity), trades + 1);
    }

    /** This candle followed by a later one. */
    public Candle and(Candle later) {
        return new Candle(
                minute,
                open,
                high.max(later.high),
                low.min(later.low),
                later.close,
                volume.add(later.volume),
                trades + later.trades);
    }
}
