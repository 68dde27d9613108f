package quantum.cryptocom;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What comes in to a session: each HTTP request of it is answered by exactly one of the first two. */
public sealed interface CryptoComInput {

    /** The outcome of one {@link CryptoComRequest.Http}. */
    sealed interface OfHttp extends CryptoComInput {
        long id();
    }

    /** A whole HTTP reply arrived; the date is the one of its header, to the second. */
    record Replied(long id, int status, @Nullable Instant date, String body) implements OfHttp {}

    /** No whole reply arrived; {@code unsent} only if it is proven that no byte of the request left. */
    record Failed(long id, boolean unsent, String cause) implements OfHttp {}

    /** What one WebSocket did; {@code connection} is that of its {@link CryptoComRequest.OpenStream}. */
    sealed interface OfStream extends CryptoComInput {
        StreamName stream();

        long connection();
    }

    /** The WebSocket is open. */
    record StreamOpened(StreamName stream, long connection) implements OfStream {}

    /** A whole text message arrived. */
    record FrameReceived(StreamName stream, long connection, String text) implements OfStream {}

    /** The WebSocket is closed, broken, or could not be opened. */
    record StreamClosed(StreamName stream, long connection, String cause) implements OfStream {}

    /** The time of a {@link CryptoComRequest.Wake} has come. */
    record Woken(long timer) implements CryptoComInput {}
}
