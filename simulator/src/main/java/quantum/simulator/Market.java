package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The prices of one instrument: last trade, mark, and a book one tick wide above the last trade. */
public final class Market {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int KEPT_CANDLES = 1_500;

    private final Instrument instrument;
    private final Deque<Candle> candles = new ArrayDeque<>();
    private BigDecimal last;
    private BigDecimal mark;
    private BigDecimal bid;
    private BigDecimal ask;
    private BigDecimal fine;
    private boolean held;
    private long updates;
    private long movedAt;
    private long quotedAt = NEVER;

    Market(Instrument instrument, BigDecimal price, long now) {
        this.instrument = instrument;
        this.last = price;
        this.mark = price;
        this.fine = price;
        this.bid = price;
        this.ask = price;
        move(price, now);
    }

    public Instrument instrument() {
        return instrument;
    }

    public BigDecimal last() {
        return last;
    }

    public BigDecimal mark() {
        return mark;
    }

    public BigDecimal bid() {
        return bid;
    }

    public BigDecimal ask() {
        return ask;
    }

    /** A quantity of about a thousand dollars, for both sides of the book and for public trades. */
    public BigDecimal shownQuantity() {
        var lot = instrument.lot();
        var step = lot.step().signum() > 0 ? lot.step() : BigDecimal.ONE;
        var steps = BigDecimal.valueOf(1_000).divideToIntegralValue(last.multiply(step));
        return steps.multiply(step).max(lot.minimum()).setScale(Math.max(0, step.scale()), RoundingMode.UP);
    }

    public boolean held() {
        return held;
    }

    /** Grows with each move. */
    public long updates() {
        return updates;
    }

    public long movedAt() {
        return movedAt;
    }

    /** Oldest first, the current minute last. */
    public List<Candle> candles() {
        return new ArrayList<>(candles);
    }

    public Candle candle() {
        return candles.getLast();
    }

    /** The unrounded price the walk goes on from. */
    BigDecimal fine() {
        return fine;
    }

    void walkTo(BigDecimal exact, long now) {
        move(instrument.price().round(exact), now);
        fine = exact;
    }

    void move(BigDecimal price, long now) {
        last = price;
        mark = price;
        fine = price;
        bid = price;
        ask = price.add(instrument.price().tick());
        updates++;
        movedAt = now;
        var minute = TimeUnit.NANOSECONDS.toMinutes(now);
        if (candles.isEmpty() || candles.getLast().minute() < minute) candles.addLast(Candle.starting(minute, price));
        if (candles.size() > KEPT_CANDLES) candles.removeFirst();
        candles.addLast(candles.removeLast().with(price, shownQuantity()));
    }

    /** Takes prices from outside as they are; where no book is told it is one tick wide at the mark. */
    void quote(Quote quote, long now) {
        move(instrument.price().round(quote.mark()), now);
        quotedAt = now;
        mark = quote.mark();
        if (quote.bid() != null && quote.ask() != null) {
            bid = quote.bid();
            ask = quote.ask();
        }
    }

    boolean quotedWithin(long nanos, long now) {
        return quotedAt != NEVER && now - quotedAt <= nanos;
    }

    void markAt(BigDecimal price) {
        mark = price;
    }

    void hold(boolean frozen) {
        held = frozen;
    }
}
