package quantum.simulator.spot;

/** How an order is executed; all but the first two wait for a price first. */
public enum SpotType {
    LIMIT,
    MARKET,
    STOP_LOSS,
    STOP_LIMIT,
    TAKE_PROFIT,
    TAKE_PROFIT_LIMIT;

    /** True for a trigger. */
    public boolean waits() {
        return this != LIMIT && this != MARKET;
    }

    public boolean limited() {
        return this == LIMIT || this == STOP_LIMIT || this == TAKE_PROFIT_LIMIT;
    }

    public boolean stops() {
        return this == STOP_LOSS || this == STOP_LIMIT;
    }

    /** What it becomes at its trigger. */
    public SpotType fired() {
        return limited() ? LIMIT : MARKET;
    }

    /** The same trigger with a limit, or without one. */
    SpotType with(boolean limit) {
        if (!waits()) return this;
        if (stops()) return limit ? STOP_LIMIT : STOP_LOSS;
        return limit ? TAKE_PROFIT_LIMIT : TAKE_PROFIT;
    }
}
