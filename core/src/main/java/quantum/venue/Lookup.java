package quantum.venue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import quantum.market.Quantity;
import quantum.market.Symbol;

/**
 * A few questions to an exchange, asked one by one and waited for: how a person would check what the service says. It
 * shares no state with a session and changes nothing.
 */
public interface Lookup extends AutoCloseable {

    /** An order as the exchange shows it; the time is its creation in epoch milliseconds. */
    record Found(String status, String side, BigDecimal executed, long time) {}

    /** An order on the book. */
    record OpenOrder(String symbol, String clientId) {}

    /** Indicates that the exchange gave no usable answer. */
    final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unanswered(String message) {
            super(message, null, false, false);
        }
    }

    /** One order by the exchange's id; absent if the exchange does not know it. */
    Optional<Found> order(String symbol, String orderId) throws InterruptedException;

    /** The symbols in which the account holds a position; where it holds coins, those that an order protects. */
    List<String> heldSymbols() throws InterruptedException;

    /** All orders on the book; conditional ones need not be among them. */
    List<OpenOrder> openOrders() throws InterruptedException;

    /** Of an exchange that validates an order without placing it. */
    interface Trying extends Lookup {
        /** Has a market order to buy validated and not placed; the exchange's code and words if it refuses. */
        Optional<String> tryOrder(Symbol symbol, Quantity quantity) throws InterruptedException;
    }

    @Override
    void close();
}
