package quantum.cryptocom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import quantum.json.Malformed;
import quantum.venue.VenueEvent;

/**
 * What the exchange says of the account by itself: logged in once a connection, then one channel after another, each
 * with its own acknowledgement. Nothing that was missed is repeated, so that the account is read anew on every
 * connection.
 */
final class UserStream {

    private static final String ORDERS = "user.order";
    private static final String ADVANCED = "user.advance.order";
    /** The prose of the exchange's pages names it so, its enumeration as above (crypto-com 5). */
    private static final String ADVANCED_IN_PROSE = "user.advanced.order";

    private static final String TRADES = "user.trade";
    private static final String BALANCE = "user.balance";
    private static final List<String> CHANNELS = List.of(ORDERS, ADVANCED, TRADES, BALANCE);

    private final Conversation talk;
    private final MarketOrders orders;
    private final PairBook pairs;
    private final LatePairs latePairs;
    private final Executions executions;
    private final TradeReads trades;
    private final AccountReads account;
    private final StreamLink link;
    private final Runnable subscribed;
    private final Map<Long, String> asked = new HashMap<>();
    private long login;

    UserStream(
            Conversation talk,
            MarketOrders orders,
            PairBook pairs,
            Executions executions,
            TradeReads trades,
            AccountReads account,
            Runnable subscribed,
            Consumer<String> lost) {
        this.talk = talk;
        this.orders = orders;
        this.pairs = pairs;
        latePairs = new LatePairs(talk, pairs);
        this.executions = executions;
        this.trades = trades;
        this.account = account;
        this.subscribed = subscribed;
        link = new StreamLink(StreamName.PRIVATE, talk.settings().endpoints().user(), talk, this::logIn, lost);
    }

    StreamLink link() {
        return link;
    }

    private void logIn() {
        asked.clear();
        login = talk.nextNumber();
        link.send(talk.signer().envelope(login, "public/auth", Params.NONE, talk.nonce()));
    }

    private void subscribe(String channel) {
        long id = talk.nextNumber();
        asked.put(id, channel);
        link.send(Params.of("id", id)
                .with("method", "subscribe")
                .with("params", Params.of("channels", List.of(channel)))
                .with("nonce", talk.nonce())
                .json());
    }

    void frame(Json frame) {
        String method = frame.optionalText("method");
        switch (method == null ? "no method" : method) {
            case "public/heartbeat" -> answerHeartbeat(link, talk, frame);
            case "public/auth" -> loggedIn(frame);
            case "subscribe" -> ofSubscription(frame);
            default -> talk.odd("frame " + method, Reply.words(frame));
        }
    }

    /** The same id back within five seconds, or the exchange closes at the third. It is their clock, too. */
    static void answerHeartbeat(StreamLink link, Conversation talk, Json frame) {
        long id = frame.integer("id");
        talk.clock().beat(id, talk.now().nanos());
        link.send(Params.of("id", id).with("method", "public/respond-heartbeat").json());
    }

    private void loggedIn(Json frame) {
        if (frame.integer("id") != login) {
            return;
        }
        if (frame.integer("code") == 0) {
            CHANNELS.forEach(this::subscribe);
            return;
        }
        CryptoComError error = CryptoComError.of((int) frame.integer("code"));
        if (error.measure() == CryptoComError.Measure.HALT) {
            talk.publish(
                    new VenueEvent.OpensHalted(VenueEvent.Halt.CONFIGURATION, error.code(), Reply.words(frame), null));
        }
        link.drop("the login was refused: " + error.code() + " " + Reply.words(frame));
    }

    private void ofSubscription(Json frame) {
        Long id = frame.optionalInteger("id");
        String channel = id == null ? null : asked.remove(id);
        Long code = frame.optionalInteger("code");
        if (code != null && code != 0) {
            String words = code + " " + Reply.words(frame);
            if (channel == null) {
                talk.odd("refused subscription", words);
            } else {
                refused(channel, words);
            }
            return;
        }
        if (channel != null && channel.equals(ORDERS) && !link.serves()) {
            link.serve();
            subscribed.run();
        }
        Json result = frame.member("result");
        if (result.has("data")) {
            push(channelOf(result), result);
        }
    }

    private void refused(String channel, String words) {
        switch (channel) {
            case ORDERS -> link.drop("its orders are refused: " + words);
            case ADVANCED -> subscribe(ADVANCED_IN_PROSE);
            // What it would have said is asked for.
            default -> talk.odd("channel " + channel, "refused: " + words);
        }
    }

    /** The first message names a channel with its symbol, all later ones without (crypto-com-clients 3). */
    private static String channelOf(Json result) {
        String channel = result.optionalText("channel");
        String named = channel == null ? String.valueOf(result.optionalText("subscription")) : channel;
        return List.of(ORDERS, ADVANCED, ADVANCED_IN_PROSE, TRADES, BALANCE).stream()
                .filter(each -> named.equals(each) || named.startsWith(each + "."))
                .findFirst()
                .orElse(named);
    }

    private void push(String channel, Json result) {
        if (channel.equals(BALANCE)) {
            account.streamed(result);
            return;
        }
        for (Json row : result.list("data")) {
            try {
                push(channel, result, row);
            } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
                talk.odd("row of " + channel, String.valueOf(e.getMessage()));
            }
        }
    }

    private void push(String channel, Json result, Json row) {
        switch (channel) {
            case ORDERS -> orders.changed(OrderReport.ordinary(row, talk.exchangeNow()));
            case ADVANCED, ADVANCED_IN_PROSE -> {
                OrderReport shown = OrderReport.advanced(row, talk.exchangeNow());
                // A stranger's conditional order is shown when all are read.
                if (!pairs.hear(shown) && shown.clientId().isOurs() && shown.isOpen()) {
                    latePairs.seek(shown.clientId());
                }
            }
            case TRADES -> executions.traded(trades.trade(row));
            default -> talk.odd("channel " + channel, String.valueOf(result.optionalText("subscription")));
        }
    }
}
