package quantum.desk.exit;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.ExitProgress;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.intent.Closed.Reason;
import quantum.intent.Levels;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.order.OrderEvent;
import quantum.order.Purpose;
import quantum.position.ExitPolicy.SmallPart;
import quantum.position.WatchRules.Step;
import quantum.record.Notice;
import quantum.venue.Call;

/**
 * Sends closes. Nothing is asked before it does (law 5): no guard, no cooldown, no halt. All closes at work on a
 * position together never exceed what is held, so that none can cross zero (INV-14).
 */
public final class Exits {

    private final Books books;

    public Exits(Books books) {
        this.books = books;
    }

    /** What is held and not being closed yet. */
    public BigDecimal closable(LivePosition position) {
        BigDecimal closing =
                books.closesOf(position).stream().map(LiveOrder::openQuantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        return position.quantity().subtract(closing);
    }

    /** Closes the rest of a position by a decision of the desk; nothing where the rest is being closed already. */
    public void exit(LivePosition position, Reason reason, Decision decision) {
        if (reason == Reason.LADDER) {
            payLadder(position, decision);
            return;
        }
        BigDecimal rest = closable(position);
        boolean ours = !books.isLeftAlone(position) || books.rules().observe() || reason == Reason.KILL;
        if (!position.isOpen() || rest.signum() <= 0 || !ours) {
            return;
        }
        if (books.rules().observe()) {
            if (position.noticeExit(reason)) {
                decision.alert(
                        "observed:" + position.epoch() + reason,
                        Notice.Severity.INFO,
                        "observe mode: would close " + rest.toPlainString() + " because of " + reason,
                        position.symbol().name());
            }
            return;
        }
        send(position, new Quantity(rest), reason, decision);
    }

    private void send(LivePosition position, Quantity quantity, Reason reason, Decision decision) {
        ClientOrderId id = ClientOrderId.exit(position.epoch(), position.nextExitAttempt());
        Instrument instrument = books.markets().instrument(position.symbol());
        // What exceeds one market order follows as soon as the first part is done.
        send(position, id, instrument == null ? quantity : instrument.mostOf(quantity), reason, null, decision);
        decision.changed(position);
    }

    /** A price reached a rung for the first time: its part is owed from now on, whatever becomes of the order. */
    public void reached(LivePosition position, Step rung, Decision decision) {
        ExitProgress watch = position.progress();
        watch.climb(books.rules().observe() ? BigDecimal.ZERO : watch.largest().multiply(rung.fraction()));
        decision.changed(position);
        if (books.rules().observe()) {
            decision.alert(
                    "observed:" + position.epoch() + Reason.LADDER + watch.rungs(),
                    Notice.Severity.INFO,
                    "observe mode: would close " + rung.fraction().toPlainString() + " of the largest quantity at rung "
                            + watch.rungs(),
                    position.symbol().name());
            return;
        }
        Instrument instrument = books.markets().instrument(position.symbol());
        boolean tooSmall = instrument != null && instrument.wholeSteps(watch.owed()) == null;
        if (tooSmall && books.rules().exits().smallPart() == SmallPart.FULL) {
            watch.owe(position.quantity());
        }
    }

    /** Closes what the rungs that were reached still owe, in whole steps; a rest that could not be closed alone too. */
    private void payLadder(LivePosition position, Decision decision) {
        Instrument instrument = books.markets().instrument(position.symbol());
        BigDecimal closable = closable(position);
        boolean open = position.isOpen() && closable.signum() > 0;
        if (!open || instrument == null || books.rules().observe()) {
            return;
        }
        BigDecimal inFlight = books.closesOf(position).stream()
                .filter(order -> order.task().cause().exitReason() == Reason.LADDER)
                .map(LiveOrder::openQuantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal due = position.progress().owed().subtract(inFlight).min(closable);
        Quantity part = due.compareTo(closable) == 0 ? new Quantity(closable) : instrument.wholeSteps(due);
        if (part != null) {
            BigDecimal rest = closable.subtract(part.value());
            boolean stays = rest.signum() == 0 || instrument.wholeSteps(rest) != null;
            send(position, stays ? part : new Quantity(closable), Reason.LADDER, decision);
        }
    }

    /** Closes a part of a position because an intent asks for it. */
    public LiveOrder close(
            LivePosition position, Quantity quantity, LiveIntent intent, Reason reason, Decision decision) {
        return send(position, ClientOrderId.close(intent.id()), quantity, reason, intent, decision);
    }

    private LiveOrder send(
            LivePosition position,
            ClientOrderId id,
            Quantity quantity,
            Reason reason,
            @Nullable LiveIntent intent,
            Decision decision) {
        Markets.Mark mark = books.markets().mark(position.symbol());
        Price reference = mark == null ? null : mark.price();
        LiveOrder.Cause cause = new LiveOrder.Cause(
                intent == null ? null : intent.id(), position.epoch(), reason, Levels.NONE, reference);
        LiveOrder order = new LiveOrder(
                new LiveOrder.Task(
                        id, position.symbol(), position.direction().exit(), Purpose.CLOSE, quantity, 1, cause),
                decision.now());
        order.learn(new OrderEvent.Sent());
        books.add(order);
        decision.changed(order);
        decision.ask(new Call.Close(id, position.symbol(), position.direction().exit(), quantity));
        return order;
    }

    /** Tells operators why a position ended, as its trades tell it, in the seeds' words, and counts it. */
    void announce(LivePosition position, Reason reason, String price, Decision decision) {
        books.exits().count(reason);
        switch (reason) {
            case TP -> decision.log(Marker.TP_HIT, "symbol", position.symbol().name(), "price", price);
            case SL -> decision.log(Marker.SL_HIT, "symbol", position.symbol().name(), "price", price);
            case TRAILING ->
                decision.log(Marker.TRAILING_HIT, "symbol", position.symbol().name(), "price", price);
            case TIME, LADDER, SIGNAL, MANUAL, LIQUIDATION, ADL, SETTLEMENT, EMERGENCY, KILL, EXTERNAL -> {}
        }
    }
}
