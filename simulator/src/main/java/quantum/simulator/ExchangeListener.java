package quantum.simulator;

import org.jspecify.annotations.Nullable;

/** Hears what happens on the exchange, in order and on the exchange's own thread. */
public interface ExchangeListener {

    /** A price moved; urgent when it was set from outside. */
    default void priceMoved(Market market, boolean urgent) {}

    default void orderChanged(Account account, Order order, Execution execution, @Nullable Fill fill) {}

    /** Money or the position changed by a trade of the order just reported. */
    default void accountChanged(Account account, Position position) {}

    default void algoChanged(Account account, AlgoOrder algo) {}

    default void leverageChanged(Account account, String symbol, int leverage) {}

    /** A key was registered, restricted or revoked. */
    default void keyChanged(ApiKey key) {}

    /** Connections whose path begins like this are cut from outside. */
    default void cut(String path) {}

    /** The exchange was emptied from outside. */
    default void reset() {}
}
