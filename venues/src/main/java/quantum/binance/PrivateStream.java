package quantum.binance;

import java.time.Duration;
import java.util.function.Consumer;
import quantum.binance.Reply.Told;

/**
 * The user data stream: a listen key, kept alive every half hour, and the WebSocket that it opens. A key that is gone
 * leaves the socket open and silent, so its loss counts as the loss of the stream (binance-usdm 5.1).
 */
final class PrivateStream implements StreamLink.Owner {

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(30);

    private final Conversation talk;
    private final Runnable opened;
    private final Consumer<String> lost;
    private final StreamLink link;

    PrivateStream(Conversation talk, Runnable opened, Consumer<String> lost) {
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
        talk.ask(Asks.listenKey(), PrivateStream::key, reply -> {
            if (reply instanceof Told<String>(String key, var _)) {
                link.open(talk.settings().endpoints().wsPrivate() + "/ws?" + Query.of("listenKey", key));
            } else {
                link.lose("no listen key: " + reply.failure());
            }
        });
    }

    @Override
    public void opened() {
        keepAlive(link.connection());
        opened.run();
    }

    @Override
    public void lost(String cause) {
        lost.accept(cause);
    }

    /** The exchange says that the key is over; an event of an older key cannot arrive on this connection. */
    void keyExpired() {
        link.lose("the listen key expired");
    }

    private void keepAlive(long connection) {
        talk.wakeIn(KEEP_ALIVE, () -> {
            if (link.isOpen(connection)) {
                extend(connection, true);
            }
        });
    }

    private void extend(long connection, boolean mayRepeat) {
        talk.ask(Asks.keepListenKey(), PrivateStream::key, reply -> {
            if (!link.isOpen(connection)) {
                return;
            }
            if (reply instanceof Told<String>) {
                keepAlive(connection);
            } else if (mayRepeat && !reply.isRefusal(BinanceError.LISTEN_KEY_GONE)) {
                extend(connection, false);
            } else {
                link.lose("the listen key could not be kept: " + reply.failure());
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
