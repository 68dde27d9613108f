package quantum.binance;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceInput.FrameReceived;
import quantum.binance.BinanceInput.OfHttp;
import quantum.binance.BinanceInput.OfStream;
import quantum.binance.BinanceInput.StreamClosed;
import quantum.binance.BinanceInput.StreamOpened;
import quantum.binance.BinanceInput.Woken;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.Session;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.StreamLost;
import quantum.venue.VenueEvent.Unusable;

/**
 * One account's conversation with Binance USDⓈ-M futures in one-way mode with isolated margin. The first turn is
 * {@link #start}; calls before {@code Ready} are answered as not sent or failed.
 */
public final class BinanceSession implements Session<BinanceInput, BinanceRequest> {

    private final Conversation talk;
    private final Orders orders;
    private final Closes closes;
    private final Rests rests;
    private final Reads reads;
    private final UserEvents userEvents;
    private final PrivateStream privateStream;
    private final MarketStream marketStream;
    private final Picture picture;
    private final StartUp startUp;

    /** Where the session stands; only a lost stream goes a step back, from LIVE to CATCHING_UP. */
    private enum Phase {
        STARTING,
        CATCHING_UP,
        LIVE,
        UNUSABLE
    }

    private Phase phase = Phase.STARTING;
    private boolean wasReady;

    public BinanceSession(BinanceSettings settings) {
        this(settings, Shares.DEFAULT);
    }

    public BinanceSession(BinanceSettings settings, Shares shares) {
        talk = new Conversation(settings, shares);
        Listings listings = new Listings(talk);
        Leverages leverages = new Leverages(talk);
        Tally tally = new Tally(listings);
        orders = new Orders(talk, listings, leverages, tally);
        closes = new Closes(settings.positions(), orders, listings);
        rests = new Rests(talk, listings);
        reads = new Reads(talk, listings, leverages);
        picture = new Picture(talk, listings, leverages, reads);
        privateStream = new PrivateStream(talk, this::privateOpened, cause -> lost(StreamName.PRIVATE, cause));
        marketStream = new MarketStream(talk, listings, this::marketOpened, cause -> lost(StreamName.MARKET, cause));
        userEvents = new UserEvents(talk, orders, leverages, tally, privateStream::keyExpired);
        startUp = new StartUp(talk, listings, this::connectStreams, this::unusable);
    }

    @Override
    public Output<BinanceRequest> start(Moment now) {
        return talk.turn(now, startUp::begin);
    }

    @Override
    public Output<BinanceRequest> call(Call call, Moment now) {
        return talk.turn(now, () -> {
            if (wasReady) {
                perform(call);
            } else {
                refuse(call);
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

    /** The exchange's time at a monotonic instant, for the caller's {@link Moment}s; null until it was first read. */
    public @Nullable Instant exchangeTime(long nanos) {
        return talk.clock().isSynced() ? talk.clock().at(nanos) : null;
    }

    /** Answers and frames that could not be read, and codes and events of kinds that we do not know. */
    public long oddities() {
        return talk.oddities();
    }

    /** How much of the exchange's request weight is used. */
    public Spent spent() {
        return talk.budget().spent(talk.millis());
    }

    private void take(BinanceInput input) {
        switch (input) {
            case OfHttp http -> talk.replied(http);
            case Woken(long timer) -> talk.woken(timer);
            case OfStream stream -> take(stream);
        }
    }

    private void take(OfStream input) {
        StreamLink link = switch (input.stream()) {
            case PRIVATE -> privateStream.link();
            case MARKET -> marketStream.link();
        };
        switch (input) {
            case StreamOpened(var _, long connection) -> link.opened(connection);
            case StreamClosed(var _, long connection, String cause) -> link.closed(connection, cause);
            case FrameReceived(var stream, long connection, String text) -> {
                if (link.isOpen(connection)) {
                    frame(stream, text);
                }
            }
        }
    }

    private void frame(StreamName stream, String text) {
        Consumer<Json> reader = switch (stream) {
            case PRIVATE -> userEvents::frame;
            case MARKET -> marketStream::frame;
        };
        try {
            reader.accept(Json.parse(text));
        } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
            talk.odd("frame of " + stream, String.valueOf(e.getMessage()));
        }
    }

    private void perform(Call call) {
        switch (call) {
            case Call.Open open -> orders.open(open);
            case Call.Close close -> closes.close(close);
            case Call.Rest rest -> rests.place(rest);
            case Call.CancelRest cancel -> rests.cancel(cancel);
            case Call.AskOrder ask -> orders.ask(ask);
            case Call.AskRest ask -> rests.ask(ask);
            case Call.ReadPositions _ -> reads.positions(reads.answerTo(call));
            case Call.ReadAccount _ -> reads.account(call.purpose(), reads.answerTo(call));
            case Call.ReadRests _ -> reads.rests(reads.answerTo(call));
            case Call.ReadTrades trades -> reads.trades(trades);
        }
    }

    private void refuse(Call call) {
        talk.tell(Refusals.notSent(call, "the session is not ready"));
    }

    private void connectStreams() {
        privateStream.connect();
        marketStream.connect();
    }

    private void privateOpened() {
        readPicture();
    }

    private void marketOpened() {
        if (phase == Phase.STARTING) {
            readPicture();
        } else if (phase == Phase.LIVE) {
            ready();
        }
    }

    /** After both streams are open, so that nothing can happen between what is read and what is told. */
    private void readPicture() {
        boolean isStart = phase == Phase.STARTING;
        if (!privateStream.link().isOpen() || (isStart && !marketStream.link().isOpen())) {
            return;
        }
        long connection = privateStream.link().connection();
        phase = isStart ? Phase.STARTING : Phase.CATCHING_UP;
        picture.read(failure -> {
            if (!privateStream.link().isOpen(connection)) {
                return;
            }
            if (failure == null) {
                phase = Phase.LIVE;
                if (wasReady) {
                    ready();
                } else {
                    // The stream's first frame may be a second away; the first intent must not wait for it.
                    marketStream.read(this::ready);
                }
            } else if (wasReady) {
                talk.wakeIn(Picture.PAUSE, () -> {
                    if (privateStream.link().isOpen(connection)) {
                        readPicture();
                    }
                });
            } else {
                startUp.fail("the account could not be read: " + failure);
            }
        });
    }

    private void ready() {
        if (!marketStream.link().isOpen()) {
            return;
        }
        talk.tell(new VenueEvent.Ready(picture.selfTest(), wasReady));
        if (!wasReady) {
            wasReady = true;
            marketStream.watch();
        }
    }

    private void lost(StreamName stream, String cause) {
        if (!wasReady) {
            startUp.fail("the " + stream + " stream could not be opened: " + cause);
            return;
        }
        if (stream == StreamName.PRIVATE) {
            phase = Phase.CATCHING_UP;
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
