package quantum.venue;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One account at one exchange, as whoever composes a service needs it: the session that thinks, and the connection that
 * carries what it asks for. A venue is added by another one of these.
 *
 * @param <I> what comes in, for the session
 * @param <R> what is to be done, for the connection
 */
public interface Exchange<I, R> {

    /** Gives a session what it asked for at a monotonic time. */
    @FunctionalInterface
    interface WakeUps<I> {
        void at(long nanos, I input);
    }

    /** Moves requests over the network. Never blocks: what comes back goes to an inbox, from any thread. */
    interface Connection<R> extends AutoCloseable {

        /** Sends each request in order, at once. */
        void perform(List<R> requests);

        @Override
        void close();
    }

    /** For how long after it was signed a request may still be taken: nothing proves its absence sooner (INV-40). */
    record Validity(Duration open, Duration exit) {}

    Validity validity();

    /** A new session that has said nothing yet. */
    Session<I, R> session();

    /**
     * A connection for one session.
     *
     * @param inbox a queue that the session's own thread drains
     * @param took hears how long each request took, and what became of it: accepted, denied, not_sent, no_answer
     */
    Connection<R> connect(Consumer<I> inbox, WakeUps<I> wakeUps, BiConsumer<Duration, String> took);
}
