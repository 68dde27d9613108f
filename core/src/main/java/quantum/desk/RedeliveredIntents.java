package quantum.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Event;
import quantum.decision.Timer;
import quantum.desk.entry.Closing;
import quantum.desk.entry.KeptMessages;
import quantum.desk.entry.PreTradeChecks;
import quantum.guard.Verdict;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Origin;
import quantum.intent.Stage;
import quantum.market.Direction;
import quantum.market.ProtectionForm;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.order.OrderEvent;
import quantum.order.Purpose;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;

/**
 * Messages that an earlier life of the process may have carried out without a record here. A close may leave without its
 * record (law 5), so one that was handed out before is such a message; and where the ledger forgot, because it was lost or
 * an older copy was put in its place, every message that is older than the discovery is. The exchange is asked for its
 * order first, whose id is the same in every life; what was executed is told as executed, and only what the exchange does
 * not know is decided on now. Until then nothing is recorded and the message is not acknowledged: should this process end
 * too, it is handed out once more.
 */
final class RedeliveredIntents {

    /** Two denials count as two only so far apart (INV-40). */
    private static final Duration APART = Duration.ofSeconds(3);
    /** Intents may be dated so far in the future. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /**
     * An intent that waits for the exchange's word, and what decides once the order is not known there; {@code
     * deniedNanos} is when that was first said.
     */
    private record Waiting(
            Intent wish,
            LiveIntent intent,
            Consumer<Decision> otherwise,
            @Nullable Long deniedNanos) {}

    private final Books books;
    private final PreTradeChecks checks;
    private final Executions executions;
    private final Confirming confirming;
    private final Arrival arrival;
    private final KeptMessages kept;
    private final Map<ClientOrderId, Waiting> waiting = new LinkedHashMap<>();

    RedeliveredIntents(Books books, Executions executions, Confirming confirming, KeptMessages kept) {
        this.books = books;
        this.checks = new PreTradeChecks(books);
        this.executions = executions;
        this.confirming = confirming;
        this.arrival = new Arrival(books);
        this.kept = kept;
    }

    /** The ledger does not know everything that was done; told once, when it is discovered. */
    void ledgerForgot(Event.LedgerForgot forgot, Decision decision) {
        Instant since = forgot.since();
        Instant known = books.readiness().forgotAt();
        // An earlier life of this ledger found and alerted it: it is taken on, and not alerted at every start (O-27).
        if (since != null) {
            books.readiness().forgot(known == null || since.isAfter(known) ? since : known);
        } else {
            books.readiness().forgot(decision.now().exchange());
            decision.alert(
                    "ledger-forgot",
                    Notice.Severity.CRITICAL,
                    forgot.detail() + "; what is older than now is asked of the exchange before it is carried out",
                    "");
        }
    }

    /**
     * Whether an earlier life may have sent this open. A message read for the first time and too old is refused anyway.
     * To ask about each message of a backlog would spend the exchange's limits (docs/decisions/0010).
     */
    boolean mayBeForgotten(Intent.Open open, boolean again, Decision decision) {
        return isForgotten(open.origin())
                && (again || checks.age(open, decision.now()).equals(Verdict.PASS));
    }

    /**
     * Whether an earlier life may have executed this close. Handed out before is reason enough, since an exit may leave
     * before its record.
     */
    boolean mayBeExecuted(Intent.Close close, boolean again) {
        return !books.rules().observe() && (again || isForgotten(close.origin()));
    }

    /** By the date of the message, with the tolerance of dates; one without a date may be of any time. */
    private boolean isForgotten(Origin origin) {
        Instant dated = origin.timestamp();
        Instant forgotAt = books.readiness().forgotAt();
        return !books.rules().observe()
                && forgotAt != null
                && (dated == null || !dated.isAfter(forgotAt.plus(TOLERANCE)));
    }

    /** Asks first; {@code otherwise} decides once the exchange says that it knows no such order. */
    void await(Intent wish, LiveIntent intent, Consumer<Decision> otherwise, Decision decision) {
        ClientOrderId id = idOf(wish);
        kept.keep(intent);
        waiting.put(id, new Waiting(wish, intent, otherwise, null));
        decision.ask(new Call.QueryOrder(id, wish.symbol(), null));
    }

    /** Derived from the intent, so that an earlier life gave its order the same id. */
    private static ClientOrderId idOf(Intent wish) {
        String intentId = wish.origin().intentId();
        return wish instanceof Intent.Open ? ClientOrderId.open(intentId) : ClientOrderId.close(intentId);
    }

    /** The wake-up of a question without an answer; true if it was one of these. */
    boolean askAgain(ClientOrderId id, Decision decision) {
        Waiting known = waiting.get(id);
        if (known != null) {
            decision.ask(new Call.QueryOrder(id, known.wish().symbol(), null));
        }
        return known != null;
    }

    /** The answer to a question about an order; true if it was one of these. */
    boolean told(ClientOrderId id, Answer<OrderUpdate> answer, Decision decision) {
        Waiting known = waiting.get(id);
        if (known == null) {
            return false;
        }
        switch (answer) {
            case Answer.Accepted<OrderUpdate>(OrderUpdate update) -> {
                waiting.remove(id);
                kept.release(known.intent(), later -> follow(id, known, update, later), decision);
            }
            case Answer.Denied<OrderUpdate>(var _, var _, Answer.Cause cause) -> denied(id, known, cause, decision);
            case Answer.NoAnswer<OrderUpdate> _, Answer.NotSent<OrderUpdate> _ ->
                wake(id, books.rules().confirmation().poll(), decision);
        }
        return true;
    }

    /** An earlier life sent it, so that this one never does (law 2). */
    private void follow(ClientOrderId id, Waiting known, OrderUpdate update, Decision decision) {
        switch (known.wish()) {
            case Intent.Close close -> follow(id, close, known.intent(), update, decision);
            case Intent.Open open -> follow(id, open, known.intent(), update, decision);
            case Intent.Protect _ -> throw new IllegalStateException("never waits");
        }
    }

    private static void wake(ClientOrderId id, Duration after, Decision decision) {
        decision.wake(Timer.Kind.ASK_ORDER, id.value(), after);
    }

    /** An exit is not held up by proofs; an open is absent after two denials, once it cannot arrive any more (INV-40). */
    private void denied(ClientOrderId id, Waiting known, Answer.Cause cause, Decision decision) {
        switch (known.wish()) {
            case Intent.Close _ -> {
                waiting.remove(id);
                kept.release(known.intent(), known.otherwise(), decision);
            }
            // The exchange refused the question, which says nothing about the order.
            case Intent.Open _ when cause != Answer.Cause.UNKNOWN_ORDER -> wake(id, APART, decision);
            case Intent.Open open -> {
                long now = decision.now().nanos();
                long first = known.deniedNanos() == null ? now : known.deniedNanos();
                if (now - first >= APART.toNanos()
                        && arrival.isOver(
                                books.readiness().forgotAt(), decision.now().exchange())) {
                    waiting.remove(id);
                    kept.release(known.intent(), known.otherwise(), decision);
                } else {
                    waiting.put(id, new Waiting(open, known.intent(), known.otherwise(), first));
                    wake(id, APART, decision);
                }
            }
            case Intent.Protect _ -> throw new IllegalStateException("never waits");
        }
    }

    /** What it opened is among the positions that were read since, or is over; only its own end is still to be told. */
    private void follow(ClientOrderId id, Intent.Open open, LiveIntent intent, OrderUpdate update, Decision decision) {
        Integer wish = open.terms().leverage();
        int leverage = wish == null ? books.rules().limits().exposure().defaultLeverage() : wish;
        LiveOrder.Cause cause = new LiveOrder.Cause(intent.id(), null, null, open.levels(), null);
        LiveOrder order = order(id, Purpose.OPEN, leverage, cause, intent, update, decision);
        // The positions that were read since may hold what it executed: that must not be added once more.
        order.setPendingReported();
        books.add(order);
        LivePosition position = books.positions().at(books.place(order));
        boolean isOfCoins = books.form(open.symbol()) == ProtectionForm.PAIR;
        if (position == null || (isOfCoins && position.isAdopted())) {
            // Its position is over, and nothing may come to be held by what is only reported.
            executions.past(order, update, decision);
            bought(order, update, position, isOfCoins, decision);
        } else {
            executions.learn(order, update, decision);
        }
        if (!order.state().isFinal()) {
            confirming.resume(order, decision);
        }
        decision.ask(new Call.ReadPositions());
    }

    /**
     * No reading says whether coins that an earlier life bought are still held. A pair that was found says it of its own;
     * else a person has to look.
     */
    private static void bought(
            LiveOrder order, OrderUpdate update, @Nullable LivePosition found, boolean isOfCoins, Decision decision) {
        if (found != null) {
            found.claimedBy(order.task().cause().intentId(), order.sentAt());
            found.openedBy(update.orderId());
            decision.changed(found);
        } else if (isOfCoins && order.filledQuantity().signum() > 0) {
            decision.alert(
                    "bought-before:" + order.id(),
                    Notice.Severity.CRITICAL,
                    "order " + order.id() + " bought "
                            + order.filledQuantity().toPlainString()
                            + " before the ledger was lost, and whether it is still held is not known. Unless a pair of"
                            + " ours rests for it and is found, nothing here protects or sells it",
                    order.task().symbol().name());
        }
    }

    /**
     * Takes the order into the books as if this life had sent it. The record with its size is missing: what was
     * executed stands for it, and 1 where that is nothing, because a quantity is above zero.
     */
    private LiveOrder order(
            ClientOrderId id,
            Purpose purpose,
            int leverage,
            LiveOrder.Cause cause,
            LiveIntent intent,
            OrderUpdate update,
            Decision decision) {
        Quantity quantity = update.executed().quantity().signum() > 0
                ? new Quantity(update.executed().quantity())
                : Quantity.of("1");
        LiveOrder order = new LiveOrder(
                new LiveOrder.Task(id, update.symbol(), update.side(), purpose, quantity, leverage, cause),
                decision.now());
        order.sizeIsUnknown();
        order.learn(new OrderEvent.Sent());
        intent.carriedBy(id);
        intent.reached(Stage.JUDGED, decision.now());
        decision.changed(intent);
        decision.changed(order);
        return order;
    }

    /** What it closed is in the positions that were read since; only its own end is still to be told. */
    private void follow(
            ClientOrderId id, Intent.Close close, LiveIntent intent, OrderUpdate update, Decision decision) {
        // The close may have ended a position whose trades are still being added up: it says why.
        Direction closed = Direction.opened(update.side()).opposite();
        books.allPositions().stream()
                .filter(position -> position.symbol().equals(update.symbol()) && position.direction() == closed)
                .filter(position -> !position.isClosed())
                .forEach(position -> {
                    position.endedBy(update.orderId(), Closing.reason(close));
                    decision.changed(position);
                });
        LiveOrder.Cause cause = new LiveOrder.Cause(intent.id(), null, Closing.reason(close), Levels.NONE, null);
        LiveOrder order = order(id, Purpose.CLOSE, 1, cause, intent, update, decision);
        books.add(order);
        executions.learn(order, update, decision);
        if (!order.state().isFinal()) {
            confirming.resume(order, decision);
        }
        decision.ask(new Call.ReadPositions());
    }
}
