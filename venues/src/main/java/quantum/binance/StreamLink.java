package quantum.binance;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket that is kept open for ever. A lost connection is asked for again after a pause that doubles. One that
 * grows old is replaced before the exchange ends it: the next one is opened beside it, and takes over once its owner
 * finds that it serves. Every connection has its own number, so that a late word of an old one is not taken for one of
 * the new.
 */
final class StreamLink {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A connection that lived this long ends a series of failures. */
    private static final Duration STEADY = Duration.ofMinutes(1);
    /** The exchange ends every connection after 24 hours (binance-usdm 1.3). */
    private static final Duration LIFE = Duration.ofHours(23);
    /** A successor that does not serve by then is given up. */
    private static final Duration PROOF = Duration.ofSeconds(30);
    /** A replaced connection is still heard; longer than an answer on it is waited for. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    /** What there is of a connection that does not serve yet. */
    private enum Attempt {
        NONE,
        /** The owner finds out the URL. */
        PREPARING,
        OPENING,
        /** Open beside the one that serves. */
        PROVING,
        /** Pausing before the next. */
        WAITING
    }

    /** A connection and when it opened. */
    private record Line(long number, long sinceNanos) {}

    /** What the owner of a link does at its turns. */
    interface Owner {
        /** Find out the URL and call {@link StreamLink#open}, or {@link StreamLink#failed} if there is none. */
        void connect();

        /** This connection is open. If another one serves meanwhile, {@link StreamLink#proven} makes this the one. */
        void opened(long connection);

        /** No connection serves any more; told once until one does again. */
        void lost(String cause);
    }

    private final StreamName stream;
    private final Conversation talk;
    private final Owner owner;
    private final Set<Long> leaving = new HashSet<>();
    private @Nullable Line serving;
    private Line next = new Line(0, 0);
    private Attempt attempt = Attempt.NONE;
    private Duration pause = FIRST_PAUSE;
    private boolean isLossTold;

    StreamLink(StreamName stream, Conversation talk, Owner owner) {
        this.stream = stream;
        this.talk = talk;
        this.owner = owner;
    }

    boolean isOpen() {
        return serving != null;
    }

    /** True if this connection is the one that serves. */
    boolean serves(long number) {
        Line line = serving;
        return line != null && line.number() == number;
    }

    /** True if this connection serves, or is open and may serve next. */
    boolean isCurrent(long number) {
        return serves(number) || (attempt == Attempt.PROVING && next.number() == number);
    }

    /** True if a word on this connection counts. */
    boolean hears(long number) {
        return isCurrent(number) || leaving.contains(number);
    }

    /** How long the connection that serves has been open; zero without one. */
    Duration age() {
        Line line = serving;
        return line == null ? Duration.ZERO : talk.now().since(line.sinceNanos());
    }

    /** The number of the connection that serves, zero without one. */
    long connection() {
        Line line = serving;
        return line == null ? 0 : line.number();
    }

    /** Asks for a connection, unless one is on its way: the first one, or a successor. */
    void connect() {
        if (attempt != Attempt.NONE) {
            return;
        }
        if (talk.silence().isPositive()) {
            waitAndConnect();
        } else {
            attempt = Attempt.PREPARING;
            owner.connect();
        }
    }

    void open(String url) {
        next = new Line(talk.nextNumber(), talk.now().nanos());
        attempt = Attempt.OPENING;
        talk.request(new BinanceRequest.OpenStream(stream, next.number(), url));
    }

    void opened(long number) {
        if (attempt != Attempt.OPENING || next.number() != number) {
            return;
        }
        next = new Line(number, talk.now().nanos());
        if (serving == null) {
            serve();
        } else {
            attempt = Attempt.PROVING;
            talk.wakeIn(PROOF, () -> {
                if (attempt == Attempt.PROVING && next.number() == number) {
                    failed("the successor of a connection did not serve");
                }
            });
        }
        owner.opened(number);
    }

    /** This connection serves: if it is a successor, it takes over. */
    void proven(long number) {
        Line old = serving;
        if (old != null && attempt == Attempt.PROVING && next.number() == number) {
            leaving.add(old.number());
            talk.wakeIn(LINGER, () -> {
                if (leaving.contains(old.number())) {
                    close(old.number());
                }
            });
            serve();
        }
    }

    private void serve() {
        Line line = next;
        serving = line;
        attempt = Attempt.NONE;
        isLossTold = false;
        talk.wakeIn(LIFE, () -> {
            if (serves(line.number())) {
                connect();
            }
        });
    }

    void closed(long number, String cause) {
        if (serves(number)) {
            lose(cause);
        } else if (next.number() == number && (attempt == Attempt.OPENING || attempt == Attempt.PROVING)) {
            failed(cause);
        } else if (leaving.contains(number)) {
            close(number);
        }
    }

    /** Gives up the connection that serves. A successor that is open takes over at once, without a loss. */
    void lose(String cause) {
        Line line = serving;
        if (line == null) {
            return;
        }
        if (age().compareTo(STEADY) >= 0) {
            pause = FIRST_PAUSE;
        }
        close(line.number());
        serving = null;
        if (attempt == Attempt.PROVING) {
            serve();
            return;
        }
        tellLoss(cause);
        if (attempt == Attempt.NONE) {
            waitAndConnect();
        }
    }

    /** Gives up this connection, whether it serves or is on its way. */
    void drop(long number, String cause) {
        if (serves(number)) {
            lose(cause);
        } else if (isCurrent(number)) {
            failed(cause);
        }
    }

    /** The connection on its way came to nothing. */
    void failed(String cause) {
        if (attempt == Attempt.OPENING || attempt == Attempt.PROVING) {
            close(next.number());
        }
        if (serving == null) {
            tellLoss(cause);
        }
        waitAndConnect();
    }

    private void close(long number) {
        leaving.remove(number);
        talk.request(new BinanceRequest.CloseStream(stream, number));
    }

    private void tellLoss(String cause) {
        if (!isLossTold) {
            isLossTold = true;
            owner.lost(cause);
        }
    }

    private void waitAndConnect() {
        attempt = Attempt.WAITING;
        Duration silence = talk.silence();
        talk.wakeIn(pause.compareTo(silence) >= 0 ? pause : silence, () -> {
            attempt = Attempt.NONE;
            connect();
        });
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
}
