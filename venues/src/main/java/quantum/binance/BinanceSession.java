package quantum.binance;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceInput.FrameReceived;
import quantum.binance.BinanceInput.OfHttp;
import quantum.binance.BinanceInput.OfStream;
import quantum.binance.BinanceInput.StreamClosed;
import quantum.binance.BinanceInput.StreamOpened;
import quantum.binance.BinanceInput.Woken;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.json.Malformed;
import quantum.venue.Call;
import quantum.venue.Load;
import quantum.venue.Moment;
import quantum.venue.Session;
import quantum.venue.Urgency;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.StreamLost;
import quantum.venue.VenueEvent.Unusable;

/**
 * One account's conversation with Binance USDⓈ-M futures with isolated margin, in one-way or hedge mode. The first turn is
 * {@link #start}; calls before {@code Ready} are answered as not sent or failed.
 */
public final class BinanceSession implements Session<BinanceInput, BinanceRequest> {

    private final Conversation talk;
    private final Listings listings;
    private final MarketOrders orders;
    private final CloseOrders closes;
    private final ConditionalOrders conditionalOrders;
    private final AccountReads reads;
    private final Incomes incomes;
    private final UserEvents userEvents;
    private final PrivateStream privateStream;
    private final MarketStream marketStream;
    private final @Nullable OrderSocket orderSocket;
    private final AccountSnapshot snapshot;
    private final StartUp startUp;
    private final UserStreamAudit userAudit;

    /** Where the session stands; from RUNNING nothing leads back. */
    private enum Phase {
        STARTING,
        RUNNING,
        UNUSABLE
    }

    private Phase phase = Phase.STARTING;
    private boolean wasReady;
    /** True from the loss of the user stream until the account was read again. */
    private boolean isBehind;

    public BinanceSession(BinanceSettings settings) {
        talk = new Conversation(settings);
        listings = new Listings(talk);
        Leverages leverages = new Leverages(talk);
        OrderTrades orderTrades = new OrderTrades(listings);
        privateStream = new PrivateStream(talk, this::privateOpened, cause -> lost(StreamName.PRIVATE, cause));
        userAudit = new UserStreamAudit(talk, this::readPositions, this::readRests, privateStream);
        orders = new MarketOrders(talk, listings, leverages, orderTrades, userAudit);
        closes = new CloseOrders(settings.positions(), orders, listings);
        conditionalOrders = new ConditionalOrders(talk, listings, userAudit);
        orderSocket = settings.orderEntry() == OrderEntry.WEBSOCKET
                ? new OrderSocket(talk, this::ordersOpened, cause -> lost(StreamName.ORDERS, cause))
                : null;
        if (orderSocket != null) {
            talk.leaveBy(orderSocket);
        }
        reads = new AccountReads(talk, listings, leverages, userAudit);
        incomes = new Incomes(talk, listings);
        snapshot = new AccountSnapshot(talk, listings, leverages, reads);
        marketStream = new MarketStream(talk, listings, this::marketOpened, cause -> lost(StreamName.MARKET, cause));
        userEvents = new UserEvents(talk, orders, leverages, orderTrades, userAudit, privateStream::keyExpired);
        startUp = new StartUp(talk, listings, this::connectStreams, this::unusable);
    }

    @Override
    public Output<BinanceRequest> start(Moment now) {
        return talk.turn(now, startUp::begin);
    }

    @Override
    public Output<BinanceRequest> call(Call call, Moment now) {
        return talk.turn(now, () -> {
            if (!wasReady) {
                talk.tell(VenueEvent.notSent(call, "the session is not ready"));
            } else if (talk.settings().orderEntry() == OrderEntry.NONE && call.changesOrders()) {
                talk.tell(VenueEvent.notSent(call, "observe mode: no order leaves"));
            } else {
                perform(call);
            }
        });
    }

    @Override
    public Output<BinanceRequest> input(BinanceInput input, Moment now) {
        return talk.turn(now, () -> {
            if (phase != Phase.UNUSABLE) {
                take(input);
            }
        });
    }

    @Override
    public Urgency urgency(BinanceInput input) {
        return switch (input) {
            case FrameReceived frame ->
                switch (frame.stream()) {
                    case PRIVATE -> Urgency.ACCOUNT;
                    case ORDERS -> Urgency.ANSWER;
                    case MARKET -> Urgency.PRICE;
                };
            case StreamOpened _, StreamClosed _, OfHttp _, Woken _ -> Urgency.ANSWER;
        };
    }

    @Override
    public @Nullable Instant exchangeTime(long nanos) {
        return talk.clock().isSynced() ? talk.clock().at(nanos) : null;
    }

    /** Answers and frames that could not be read, and codes and events of kinds that we do not know. */
    public long oddities() {
        return talk.oddities();
    }

    /** The request weight (binance-usdm 8.1). */
    @Override
    public Load load() {
        return talk.budget().load(talk.millis());
    }

    private void take(BinanceInput input) {
        switch (input) {
            case OfHttp http -> talk.replied(http);
            case Woken(long timer) -> talk.woken(timer);
            case OfStream stream -> take(stream);
        }
    }

    private void take(OfStream input) {
        StreamLink link = link(input.stream());
        switch (input) {
            case StreamOpened(var _, long connection) -> link.opened(connection);
            case StreamClosed closed -> closed(link, closed);
            case FrameReceived frame -> {
                if (link.hears(frame.connection())) {
                    read(frame);
                }
            }
        }
    }

    private StreamLink link(StreamName stream) {
        return switch (stream) {
            case PRIVATE -> privateStream.link();
            case MARKET -> marketStream.link();
            case ORDERS -> orderSocket().link();
        };
    }

    private OrderSocket orderSocket() {
        return Objects.requireNonNull(orderSocket, "orders go by REST");
    }

    private void closed(StreamLink link, StreamClosed closed) {
        if (closed.stream() == StreamName.ORDERS) {
            orderSocket().closed(closed.connection(), closed.cause());
        } else {
            link.closed(closed.connection(), closed.cause());
        }
    }

    private void read(FrameReceived frame) {
        try {
            Json json = Json.parse(frame.text());
            switch (frame.stream()) {
                case PRIVATE -> {
                    Json event = privateStream.event(frame.connection(), json);
                    if (event != null) {
                        userEvents.frame(event);
                    }
                }
                case MARKET -> marketStream.frame(frame.connection(), json);
                case ORDERS -> orderSocket().frame(frame.connection(), json);
            }
        } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
            talk.odd("frame of " + frame.stream(), String.valueOf(e.getMessage()));
        }
    }

    private void perform(Call call) {
        switch (call) {
            case Call.Open open -> open(open);
            case Call.CancelOpen cancel -> orders.cancel(cancel);
            case Call.Close close -> closes.close(close);
            case Call.PlaceConditional rest -> conditionalOrders.place(rest);
            // Futures alone: what protects follows the position (binance-usdm 4.6).
            case Call.PlacePair pair -> talk.tell(VenueEvent.notSent(pair, "futures have no pairs of orders"));
            case Call.CancelConditional cancel -> conditionalOrders.cancel(cancel);
            case Call.QueryOrder ask -> orders.ask(ask);
            case Call.QueryConditional ask -> conditionalOrders.ask(ask);
            case Call.ReadPositions _ -> reads.positions(RestCall.Claim.QUESTION, reads.answerTo(call));
            case Call.ReadAccount _ -> reads.account(Endpoints.account(call.purpose()), reads.answerTo(call));
            case Call.ReadConditionals _ -> reads.rests(RestCall.Claim.QUESTION, reads.answerTo(call));
            case Call.ReadOrders orders -> reads.orders(orders);
            case Call.ReadTrades trades -> reads.trades(trades);
            case Call.ReadIncome income -> incomes.read(income);
            case Call.ReadRules rules -> listings.read(rules);
        }
    }

    private void open(Call.Open call) {
        String doubt = talk.clock().doubt();
        if (doubt == null) {
            orders.open(call);
        } else {
            talk.tell(VenueEvent.notSent(call, doubt));
        }
    }

    private void connectStreams() {
        privateStream.link().connect();
        marketStream.link().connect();
        if (orderSocket != null) {
            orderSocket.link().connect();
        }
    }

    private void ordersOpened() {
        if (phase == Phase.STARTING) {
            readFirstPicture();
        }
    }

    private void privateOpened(long connection) {
        userAudit.opened();
        if (phase == Phase.STARTING) {
            readFirstPicture();
        } else {
            catchUp(connection);
        }
    }

    private void marketOpened() {
        if (phase == Phase.STARTING) {
            readFirstPicture();
        } else if (!isBehind) {
            ready();
        }
    }

    /** After all streams are open, so that nothing can happen between what is read and what is told. */
    private void readFirstPicture() {
        boolean ordersWait = orderSocket != null && !orderSocket.isUsable();
        if (!privateStream.link().isOpen() || !marketStream.link().isOpen() || ordersWait) {
            return;
        }
        snapshot.read(failure -> {
            if (failure == null) {
                phase = Phase.RUNNING;
                // The stream's first frame may be a second away; the first intent must not wait for it.
                marketStream.read(this::ready);
            } else {
                startUp.fail("the account could not be read: " + failure);
            }
        });
    }

    /** The user stream has a new connection: what it did not hear is read, and then it may replace an older one. */
    private void catchUp(long connection) {
        snapshot.read(failure -> {
            if (!privateStream.link().isCurrent(connection)) {
                return;
            }
            if (failure == null) {
                privateStream.link().proven(connection);
                isBehind = false;
                ready();
            } else {
                talk.wakeIn(AccountSnapshot.PAUSE, () -> {
                    if (privateStream.link().isCurrent(connection)) {
                        catchUp(connection);
                    }
                });
            }
        });
    }

    private void readPositions() {
        reads.positions(RestCall.Claim.QUESTION, _ -> {});
    }

    private void readRests() {
        reads.rests(RestCall.Claim.QUESTION, _ -> {});
    }

    private void ready() {
        if (!marketStream.link().isOpen()) {
            return;
        }
        talk.tell(new VenueEvent.Ready(snapshot.selfTest(), wasReady));
        if (!wasReady) {
            wasReady = true;
            marketStream.watch();
        }
    }

    private void lost(StreamName stream, String cause) {
        if (!wasReady) {
            startUp.failStream(stream, cause);
            return;
        }
        if (stream == StreamName.PRIVATE) {
            isBehind = true;
        }
        talk.tell(new StreamLost(stream.name(), cause));
    }

    private void unusable(Unusable why) {
        if (phase != Phase.UNUSABLE) {
            phase = Phase.UNUSABLE;
            talk.tell(why);
        }
    }
}
