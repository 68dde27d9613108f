package quantum.binance;

import java.time.Duration;

/**
 * One WebSocket that is kept open for ever: asked for, opened, lost, and asked for again after a pause that doubles.
 * Every connection has its own number, so that a late word of an old one is not taken for one of the new.
 */
final class StreamLink {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A connection that lived this long ends a series of failures. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private enum State {
        IDLE,
        OPENING,
        OPEN,
        WAITING
    }

    /** What the owner of a link does at its turns. */
    interface Owner {
        /** Find out the URL and call {@link StreamLink#open}, or {@link StreamLink#lose} if that fails. */
        void connect();

        /** The connection is open. */
        void opened();

        /** It was lost, or could not be made; told once until it is open again. */
        void lost(String cause);
    }

    private final StreamName stream;
    private final Conversation talk;
    private final Owner owner;
    private State state = State.IDLE;
    private long connection;
    private long sinceNanos;
    private Duration pause = FIRST_PAUSE;
    private boolean isLossTold;

    StreamLink(StreamName stream, Conversation talk, Owner owner) {
        this.stream = stream;
        this.talk = talk;
        this.owner = owner;
    }

    StreamName stream() {
        return stream;
    }

    long connection() {
        return connection;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isOpen(long number) {
        return state == State.OPEN && connection == number;
    }

    void open(String url) {
        connection = talk.nextNumber();
        state = State.OPENING;
        talk.request(new BinanceRequest.OpenStream(stream, connection, url));
    }

    void opened(long number) {
        if (state == State.OPENING && connection == number) {
            state = State.OPEN;
            sinceNanos = talk.now().nanos();
            isLossTold = false;
            owner.opened();
        }
    }

    void closed(long number, String cause) {
        if (connection == number) {
            lose(cause);
        }
    }

    /** Gives the connection up, whatever its state, and makes a new one after a pause. */
    void lose(String cause) {
        if (state == State.WAITING) {
            return;
        }
        if (state == State.OPEN && talk.now().since(sinceNanos).compareTo(STEADY) >= 0) {
            pause = FIRST_PAUSE;
        }
        if (state != State.IDLE) {
            talk.request(new BinanceRequest.CloseStream(stream, connection));
        }
        state = State.WAITING;
        if (!isLossTold) {
            isLossTold = true;
            owner.lost(cause);
        }
        talk.wakeIn(pause, this::again);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private void again() {
        state = State.IDLE;
        owner.connect();
    }
}
