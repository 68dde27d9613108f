package quantum.desk.exit;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.Watch;
import quantum.decision.Marker;
import quantum.decision.Turn;
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
    public BigDecimal closable(Life life) {
        BigDecimal closing =
                books.closesOf(life).stream().map(LiveOrder::openQuantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        return life.quantity().subtract(closing);
    }

    /** Closes the rest of a position by a decision of the desk; nothing where the rest is being closed already. */
    public void exit(Life life, Reason reason, Turn turn) {
        if (reason == Reason.LADDER) {
            payLadder(life, turn);
            return;
        }
        BigDecimal rest = closable(life);
        boolean ours = !books.isLeftAlone(life) || books.rules().observe() || reason == Reason.KILL;
        if (!life.isOpen() || rest.signum() <= 0 || !ours) {
            return;
        }
        if (books.rules().observe()) {
            if (life.noticeExit(reason)) {
                turn.alert(
                        "observed:" + life.epoch() + reason,
                        Notice.Severity.INFO,
                        "observe mode: would close " + rest.toPlainString() + " because of " + reason,
                        life.symbol().name());
            }
            return;
        }
        send(life, new Quantity(rest), reason, turn);
    }

    private void send(Life life, Quantity quantity, Reason reason, Turn turn) {
        ClientOrderId id = ClientOrderId.exit(life.epoch(), life.nextExitAttempt());
        Instrument instrument = books.instrument(life.symbol());
        // What exceeds one market order follows as soon as the first part is done.
        send(life, id, instrument == null ? quantity : instrument.mostOf(quantity), reason, null, turn);
        turn.changed(life);
    }

    /** A price reached a rung for the first time: its part is owed from now on, whatever becomes of the order. */
    public void reached(Life life, Step rung, Turn turn) {
        Watch watch = life.watch();
        watch.climb(books.rules().observe() ? BigDecimal.ZERO : watch.largest().multiply(rung.fraction()));
        turn.changed(life);
        if (books.rules().observe()) {
            turn.alert(
                    "observed:" + life.epoch() + Reason.LADDER + watch.rungs(),
                    Notice.Severity.INFO,
                    "observe mode: would close " + rung.fraction().toPlainString() + " of the largest quantity at rung "
                            + watch.rungs(),
                    life.symbol().name());
            return;
        }
        Instrument instrument = books.instrument(life.symbol());
        boolean tooSmall = instrument != null && instrument.wholeSteps(watch.owed()) == null;
        if (tooSmall && books.rules().exits().smallPart() == SmallPart.FULL) {
            watch.owe(life.quantity());
        }
    }

    /** Closes what the rungs that were reached still owe, in whole steps; a rest that could not be closed alone too. */
    private void payLadder(Life life, Turn turn) {
        Instrument instrument = books.instrument(life.symbol());
        BigDecimal closable = closable(life);
        boolean open = life.isOpen() && closable.signum() > 0;
        if (!open || instrument == null || books.rules().observe()) {
            return;
        }
        BigDecimal inFlight = books.closesOf(life).stream()
                .filter(order -> order.task().cause().exitReason() == Reason.LADDER)
                .map(LiveOrder::openQuantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal due = life.watch().owed().subtract(inFlight).min(closable);
        Quantity part = due.compareTo(closable) == 0 ? new Quantity(closable) : instrument.wholeSteps(due);
        if (part != null) {
            BigDecimal rest = closable.subtract(part.value());
            boolean stays = rest.signum() == 0 || instrument.wholeSteps(rest) != null;
            send(life, stays ? part : new Quantity(closable), Reason.LADDER, turn);
        }
    }

    /** Closes a part of a position because an intent asks for it. */
    public LiveOrder close(Life life, Quantity quantity, LiveIntent intent, Reason reason, Turn turn) {
        return send(life, ClientOrderId.close(intent.id()), quantity, reason, intent, turn);
    }

    private LiveOrder send(
            Life life, ClientOrderId id, Quantity quantity, Reason reason, @Nullable LiveIntent intent, Turn turn) {
        Books.Mark mark = books.mark(life.symbol());
        Price reference = mark == null ? null : mark.price();
        LiveOrder.Cause cause =
                new LiveOrder.Cause(intent == null ? null : intent.id(), life.epoch(), reason, Levels.NONE, reference);
        LiveOrder order = new LiveOrder(
                new LiveOrder.Task(id, life.symbol(), life.direction().exit(), Purpose.CLOSE, quantity, 1, cause),
                turn.now());
        order.learn(new OrderEvent.Sent());
        books.add(order);
        turn.changed(order);
        turn.ask(new Call.Close(id, life.symbol(), life.direction().exit(), quantity));
        return order;
    }

    /** Tells operators why a position ended, as its trades tell it, in the seeds' words, and counts it. */
    void announce(Life life, Reason reason, String price, Turn turn) {
        books.exits().count(reason);
        switch (reason) {
            case TP -> turn.log(Marker.TP_HIT, "symbol", life.symbol().name(), "price", price);
            case SL -> turn.log(Marker.SL_HIT, "symbol", life.symbol().name(), "price", price);
            case TRAILING ->
                turn.log(Marker.TRAILING_HIT, "symbol", life.symbol().name(), "price", price);
            case TIME, LADDER, SIGNAL, MANUAL, LIQUIDATION, ADL, SETTLEMENT, EMERGENCY, KILL, EXTERNAL -> {}
        }
    }
}
