package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import quantum.binance.Ask.Security;
import quantum.binance.BinanceError.Kind;
import quantum.binance.BinanceInput.OfHttp;
import quantum.binance.Reply.Refused;
import quantum.order.Purpose;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;

/**
 * One turn after another of a session: gathers what a turn wants sent and told, remembers who waits for which reply and
 * timer, and stamps and signs each request in the turn in which it leaves (binance-usdm 2.3).
 */
final class Conversation {

    private final BinanceSettings settings;
    private final Signer signer;
    private final ClockSync clock = new ClockSync(this);
    private final Map<Long, Consumer<OfHttp>> replies = new HashMap<>();
    private final Map<Long, Runnable> timers = new HashMap<>();
    private final List<BinanceRequest> requests = new ArrayList<>();
    private final List<VenueEvent> events = new ArrayList<>();
    private Moment now = new Moment(0, Instant.EPOCH);
    private long lastNumber;
    private Door door = (_, _) -> false;

    /** Another way for questions than REST; chosen when they leave, so that nobody who asks knows of it. */
    interface Door {
        /** Takes a question, and sees to it that {@link #replied} hears of it; false leaves it to REST. */
        boolean take(long id, Ask ask);
    }

    Conversation(BinanceSettings settings) {
        this.settings = settings;
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
        events.add(event);
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
     * question leaves once more, never a third time; an open does not while the time is in doubt.
     */
    <T> void ask(Ask ask, Function<Json, T> reader, Consumer<Reply<T>> then) {
        send(ask, reader, first -> {
            if (ask.security() == Security.SIGNED
                    && first instanceof Refused<T>(BinanceError error, var _)
                    && error.kind() == Kind.CLOCK) {
                clock.sync(failure -> {
                    boolean isDoubtful = ask.purpose() == Purpose.OPEN && clock.doubt() != null;
                    if (failure == null && !isDoubtful) {
                        send(ask, reader, then);
                    } else {
                        then.accept(first);
                    }
                });
            } else {
                then.accept(first);
            }
        });
    }

    private <T> void send(Ask ask, Function<Json, T> reader, Consumer<Reply<T>> then) {
        long id = nextNumber();
        expect(id, reader, then);
        if (!door.take(id, ask)) {
            boolean keyed = ask.security() != Security.NONE;
            requests.add(new BinanceRequest.Http(
                    id,
                    ask.method(),
                    ask.path(),
                    query(ask),
                    keyed,
                    ask.timeout(),
                    ask.purpose(),
                    ask.changesOrders()));
        }
    }

    /** Waits for the answer to what leaves now under this number. */
    <T> void expect(long id, Function<Json, T> reader, Consumer<Reply<T>> then) {
        long askedNanos = now.nanos();
        replies.put(id, input -> then.accept(Replies.read(input, reader, askedNanos)));
    }

    private String query(Ask ask) {
        if (ask.security() != Security.SIGNED) {
            return ask.params();
        }
        String stamp = stamp(ask.purpose());
        return signer.signed(ask.params().isEmpty() ? stamp : ask.params() + "&" + stamp);
    }

    /** The two parameters by which the exchange judges how late a request is. */
    String stamp(Purpose purpose) {
        Duration window = purpose == Purpose.OPEN ? settings.openWindow() : settings.exitWindow();
        return "recvWindow=" + window.toMillis() + "&timestamp="
                + clock.at(now.nanos()).toEpochMilli();
    }
}
