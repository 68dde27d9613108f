package quantum.trader.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.order.ClientOrderId;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.record.Recorded;
import quantum.record.Snapshot;
import quantum.trader.ledger.Batch;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.Session;
import quantum.venue.VenueEvent;

/**
 * Carries between desk, session, ledger and network, on one thread: effects in their order, those of an open behind
 * their record, exits no longer than 250 ms behind it (law 5). It holds no domain branch and reads no clock of its own,
 * so that a simulation drives the same code. Which exchange it is, the session alone knows.
 *
 * @param <I> what comes in from the exchange
 * @param <R> what leaves for it
 */
public final class Driver<I, R> {

    /** Exits leave without their record after this (law 5). */
    private static final Duration EXIT_PATIENCE = Duration.ofMillis(250);

    private final Desk desk;
    private final Session<I, R> session;
    private final Consumer<Batch> ledger;
    private final Consumer<List<R>> network;
    private final LoopOutputs outputs;
    private final Time time;
    private final Deque<Held> waiting = new ArrayDeque<>();

    /** The network's wake-ups come back and replies come back by {@link #received}. */
    public Driver(
            Desk desk,
            Session<I, R> session,
            Consumer<Batch> ledger,
            Consumer<List<R>> network,
            LoopOutputs outputs,
            Time time) {
        this.desk = desk;
        this.session = session;
        this.ledger = ledger;
        this.network = network;
        this.outputs = outputs;
        this.time = time;
    }

    /** Restores the desk and starts the session. */
    public void start(Snapshot snapshot) {
        handle(new Event.Restored(snapshot));
        carry(session.start(now()));
    }

    /** Something came from the exchange. */
    public void received(I input) {
        carry(session.input(input, now()));
    }

    /** Something else happened. */
    public void handle(Event event) {
        Moment decided = now();
        List<Effect> effects = desk.on(event, decided);
        if (!effects.isEmpty()) {
            perform(effects, decided);
            outputs.observe(effects);
        }
    }

    /** What the desk knows now. */
    public DeskView view() {
        return desk.view(now());
    }

    private Moment now() {
        long nanos = time.nanos();
        Instant exchange = session.exchangeTime(nanos);
        return new Moment(nanos, exchange == null ? time.host() : exchange);
    }

    /** What was decided is as old as the moment by which it was: the process may have stood still in between. */
    private void perform(List<Effect> effects, Moment decided) {
        List<Recorded> records = new ArrayList<>();
        List<Effect> held = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Write(Entry entry) -> records.add(entry);
                case Effect.Publish(Notice notice) -> records.add(notice);
                case Effect.Wake(var timer, long at) -> time.at(at, () -> handle(new Event.Woken(timer)));
                case Effect.Mirror mirror -> outputs.mirror(mirror);
                case Effect.AdmitIntents _ -> outputs.admitIntents();
                case Effect.GiveUp why -> outputs.giveUp(why);
                case Effect.Ask(Call call) when !call.changesOrders() -> ask(call);
                case Effect.Ask _, Effect.Acknowledge _, Effect.Log _ -> held.add(effect);
                case Effect.CountDuplicate _, Effect.MeasuredGap _ -> {}
            }
        }
        if (records.isEmpty()) {
            // What needs no record leaves at once, except the words about it: they stay behind those of earlier turns.
            held.stream().filter(Effect.Ask.class::isInstance).forEach(this::carryOut);
            held.removeIf(Effect.Ask.class::isInstance);
            waiting.add(new Held(held, decided.nanos(), true));
            releaseDurable();
        } else {
            record(records, new Held(held, decided.nanos(), false));
        }
    }

    private void record(List<Recorded> records, Held held) {
        waiting.add(held);
        ledger.accept(new Batch(
                records,
                now().exchange(),
                durable -> time.soon(() -> {
                    held.durable = durable;
                    releaseDurable();
                })));
        if (held.hasExits()) {
            time.at(
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
                Duration waited = Duration.ofNanos(time.nanos() - first.sinceNanos);
                if (effect instanceof Effect.Ask(Call call) && call.isTooLate(waited)) {
                    handle(new Event.FromVenue(VenueEvent.notSent(call, "its record became durable too late")));
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
                ClientOrderId sent = call.sends();
                if (sent != null) {
                    handle(new Event.Sent(sent));
                }
            }
            case Effect.Acknowledge(String messageId) -> outputs.acknowledge(messageId);
            case Effect.Log line -> outputs.log(line);
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

    private void ask(Call call) {
        carry(session.call(call, now()));
    }

    private void carry(Session.Output<R> output) {
        network.accept(output.requests());
        for (VenueEvent said : output.events()) {
            handle(new Event.FromVenue(said));
        }
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
