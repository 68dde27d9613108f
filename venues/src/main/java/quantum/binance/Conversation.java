package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceError.Kind;
import quantum.binance.BinanceInput.OfHttp;
import quantum.binance.BinanceInput.Replied;
import quantum.binance.Reply.Refused;
import quantum.binance.Reply.Unsent;
import quantum.binance.RestCall.Security;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.Purpose;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.Marked;

/**
 * One turn after another of a session: gathers what a turn wants sent and told, remembers who waits for which reply and
 * timer, and stamps and signs each request in the turn in which it leaves (binance-usdm 2.3).
 */
final class Conversation {

    /** An open that has not left by then was decided on by a price that is gone. */
    static final Duration OPEN_PATIENCE = Duration.ofSeconds(5);

    private final BinanceSettings settings;
    private final Signer signer;
    private final ClockSync clock = new ClockSync(this);
    private final Map<Long, Consumer<OfHttp>> replies = new HashMap<>();
    private final Map<Long, Runnable> timers = new HashMap<>();
    private final List<BinanceRequest> requests = new ArrayList<>();
    private final List<VenueEvent> events = new ArrayList<>();
    private final RequestGate gate;
    private final ErrorActions errorActions;
    private final Set<RestCall> postponed = new HashSet<>();
    private final Map<Symbol, Price> marks = new HashMap<>();
    private Moment now = new Moment(0, Instant.EPOCH);
    private long lastNumber;
    private Door door = (_, _) -> false;

    /** Another way for questions than REST; chosen when they leave, so that nobody who asks knows of it. */
    interface Door {
        /** Takes a question, and sees to it that {@link #replied} hears of it; false leaves it to REST. */
        boolean take(long id, RestCall call);
    }

    Conversation(BinanceSettings settings) {
        this.settings = settings;
        gate = new RequestGate(settings.shares());
        errorActions = new ErrorActions(this, gate);
        signer = Signer.of(settings.secret());
    }

    Output<BinanceRequest> turn(Moment moment, Runnable turn) {
        now = moment;
        turn.run();
        Output<BinanceRequest> output = new Output<>(List.copyOf(requests), List.copyOf(events));
        requests.clear();
        events.clear();
        return output;
    }

    Moment now() {
        return now;
    }

    ClockSync clock() {
        return clock;
    }

    BinanceSettings settings() {
        return settings;
    }

    Signer signer() {
        return signer;
    }

    void leaveBy(Door other) {
        door = other;
    }

    /** A number never given before: requests, timers and connections share one row. */
    long nextNumber() {
        return ++lastNumber;
    }

    void tell(VenueEvent event) {
        if (event instanceof Marked marked) {
            marks.putAll(marked.marks());
        }
        events.add(event);
    }

    /** The mark that was told last, which is at most some seconds old; null if there was none. */
    @Nullable
    Price mark(Symbol symbol) {
        return marks.get(symbol);
    }

    /** Something that cannot be read or is not known: counted, and told once for each kind. */
    void odd(String kind, String detail) {
        errorActions.odd(kind, detail);
    }

    long oddities() {
        return errorActions.oddities();
    }

    Budget budget() {
        return gate.budget();
    }

    /** How long nothing may leave, connections included; zero outside of a ban. */
    Duration silence() {
        return gate.silence(millis());
    }

    /** The exchange's time as well as it is known, in epoch milliseconds. */
    long millis() {
        return (clock.isSynced() ? clock.at(now.nanos()) : now.exchange()).toEpochMilli();
    }

    void request(BinanceRequest request) {
        requests.add(request);
    }

    void wakeIn(Duration delay, Runnable then) {
        long timer = nextNumber();
        timers.put(timer, then);
        requests.add(new BinanceRequest.Wake(timer, now.nanos() + delay.toNanos()));
    }

    void woken(long timer) {
        Runnable then = timers.remove(timer);
        if (then != null) {
            then.run();
        }
    }

    void replied(OfHttp input) {
        Consumer<OfHttp> then = replies.remove(input.id());
        if (then != null) {
            then.accept(input);
        }
    }

    /**
     * Asks once. A refusal because of our clock is proof that nothing was done: the clock is read again and the same
     * question leaves once more, never a third time; an open does not while the time is in doubt, nor when reading the
     * clock took so long that it was decided on by a price that is gone.
     */
    <T> void ask(RestCall call, Function<Json, T> reader, Consumer<Reply<T>> then) {
        long asked = now.nanos();
        submit(call, reader, 0, first -> {
            if (call.security() == Security.SIGNED
                    && first instanceof Refused<T>(BinanceError error, var _)
                    && error.kind() == Kind.CLOCK) {
                clock.sync(failure -> {
                    boolean isTooLate =
                            clock.doubt() != null || now.since(asked).compareTo(OPEN_PATIENCE) > 0;
                    if (failure == null && !(call.purpose() == Purpose.OPEN && isTooLate)) {
                        submit(call, reader, 0, then);
                    } else {
                        then.accept(first);
                    }
                });
            } else {
                then.accept(first);
            }
        });
    }

    /** Leaves as soon as it may, and leaves again where that is due; {@code then} hears of it once, at the end. */
    private <T> void submit(RestCall call, Function<Json, T> reader, int attempt, Consumer<Reply<T>> then) {
        switch (gate.judge(call, millis())) {
            case RequestGate.Leave.Now _ ->
                send(call, reader, reply -> {
                    Duration pause = gate.pauseBeforeAgain(call, reply, attempt, millis());
                    if (pause == null) {
                        then.accept(reply);
                    } else {
                        wakeIn(pause, () -> submit(call, reader, attempt + 1, then));
                    }
                });
            case RequestGate.Leave.Later(Duration pause) -> {
                if (postponed.add(call)) {
                    wakeIn(pause, () -> {
                        postponed.remove(call);
                        submit(call, reader, attempt, then);
                    });
                } else {
                    then.accept(new Unsent<>("the same question waits for the exchange's limits already"));
                }
            }
            case RequestGate.Leave.Never(String why) -> then.accept(new Refused<>(BinanceError.OVER_SHARE, why));
        }
    }

    private <T> void send(RestCall call, Function<Json, T> reader, Consumer<Reply<T>> then) {
        long id = nextNumber();
        expect(id, call, reader, then);
        if (!door.take(id, call)) {
            boolean keyed = call.security() != Security.NONE;
            requests.add(new BinanceRequest.Http(
                    id,
                    call.method(),
                    call.path(),
                    query(call),
                    keyed,
                    call.timeout(),
                    call.purpose(),
                    call.changesOrders()));
        }
    }

    /** Waits for the answer to what leaves now under this number. */
    <T> void expect(long id, RestCall call, Function<Json, T> reader, Consumer<Reply<T>> then) {
        long askedNanos = now.nanos();
        gate.budget().sent(id, call, millis());
        replies.put(id, input -> {
            Usage usage = input instanceof Replied replied ? replied.usage() : Usage.NONE;
            gate.budget().answered(id, usage, millis());
            Reply<T> reply = Replies.read(input, reader, askedNanos);
            errorActions.saw(call, reply, usage.retryAfter());
            then.accept(reply);
        });
    }

    private String query(RestCall call) {
        if (call.security() != Security.SIGNED) {
            return call.params();
        }
        String stamp = stamp(call.purpose());
        return signer.signed(call.params().isEmpty() ? stamp : call.params() + "&" + stamp);
    }

    /** The two parameters by which the exchange judges how late a request is. */
    String stamp(Purpose purpose) {
        Duration window = purpose == Purpose.OPEN ? settings.openWindow() : settings.exitWindow();
        return "recvWindow=" + window.toMillis() + "&timestamp="
                + clock.at(now.nanos()).toEpochMilli();
    }
}
