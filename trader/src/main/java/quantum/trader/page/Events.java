package quantum.trader.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.desk.TradingState;
import quantum.trader.ledger.OutboxRow;

/**
 * The live events: a picture of the desk twice a second where it changed, a beat where it did not, and every notice as
 * it is published, named by its stream entry, so that a client that comes back gets what it missed.
 */
final class Events {

    private static final int MAX_CLIENTS = 32;
    private static final int REMEMBERED = 256;
    private static final long BEAT_EVERY_TICKS = 4;
    static final Duration TICK = Duration.ofMillis(500);
    private static final byte[] HEARTBEAT = frame(": alive\n\n");
    private static final byte[] RETRY = frame("retry: 2000\n\n");
    private static final byte[] RESET = frame("event: reset\ndata: {}\n\n");
    private static final Map<String, String> NAMES = Map.of(
            "trade.execution.res", "report",
            "trade.closed", "closed",
            "trade.intent.dead", "dead",
            "alert", "alert");

    private final PageSource source;
    private final PageOptions options;
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private final Deque<Published> recent = new ArrayDeque<>();
    private boolean closed;
    private @Nullable Snapshot shown;
    private long ticksSinceState;

    private static final class Published {
        final String id;
        final byte[] frame;

        Published(String id, byte[] frame) {
            this.id = id;
            this.frame = frame;
        }
    }

    /** What a beat tells: that the connection lives, and how old the service's own knowledge is. */
    private record Beat(
            TradingState state,
            Map<String, Health.Part> checks,
            @Nullable Long lag) {}

    Events(PageSource source, PageOptions options) {
        this.source = source;
        this.options = options;
    }

    /** A request of a client; returns when its stream is over. */
    void stream(Context context) {
        Subscriber subscriber = new Subscriber(() -> cut(context));
        if (!add(subscriber, context.header("Last-Event-ID"))) {
            context.header("Retry-After", "10");
            throw new Problem.Raised(new Problem(
                    "Too many clients", 503, "TOO_MANY_CLIENTS", "close another page; " + MAX_CLIENTS + " are served"));
        }
        try {
            context.res().setContentType("text/event-stream");
            context.res().setCharacterEncoding("utf-8");
            context.res().setHeader("Cache-Control", "no-store");
            context.res().setHeader("X-Accel-Buffering", "no");
            subscriber.writeTo(context.res().getOutputStream(), HEARTBEAT, 10_000);
        } catch (IOException _) {
            // Gone before the first byte.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            remove(subscriber);
        }
    }

    private static void cut(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    private synchronized boolean add(Subscriber subscriber, @Nullable String lastId) {
        if (closed || subscribers.size() >= MAX_CLIENTS) {
            return false;
        }
        subscribers.add(subscriber);
        subscriber.notice(RETRY);
        if (lastId != null) {
            missed(lastId).forEach(subscriber::notice);
        }
        subscriber.notice(stateFrame(Snapshot.of(source.view(), options)));
        subscriber.notice(beatFrame());
        return true;
    }

    /** The notices after one; where it is not remembered, the client is told to load everything again. */
    private List<byte[]> missed(String lastId) {
        List<Published> all = List.copyOf(recent);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id.equals(lastId)) {
                return all.subList(i + 1, all.size()).stream()
                        .map(notice -> notice.frame)
                        .toList();
            }
        }
        return List.of(RESET);
    }

    private synchronized void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /** Told to everyone at once; never blocks. */
    synchronized void published(OutboxRow row) {
        String name = NAMES.getOrDefault(row.kind(), "notice");
        String id = row.entryId() == null ? row.eventId() : row.entryId();
        byte[] frame =
                frame("id: " + id + "\nevent: " + name + "\ndata: " + Json.text(Interfaces.notice(row)) + "\n\n");
        recent.addLast(new Published(id, frame));
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
        subscribers.forEach(subscriber -> subscriber.notice(frame));
    }

    /** One look at the desk. */
    synchronized void tick() {
        if (subscribers.isEmpty()) {
            shown = null;
            return;
        }
        DeskView view = source.view();
        Snapshot now = Snapshot.of(view, options);
        Snapshot before = shown;
        if (before == null || !now.showsTheSameAs(before)) {
            shown = now;
            ticksSinceState = 0;
            byte[] frame = stateFrame(now);
            subscribers.forEach(subscriber -> subscriber.state(frame));
        }
        if (ticksSinceState++ % BEAT_EVERY_TICKS == 0) {
            byte[] frame = beatFrame();
            subscribers.forEach(subscriber -> subscriber.state(frame));
        }
        long nanos = System.nanoTime();
        List.copyOf(subscribers).forEach(subscriber -> subscriber.watch(nanos));
    }

    synchronized void close() {
        closed = true;
        subscribers.forEach(Subscriber::end);
    }

    private static byte[] stateFrame(Snapshot snapshot) {
        return frame("event: state\ndata: " + Json.text(snapshot) + "\n\n");
    }

    private byte[] beatFrame() {
        Liveness liveness = source.liveness();
        Beat beat = new Beat(TradingState.of(source.view()), Health.parts(liveness), liveness.lag());
        return frame("event: beat\ndata: " + Json.text(beat) + "\n\n");
    }

    private static byte[] frame(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
