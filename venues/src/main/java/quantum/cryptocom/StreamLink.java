package quantum.cryptocom;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket that is kept open for ever. The exchange counts requests by the second of the clock in which a
 * connection opened, so that nothing is sent on it for a second; one on which nothing is heard is given up, and a lost
 * one is asked for again after a pause that doubles. Every connection has its own number, so that a late word of an old
 * one counts for nothing.
 */
final class StreamLink {

    /** Before anything is sent (crypto-com 1). */
    static final Duration SETTLING = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A connection that served this long ends a series of failures. */
    private static final Duration STEADY = Duration.ofMinutes(1);
    /** Heartbeats come every 30 s, whatever else is silent. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);
    /** Logging in and subscribing takes less, or never ends. */
    private static final Duration LONGEST_SETUP = Duration.ofSeconds(10);

    private final StreamName stream;
    private final String url;
    private final Conversation talk;
    private final Runnable settled;
    private final Consumer<String> lost;
    private long connection;
    private boolean isOpen;
    private @Nullable Long servesSince;
    private boolean isLossPublished;
    private long heardNanos;
    private Duration pause = FIRST_PAUSE;

    StreamLink(StreamName stream, String url, Conversation talk, Runnable settled, Consumer<String> lost) {
        this.stream = stream;
        this.url = url;
        this.talk = talk;
        this.settled = settled;
        this.lost = lost;
    }

    void connect() {
        connection = talk.nextNumber();
        talk.request(new CryptoComRequest.OpenStream(stream, connection, url));
    }

    /** Whether it is logged in and subscribed. */
    boolean serves() {
        return servesSince != null;
    }

    /** The number of the connection that serves or is on its way. */
    long connection() {
        return connection;
    }

    boolean isCurrent(long number) {
        return connection == number;
    }

    void opened(long number) {
        if (!isCurrent(number) || isOpen) {
            return;
        }
        isOpen = true;
        heardNanos = talk.now().nanos();
        talk.wakeIn(SETTLING, () -> {
            if (isCurrent(number)) {
                settled.run();
            }
        });
        talk.wakeIn(LONGEST_SETUP, () -> {
            if (isCurrent(number) && !serves()) {
                drop("it was not set up within " + LONGEST_SETUP.toSeconds() + " s");
            }
        });
        listen(number);
    }

    private void listen(long number) {
        Duration left = LONGEST_SILENCE.minus(talk.now().since(heardNanos));
        if (!left.isPositive()) {
            drop("nothing was heard on it for " + LONGEST_SILENCE.toSeconds() + " s");
            return;
        }
        talk.wakeIn(left, () -> {
            if (isCurrent(number)) {
                listen(number);
            }
        });
    }

    /** True if a word on this connection counts. */
    boolean hears(long number) {
        if (isCurrent(number) && isOpen) {
            heardNanos = talk.now().nanos();
            return true;
        }
        return false;
    }

    void serve() {
        servesSince = talk.now().nanos();
        isLossPublished = false;
    }

    void send(String text) {
        talk.request(new CryptoComRequest.SendFrame(stream, connection, text));
    }

    void closed(long number, String cause) {
        if (isCurrent(number)) {
            drop(cause);
        }
    }

    /** Gives the connection up and asks for another one. */
    void drop(String cause) {
        talk.request(new CryptoComRequest.CloseStream(stream, connection));
        Long since = servesSince;
        if (since != null && talk.now().since(since).compareTo(STEADY) >= 0) {
            pause = FIRST_PAUSE;
        }
        connection = talk.nextNumber();
        long next = connection;
        isOpen = false;
        servesSince = null;
        talk.wakeIn(pause, () -> {
            if (isCurrent(next)) {
                connect();
            }
        });
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        if (!isLossPublished) {
            isLossPublished = true;
            lost.accept(cause);
        }
    }
}
