package quantum.simulator.spot;

/** Hears what happens on the spot exchange, in order and on the exchange's own thread. */
public interface SpotListener {

    default void orderChanged(SpotAccount account, SpotOrder order) {}

    default void traded(SpotAccount account, SpotTrade trade) {}

    default void advancedChanged(SpotAccount account, AdvancedOrder order) {}

    default void balancesChanged(SpotAccount account) {}

    default void priceMoved(SpotMarket market) {}
}
