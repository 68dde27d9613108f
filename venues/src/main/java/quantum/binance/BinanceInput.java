package quantum.binance;

/** What comes in to a session: each request of it is answered by exactly one of the first two. */
public sealed interface BinanceInput {

    /** The outcome of one {@link BinanceRequest.Http}. */
    sealed interface OfHttp extends BinanceInput {
        long id();
    }

    /** A whole HTTP reply arrived. */
    record Replied(long id, int status, Usage usage, String body) implements OfHttp {
        public Replied(long id, int status, String body) {
            this(id, status, Usage.NONE, body);
        }
    }

    /** No whole reply arrived; {@code unsent} only if it is proven that no byte of the request left. */
    record Failed(long id, boolean unsent, String cause) implements OfHttp {}

    /** What one WebSocket did; {@code connection} is that of its {@link BinanceRequest.OpenStream}. */
    sealed interface OfStream extends BinanceInput {
        StreamName stream();

        long connection();
    }

    /** The WebSocket is open. */
    record StreamOpened(StreamName stream, long connection) implements OfStream {}

    /** A whole text message arrived. */
    record FrameReceived(StreamName stream, long connection, String text) implements OfStream {}

    /** The WebSocket is closed, broken, or could not be opened. */
    record StreamClosed(StreamName stream, long connection, String cause) implements OfStream {}

    /** The time of a {@link BinanceRequest.Wake} has come. */
    record Woken(long timer) implements BinanceInput {}
}
