package quantum.binance;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;
import quantum.json.Malformed;
import quantum.order.Purpose;
import quantum.venue.VenueEvent.StreamDeaf;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The user data stream: a listen key, kept alive every half hour, and the WebSocket that it opens. A key that is gone
 * leaves the socket open and silent, so its loss counts as the loss of the stream; one that only cannot be extended is
 * replaced while its socket goes on (binance-usdm 5.1). A form of asking for the stream that the exchange does not serve
 * is accepted and silent too, so a stream that never spoke is opened in the other form.
 */
final class PrivateStream implements StreamLink.Owner {

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(30);
    /** A message to the exchange that is not answered by then was not heard. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /**
     * Every event that is read, named: production is said to tell none where none is named (binance-usdm 1.2). The
     * retired CONDITIONAL_ORDER_TRIGGER_REJECT is read where an old exchange tells it, and not asked for.
     */
    private static final String EVENTS = "ORDER_TRADE_UPDATE/ALGO_UPDATE/ACCOUNT_UPDATE/ACCOUNT_CONFIG_UPDATE"
            + "/MARGIN_CALL/TRADE_LITE/listenKeyExpired";

    /** How the stream is asked for. */
    private enum Form {
        /** Key and events in the address. */
        ADDRESS,
        /** The key in a message, as the exchange's own connector does. */
        MESSAGE;

        Form other() {
            return this == ADDRESS ? MESSAGE : ADDRESS;
        }
    }

    private final Conversation talk;
    private final LongConsumer opened;
    private final Consumer<String> lost;
    private final StreamLink link;
    private final Set<String> heard = new HashSet<>();
    private Form form = Form.ADDRESS;
    private String key = "";
    private boolean hasServed;
    /** A message without an answer, and the connection that it left on. */
    private @Nullable Subscription subscription;

    private record Subscription(long id, long connection) {}

    PrivateStream(Conversation talk, LongConsumer opened, Consumer<String> lost) {
        this.talk = talk;
        this.opened = opened;
        this.lost = lost;
        link = new StreamLink(StreamName.PRIVATE, talk, this);
    }

    StreamLink link() {
        return link;
    }

    @Override
    public void connect() {
        // Where orders are at work, what becomes of them is told here and nowhere else as long as limits are used up.
        RestCall call = hasServed ? Endpoints.listenKey().forExit() : Endpoints.listenKey();
        talk.ask(call, PrivateStream::key, reply -> {
            if (reply instanceof Told<String>(String told, var _)) {
                key = told;
                link.open(talk.settings().endpoints().wsPrivate() + address());
            } else {
                link.failed("no listen key: " + reply.failure());
            }
        });
    }

    private String address() {
        return switch (form) {
            case ADDRESS -> "/ws?" + Query.of("listenKey", key) + "&events=" + EVENTS;
            case MESSAGE -> "/stream";
        };
    }

    @Override
    public void opened(long connection) {
        switch (form) {
            case ADDRESS -> serves(connection);
            case MESSAGE -> subscribe(connection);
        }
    }

    private void serves(long connection) {
        hasServed = true;
        keepAlive(connection);
        opened.accept(connection);
    }

    private void subscribe(long connection) {
        long id = talk.nextNumber();
        Subscription asked = new Subscription(id, connection);
        subscription = asked;
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        frame.put("method", "SUBSCRIBE").put("id", id).putArray("params").add(key);
        talk.request(
                new BinanceRequest.SendFrame(StreamName.PRIVATE, connection, id, Purpose.PROTECT, frame.toString()));
        talk.wakeIn(ANSWER, () -> {
            if (asked.equals(subscription)) {
                refused(connection, "no answer");
            }
        });
    }

    private void refused(long connection, String why) {
        subscription = null;
        link.drop(connection, "the listen key was not subscribed to: " + why);
    }

    /** The event in a frame; null for the answer to a message. */
    @Nullable
    Json event(long connection, Json frame) {
        Json event = frame.has("stream") && frame.has("data") ? frame.object("data") : frame;
        String kind = event.optionalText("e");
        Subscription asked = subscription;
        if (kind == null && asked != null && asked.connection() == connection) {
            if (event.has("code") || event.has("error")) {
                refused(connection, event.node().toString());
            } else {
                subscription = null;
                serves(connection);
            }
            return null;
        }
        if (kind != null && heard.size() < 100) {
            heard.add(kind);
        }
        return event;
    }

    @Override
    public void lost(String cause) {
        lost.accept(cause);
    }

    /** The exchange says that a key is over; that of a key which was replaced is no news. */
    void keyExpired(@Nullable String which) {
        if (which == null || which.equals(key)) {
            link.lose("the listen key expired");
        }
    }

    /**
     * The exchange shows what the stream should have told by an event of this kind. If it has told others of the kind it
     * fell silent, and is opened again as it was; if not, its form may be one that is not served.
     */
    void deaf(String event, String what) {
        // One whose key is not taken yet tells nothing, and nobody expects it to.
        if (!link.isOpen() || subscription != null) {
            return;
        }
        String cause = "the stream did not tell that " + what;
        if (heard.contains(event)) {
            talk.tell(new StreamDeaf(StreamName.PRIVATE.name(), cause + "; it is opened again"));
        } else {
            form = form.other();
            talk.tell(new StreamDeaf(
                    StreamName.PRIVATE.name(),
                    cause + ", nor any " + event + " so far; it is opened again in the other form"));
        }
        heard.clear();
        link.lose(cause);
    }

    private void keepAlive(long connection) {
        talk.wakeIn(KEEP_ALIVE, () -> {
            if (link.isCurrent(connection)) {
                extend(connection, true);
            }
        });
    }

    private void extend(long connection, boolean mayRepeat) {
        talk.ask(Endpoints.keepListenKey(), PrivateStream::key, reply -> {
            if (!link.isCurrent(connection)) {
                return;
            }
            if (reply instanceof Told<String>) {
                keepAlive(connection);
            } else if (reply.isRefusal(BinanceError.LISTEN_KEY_GONE)) {
                link.lose("the listen key is gone: " + reply.failure());
            } else if (mayRepeat) {
                extend(connection, false);
            } else {
                link.connect();
            }
        });
    }

    private static String key(Json json) {
        String key = json.text("listenKey");
        if (key.isBlank()) {
            throw new Malformed("the listen key is blank");
        }
        return key;
    }
}
