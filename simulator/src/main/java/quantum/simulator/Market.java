package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One instrument as it trades now: last trade, mark, a book one tick wide above the last trade, status and funding. */
public final class Market {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int KEPT_CANDLES = 1_500;
    private static final BigDecimal STANDARD_FUNDING = new BigDecimal("0.00010000");

    private final Instrument listed;
    private final Deque<Candle> candles = new ArrayDeque<>();
    private Instrument instrument;
    private BigDecimal last;
    private BigDecimal mark;
    private BigDecimal bid;
    private BigDecimal ask;
    private BigDecimal fine;
    private BigDecimal fundingRate = STANDARD_FUNDING;
    private Depth depth = Depth.bottomless();
    private SymbolStatus status = SymbolStatus.TRADING;
    private SymbolStatus listedStatus = SymbolStatus.TRADING;
    private String unknownStatus = "";
    private MarketHours hours = MarketHours.ALWAYS;
    private boolean held;
    private long updates;
    private long movedAt;
    private long quotedAt = NEVER;

    Market(Instrument instrument, BigDecimal price, long now) {
        this.listed = instrument;
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

    /** Changes the rules of the symbol while it trades. */
    void amend(Instrument changed) {
        instrument = changed;
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

    /** The worst price that a market order may take: so far from the mark (binance-usdm 3.3, marketTakeBound). */
    BigDecimal bound(Side side) {
        return mark.add(side.signed(mark.multiply(instrument.marketTakeBound())));
    }

    /** The best levels that the other side of an order meets; a book without bottom shows one. */
    public List<Depth.Take> levels(Side taker, int most) {
        if (depth.perLevel().signum() == 0) return List.of(new Depth.Take(best(taker), shownQuantity()));
        var all = depth.perLevel().multiply(BigDecimal.valueOf(depth.levels()));
        var levels = depth.quote(taker, best(taker), all, null);
        return levels.subList(0, Math.min(most, levels.size()));
    }

    public Depth depth() {
        return depth;
    }

    void deepen(Depth chosen) {
        depth = chosen;
    }

    public MarketHours hours() {
        return hours;
    }

    void keep(MarketHours chosen) {
        hours = chosen;
    }

    public SymbolStatus status() {
        return status;
    }

    void change(SymbolStatus next) {
        status = next;
        unknownStatus = "";
    }

    /** The status that the file of its rules names; by a word that is not known here nothing trades. */
    void list(String word) {
        status = SymbolStatus.named(word);
        listedStatus = status;
        unknownStatus = status.name().equals(word) ? "" : word;
    }

    /** What the exchange calls its status. */
    public String statusText() {
        return unknownStatus.isEmpty() ? status.name() : unknownStatus;
    }

    /** What a long position pays at the next settlement, as a share of its notional. */
    public BigDecimal fundingRate() {
        return fundingRate;
    }

    void fund(BigDecimal rate) {
        fundingRate = rate;
    }

    /** Back to an open, bottomless, freely moving market; the prices stay. */
    void reset() {
        held = false;
        hours = MarketHours.ALWAYS;
        if (unknownStatus.isEmpty()) status = listedStatus;
        depth = Depth.bottomless();
        fundingRate = STANDARD_FUNDING;
        instrument = listed;
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
        if (hours.open(now)) mark = price;
        fine = price;
        bid = price;
        ask = price.add(instrument.price().tick());
        depth.refill();
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
