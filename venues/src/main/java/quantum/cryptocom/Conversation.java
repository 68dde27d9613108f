package quantum.cryptocom;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.CryptoComInput.OfHttp;
import quantum.cryptocom.CryptoComInput.Replied;
import quantum.cryptocom.Question.Kind;
import quantum.cryptocom.Question.Rank;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;

/**
 * One turn after another of a session: gathers what a turn wants sent and published, remembers who waits for which
 * reply and timer, and stamps and signs each request in the turn in which it leaves.
 */
final class Conversation {

    /** An open that has not left by then was decided on by a price that is gone. */
    static final Duration OPEN_PATIENCE = Duration.ofSeconds(2);

    /** After the exchange spoke of maintenance, opens wait that long at least. */
    private static final Duration MAINTENANCE = Duration.ofMinutes(1);

    private final CryptoComSettings settings;
    private final Signer signer;
    private final ExchangeClock clock = new ExchangeClock();
    private final RequestGate gate = new RequestGate(this);
    private final Map<Long, Consumer<OfHttp>> replies = new HashMap<>();
    private final Map<Long, Runnable> timers = new HashMap<>();
    private final List<CryptoComRequest> requests = new ArrayList<>();
    private final List<VenueEvent> events = new ArrayList<>();
    private final Map<String, Boolean> published = Executions.bounded();
    private Runnable rulesAreWrong = () -> {};
    private Moment now = new Moment(0, Instant.EPOCH);
    private long lastNumber;

    Conversation(CryptoComSettings settings) {
        this.settings = settings;
        signer = new Signer(settings.apiKey(), settings.secret());
    }

    Output<CryptoComRequest> turn(Moment moment, Runnable turn) {
        now = moment;
        turn.run();
        Output<CryptoComRequest> output = new Output<>(List.copyOf(requests), List.copyOf(events));
        requests.clear();
        events.clear();
        return output;
    }

    Moment now() {
        return now;
    }

    ExchangeClock clock() {
        return clock;
    }

    CryptoComSettings settings() {
        return settings;
    }

    RequestGate gate() {
        return gate;
    }

    Signer signer() {
        return signer;
    }

    void whenRulesAreWrong(Runnable then) {
        rulesAreWrong = then;
    }

    /** A number never given before: requests, timers and connections share one row. */
    long nextNumber() {
        return ++lastNumber;
    }

    void publish(VenueEvent event) {
        events.add(event);
    }

    /**
     * Something that cannot be read or is not known, published once for each kind; both may be the exchange's words.
     */
    void odd(String kind, String detail) {
        String named = Reply.cut(kind);
        if (published.put(named, true) == null) {
            publish(new VenueEvent.Unread(named, Reply.cut(detail)));
        }
    }

    /** The exchange's time as well as it is known. */
    Instant exchangeNow() {
        Instant known = clock.at(now.nanos());
        return known == null ? now.exchange() : known;
    }

    long nonce() {
        return exchangeNow().toEpochMilli();
    }

    void request(CryptoComRequest request) {
        requests.add(request);
    }

    void wakeIn(Duration delay, Runnable then) {
        long timer = nextNumber();
        timers.put(timer, then);
        requests.add(new CryptoComRequest.Wake(timer, now.nanos() + delay.toNanos()));
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
     * Asks once, as soon as the limits allow. A refusal because of our clock proves that nothing was done: the clock is
     * read again and the same question leaves once more, never a third time; an open does not if its price is gone by
     * then.
     */
    <T> RequestGate.@Nullable Waiting ask(Question question, Function<Json, T> reader, Consumer<Reply<T>> then) {
        long decided = now.nanos();
        return submit(question, decided, reader, first -> {
            if (first instanceof Reply.Refused<T>(CryptoComError error, String text)
                    && error.kind() == CryptoComError.Kind.CLOCK) {
                submitAfterReading(question, decided, reader, error, text, then);
            } else {
                then.accept(first);
            }
        });
    }

    private <T> void submitAfterReading(
            Question question,
            long decided,
            Function<Json, T> reader,
            CryptoComError error,
            String text,
            Consumer<Reply<T>> then) {
        Runnable again = () -> {
            RequestGate.Waiting _ = submit(question, decided, reader, second -> then.accept(settled(second, question)));
        };
        if (clock.isKnown()) {
            again.run();
            return;
        }
        RequestGate.Waiting _ = submit(
                Question.market("get-tickers", Params.of("instrument_name", "BTC_USD")),
                decided,
                json -> json,
                reading -> {
                    if (clock.isKnown()) {
                        again.run();
                    } else {
                        then.accept(settled(new Reply.Refused<>(error, text), question));
                    }
                });
    }

    private <T> Reply<T> settled(Reply<T> second, Question question) {
        if (second instanceof Reply.Refused<T>(CryptoComError error, String text)
                && error.kind() == CryptoComError.Kind.CLOCK) {
            act(question, error.again(), text);
            return new Reply.Refused<>(error.again(), text);
        }
        return second;
    }

    private <T> RequestGate.@Nullable Waiting submit(
            Question question, long decided, Function<Json, T> reader, Consumer<Reply<T>> then) {
        RequestGate.Waiting waiting = gate.submit(question, () -> {
            if (question.rank() == Rank.OPEN && now.since(decided).compareTo(OPEN_PATIENCE) > 0) {
                then.accept(new Reply.Unsent<>("it waited too long for the exchange's limits"));
            } else {
                send(question, reader, then);
            }
        });
        if (waiting == null) {
            then.accept(new Reply.Unsent<>("too many questions wait for the exchange's limits"));
        }
        return waiting;
    }

    private <T> void send(Question question, Function<Json, T> reader, Consumer<Reply<T>> then) {
        long id = nextNumber();
        long askedNanos = now.nanos();
        replies.put(id, input -> {
            readClock(input, askedNanos);
            Reply<T> reply = Reply.read(input, question, reader, askedNanos);
            act(question, input, reply);
            then.accept(reply);
        });
        boolean isPublic = question.kind() == Kind.PUBLIC;
        requests.add(new CryptoComRequest.Http(
                id,
                question.method(),
                isPublic ? question.params().query() : "",
                isPublic ? "" : signer.envelope(id, question.method(), question.params(), nonce()),
                question.timeout(),
                question.changesOrders()));
    }

    private void readClock(OfHttp input, long askedNanos) {
        CryptoComError error = Reply.errorOf(input);
        if (error != null && error.kind() == CryptoComError.Kind.CLOCK) {
            clock.doubt();
        }
        if (input instanceof Replied(var _, var _, Instant date, var _) && date != null) {
            Duration moved = clock.dated(date, askedNanos, now.nanos(), now.exchange());
            if (moved != null) {
                publish(new VenueEvent.ClockMoved(moved));
            }
        }
    }

    private <T> void act(Question question, OfHttp input, Reply<T> reply) {
        CryptoComError error = Reply.errorOf(input);
        if (error != null) {
            act(question, error, reply.failure());
        } else if (reply instanceof Reply.Unknown<T>(String cause, boolean odd) && odd) {
            odd("answer to " + question.method(), cause);
        } else if (reply instanceof Reply.Given<T>) {
            gate.taken(question.method());
        }
    }

    private void act(Question question, CryptoComError error, String words) {
        switch (error.measure()) {
            case NONE -> {}
            case LIMIT -> {
                Instant until = exchangeNow().plus(gate.limited(question.method()));
                halt(VenueEvent.Halt.LIMITED, error, words, until);
            }
            case RESTRICT ->
                halt(VenueEvent.Halt.RESTRICTED, error, words, exchangeNow().plus(MAINTENANCE));
            case HALT -> halt(VenueEvent.Halt.CONFIGURATION, error, words, null);
            case HALT_FOR_PROTECTION -> {
                if (question.isOfProtection() && question.changesOrders()) {
                    halt(VenueEvent.Halt.CONFIGURATION, error, words, null);
                }
            }
            case RELOAD_RULES -> rulesAreWrong.run();
            case PUBLISH -> {
                if (published.put("refusal " + error.code(), true) == null) {
                    publish(new VenueEvent.RequestRefused(error.code(), question.method() + ": " + words));
                }
            }
            case PUBLISH_UNKNOWN -> odd("code " + error.code(), question.method() + ": " + words);
        }
    }

    private void halt(VenueEvent.Halt halt, CryptoComError error, String words, @Nullable Instant until) {
        publish(new VenueEvent.OpensHalted(halt, error.code(), words, until));
    }
}
