package quantum.simulator;

/** A conditional order as the client asked for it. */
public record NewAlgo(
        String clientId,
        String symbol,
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        Trigger trigger,
        AlgoSize size) {}
