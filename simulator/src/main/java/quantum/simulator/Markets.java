package quantum.simulator;

import java.math.BigDecimal;

/** Changes how symbols trade, from outside. */
public final class Markets {

    private final Simulator exchange;

    Markets(Simulator exchange) {
        this.exchange = exchange;
    }

    /** Lists one more symbol with the rules and the first price of another. */
    public Market list(String symbol, Market like) {
        var market = exchange.prices().list(symbol, like);
        exchange.reportStatus(market);
        return market;
    }

    /** Gives the book so much a level, on so many levels so many ticks apart; 0 makes it bottomless. */
    public void deepen(Market market, BigDecimal perLevel, int levels, int ticks) {
        var distance = market.instrument().price().tick().multiply(BigDecimal.valueOf(ticks));
        market.deepen(new Depth(perLevel, levels, distance));
    }

    /** Lets the mark follow the price in these hours alone. */
    public void keep(Market market, MarketHours hours) {
        market.keep(hours);
        exchange.changed();
    }

    /** Sets how far from the mark a market order may go, as a share of it. */
    public void bound(Market market, BigDecimal share) {
        market.amend(market.instrument().withMarketTakeBound(share));
        exchange.changed();
    }

    /** Sets the rate of the next settlements. */
    public void fund(Market market, BigDecimal rate) {
        market.fund(rate);
        exchange.changed();
    }
}
