package quantum.cryptocom;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.CryptoComInput.FrameReceived;
import quantum.cryptocom.CryptoComInput.OfHttp;
import quantum.cryptocom.CryptoComInput.OfStream;
import quantum.cryptocom.CryptoComInput.StreamClosed;
import quantum.cryptocom.CryptoComInput.StreamOpened;
import quantum.cryptocom.CryptoComInput.Woken;
import quantum.cryptocom.Question.Rank;
import quantum.cryptocom.Reply.Given;
import quantum.json.Malformed;
import quantum.market.Balance;
import quantum.market.Symbol;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.Load;
import quantum.venue.Moment;
import quantum.venue.RestingOrder;
import quantum.venue.Session;
import quantum.venue.Urgency;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.SelfTest;
import quantum.venue.VenueEvent.StreamLost;
import quantum.venue.VenueEvent.Unusable;

/**
 * One account's conversation with Crypto.com Exchange, spot alone: coins are bought and sold, nothing is borrowed. The
 * first turn is {@link #start}; calls before {@code Ready} are answered as not sent or failed.
 */
public final class CryptoComSession implements Session<CryptoComInput, CryptoComRequest> {

    /** Between two attempts to read the whole account. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Conversation talk;
    private final Instruments instruments;
    private final MarketOrders orders;
    private final OrderPairs pairs;
    private final ConditionalReads conditionals;
    private final AccountReads account;
    private final TradeReads trades;
    private final UserStream user;
    private final MarketStream market;

    private boolean wasReady;
    private boolean isUnusable;
    /** True once the account was read on the user stream that serves now. */
    private boolean isRead;

    public CryptoComSession(CryptoComSettings settings) {
        talk = new Conversation(settings);
        instruments = new Instruments(talk);
        Executions executions = new Executions(talk, instruments);
        PairBook book = new PairBook(talk, executions);
        conditionals = new ConditionalReads(talk, book, executions);
        pairs = new OrderPairs(talk, book, conditionals);
        orders = new MarketOrders(talk, instruments, executions, book);
        account = new AccountReads(talk);
        trades = new TradeReads(talk, instruments);
        user = new UserStream(
                talk,
                orders,
                book,
                executions,
                trades,
                account,
                this::catchUp,
                cause -> lost(StreamName.PRIVATE, cause));
        market = new MarketStream(talk, instruments, this::ready, cause -> lost(StreamName.MARKET, cause));
    }

    @Override
    public Output<CryptoComRequest> start(Moment now) {
        return talk.turn(
                now,
                () -> instruments.read(failure -> {
                    if (failure != null) {
                        unusable("the exchange's rules could not be read: " + failure);
                        return;
                    }
                    instruments.keep();
                    market.choose();
                    readAccount(problem -> {
                        if (problem != null) {
                            unusable("the account could not be read: " + problem);
                        } else {
                            user.link().connect();
                            market.link().connect();
                        }
                    });
                }));
    }

    @Override
    public Output<CryptoComRequest> call(Call call, Moment now) {
        return talk.turn(now, () -> {
            if (!wasReady) {
                talk.publish(VenueEvent.notSent(call, "the session is not ready"));
            } else if (!talk.settings().ordersLeave() && call.changesOrders()) {
                talk.publish(VenueEvent.notSent(call, "observe mode: no order leaves"));
            } else {
                perform(call);
            }
        });
    }

    @Override
    public Output<CryptoComRequest> input(CryptoComInput input, Moment now) {
        return talk.turn(now, () -> {
            if (!isUnusable) {
                take(input);
            }
        });
    }

    @Override
    public Urgency urgency(CryptoComInput input) {
        return switch (input) {
            case FrameReceived frame -> frame.stream() == StreamName.PRIVATE ? Urgency.ACCOUNT : Urgency.PRICE;
            case StreamOpened _, StreamClosed _, OfHttp _, Woken _ -> Urgency.ANSWER;
        };
    }

    @Override
    public @Nullable Instant exchangeTime(long nanos) {
        return talk.clock().at(nanos);
    }

    /** Of the method that is nearest to its limit. */
    @Override
    public Load load() {
        return talk.gate().load(talk.now().nanos());
    }

    private void take(CryptoComInput input) {
        switch (input) {
            case OfHttp http -> talk.replied(http);
            case Woken(long timer) -> talk.woken(timer);
            case OfStream stream -> take(stream);
        }
    }

    private void take(OfStream input) {
        StreamLink link = input.stream() == StreamName.PRIVATE ? user.link() : market.link();
        switch (input) {
            case StreamOpened(var _, long connection) -> link.opened(connection);
            case StreamClosed(var _, long connection, String cause) -> link.closed(connection, cause);
            case FrameReceived frame -> {
                if (link.hears(frame.connection())) {
                    read(frame);
                }
            }
        }
    }

    private void read(FrameReceived frame) {
        try {
            Json json = Json.parse(frame.text());
            if (frame.stream() == StreamName.PRIVATE) {
                user.frame(json);
            } else {
                market.frame(json);
            }
        } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
            talk.odd("frame of " + frame.stream(), String.valueOf(e.getMessage()));
        }
    }

    private void perform(Call call) {
        Symbol symbol = symbolOf(call);
        if (symbol != null) {
            market.want(symbol);
        }
        switch (call) {
            case Call.Open open -> orders.open(open);
            case Call.CancelOpen cancel -> orders.cancel(cancel);
            case Call.Close close -> orders.close(close);
            // Two orders for the same coins are refused: a pair protects here.
            case Call.PlaceConditional rest -> talk.publish(VenueEvent.notSent(rest, "stop and target rest as a pair"));
            case Call.PlacePair pair -> pairs.place(pair);
            case Call.CancelConditional cancel -> pairs.cancel(cancel);
            case Call.QueryOrder query -> orders.query(query);
            case Call.QueryConditional query -> pairs.query(query);
            case Call.ReadPositions read -> account.positions(read);
            case Call.ReadAccount read -> account.account(read);
            case Call.ReadConditionals read -> readConditionals(read);
            case Call.ReadOrders read -> orders.read(read);
            case Call.ReadTrades read -> trades.read(read);
            // Nothing is paid or received for coins.
            case Call.ReadIncome read ->
                talk.publish(
                        new VenueEvent.IncomeRead(read, List.of(), talk.now().nanos()));
            case Call.ReadRules read -> instruments.read(read);
        }
    }

    private static @Nullable Symbol symbolOf(Call call) {
        return switch (call) {
            case Call.Open open -> open.symbol();
            case Call.Close close -> close.symbol();
            case Call.PlacePair pair -> pair.symbol();
            case Call.QueryConditional query -> query.symbol();
            case Call.CancelConditional cancel -> cancel.symbol();
            default -> null;
        };
    }

    private void readConditionals(Call.ReadConditionals call) {
        conditionals.read(
                Rank.QUESTION,
                reply -> talk.publish(
                        reply instanceof Given<List<ConditionalUpdate>>(List<ConditionalUpdate> rests, long asked)
                                ? new VenueEvent.ConditionalsRead(rests, asked)
                                : new VenueEvent.ReadFailed(call, reply.failure(), reply.isFinal())));
    }

    /**
     * The whole account in one go: nothing of it is published unless all could be read; null when done, else why not.
     */
    private void readAccount(Consumer<@Nullable String> then) {
        account.read(Rank.EXIT, first -> {
            if (!(first instanceof Given<List<Balance>>(List<Balance> coins, long asked))) {
                then.accept(first.failure());
                return;
            }
            orders.openOrders(null, Rank.EXIT, second -> {
                if (!(second instanceof Given<List<RestingOrder>>(List<RestingOrder> resting, var _))) {
                    then.accept(second.failure());
                    return;
                }
                conditionals.read(Rank.EXIT, third -> {
                    if (!(third instanceof Given<List<ConditionalUpdate>>(List<ConditionalUpdate> rests, long when))) {
                        then.accept(third.failure());
                        return;
                    }
                    account.publish(coins, asked);
                    talk.publish(new VenueEvent.OrdersRead(null, resting));
                    talk.publish(new VenueEvent.ConditionalsRead(rests, when));
                    then.accept(null);
                });
            });
        });
    }

    /** The user stream serves: what was not heard until now is read. */
    private void catchUp() {
        long connection = user.link().connection();
        readAccount(failure -> {
            // A later connection has a reading of its own, from its own beginning.
            if (!user.link().isCurrent(connection)) {
                return;
            }
            if (failure == null) {
                isRead = true;
                ready();
            } else {
                talk.wakeIn(PAUSE, () -> {
                    if (user.link().isCurrent(connection)) {
                        catchUp();
                    }
                });
            }
        });
    }

    private void ready() {
        if (!isRead || !user.link().serves() || !market.link().serves()) {
            return;
        }
        SelfTest selfTest = new SelfTest(
                talk.exchangeNow(),
                talk.clock().hostOffsetMillis(),
                instruments.trading(),
                account.balances(),
                talk.settings().endpoints().rest());
        talk.publish(new VenueEvent.Ready(selfTest, wasReady));
        if (!wasReady) {
            wasReady = true;
            market.watch();
        }
    }

    private void lost(StreamName stream, String cause) {
        if (stream == StreamName.PRIVATE) {
            isRead = false;
        }
        if (wasReady) {
            talk.publish(new StreamLost(stream.name(), cause));
        } else {
            unusable("the " + stream + " stream could not be opened: " + cause);
        }
    }

    private void unusable(String cause) {
        if (!isUnusable) {
            isUnusable = true;
            talk.publish(new Unusable(cause, nextStep(cause)));
        }
    }

    private String nextStep(String cause) {
        if (cause.contains("40101") || cause.contains("10002")) {
            return "check the API key, its secret, and that both are of this environment";
        }
        if (cause.contains("40103") || cause.contains("10003")) {
            return "allow the address of this machine for the key";
        }
        if (cause.contains("40102") || cause.contains("10007")) {
            return "let the host's clock be set by NTP";
        }
        if (cause.contains("140001")) {
            return "the exchange has closed its advanced orders to this key: without them no stop can rest";
        }
        return "check that " + talk.settings().endpoints().rest() + " and its sockets can be reached from here,"
                + " then start again";
    }
}
