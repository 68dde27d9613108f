package quantum.binance;

import java.time.Duration;
import quantum.order.Purpose;

/** What a session wants done, in order and at once: signed requests age. */
public sealed interface BinanceRequest {

    /**
     * One HTTP request, encoded and signed: the query must go out byte by byte as it is. {@code keyed} asks for the API
     * key's header; {@code hot} marks what changes orders, for a transport that has a faster lane.
     */
    record Http(
            long id,
            Method method,
            String path,
            String query,
            boolean keyed,
            Duration timeout,
            Purpose purpose,
            boolean hot)
            implements BinanceRequest {}

    /** The HTTP methods that the exchange uses. */
    enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    /** Open a WebSocket; what it does is told under the same connection number. The URL may hold a listen key. */
    record OpenStream(StreamName stream, long connection, String url) implements BinanceRequest {
        @Override
        public String toString() {
            return "OpenStream[stream=" + stream + ", connection=" + connection + "]";
        }
    }

    /**
     * Send a text on an open WebSocket. Its answer is a frame of the same connection; one that could not leave ends the
     * connection. It may hold the key and a signature.
     */
    record SendFrame(StreamName stream, long connection, long id, Purpose purpose, String text)
            implements BinanceRequest {
        @Override
        public String toString() {
            return "SendFrame[stream=" + stream + ", connection=" + connection + ", id=" + id + "]";
        }
    }

    /** Close a WebSocket; nothing it does afterwards matters. */
    record CloseStream(StreamName stream, long connection) implements BinanceRequest {}

    /** Give back {@link BinanceInput.Woken} at a monotonic time; the session ignores timers that no longer matter. */
    record Wake(long timer, long atNanos) implements BinanceRequest {}
}
