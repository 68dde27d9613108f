package quantum.simulator.spot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Candle;
import quantum.simulator.Depth;
import quantum.simulator.Quote;
import quantum.simulator.Side;

/** One pair as it trades now: last trade, mark and a book one tick wide above the last trade. */
public final class SpotMarket {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int KEPT_CANDLES = 1_500;
    private static final BigDecimal SHOWN_VALUE = BigDecimal.valueOf(1_000);

    private final SpotInstrument instrument;
    private final Deque<Candle> candles = new ArrayDeque<>();
    private BigDecimal last;
    private BigDecimal mark;
    private BigDecimal bid;
    private BigDecimal ask;
    private BigDecimal fine;
    /** What the followed price is multiplied with; moved when the price is set from outside. */
    private BigDecimal factor = BigDecimal.ONE;

    private Depth depth = Depth.bottomless();
    private boolean held;
    private boolean tradable = true;
    private long movedAt;
    private long updates;
    private long quotedAt = NEVER;

    SpotMarket(SpotInstrument instrument, long now) {
        this.instrument = instrument;
        last = instrument.startPrice();
        mark = last;
        bid = last;
        ask = last;
        fine = last;
        move(last, now);
    }

    public SpotInstrument instrument() {
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

    /** The best price that an order of this side can take. */
    BigDecimal best(Side side) {
        return side == Side.BUY ? ask : bid;
    }

    public Depth depth() {
        return depth;
    }

    /** Gives the book so much a level, on so many levels so many ticks apart; 0 makes it bottomless. */
    public void deepen(BigDecimal perLevel, int levels, int ticks) {
        depth = new Depth(perLevel, levels, instrument.priceTick().multiply(BigDecimal.valueOf(ticks)));
    }

    /** The best levels that the other side of an order meets; a book without bottom shows one. */
    public List<Depth.Take> levels(Side taker, int most) {
        if (depth.perLevel().signum() == 0) return List.of(new Depth.Take(best(taker), shownQuantity()));
        var all = depth.perLevel().multiply(BigDecimal.valueOf(depth.levels()));
        var levels = depth.quote(taker, best(taker), all, null);
        return levels.subList(0, Math.min(most, levels.size()));
    }

    /** A quantity of about a thousand dollars, for both sides of the book and for public trades. */
    public BigDecimal shownQuantity() {
        var quantity = instrument.floor(SHOWN_VALUE.divide(last, instrument.quantityDecimals(), RoundingMode.DOWN));
        return instrument.padded(quantity.max(instrument.quantityTick()));
    }

    public boolean tradable() {
        return tradable;
    }

    public void allow(boolean trading) {
        tradable = trading;
    }

    public boolean held() {
        return held;
    }

    public long movedAt() {
        return movedAt;
    }

    /** Grows with each move. */
    public long updates() {
        return updates;
    }

    /** Oldest first, the current minute last. */
    public List<Candle> candles() {
        return new ArrayList<>(candles);
    }

    /** The unrounded price that a walk goes on from. */
    BigDecimal fine() {
        return fine;
    }

    void walkTo(BigDecimal exact, long now) {
        move(instrument.price(exact), now);
        fine = exact;
    }

    void follow(BigDecimal followed, long now) {
        move(instrument.price(followed.multiply(factor)), now);
    }

    /** From now on this price stands for the followed one. */
    void leave(BigDecimal followed) {
        if (followed.signum() > 0) factor = fine.divide(followed, MathContext.DECIMAL64);
    }

    void move(BigDecimal price, long now) {
        last = price;
        mark = price;
        fine = price;
        bid = price;
        ask = price.add(instrument.priceTick());
        depth.refill();
        updates++;
        movedAt = now;
        var minute = TimeUnit.NANOSECONDS.toMinutes(now);
        if (candles.isEmpty() || candles.getLast().minute() < minute) candles.addLast(Candle.starting(minute, price));
        if (candles.size() > KEPT_CANDLES) candles.removeFirst();
        candles.addLast(candles.removeLast().with(price, shownQuantity()));
    }

    /** Takes prices from outside as they are; where no book is given it is one tick wide at the mark. */
    void quote(Quote quote, long now) {
        move(instrument.price(quote.mark()), now);
        quotedAt = now;
        mark = quote.mark();
        var outsideBid = quote.bid();
        var outsideAsk = quote.ask();
        if (outsideBid == null || outsideAsk == null) return;
        bid = outsideBid;
        ask = outsideAsk;
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

    /** Back to an open, bottomless, freely moving market; the prices stay. */
    void reset() {
        held = false;
        tradable = true;
        depth = Depth.bottomless();
    }
}
