package quantum.desk.exit;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.ExitProgress;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.intent.Closed.Reason;
import quantum.intent.Levels;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.ProtectionForm;
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
 * position together never exceed what is held, so that none can cross zero (INV-14); each is reduce-only besides, so
 * that one that is too large by mistake still turns nothing (INV-12, INV-13).
 */
public final class Exits {

    private final Books books;

    public Exits(Books books) {
        this.books = books;
    }

    /**
     * What is held and not being closed yet, in units; zero or less where closes at work take all of it. One whose
     * answer was lost counts until it is proven absent, because it may still be executed.
     */
    public BigDecimal closable(LivePosition position) {
        BigDecimal closing =
                books.closesOf(position).stream().map(LiveOrder::openQuantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        return position.quantity().subtract(closing);
    }

    /**
     * Closes the rest of a position by a decision of the desk; nothing where the rest is being closed already. Only
     * LADDER is about a part. A refused one is sent again by whoever concludes the order.
     */
    public void exit(LivePosition position, Reason reason, Decision decision) {
        if (reason == Reason.LADDER) {
            payLadder(position, decision);
            return;
        }
        BigDecimal rest = closable(position);
        // The desk itself closes a position that is left alone (adoption.policy) for nobody but a person who
        // flattens; a close of a producer does not come this way.
        boolean ours = !books.isLeftAlone(position) || books.rules().observe() || reason == Reason.KILL;
        if (!position.isOpen() || rest.signum() <= 0 || !ours) {
            return;
        }
        if (books.rules().observe()) {
            // Once for each reason: otherwise every price beyond the level would alert again.
            if (position.noticeExit(reason)) {
                decision.alert(
                        "observed:" + position.epoch() + reason,
                        Notice.Severity.INFO,
                        "observe mode: would close " + rest.toPlainString() + " because of " + reason,
                        position.symbol().name());
            }
            return;
        }
        Quantity most = books.markets().sellable(position, rest);
        if (most != null) {
            send(position, most, reason, decision);
        }
    }

    /**
     * Under an id that counts the attempts of this position. An id is never used twice, because the exchange takes a
     * finished one again and would close once more (binance-usdm 0.6).
     */
    private void send(LivePosition position, Quantity quantity, Reason reason, Decision decision) {
        ClientOrderId id = ClientOrderId.exit(position.epoch(), position.nextExitAttempt());
        Instrument instrument = books.markets().instrument(position.symbol());
        // What exceeds one market order follows as soon as the first part is done (binance-usdm 3.3).
        send(position, id, instrument == null ? quantity : instrument.mostOf(quantity), reason, null, decision);
        // The count is recorded with it: a restart must not begin at an id that left already.
        decision.changed(position);
    }

    /** A price reached a rung for the first time: its part is owed from now on, whatever becomes of the order. */
    public void reached(LivePosition position, Step rung, Decision decision) {
        ExitProgress watch = position.progress();
        // In observe mode nothing is owed, because nothing would ever pay it.
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
        // Less than one step cannot be sent. It goes with the next rung, or the rule makes it all
        // (docs/decisions/0009).
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
        // Without rules there are no whole steps; what is owed stays in the position's row and is paid later.
        if (!open || instrument == null || books.rules().observe()) {
            return;
        }
        // What a close of the ladder pays already is not due again at the next price.
        BigDecimal inFlight = books.closesOf(position).stream()
                .filter(order -> order.task().cause().exitReason() == Reason.LADDER)
                .map(LiveOrder::openQuantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal due = position.progress().owed().subtract(inFlight).min(closable);
        // All of it leaves as it is held and not cut to steps (INC-I51).
        Quantity part = due.compareTo(closable) == 0 ? new Quantity(closable) : instrument.wholeSteps(due);
        if (part != null) {
            BigDecimal rest = closable.subtract(part.value());
            // A rest below one step could never be closed alone, and its position would never end.
            boolean isAll = rest.signum() == 0 || instrument.wholeSteps(rest) == null;
            Quantity most = books.markets().sellable(position, isAll ? closable : part.value());
            // A rest that no order could sell would lose its pair: the part stays owed and goes with the next one.
            boolean isLater = !isAll && books.markets().sellable(position, rest) == null;
            if (most != null && !isLater) {
                send(position, most, Reason.LADDER, decision);
            }
        }
    }

    /** Closes a part of a position because an intent asks for it; the quantity is at most {@link #closable}. */
    public LiveOrder close(
            LivePosition position, Quantity quantity, LiveIntent intent, Reason reason, Decision decision) {
        return send(position, ClientOrderId.close(intent.id()), quantity, reason, intent, decision);
    }

    /**
     * Records a close and sends it. It needs no price, and leaves where none is known (INC-I21): the mark is only
     * what the reported slippage is counted from, null where there is none.
     */
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
        // Leverage and levels are those of opens; a close has neither.
        LiveOrder order = new LiveOrder(
                new LiveOrder.Task(
                        id, position.symbol(), position.direction().exit(), Purpose.CLOSE, quantity, 1, cause),
                decision.now());
        // As sent from its record on: after a crash it is asked about, and another one leaves only once it is proven
        // absent. If the record is late, the close does not wait for it (law 5).
        order.learn(new OrderEvent.Sent());
        books.add(order);
        decision.changed(order);
        leave(
                position,
                new Call.Close(id, position.symbol(), position.direction().exit(), quantity),
                decision);
        return order;
    }

    /** A pair holds what is to be sold: the close waits until it is off (docs/decisions/0016). */
    private void leave(LivePosition position, Call.Close close, Decision decision) {
        if (books.form(position) == ProtectionForm.FOLLOWING || books.isFree(position)) {
            decision.ask(close);
        } else {
            position.closes().hold(close);
            decision.wake(Timer.Kind.PROTECTION, position.epoch(), Duration.ZERO);
            decision.wake(
                    Timer.Kind.FILL_WAIT,
                    close.id().value(),
                    books.rules().confirmation().fillWait());
        }
    }

    /**
     * The pair is off, and may have sold a part: what waited sells what is left, and no more. False where nothing is left
     * for it.
     */
    public boolean freed(LivePosition position, LiveOrder order, Call.Close close, Decision decision) {
        BigDecimal most = closable(position)
                .add(order.openQuantity())
                .min(close.quantity().value());
        Quantity left = position.isOpen() ? books.markets().sellable(position, most) : null;
        if (left == null) {
            return false;
        }
        order.shrinkTo(left);
        decision.changed(order);
        decision.ask(new Call.Close(close.id(), close.symbol(), close.side(), left));
        return true;
    }

    /**
     * Logs why a position ended, in the seeds' words, and counts it. By its trades and not by what was heard: a
     * target that fired unheard was not counted, and its stop was alarmed as lost (M-10).
     */
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
