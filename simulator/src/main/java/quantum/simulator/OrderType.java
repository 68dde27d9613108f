package quantum.simulator;

/** Order types as the exchange names them. */
public enum OrderType {
    LIMIT,
    MARKET,
    STOP,
    STOP_MARKET,
    TAKE_PROFIT,
    TAKE_PROFIT_MARKET,
    TRAILING_STOP_MARKET;

    public boolean conditional() {
        return this != LIMIT && this != MARKET;
    }

    public boolean takesProfit() {
        return this == TAKE_PROFIT || this == TAKE_PROFIT_MARKET;
    }

    /** True for a conditional type that becomes a limit order. */
    public boolean limited() {
        return this == STOP || this == TAKE_PROFIT;
    }
}
