package quantum.position;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.explore.Explorer;
import quantum.position.PositionState.AddedUp;
import quantum.position.PositionState.Closed;
import quantum.position.PositionState.Doubted;
import quantum.position.PositionState.Ended;
import quantum.position.PositionState.Held;

/**
 * One position and an exchange small enough to be tried in every order of events: an entry that executes in parts, a stop
 * and another hand that close, frames that come late or never, readings of the positions and of the trades that lag, and the
 * end of the process. What the desk does about a state is written here in a line each.
 *
 * <p>The laws: nothing counts as ended because of one reading, and nothing comes back because of one. From every state, once
 * nothing goes wrong any more, readings lead to what the exchange holds, or to one published end; where no trades are told,
 * those of the positions alone show that nothing is held.
 */
final class PositionWorld implements Explorer.Model<PositionWorld.Situation> {

    /** The function that is explored: the shipped one, or a mutant of it. */
    @FunctionalInterface
    interface Lifecycle {
        PositionState next(PositionState state, PositionEvent event);
    }

    private static final Duration ABSENCE = Duration.ofSeconds(15);
    private static final int ROUNDS = 6;

    /** On the wire: a trade that the stream tells, or a reading of what is held or of the first trades. */
    record Message(Kind kind, int value) implements Comparable<Message> {

        enum Kind {
            FRAME,
            POSITIONS,
            /** Asked for so long after a doubt that an absence counts. */
            LATER_POSITIONS,
            TRADES,
            NO_TRADES
        }

        @Override
        public int compareTo(Message other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return kind + " " + value;
        }
    }

    /** What may go wrong, each as often as it is left. */
    enum Trouble {
        LOSS,
        OLD_POSITIONS,
        OLD_TRADES,
        NO_TRADES,
        OTHER_HAND,
        CRASH
    }

    /**
     * Everything: what the desk believes, has counted and holds, the trades on the exchange, and the wire.
     *
     * @param counted the trades that the desk knows, a bit for each
     * @param trades how much each changed what is held
     * @param aged whether a doubt has lasted long enough
     * @param wrong what the desk did that it must not
     */
    record Situation(
            PositionState state,
            int quantity,
            int counted,
            List<Integer> trades,
            List<Message> wire,
            boolean aged,
            List<Trouble> left,
            int told,
            @Nullable String wrong) {

        Situation {
            trades = List.copyOf(trades);
            wire = wire.stream().sorted().toList();
            left = List.copyOf(left);
        }

        int held() {
            return trades.stream().mapToInt(Integer::intValue).sum();
        }

        /** The desk believes something else now: readings that were asked for before say nothing of it. */
        Situation in(PositionState next, int holding) {
            boolean isSame = next.equals(state) && holding == quantity;
            List<Message> young = isSame
                    ? wire
                    : wire.stream()
                            .filter(m -> m.kind() != Message.Kind.POSITIONS && m.kind() != Message.Kind.LATER_POSITIONS)
                            .toList();
            boolean isOld = next instanceof Doubted && state instanceof Doubted && aged;
            return new Situation(next, holding, counted, trades, young, isOld, left, told, wrong);
        }

        Situation counting(int more) {
            return new Situation(state, quantity, counted | more, trades, wire, aged, left, told, wrong);
        }

        Situation sending(Message message) {
            List<Message> more = new ArrayList<>(wire);
            more.add(message);
            return new Situation(state, quantity, counted, trades, more, aged, left, told, wrong);
        }

        Situation without(Message message) {
            List<Message> fewer = new ArrayList<>(wire);
            fewer.remove(message);
            return new Situation(state, quantity, counted, trades, fewer, aged, left, told, wrong);
        }

        Situation traded(int change) {
            List<Integer> more = new ArrayList<>(trades);
            more.add(change);
            return new Situation(state, quantity, counted, more, wire, aged, left, told, wrong)
                    .sending(new Message(Message.Kind.FRAME, trades.size()));
        }

        Situation spending(Trouble trouble) {
            List<Trouble> rest = new ArrayList<>(left);
            rest.remove(trouble);
            return new Situation(state, quantity, counted, trades, wire, aged, rest, told, wrong);
        }

        Situation older() {
            return new Situation(state, quantity, counted, trades, wire, true, left, told, wrong);
        }

        Situation publishing() {
            return new Situation(state, quantity, counted, trades, wire, aged, left, told + 1, wrong);
        }

        Situation breaking(String law) {
            return new Situation(state, quantity, counted, trades, wire, aged, left, told, law);
        }
    }

    private final Lifecycle lifecycle;
    private final List<Trouble> troubles;
    private final int parts;

    /** {@code parts}: in how many executions the entry comes. */
    PositionWorld(Lifecycle lifecycle, List<Trouble> troubles, int parts) {
        this.lifecycle = lifecycle;
        this.troubles = troubles;
        this.parts = parts;
    }

    /** The first part is executed, and the desk has heard of it. */
    @Override
    public Situation start() {
        return new Situation(new Held(), 1, 1, List.of(1), List.of(), false, troubles, 0, null);
    }

    @Override
    public Map<String, Situation> next(Situation at) {
        Map<String, Situation> after = new LinkedHashMap<>();
        for (Message message : at.wire()) {
            after.put("deliver " + message, deliver(at, message));
            if (message.kind() == Message.Kind.FRAME && at.left().contains(Trouble.LOSS)) {
                after.put("lose " + message, at.without(message).spending(Trouble.LOSS));
            }
        }
        trades(at, after);
        asks(at, after);
        if (at.state() instanceof Doubted && !at.aged()) {
            after.put("time", at.older());
        }
        if (at.state() instanceof AddedUp) {
            after.put("money is known", publish(at));
        }
        if (at.left().contains(Trouble.CRASH)) {
            after.put("crash", crash(at));
        }
        return after;
    }

    private void trades(Situation at, Map<String, Situation> after) {
        if (at.held() == 0) {
            return;
        }
        long entered = at.trades().stream().filter(change -> change > 0).count();
        if (entered < parts) {
            after.put("more of the entry", at.traded(1));
        }
        after.put("the stop fires", at.traded(-at.held()));
        if (at.left().contains(Trouble.OTHER_HAND)) {
            after.put("another hand closes one", at.traded(-1).spending(Trouble.OTHER_HAND));
        }
    }

    private static void asks(Situation at, Map<String, Situation> after) {
        if (at.wire().stream().anyMatch(m -> m.kind() != Message.Kind.FRAME)) {
            return;
        }
        after.put("positions", positions(at));
        after.put("trades", tradesRead(at));
        if (at.left().contains(Trouble.OLD_POSITIONS)) {
            Message.Kind kind = at.aged() ? Message.Kind.LATER_POSITIONS : Message.Kind.POSITIONS;
            int before = at.held() - at.trades().getLast();
            Situation old = at.spending(Trouble.OLD_POSITIONS);
            after.put("positions that lack it", old.sending(new Message(kind, 0)));
            after.put("positions before the last trade", old.sending(new Message(kind, before)));
        }
        if (at.left().contains(Trouble.OLD_TRADES)) {
            after.put(
                    "trades without the last",
                    at.spending(Trouble.OLD_TRADES)
                            .sending(
                                    new Message(Message.Kind.TRADES, at.trades().size() - 1)));
        }
        if (at.left().contains(Trouble.NO_TRADES)) {
            after.put(
                    "trades that cannot be read",
                    at.spending(Trouble.NO_TRADES).sending(new Message(Message.Kind.NO_TRADES, 0)));
        }
    }

    private static Situation positions(Situation at) {
        Message.Kind kind = at.aged() ? Message.Kind.LATER_POSITIONS : Message.Kind.POSITIONS;
        return at.sending(new Message(kind, at.held()));
    }

    private static Situation tradesRead(Situation at) {
        return at.sending(new Message(Message.Kind.TRADES, at.trades().size()));
    }

    private Situation deliver(Situation at, Message message) {
        Situation heard = at.without(message);
        return switch (message.kind()) {
            case FRAME -> traded(heard, message.value());
            case POSITIONS -> shown(heard, message.value(), 0);
            case LATER_POSITIONS -> shown(heard, message.value(), ABSENCE.toNanos());
            case TRADES -> read(heard, message.value());
            case NO_TRADES -> on(heard, new PositionEvent.Unread());
        };
    }

    private Situation traded(Situation at, int trade) {
        int bit = 1 << trade;
        if ((at.counted() & bit) != 0) {
            return at;
        }
        Situation counting = at.counting(bit);
        int change = at.trades().get(trade);
        if (change > 0) {
            PositionState next = lifecycle.next(at.state(), new PositionEvent.Executed());
            return counting.in(bounded(next), next.isOpen() ? at.quantity() + change : at.quantity());
        }
        if (!at.state().isOpen()) {
            return counting;
        }
        int left = at.quantity() + change;
        return left > 0 ? on(counting.in(at.state(), left), new PositionEvent.Reduced()) : gone(counting);
    }

    private Situation gone(Situation at) {
        Situation after = on(at.in(at.state(), 0), new PositionEvent.Gone(null, null));
        return after.state().isOpen() ? after.breaking("it is held with nothing") : after;
    }

    private Situation shown(Situation at, int quantity, long askedNanos) {
        boolean wasOpen = at.state().isOpen();
        if (quantity == 0) {
            Situation after = on(at, new PositionEvent.Missing(askedNanos, ABSENCE, Instant.EPOCH));
            boolean isBelieved = wasOpen && !after.state().isOpen();
            return isBelieved && at.state() instanceof Held ? after.breaking("one reading ended it") : after;
        }
        Situation after = on(at, new PositionEvent.Shown());
        boolean isBack = !wasOpen && after.state().isOpen();
        boolean mayBe = at.state() instanceof Ended ended && ended.heldByTrades();
        if (isBack && !mayBe) {
            return after.breaking("one reading brought it back");
        }
        return after.state().isOpen() ? after.in(after.state(), quantity) : after;
    }

    private Situation read(Situation at, int listed) {
        int all = (1 << listed) - 1;
        int sum = at.trades().subList(0, listed).stream()
                .mapToInt(Integer::intValue)
                .sum();
        if (at.state() instanceof Doubted && sum == 0) {
            return gone(at.counting(all));
        }
        if (!(at.state() instanceof Ended)) {
            return at;
        }
        boolean lacks = (at.counted() & ~all) != 0;
        PositionEvent event = sum != 0
                ? new PositionEvent.StillHeld()
                : lacks ? new PositionEvent.Incomplete() : new PositionEvent.AddsUp();
        Situation after = on(at, event);
        if (after.state() instanceof AddedUp) {
            return sum != 0 ? after.breaking("trades that do not add up ended it") : after.counting(all);
        }
        return after;
    }

    private Situation publish(Situation at) {
        Situation told = at.told() == 0 ? at.publishing() : at.breaking("its end was published twice");
        return on(told, new PositionEvent.Told());
    }

    private Situation crash(Situation at) {
        Situation after = new Situation(
                PositionState.of(at.state().row(), null),
                at.quantity(),
                at.counted(),
                at.trades(),
                List.of(),
                false,
                at.left(),
                at.told(),
                at.wrong());
        return after.spending(Trouble.CRASH);
    }

    private Situation on(Situation at, PositionEvent event) {
        PositionState next = lifecycle.next(at.state(), event);
        return at.in(bounded(next), next.isOpen() ? at.quantity() : 0);
    }

    /** How often something was read changes nothing here. */
    private static PositionState bounded(PositionState state) {
        return state instanceof Ended ended ? new Ended(ended.end(), 0, 0, ended.heldByTrades()) : state;
    }

    @Override
    public @Nullable String broken(Situation situation) {
        if (situation.wrong() != null) {
            return situation.wrong();
        }
        Situation blind = quiet(situation, false);
        if (blind.held() == 0 && blind.state().isOpen()) {
            return "nothing is held, and without its trades the desk has it as " + blind.state();
        }
        Situation at = quiet(situation, true);
        if (at.wrong() != null || agrees(at)) {
            return at.wrong();
        }
        return at.held() + " are held, and the desk has it as " + at.state() + " with " + at.quantity() + ", published "
                + at.told() + " times";
    }

    private static boolean agrees(Situation at) {
        return at.held() > 0
                ? at.state() instanceof Held && at.quantity() == at.held()
                : at.state() instanceof Closed && at.told() == 1;
    }

    /** Nothing goes wrong any more: the wire is delivered, then readings are asked for, and time passes. */
    private Situation quiet(Situation situation, boolean listsTrades) {
        Situation at = delivered(situation);
        for (int round = 0; round < ROUNDS && at.wrong() == null && !agrees(at); round++) {
            at = delivered(positions(at));
            at = listsTrades ? delivered(tradesRead(at)) : at;
            at = at.state() instanceof Doubted ? at.older() : at;
            at = at.state() instanceof AddedUp ? publish(at) : at;
        }
        return at;
    }

    private Situation delivered(Situation situation) {
        Situation at = situation;
        while (!at.wire().isEmpty()) {
            at = deliver(at, at.wire().getFirst());
        }
        return at;
    }
}
