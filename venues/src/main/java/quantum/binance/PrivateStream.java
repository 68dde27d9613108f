package quantum.binance;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;

/**
 * The user data stream: a listen key, kept alive every half hour, and the WebSocket that it opens. A key that is gone
 * leaves the socket open and silent, so its loss counts as the loss of the stream; one that only cannot be extended is
 * replaced while its socket goes on (binance-usdm 5.1).
 */
final class PrivateStream implements StreamLink.Owner {

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(30);

    private final Conversation talk;
    private final LongConsumer opened;
    private final Consumer<String> lost;
    private final StreamLink link;
    private String key = "";

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
        talk.ask(Asks.listenKey(), PrivateStream::key, reply -> {
            if (reply instanceof Told<String>(String told, var _)) {
                key = told;
                link.open(talk.settings().endpoints().wsPrivate() + "/ws?" + Query.of("listenKey", told));
            } else {
                link.failed("no listen key: " + reply.failure());
            }
        });
    }

    @Override
    public void opened(long connection) {
        keepAlive(connection);
        opened.accept(connection);
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

    /** A reading of the account shows what the stream should have told. */
    void deaf(String what) {
        link.lose("the stream did not tell that " + what);
    }

    private void keepAlive(long connection) {
        talk.wakeIn(KEEP_ALIVE, () -> {
            if (link.isCurrent(connection)) {
                extend(connection, true);
            }
        });
    }

    private void extend(long connection, boolean mayRepeat) {
        talk.ask(Asks.keepListenKey(), PrivateStream::key, reply -> {
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
