package quantum.protection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.explore.Explorer;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.protection.ProtectiveOrder.State;
import quantum.protection.ProtectiveOrderLifecycle.Move;
import quantum.protection.ProtectiveOrderLifecycle.Patience;
import quantum.protection.ProtectiveOrderLifecycle.Step;
import quantum.venue.Answer.Cause;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;

/**
 * One position that is held, the order that protects it, and an exchange small enough to be tried in every order of events:
 * requests, answers and frames that are late, lost or told twice, refusals, a lookup that does not know yet, a list that is
 * old, another hand, and the end of the process. What the desk does about a {@link Move} is written here in a line each.
 *
 * <p>The laws: protection always comes back, for from every state, once nothing goes wrong any more, lists, a few timers and
 * the answers on their way lead to one live order that the desk knows of, or to a closed position. Neither a lost
 * answer nor a wrong list alone leads to two orders. None counts as live that the exchange never took.
 */
final class ProtectionWorld implements Explorer.Model<ProtectionWorld.Situation> {

    /** The function that is explored: the shipped one, or a mutant of it. */
    @FunctionalInterface
    interface Lifecycle {
        Step next(ProtectiveOrder order, ProtectiveOrderEvent event, Patience patience, long nanos);
    }

    /** Where an order is on the exchange. */
    enum Truth {
        NEVER,
        RESTING,
        TRIGGERED,
        OVER
    }

    /** Ages of a state that differ: before anything is due, when to ask, when to believe a lookup, when everything counts. */
    private static final List<Duration> AGES =
            List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(20));

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(5));
    private static final Price LEVEL = Price.of("100");
    private static final int ROUNDS = 12;

    /** Something on the wire: a request, an answer, a frame or a list, about the order of one attempt. */
    record Message(Kind kind, int attempt, @Nullable Truth shown) implements Comparable<Message> {

        enum Kind {
            PLACE,
            CANCEL,
            QUERY,
            TAKEN,
            REFUSED,
            NO_ANSWER,
            QUERIED,
            CANCELLED,
            FRAME,
            /** Of what rests, a bit for each attempt; asked for after the order came into its state. */
            LIST,
            /** The same, and the order's state is younger. */
            OLD_LIST
        }

        boolean isRequest() {
            return kind == Kind.PLACE || kind == Kind.CANCEL || kind == Kind.QUERY;
        }

        @Override
        public int compareTo(Message other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return kind + " " + attempt + (shown == null ? "" : " " + shown);
        }
    }

    /** What may go wrong, each once as often as the budget has it. */
    enum Trouble {
        LOSS,
        REPEAT,
        REFUSAL,
        /** The exchange does not know yet what it took, or lists what was before. */
        LAG,
        OTHER_HAND,
        /** The level changes: the desk takes the order off to place it elsewhere. */
        MOVE,
        CRASH
    }

    /** The troubles that may still come, in their order. */
    record Budget(List<Trouble> left) {

        static Budget of(Trouble... troubles) {
            return new Budget(List.of(troubles));
        }

        boolean has(Trouble trouble) {
            return left.contains(trouble);
        }

        Budget less(Trouble trouble) {
            List<Trouble> rest = new ArrayList<>(left);
            rest.remove(trouble);
            return new Budget(List.copyOf(rest));
        }
    }

    /** Everything: the desk's order and how old its state is, the exchange, the wire. A position that ended has no order. */
    record Situation(
            State state, int attempt, int age, List<Truth> exchange, List<Message> wire, Budget budget, boolean held) {

        Situation {
            exchange = List.copyOf(exchange);
            wire = wire.stream().sorted().toList();
        }

        Truth truth(int of) {
            return of < exchange.size() ? exchange.get(of) : Truth.NEVER;
        }

        Situation with(int of, Truth truth) {
            List<Truth> changed = new ArrayList<>(exchange);
            while (changed.size() <= of) {
                changed.add(Truth.NEVER);
            }
            changed.set(of, truth);
            return new Situation(state, attempt, age, changed, wire, budget, held);
        }

        Situation sending(Message message) {
            List<Message> more = new ArrayList<>(wire);
            more.add(message);
            return onWire(more);
        }

        Situation without(Message message) {
            List<Message> fewer = new ArrayList<>(wire);
            fewer.remove(message);
            return onWire(fewer);
        }

        Situation onWire(List<Message> messages) {
            return new Situation(state, attempt, age, exchange, messages, budget, held);
        }

        Situation aged(int older) {
            return new Situation(state, attempt, older, exchange, wire, budget, held);
        }

        Situation spending(Trouble trouble) {
            return new Situation(state, attempt, age, exchange, wire, budget.less(trouble), held);
        }

        Situation ended() {
            return new Situation(State.GONE, attempt, 0, List.of(), List.of(), budget, false);
        }

        /** The desk's order is now in this state: what lists were asked for before is old. */
        Situation in(State next, int of) {
            if (next == state && of == attempt) {
                return this;
            }
            List<Message> aged = wire.stream()
                    .map(m -> m.kind() == Message.Kind.LIST
                            ? new Message(Message.Kind.OLD_LIST, m.attempt(), m.shown())
                            : m)
                    .toList();
            return new Situation(next, of, 0, exchange, aged, budget, held);
        }
    }

    private final Lifecycle lifecycle;
    private final Budget budget;
    private final boolean oneAlone;
    private final int mostAttempts;

    /** {@code oneAlone}: the exchange takes one such order at a time, as it does where it closes the whole position. */
    ProtectionWorld(Lifecycle lifecycle, Budget budget, boolean oneAlone, int mostAttempts) {
        this.lifecycle = lifecycle;
        this.budget = budget;
        this.oneAlone = oneAlone;
        this.mostAttempts = mostAttempts;
    }

    @Override
    public Situation start() {
        return place(new Situation(State.GONE, 0, 0, List.of(), List.of(), budget, true));
    }

    private static Situation place(Situation at) {
        int next = at.attempt() + 1;
        return at.in(State.PLACING, next).sending(new Message(Message.Kind.PLACE, next, null));
    }

    @Override
    public Map<String, Situation> next(Situation at) {
        Map<String, Situation> after = new LinkedHashMap<>();
        if (!at.held()) {
            return after;
        }
        for (Message message : at.wire()) {
            after.put("deliver " + message, deliver(at, message));
            loses(at, message, after);
        }
        if (at.attempt() < mostAttempts || at.state() != State.GONE) {
            after.put("timer", happens(at, new ProtectiveOrderEvent.Due()));
        }
        if (at.wire().stream().noneMatch(m -> m.kind() == Message.Kind.LIST || m.kind() == Message.Kind.OLD_LIST)) {
            after.put("list", listed(at));
            if (at.budget().has(Trouble.LAG)) {
                after.put(
                        "list that lacks it",
                        at.sending(new Message(Message.Kind.LIST, 0, null)).spending(Trouble.LAG));
            }
        }
        // What left arrives, or does not, before a lookup is believed; answers and frames before a list is.
        boolean mayAge = at.wire().stream().noneMatch(m -> at.age() > 0 || m.isRequest());
        if (at.age() + 1 < AGES.size() && mayAge) {
            after.put("time", at.aged(at.age() + 1));
        }
        othersAct(at, after);
        return after;
    }

    private static Situation listed(Situation at) {
        int resting = 0;
        for (int of = 1; of < at.exchange().size(); of++) {
            resting |= at.truth(of) == Truth.RESTING ? 1 << of : 0;
        }
        return at.sending(new Message(Message.Kind.LIST, resting, null));
    }

    private void loses(Situation at, Message message, Map<String, Situation> after) {
        Budget left = at.budget();
        if (left.has(Trouble.LOSS) && message.kind() != Message.Kind.NO_ANSWER) {
            Situation lost = at.without(message).spending(Trouble.LOSS);
            boolean isAwaited = message.kind() == Message.Kind.PLACE
                    || message.kind() == Message.Kind.TAKEN
                    || message.kind() == Message.Kind.REFUSED;
            after.put(
                    "lose " + message,
                    isAwaited ? lost.sending(new Message(Message.Kind.NO_ANSWER, message.attempt(), null)) : lost);
        }
        if (left.has(Trouble.REPEAT) && message.kind() == Message.Kind.FRAME) {
            after.put("repeat " + message, deliver(at, message).sending(message).spending(Trouble.REPEAT));
        }
        if (left.has(Trouble.REFUSAL) && message.kind() == Message.Kind.PLACE) {
            after.put(
                    "refuse " + message,
                    at.without(message)
                            .sending(new Message(Message.Kind.REFUSED, message.attempt(), null))
                            .spending(Trouble.REFUSAL));
        }
        if (left.has(Trouble.LAG) && message.kind() == Message.Kind.QUERY && at.age() < 2) {
            after.put(
                    "not known yet " + message,
                    at.without(message)
                            .sending(new Message(Message.Kind.QUERIED, message.attempt(), Truth.NEVER))
                            .spending(Trouble.LAG));
        }
    }

    private void othersAct(Situation at, Map<String, Situation> after) {
        Budget left = at.budget();
        for (int of = 1; of < at.exchange().size(); of++) {
            if (at.truth(of) == Truth.RESTING) {
                after.put("price reaches " + of, changed(at, of, Truth.TRIGGERED));
                if (left.has(Trouble.OTHER_HAND)) {
                    after.put(
                            "another hand cancels " + of,
                            changed(at, of, Truth.OVER).spending(Trouble.OTHER_HAND));
                }
            } else if (at.truth(of) == Truth.TRIGGERED) {
                after.put("executed " + of, at.ended());
            }
        }
        if (left.has(Trouble.MOVE) && at.state() == State.RESTING) {
            after.put(
                    "desk moves it",
                    at.in(State.CANCELLING, at.attempt())
                            .sending(new Message(Message.Kind.CANCEL, at.attempt(), null))
                            .spending(Trouble.MOVE));
        }
        if (left.has(Trouble.CRASH)) {
            List<Message> requests =
                    at.wire().stream().filter(Message::isRequest).toList();
            after.put(
                    "crash",
                    new Situation(
                            at.attempt() == 0 ? State.GONE : State.UNKNOWN,
                            at.attempt(),
                            0,
                            at.exchange(),
                            requests,
                            at.budget().less(Trouble.CRASH),
                            true));
        }
    }

    private static Situation changed(Situation at, int of, Truth truth) {
        return at.with(of, truth).sending(new Message(Message.Kind.FRAME, of, truth));
    }

    private Situation deliver(Situation before, Message message) {
        Situation at = before.without(message);
        int of = message.attempt();
        return switch (message.kind()) {
            case PLACE -> {
                boolean isTaken = oneAlone && at.exchange().contains(Truth.RESTING);
                yield isTaken
                        ? at.sending(new Message(Message.Kind.REFUSED, of, null))
                        : changed(at, of, Truth.RESTING).sending(new Message(Message.Kind.TAKEN, of, null));
            }
            case CANCEL -> {
                boolean rests = at.truth(of) == Truth.RESTING;
                Situation after = rests ? changed(at, of, Truth.OVER) : at;
                // What is executed is no order any more that could be cancelled.
                yield after.sending(new Message(Message.Kind.CANCELLED, of, null));
            }
            case QUERY -> at.sending(new Message(Message.Kind.QUERIED, of, at.truth(of)));
            case TAKEN -> ifCurrent(at, of, new ProtectiveOrderEvent.Shown(update(of, Status.NEW)));
            case REFUSED -> ifCurrent(at, of, new ProtectiveOrderEvent.Refused(-1, "no", Cause.BUSY));
            case NO_ANSWER -> ifCurrent(at, of, new ProtectiveOrderEvent.NoAnswer());
            case CANCELLED -> ifCurrent(at, of, new ProtectiveOrderEvent.Cancelled());
            case QUERIED, FRAME -> ifCurrent(at, of, shown(of, message.shown()));
            case LIST -> list(at, of);
            case OLD_LIST -> at;
        };
    }

    /** As the desk reads a list: its own order, else an older one of its own, else nothing; what rests beside a live one goes. */
    private Situation list(Situation at, int resting) {
        boolean isFree = at.state() == State.GONE || at.state() == State.UNKNOWN;
        boolean isListed = (resting & 1 << at.attempt()) != 0;
        Situation after;
        if (isListed && at.state() != State.GONE) {
            after = happens(at, new ProtectiveOrderEvent.Shown(update(at.attempt(), Status.NEW)));
        } else if (resting != 0 && isFree) {
            after = at.in(State.RESTING, Integer.numberOfTrailingZeros(resting));
        } else {
            after = happens(
                    at, new ProtectiveOrderEvent.Unlisted(AGES.get(at.age()).toNanos()));
        }
        for (int of = 1; of < at.exchange().size() && after.state() == State.RESTING; of++) {
            if (of != after.attempt() && (resting & 1 << of) != 0) {
                after = once(after, new Message(Message.Kind.CANCEL, of, null));
            }
        }
        return after;
    }

    private static ConditionalUpdate update(int of, Status status) {
        return new ConditionalUpdate(new Symbol("ETHUSDT"), id(of), "c" + of, status, LEVEL, null, null);
    }

    private static ClientOrderId id(int of) {
        return new ClientOrderId("qs-" + of);
    }

    private static ProtectiveOrderEvent shown(int of, @Nullable Truth truth) {
        return truth == null || truth == Truth.NEVER
                ? new ProtectiveOrderEvent.NotFound()
                : ProtectiveOrderEvent.of(update(
                        of,
                        switch (truth) {
                            case RESTING, NEVER -> Status.NEW;
                            case TRIGGERED -> Status.TRIGGERED;
                            case OVER -> Status.CANCELED;
                        }));
    }

    private Situation ifCurrent(Situation at, int of, ProtectiveOrderEvent event) {
        return of == at.attempt() ? happens(at, event) : at;
    }

    /** The function decides, and the desk does what it asks for. */
    private Situation happens(Situation at, ProtectiveOrderEvent event) {
        ProtectiveOrder order =
                new ProtectiveOrder(at.state(), at.attempt(), id(at.attempt()), LEVEL, LEVEL, null, "c", 0);
        Step step = lifecycle.next(order, event, PATIENCE, AGES.get(at.age()).toNanos());
        Situation after = at.in(step.order().state(), at.attempt());
        return switch (step.move()) {
            case PLACE, REMOVED, ABSENT -> after.attempt() < mostAttempts ? place(after) : after;
            case ASK -> once(after, new Message(Message.Kind.QUERY, at.attempt(), null));
            case CANCEL -> once(after, new Message(Message.Kind.CANCEL, at.attempt(), null));
            case STUCK -> after.ended();
            case KEEP, LIVE, FIRED, LOST, REFUSED, NOT_SENT, DOUBTED, MISSED, FIT -> after;
        };
    }

    private static Situation once(Situation at, Message message) {
        return at.wire().contains(message) ? at : at.sending(message);
    }

    @Override
    public @Nullable String broken(Situation from) {
        long resting =
                from.exchange().stream().filter(truth -> truth == Truth.RESTING).count();
        if (resting > 1 && !isExcused(from.budget())) {
            return "two orders rest: " + from;
        }
        if (from.state() == State.RESTING && from.truth(from.attempt()) == Truth.NEVER) {
            return "it counts as live, and the exchange never took it: " + from;
        }
        Situation at = from;
        ProtectionWorld patient = new ProtectionWorld(lifecycle, budget, oneAlone, Integer.MAX_VALUE);
        for (int round = 0; round < ROUNDS && at.held(); round++) {
            at = patient.settle(at);
            if (isProtected(at)) {
                return null;
            }
            at = patient.settle(listed(at));
            at = patient.settle(patient.happens(at, new ProtectiveOrderEvent.Due()));
            at = at.held() ? at.aged(Math.min(at.age() + 1, AGES.size() - 1)) : at;
        }
        return at.held() && !isProtected(at) ? "never protected again: " + at : null;
    }

    /** The end of the process forgets what it asked; a wrong list and something else lost may deceive. One of them alone may not. */
    private boolean isExcused(Budget left) {
        boolean crashed = !left.has(Trouble.CRASH);
        boolean lagged = !left.has(Trouble.LAG);
        boolean otherwise = left.less(Trouble.LAG).left().size()
                < budget.less(Trouble.LAG).left().size();
        return crashed || (lagged && otherwise);
    }

    /** Everything on the wire arrives; what fires is executed. */
    private Situation settle(Situation from) {
        Situation at = from;
        while (at.held() && !at.wire().isEmpty()) {
            at = deliver(at, at.wire().getFirst());
        }
        return at.held() && at.exchange().contains(Truth.TRIGGERED) ? at.ended() : at;
    }

    private static boolean isProtected(Situation at) {
        long resting =
                at.exchange().stream().filter(truth -> truth == Truth.RESTING).count();
        return at.state() == State.RESTING && at.truth(at.attempt()) == Truth.RESTING && resting == 1;
    }
}
