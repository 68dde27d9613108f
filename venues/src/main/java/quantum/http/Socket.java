package quantum.http;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: parts are joined to whole texts, the end is told exactly once, and a peer that is dead without a word
 * is found by our own pings. Sends queue behind one another, because the JDK's client refuses a second one while the
 * first is under way.
 */
public final class Socket implements AutoCloseable {

    private static final int MAX_TEXT = 4 << 20;
    private static final long FAREWELL_MILLIS = 1000;

    /** Silent heartbeats in a row that make a peer dead. */
    private static final int MISSED = 3;

    private final Listener listener;
    private final Duration heartbeat;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final StringBuilder parts = new StringBuilder();
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket webSocket;
    private volatile long heardNanos;
    private volatile boolean closing;

    /** Told on threads of the client, one call at a time. */
    public interface Listener {
        void opened();

        void text(String text);

        /** Nothing comes after this. */
        void closed(String cause);
    }

    Socket(Duration heartbeat, Listener listener) {
        this.heartbeat = heartbeat;
        this.listener = listener;
    }

    void connect(WebSocket.Builder builder, URI uri) {
        CompletableFuture<?> _ = builder.buildAsync(uri, new Ears()).whenComplete((opened, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                fail("could not be opened: " + Wire.describe(cause));
            }
        });
    }

    void fail(String cause) {
        if (ended.compareAndSet(false, true)) {
            listener.closed(cause);
        }
    }

    /** Sends a text after those before it; a failure ends the socket. */
    public synchronized void send(String text) {
        lastSend = lastSend.thenCompose(_ -> {
                    WebSocket open = webSocket;
                    return open == null
                            ? CompletableFuture.failedFuture(new IllegalStateException("not open"))
                            : open.sendText(text, true);
                })
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        abort("could not send");
                    }
                });
    }

    /** Says goodbye and lets go after a second at most. */
    @Override
    public void close() {
        closing = true;
        WebSocket open = webSocket;
        if (open != null) {
            CompletableFuture<?> _ = open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)
                    .whenComplete((_, _) -> abort("closed by us"));
        }
    }

    private void beatLater() {
        CompletableFuture.delayedExecutor(heartbeat.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::beat);
    }

    private void beat() {
        WebSocket open = webSocket;
        if (open == null || ended.get()) {
            return;
        }
        Duration silence = Duration.ofNanos(System.nanoTime() - heardNanos);
        if (silence.compareTo(heartbeat.multipliedBy(MISSED)) >= 0) {
            abort("no sign of life for " + silence.toSeconds() + " s");
            return;
        }
        CompletableFuture<?> _ = open.sendPing(ByteBuffer.allocate(0));
        beatLater();
    }

    private void abort(String cause) {
        WebSocket open = webSocket;
        if (open != null) {
            open.abort();
        }
        fail(cause);
    }

    private final class Ears implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket opened) {
            webSocket = opened;
            if (closing) {
                abort("closed by us");
                return;
            }
            heardNanos = System.nanoTime();
            listener.opened();
            opened.request(1);
            beatLater();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket source, CharSequence part, boolean last) {
            heardNanos = System.nanoTime();
            parts.append(part);
            if (parts.length() > MAX_TEXT) {
                abort("a text was longer than " + MAX_TEXT + " characters");
                return null;
            }
            if (last) {
                String text = parts.toString();
                parts.setLength(0);
                if (!ended.get()) {
                    listener.text(text);
                }
            }
            source.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket source, ByteBuffer message) {
            heardNanos = System.nanoTime();
            source.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket source, ByteBuffer message) {
            heardNanos = System.nanoTime();
            source.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket source, int code, String reason) {
            fail("closed by the server: " + code + (reason.isEmpty() ? "" : " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket source, Throwable error) {
            fail(Wire.describe(error));
        }
    }
}
