package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** One instrument as it trades now, with its status, hours and funding. */
public final class Market extends TradedMarket {

    private static final BigDecimal STANDARD_FUNDING = new BigDecimal("0.00010000");

    private final Instrument listed;
    private Instrument instrument;
    private BigDecimal fundingRate = STANDARD_FUNDING;
    private SymbolStatus status = SymbolStatus.TRADING;
    private SymbolStatus listedStatus = SymbolStatus.TRADING;
    private String unknownStatus = "";
    private MarketHours hours = MarketHours.ALWAYS;

    Market(Instrument instrument, BigDecimal price, long now) {
        super(price);
        this.listed = instrument;
        this.instrument = instrument;
        move(price, now);
    }

    public Instrument instrument() {
        return instrument;
    }

    /** Changes the rules of the symbol while it trades. */
    void amend(Instrument changed) {
        instrument = changed;
    }

    /** The worst price that a market order may take: so far from the mark (binance-usdm 3.3, marketTakeBound). */
    BigDecimal bound(Side side) {
        return mark().add(side.signed(mark().multiply(instrument.marketTakeBound())));
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
    @Override
    protected void reset() {
        super.reset();
        hours = MarketHours.ALWAYS;
        if (unknownStatus.isEmpty()) status = listedStatus;
        fundingRate = STANDARD_FUNDING;
        instrument = listed;
    }

    @Override
    public BigDecimal shownQuantity() {
        var lot = instrument.lot();
        var step = lot.step().signum() > 0 ? lot.step() : BigDecimal.ONE;
        var steps = BigDecimal.valueOf(1_000).divideToIntegralValue(last().multiply(step));
        return steps.multiply(step).max(lot.minimum()).setScale(Math.max(0, step.scale()), RoundingMode.UP);
    }

    @Override
    protected BigDecimal tick() {
        return instrument.price().tick();
    }

    @Override
    protected BigDecimal rounded(BigDecimal exact) {
        return instrument.price().round(exact);
    }

    /** Outside of its hours the mark stands still. */
    @Override
    protected BigDecimal markAfter(BigDecimal price, long now) {
        return hours.open(now) ? price : mark();
    }
}
