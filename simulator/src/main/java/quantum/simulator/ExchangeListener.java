package quantum.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears what happens on the exchange, in order and on the exchange's own thread. */
public interface ExchangeListener {

    /** A price moved; urgent when it was set from outside. */
    default void priceMoved(Market market, boolean urgent) {}

    default void orderChanged(Account account, Order order, Execution execution, @Nullable Fill fill) {}

    /** Money or positions changed; by a trade, right after its order was reported. */
    default void accountChanged(Account account, AccountChange change) {}

    /** Positions have little more than their maintenance margin left. */
    default void marginCalled(Account account, List<Position> positions) {}

    default void algoChanged(Account account, AlgoOrder algo) {}

    default void leverageChanged(Account account, String symbol, int leverage) {}

    default void assetModeChanged(Account account) {}

    /** A symbol was listed, or its status changed. */
    default void statusChanged(Market market) {}

    /** A key was registered, restricted or revoked. */
    default void keyChanged(ApiKey key) {}

    /** Connections whose path begins like this are cut from outside. */
    default void cut(String path) {}

    /** The exchange was emptied from outside. */
    default void reset() {}
}
