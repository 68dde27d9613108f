package quantum.simulator;

/** A conditional order as the client asked for it. */
public record NewAlgo(
        String clientId,
        String symbol,
        Side side,
        PositionSide positionSide,
        OrderType type,
        TimeInForce timeInForce,
        Trigger trigger,
        AlgoSize size) {

    /** True when the order can only make its position smaller. */
    public boolean closing() {
        return size.closePosition() || size.reduceOnly() || positionSide.closedBy(side);
    }
}
