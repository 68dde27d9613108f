package quantum.simulator;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What futures and coins have in common as they trade: last trade, mark, candles, and a book one tick wide above the last trade. */
public abstract class TradedMarket {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int KEPT_CANDLES = 1_500;

    private final Deque<Candle> candles = new ArrayDeque<>();
    private BigDecimal last;
    private BigDecimal mark;
    private BigDecimal bid;
    private BigDecimal ask;
    private BigDecimal fine;
    private Depth depth = Depth.bottomless();
    private boolean held;
    private long updates;
    private long movedAt;
    private long quotedAt = NEVER;

    protected TradedMarket(BigDecimal price) {
        last = price;
        mark = price;
        bid = price;
        ask = price;
        fine = price;
    }

    protected abstract BigDecimal tick();

    /** On the grid of its prices. */
    protected abstract BigDecimal rounded(BigDecimal exact);

    /** A quantity of about a thousand dollars, for both sides of the book and for public trades. */
    public abstract BigDecimal shownQuantity();

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

    /** The best price that an order of this side can take. */
    public BigDecimal best(Side side) {
        return side == Side.BUY ? ask : bid;
    }

    public Depth depth() {
        return depth;
    }

    protected void deepen(Depth chosen) {
        depth = chosen;
    }

    /** The best levels that the other side of an order meets; a book without bottom shows one. */
    public List<Depth.Take> levels(Side taker, int most) {
        if (depth.perLevel().signum() == 0) return List.of(new Depth.Take(best(taker), shownQuantity()));
        var all = depth.perLevel().multiply(BigDecimal.valueOf(depth.levels()));
        var levels = depth.quote(taker, best(taker), all, null);
        return levels.subList(0, Math.min(most, levels.size()));
    }

    public boolean held() {
        return held;
    }

    public void hold(boolean frozen) {
        held = frozen;
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

    /** The unrounded price that a walk goes on from. */
    public BigDecimal fine() {
        return fine;
    }

    public void walkTo(BigDecimal exact, long now) {
        move(rounded(exact), now);
        fine = exact;
    }

    public void move(BigDecimal price, long now) {
        last = price;
        mark = markAfter(price, now);
        fine = price;
        bid = price;
        ask = price.add(tick());
        depth.refill();
        updates++;
        movedAt = now;
        var minute = TimeUnit.NANOSECONDS.toMinutes(now);
        if (candles.isEmpty() || candles.getLast().minute() < minute) candles.addLast(Candle.starting(minute, price));
        if (candles.size() > KEPT_CANDLES) candles.removeFirst();
        candles.addLast(candles.removeLast().with(price, shownQuantity()));
    }

    /** The mark that a trade at this price makes. */
    protected BigDecimal markAfter(BigDecimal price, long now) {
        return price;
    }

    /** Takes prices from outside as they are; where no book is given it is one tick wide at the mark. */
    public void quote(Quote quote, long now) {
        move(rounded(quote.mark()), now);
        quotedAt = now;
        mark = quote.mark();
        var outsideBid = quote.bid();
        var outsideAsk = quote.ask();
        if (outsideBid == null || outsideAsk == null) return;
        bid = outsideBid;
        ask = outsideAsk;
    }

    public boolean quotedWithin(long nanos, long now) {
        return quotedAt != NEVER && now - quotedAt <= nanos;
    }

    public void markAt(BigDecimal price) {
        mark = price;
    }

    /** Back to a bottomless, freely moving market; the prices stay. */
    protected void reset() {
        held = false;
        depth = Depth.bottomless();
    }
}
