package quantum.trader.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceSession;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.desk.Effect;
import quantum.desk.Event;
import quantum.desk.Snapshot;
import quantum.trader.ledger.Batch;
import quantum.trader.ledger.Ledger;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.Session;
import quantum.venue.VenueEvent;

/** The desk's thread. See the package for what it is for; every method that others call only queues. */
public final class DeskLoop {

    private static final Duration VIEW_EVERY = Duration.ofMillis(200);
    /** Exits leave without their record after this (law 5). */
    private static final Duration EXIT_PATIENCE = Duration.ofMillis(250);
    /** An open that waited longer is not sent any more: its price and its receive window are gone. */
    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(2);

    private final Desk desk;
    private final BinanceSession session;
    private final Ledger ledger;
    private final Surroundings surroundings;
    private final Inbox inbox = new Inbox();
    private final Timers timers = new Timers();
    private final Deque<Held> waiting = new ArrayDeque<>();
    private final Thread thread;
    private @Nullable Consumer<List<BinanceRequest>> network;
    private volatile boolean running = true;
    private volatile long lastTurnNanos = System.nanoTime();

    public DeskLoop(Desk desk, BinanceSession session, Ledger ledger, Surroundings surroundings) {
        this.desk = desk;
        this.session = session;
        this.ledger = ledger;
        this.surroundings = surroundings;
        this.thread = Thread.ofPlatform().name("desk").unstarted(this::run);
    }

    /** Restores the desk, starts the session and the thread. */
    public void start(Snapshot snapshot, Consumer<List<BinanceRequest>> requests) {
        network = requests;
        inbox.put(Lane.REPLIES, () -> {
            handle(new Event.Restored(snapshot));
            carry(session.start(now()));
            refreshView();
        });
        thread.start();
    }

    /** Something came from the exchange. */
    public void received(BinanceInput input) {
        inbox.put(laneOf(input), () -> carry(session.input(input, now())));
    }

    private static Lane laneOf(BinanceInput input) {
        return switch (input) {
            case BinanceInput.FrameReceived frame ->
                switch (frame.stream()) {
                    case PRIVATE -> Lane.FILLS;
                    case ORDERS -> Lane.REPLIES;
                    case MARKET -> Lane.PRICES;
                };
            case BinanceInput.StreamOpened _,
                    BinanceInput.StreamClosed _,
                    BinanceInput.Replied _,
                    BinanceInput.Failed _,
                    BinanceInput.Woken _ -> Lane.REPLIES;
        };
    }

    /** The session wants to be woken; on the desk's thread. */
    public void wake(BinanceRequest.Wake wake) {
        timers.at(wake.atNanos(), () -> carry(session.input(new BinanceInput.Woken(wake.timer()), now())));
    }

    /** A message was read. */
    public void arrived(Event.IntentArrived intent) {
        inbox.put(Lane.INTENTS, () -> {
            handle(intent);
            surroundings.credit();
        });
    }

    /** Anything else that happened. */
    public void tell(Event event) {
        inbox.put(Lane.REPLIES, () -> handle(event));
    }

    /** Asks the desk something on its own thread. */
    public <T> CompletableFuture<T> ask(java.util.function.Function<Desk, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        inbox.put(Lane.REPLIES, () -> answer.complete(question.apply(desk)));
        return answer;
    }

    /** Monotonic time since the thread last did anything; it does something at least every view interval. */
    public Duration idleFor() {
        return Duration.ofNanos(System.nanoTime() - lastTurnNanos);
    }

    /** Ends the thread after what is queued before; the session's sockets are the caller's. */
    public void stop() {
        inbox.put(Lane.REPLIES, () -> running = false);
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try {
                Runnable input = inbox.take(timers.nextNanos());
                Runnable next = input == null ? timers.due(System.nanoTime()) : input;
                if (next != null) {
                    turn(next);
                }
            } catch (InterruptedException _) {
                running = false;
            }
        }
    }

    private void turn(Runnable input) {
        lastTurnNanos = System.nanoTime();
        try {
            input.run();
        } catch (RuntimeException unforeseen) {
            surroundings.failed(unforeseen);
        }
    }

    private Moment now() {
        long nanos = System.nanoTime();
        Instant exchange = session.exchangeTime(nanos);
        return new Moment(nanos, exchange == null ? Instant.now() : exchange);
    }

    private void handle(Event event) {
        List<Effect> effects = desk.on(event, now());
        if (!effects.isEmpty()) {
            perform(effects);
            surroundings.observe(effects);
        }
    }

    private void perform(List<Effect> effects) {
        List<Effect> records = new ArrayList<>();
        List<Effect> held = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Write _, Effect.Publish _ -> records.add(effect);
                case Effect.Wake(var timer, long at) -> timers.at(at, () -> handle(new Event.Woken(timer)));
                case Effect.Mirror mirror -> surroundings.mirror(mirror);
                case Effect.AdmitIntents _ -> surroundings.admitIntents();
                case Effect.GiveUp why -> surroundings.giveUp(why);
                case Effect.Ask(Call call) when isQuestion(call) -> ask(call);
                case Effect.Ask _, Effect.Acknowledge _, Effect.Log _ -> held.add(effect);
                case Effect.CountDuplicate _, Effect.MeasuredGap _ -> {}
            }
        }
        if (records.isEmpty()) {
            // What needs no record leaves at once, except the words about it: they stay behind those of earlier turns.
            held.stream().filter(Effect.Ask.class::isInstance).forEach(this::carryOut);
            held.removeIf(Effect.Ask.class::isInstance);
            waiting.add(new Held(held, System.nanoTime(), true));
            releaseDurable();
        } else {
            record(records, new Held(held, System.nanoTime(), false));
        }
    }

    private void record(List<Effect> records, Held held) {
        waiting.add(held);
        ledger.append(new Batch(
                records,
                now().exchange(),
                durable -> inbox.put(Lane.REPLIES, () -> {
                    held.durable = durable;
                    releaseDurable();
                })));
        if (held.hasExits()) {
            timers.at(
                    held.sinceNanos + EXIT_PATIENCE.toNanos(),
                    () -> held.takeExits().forEach(this::carryOut));
        }
    }

    /** Turns are released in their order; the ledger writes them in the same. */
    private void releaseDurable() {
        Held first = waiting.peek();
        while (first != null && first.durable) {
            waiting.remove();
            for (Effect effect : first.takeAll()) {
                if (effect instanceof Effect.Ask(Call.Open open) && first.isTooLate()) {
                    handle(new Event.FromVenue(new VenueEvent.OrderAnswered(
                            open.id(), new Answer.NotSent<>("its record became durable too late"))));
                } else {
                    carryOut(effect);
                }
            }
            first = waiting.peek();
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Ask(Call call) -> {
                ask(call);
                if (call instanceof Call.Open open) {
                    handle(new Event.Sent(open.id()));
                } else if (call instanceof Call.Close close) {
                    handle(new Event.Sent(close.id()));
                }
            }
            case Effect.Acknowledge(String messageId) -> surroundings.acknowledge(messageId);
            case Effect.Log line -> surroundings.log(line);
            case Effect.Write _,
                    Effect.GiveUp _,
                    Effect.Publish _,
                    Effect.Wake _,
                    Effect.Mirror _,
                    Effect.CountDuplicate _,
                    Effect.MeasuredGap _,
                    Effect.AdmitIntents _ -> throw new IllegalStateException("never held: " + effect);
        }
    }

    private static boolean isQuestion(Call call) {
        return switch (call) {
            case Call.AskOrder _,
                    Call.AskRest _,
                    Call.ReadPositions _,
                    Call.ReadAccount _,
                    Call.ReadRests _,
                    Call.ReadTrades _ -> true;
            case Call.Open _, Call.Close _, Call.Rest _, Call.CancelRest _ -> false;
        };
    }

    private void ask(Call call) {
        carry(session.call(call, now()));
    }

    private void carry(Session.Output<BinanceRequest> output) {
        if (network != null) {
            network.accept(output.requests());
        }
        for (VenueEvent said : output.events()) {
            handle(new Event.FromVenue(said));
        }
    }

    private void refreshView() {
        DeskView view = desk.view(now());
        surroundings.view(view, session.spent());
        timers.at(System.nanoTime() + VIEW_EVERY.toNanos(), this::refreshView);
    }

    /** Effects that wait for their record. Each is taken once, whoever takes it. */
    private static final class Held {

        private final List<Effect> effects;
        private final long sinceNanos;
        private boolean durable;

        Held(List<Effect> effects, long sinceNanos, boolean durable) {
            this.effects = effects;
            this.sinceNanos = sinceNanos;
            this.durable = durable;
        }

        boolean hasExits() {
            return effects.stream().anyMatch(Held::isExit);
        }

        boolean isTooLate() {
            return System.nanoTime() - sinceNanos > OPEN_PATIENCE.toNanos();
        }

        private static boolean isExit(Effect effect) {
            return effect instanceof Effect.Ask(Call call)
                    && switch (call.purpose()) {
                        case CLOSE, PROTECT -> true;
                        case OPEN -> false;
                    };
        }

        List<Effect> takeAll() {
            List<Effect> taken = List.copyOf(effects);
            effects.clear();
            return taken;
        }

        List<Effect> takeExits() {
            List<Effect> taken = effects.stream().filter(Held::isExit).toList();
            effects.removeAll(taken);
            return taken;
        }
    }
}
