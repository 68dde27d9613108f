package quantum.simulator.spot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import quantum.simulator.Depth;
import quantum.simulator.TradedMarket;

/** One pair as it trades now. */
public final class SpotMarket extends TradedMarket {

    private static final BigDecimal SHOWN_VALUE = BigDecimal.valueOf(1_000);

    private final SpotInstrument instrument;
    /** What the followed price is multiplied with; moved when the price is set from outside. */
    private BigDecimal factor = BigDecimal.ONE;

    private boolean tradable = true;

    SpotMarket(SpotInstrument instrument, long now) {
        super(instrument.startPrice());
        this.instrument = instrument;
        move(last(), now);
    }

    public SpotInstrument instrument() {
        return instrument;
    }

    /** Gives the book so much a level, on so many levels so many ticks apart; 0 makes it bottomless. */
    public void deepen(BigDecimal perLevel, int levels, int ticks) {
        deepen(new Depth(perLevel, levels, instrument.priceTick().multiply(BigDecimal.valueOf(ticks))));
    }

    @Override
    public BigDecimal shownQuantity() {
        var quantity = instrument.floor(SHOWN_VALUE.divide(last(), instrument.quantityDecimals(), RoundingMode.DOWN));
        return instrument.padded(quantity.max(instrument.quantityTick()));
    }

    @Override
    protected BigDecimal tick() {
        return instrument.priceTick();
    }

    @Override
    protected BigDecimal rounded(BigDecimal exact) {
        return instrument.price(exact);
    }

    public boolean tradable() {
        return tradable;
    }

    public void allow(boolean trading) {
        tradable = trading;
    }

    void follow(BigDecimal followed, long now) {
        move(instrument.price(followed.multiply(factor)), now);
    }

    /** From now on this price stands for the followed one. */
    void leave(BigDecimal followed) {
        if (followed.signum() > 0) factor = fine().divide(followed, MathContext.DECIMAL64);
    }

    /** Back to an open, bottomless, freely moving market; the prices stay. */
    @Override
    protected void reset() {
        super.reset();
        tradable = true;
    }
}
