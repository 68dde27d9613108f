package quantum.cryptocom;

import java.time.Duration;

/** What a session wants done, in order and at once: signed requests age. */
public sealed interface CryptoComRequest {

    /**
     * One HTTP request below the REST root: a GET with its query where the body is empty, else a POST of the body,
     * which must go out byte by byte as it is signed. {@code hot} marks what changes orders.
     */
    record Http(long id, String method, String query, String body, Duration timeout, boolean hot)
            implements CryptoComRequest {

        boolean isGet() {
            return body.isEmpty();
        }

        /** Without the body, which holds the key and a signature. */
        @Override
        public String toString() {
            return "Http[id=" + id + ", method=" + method + ", query=" + query + "]";
        }
    }

    /** Open a WebSocket; what it does comes back under the same connection number. */
    record OpenStream(StreamName stream, long connection, String url) implements CryptoComRequest {}

    /** Send a text on an open WebSocket; one that could not leave ends the connection. It may hold a signature. */
    record SendFrame(StreamName stream, long connection, String text) implements CryptoComRequest {
        @Override
        public String toString() {
            return "SendFrame[stream=" + stream + ", connection=" + connection + "]";
        }
    }

    /** Close a WebSocket; nothing it does afterwards matters. */
    record CloseStream(StreamName stream, long connection) implements CryptoComRequest {}

    /** Give back {@link CryptoComInput.Woken} at a monotonic time; the session ignores timers that no longer matter. */
    record Wake(long timer, long atNanos) implements CryptoComRequest {}
}
