package quantum.binance;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceError.Kind;
import quantum.binance.BinanceInput.Failed;
import quantum.binance.BinanceInput.Replied;
import quantum.binance.Reply.Refused;
import quantum.binance.Reply.Told;
import quantum.json.Malformed;
import quantum.order.Purpose;

/**
 * Order entry over one kept WebSocket (binance-usdm 10). A key that can is logged on once a connection, with any other
 * each request is signed. A request on a connection that ends has no answer, and is never sent again; while none
 * serves, opens are refused as not sent and everything else goes by REST, and so it does for a while after one left a
 * request without an answer: what is late on a socket holds up all that follows it.
 */
final class OrderSocket implements StreamLink.Owner, Conversation.Door {

    private static final Duration DISTRUST = Duration.ofSeconds(30);

    private final Conversation talk;
    private final Runnable opened;
    private final Consumer<String> lost;
    private final StreamLink link;
    private final Set<Long> admitted = new HashSet<>();
    /** Requests without an answer, and the connections that they left on. */
    private final Map<Long, Long> inFlight = new HashMap<>();

    private @Nullable Long failedNanos;

    OrderSocket(Conversation talk, Runnable opened, Consumer<String> lost) {
        this.talk = talk;
        this.opened = opened;
        this.lost = lost;
        link = new StreamLink(StreamName.ORDERS, talk, this);
    }

    StreamLink link() {
        return link;
    }

    /** True if requests can leave. */
    boolean isUsable() {
        return admitted.contains(link.connection());
    }

    @Override
    public void connect() {
        link.open(talk.settings().endpoints().wsApi());
    }

    @Override
    public void opened(long connection) {
        if (!talk.signer().logsOn()) {
            admit(connection);
            return;
        }
        long id = talk.nextNumber();
        talk.expect(id, Endpoints.logOn(), json -> json, reply -> {
            if (reply instanceof Told<Json>) {
                admit(connection);
            } else if (reply instanceof Refused<Json>(BinanceError error, var _) && error.kind() == Kind.CLOCK) {
                talk.clock().sync(_ -> link.drop(connection, "not logged on: " + reply.failure()));
            } else {
                link.drop(connection, "not logged on: " + reply.failure());
            }
        });
        Envelope logOn = new Envelope(Endpoints.LOG_ON, talk.stamp(Purpose.PROTECT));
        send(id, connection, Purpose.PROTECT, logOn.signed(talk.settings().apiKey(), talk.signer()));
        expire(id, connection, RestCall.CHANGE_TIMEOUT);
    }

    private void admit(long connection) {
        if (link.isCurrent(connection)) {
            admitted.add(connection);
            link.proven(connection);
            opened.run();
        }
    }

    @Override
    public void lost(String cause) {
        lost.accept(cause);
    }

    /** A connection ended: whatever is in flight on it may have been done. */
    void closed(long connection, String cause) {
        admitted.remove(connection);
        List<Long> unanswered = inFlight.entrySet().stream()
                .filter(entry -> entry.getValue() == connection)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        unanswered.forEach(id -> fail(id, "the order socket ended: " + cause));
        link.closed(connection, cause);
    }

    @Override
    public boolean take(long id, RestCall call) {
        String method = Envelope.method(call);
        if (method == null) {
            return false;
        }
        if (!isUsable() && call.purpose() == Purpose.OPEN) {
            talk.replied(new Failed(id, true, "the order socket is down"));
            return true;
        }
        if (!isUsable() || (call.purpose() != Purpose.OPEN && isDistrusted())) {
            return false;
        }
        Envelope envelope = new Envelope(method, call.params() + "&" + talk.stamp(call.purpose()));
        long connection = link.connection();
        send(
                id,
                connection,
                call.purpose(),
                talk.signer().logsOn()
                        ? envelope
                        : envelope.signed(talk.settings().apiKey(), talk.signer()));
        expire(id, connection, call.timeout());
        return true;
    }

    private boolean isDistrusted() {
        Long failed = failedNanos;
        return failed != null && talk.now().since(failed).compareTo(DISTRUST) < 0;
    }

    private void send(long id, long connection, Purpose purpose, Envelope envelope) {
        inFlight.put(id, connection);
        talk.request(new BinanceRequest.SendFrame(StreamName.ORDERS, connection, id, purpose, envelope.text(id)));
    }

    /** A connection that leaves a request unanswered may be dead: what is asked about it must not go the same way. */
    private void expire(long id, long connection, Duration timeout) {
        talk.wakeIn(timeout, () -> {
            if (inFlight.containsKey(id)) {
                failedNanos = talk.now().nanos();
                fail(id, "no reply in time");
                giveUp(connection, "no reply in time");
            }
        });
    }

    private void giveUp(long connection, String cause) {
        admitted.remove(connection);
        link.drop(connection, cause);
        closed(connection, cause);
    }

    private void fail(long id, String cause) {
        if (inFlight.remove(id) != null) {
            talk.replied(new Failed(id, false, cause));
        }
    }

    /** A reply, or a word about the connection itself, which has no id. */
    void frame(long connection, Json json) {
        if (!json.has("id")) {
            giveUp(connection, "the exchange ended the session: " + json.node());
            return;
        }
        long id = json.integer("id");
        if (inFlight.containsKey(id)) {
            try {
                int status = Math.toIntExact(json.integer("status"));
                Json body = json.member(status == 200 ? "result" : "error");
                inFlight.remove(id);
                talk.replied(new Replied(id, status, Usage.of(json), body.node().toString()));
            } catch (Malformed | ArithmeticException e) {
                fail(id, "unreadable reply: " + e.getMessage());
            }
        }
    }
}
