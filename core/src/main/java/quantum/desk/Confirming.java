package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.desk.exit.Exits;
import quantum.desk.exit.UnsentOrders;
import quantum.desk.report.OrderLines;
import quantum.desk.report.Reporting;
import quantum.intent.Closed.Reason;
import quantum.intent.Stage;
import quantum.order.ClientOrderId;
import quantum.order.Denial;
import quantum.order.OrderEvent;
import quantum.order.OrderState;
import quantum.order.Purpose;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent.Held;

/**
 * Follows every order to its proven end. The reply, the user stream and the questions race; whichever proves a fill
 * first wins. A lost answer makes an order unconfirmed, and only the exchange ends that (law 3, INV-40).
 */
final class Confirming {

    /** For this long late frames and answers still find an order that is over. */
    private static final Duration REMEMBERED = Duration.ofSeconds(60);

    private final Books books;
    private final Reporting reporting;
    private final Executions executions;
    private final Exits exits;
    private final UnsentOrders unsent;
    private final Arrival arrival;

    Confirming(Books books, Reporting reporting, Executions executions, Exits exits, UnsentOrders unsent) {
        this.books = books;
        this.unsent = unsent;
        this.reporting = reporting;
        this.executions = executions;
        this.exits = exits;
        this.arrival = new Arrival(books);
    }

    /**
     * The order left for the network. Only now its receive window begins: before, it may have waited for its record.
     */
    void sent(ClientOrderId id, Decision decision) {
        LiveOrder order = books.order(id);
        if (order == null) {
            return;
        }
        order.leftAt(decision.now().exchange());
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null) {
            intent.reached(Stage.SUBMITTED, decision.now());
        }
    }

    /**
     * The answer to the order itself. An acknowledgement is no fill (docs/decisions/0005), and a lost answer proves
     * nothing (law 3): both are followed.
     */
    void answered(ClientOrderId id, Answer<OrderUpdate> answer, Decision decision) {
        LiveOrder order = books.order(id);
        if (order == null) {
            return;
        }
        // A close that never left is not logged as sent (O-15).
        if (!(answer instanceof Answer.NotSent)) {
            OrderLines.closeSent(order, decision);
        }
        switch (answer) {
            case Answer.Accepted<OrderUpdate>(OrderUpdate update) -> accepted(order, update, decision);
            case Answer.Denied<OrderUpdate>(int code, String text, Answer.Cause cause) -> {
                OrderLines.failed(order, code + " " + text, cause.name(), code, decision);
                executions.learn(order, new OrderEvent.Denied(Denial.denied(code, text)), cause, decision);
            }
            case Answer.NoAnswer<OrderUpdate>(String cause) -> {
                OrderLines.failed(order, cause, "NO_ANSWER", 0, decision);
                executions.learn(order, new OrderEvent.NoAnswer(), null, decision);
                // The user stream may have been faster: then nothing is unknown.
                if (order.state() instanceof OrderState.Unconfirmed) {
                    reached(order, Stage.UNANSWERED, decision);
                    decision.alert(
                            "unconfirmed:" + id,
                            Notice.Severity.WARNING,
                            "the answer to an order was lost (" + cause + "); asking the exchange until it is proven",
                            order.task().symbol().name());
                    ask(order, decision);
                }
            }
            case Answer.NotSent<OrderUpdate>(String cause) -> {
                OrderLines.failed(order, cause, "NOT_SENT", 0, decision);
                executions.learn(order, new OrderEvent.Denied(Denial.notSent(cause)), null, decision);
            }
        }
        if (!order.state().isFinal()) {
            watch(order, decision);
        }
    }

    /**
     * The exchange took it. Its reply has no price (binance-usdm 0.1), so that the fill comes by the stream or by a
     * question.
     */
    private void accepted(LiveOrder order, OrderUpdate update, Decision decision) {
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null) {
            intent.reached(Stage.ACCEPTED, decision.now());
        }
        OrderLines.accepted(order, update, decision);
        executions.learn(order, update, decision);
        if (!order.state().isFinal()) {
            decision.log(
                    Marker.WAITING_FOR_FILL,
                    "orderId",
                    update.orderId().value(),
                    "symbol",
                    update.symbol().name(),
                    "max",
                    books.rules().confirmation().fillWait().toSeconds() + "s");
        }
    }

    /** What the closes of a position sell is free. One for which nothing is left never leaves. */
    void freed(LivePosition position, Decision decision) {
        if (position.isOpen() && !books.isFree(position)) {
            // Something of it came to rest or is being executed since.
            return;
        }
        for (Call.Close close : position.closes().free()) {
            LiveOrder order = books.order(close.id());
            if (order != null && !exits.freed(position, order, close, decision)) {
                String words = "what it was to sell was sold by the position's own pair meanwhile";
                executions.learn(order, new OrderEvent.Denied(Denial.notSent(words)), null, decision);
            }
        }
    }

    /**
     * Two clocks of an order without an end: the next question, and the moment from which its producer gets
     * {@code pending_fill}.
     */
    private void watch(LiveOrder order, Decision decision) {
        decision.wake(
                Timer.Kind.ASK_ORDER,
                order.id().value(),
                books.rules().confirmation().poll());
        decision.wake(
                Timer.Kind.FILL_WAIT,
                order.id().value(),
                books.rules().confirmation().fillWait());
    }

    /**
     * An order was to be taken off: whatever became of that, the order itself is asked for. That there was nothing to
     * take off may mean that it was just executed.
     */
    void cancelled(ClientOrderId id, Decision decision) {
        LiveOrder order = books.order(id);
        if (order != null && !order.state().isFinal()) {
            ask(order, decision);
        }
    }

    /** An order was restored without an outcome: it is asked about first. It is never sent again (law 2). */
    void resume(LiveOrder order, Decision decision) {
        ask(order, decision);
        watch(order, decision);
    }

    /**
     * Time to ask about an order, while it has no proven end. Each half second at first, once a minute after the fill
     * wait: questions without end would use up the limits (M22).
     */
    void askAgain(ClientOrderId id, Decision decision) {
        LiveOrder order = books.order(id);
        if (order != null && !order.state().isFinal()) {
            order.countPoll();
            ask(order, decision);
            boolean late = decision.now()
                            .since(order.decidedNanos())
                            .compareTo(books.rules().confirmation().fillWait())
                    >= 0;
            Duration poll = books.rules().confirmation().poll();
            decision.wake(Timer.Kind.ASK_ORDER, id.value(), late ? seldom(order, poll, decision) : poll);
        }
    }

    /** Once a minute, and as soon as its absence can be proven: a close that never left holds every other one up. */
    private Duration seldom(LiveOrder order, Duration poll, Decision decision) {
        Duration reconcile = books.rules().confirmation().reconcile();
        Duration toProof = Duration.between(decision.now().exchange(), arrival.provenFrom(order))
                .plus(poll);
        boolean isFirst = order.state() instanceof OrderState.Unconfirmed
                && toProof.compareTo(poll) > 0
                && toProof.compareTo(reconcile) < 0;
        return isFirst ? toProof : reconcile;
    }

    private void ask(LiveOrder order, Decision decision) {
        if (order.state() instanceof OrderState.Unconfirmed) {
            reached(order, Stage.ASKED, decision);
        }
        decision.ask(new Call.QueryOrder(
                order.id(), order.task().symbol(), order.state().orderId()));
    }

    /**
     * A stage of an order whose outcome is unknown; it is recorded at once, because the process may end before more is
     * known.
     */
    private void reached(LiveOrder order, Stage stage, Decision decision) {
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null && !intent.isEnded() && !intent.hasReached(stage)) {
            intent.reached(stage, decision.now());
            decision.changed(intent);
        }
    }

    /**
     * No proof in time: {@code pending_fill} is published once (M16), and asking goes on. From now on an open without a
     * fill delays no reading of the positions, so that what it brought is protected even if nobody proves it (M15).
     */
    void fillWaitOver(ClientOrderId id, Decision decision) {
        LiveOrder order = books.order(id);
        if (order == null || order.state().isFinal() || order.pendingReported()) {
            return;
        }
        order.setPendingReported();
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null && !intent.isEnded()) {
            intent.reached(Stage.PENDING, decision.now());
            decision.changed(intent);
            reporting.pending(intent, order, decision);
        }
    }

    /** The report of a fill need not wait longer for the ids of its protection. */
    void reportNow(ClientOrderId id, Decision decision) {
        LiveOrder order = books.order(id);
        LiveIntent intent =
                order == null ? null : books.intents().of(order.task().cause().intentId());
        if (order != null && intent != null && order.awaitingReport()) {
            reporting.executed(intent, order, decision);
        }
    }

    /** The answer to a question about an order. One that failed is no evidence (law 3). */
    void told(ClientOrderId id, Answer<OrderUpdate> answer, Decision decision) {
        LiveOrder order = books.order(id);
        if (order == null) {
            return;
        }
        switch (answer) {
            case Answer.Accepted<OrderUpdate>(OrderUpdate update) -> {
                OrderLines.poll(order, update, decision);
                learn(order, update, decision);
            }
            case Answer.Denied<OrderUpdate>(var _, var _, Answer.Cause cause)
            when cause == Answer.Cause.UNKNOWN_ORDER || isOfNoSymbol(order, cause) -> absent(order, decision);
            case Answer.Denied<OrderUpdate>(int code, String text, var _) ->
                OrderLines.pollFailed(order, "DENIED", code + " " + text, decision);
            case Answer.NoAnswer<OrderUpdate>(String cause) ->
                OrderLines.pollFailed(order, "NO_ANSWER", cause, decision);
            case Answer.NotSent<OrderUpdate>(String cause) -> OrderLines.pollFailed(order, "NOT_SENT", cause, decision);
        }
    }

    /** In a symbol that neither the rules nor the exchange know there is no order either (seed 26573). */
    private boolean isOfNoSymbol(LiveOrder order, Answer.Cause cause) {
        return cause == Answer.Cause.RULES
                && !books.markets().isListed(order.task().symbol());
    }

    /** An order that outlived its fill wait is told of when it ends, whoever proves it (seed 000). */
    private void learn(LiveOrder order, OrderUpdate update, Decision decision) {
        boolean late = order.pendingReported() && !order.state().isFinal();
        executions.learn(order, update, decision);
        if (late && order.state().isFinal()) {
            decision.log(
                    Marker.RECONCILED,
                    "symbol",
                    update.symbol().name(),
                    "orderId",
                    update.orderId().value(),
                    "status",
                    update.status().name());
        }
    }

    /**
     * "Not known" is believed only together with the rest of INV-40; the position is the last witness. The exchange
     * denies for seconds what it has just taken (binance-usdm 3.5, M18).
     */
    private void absent(LiveOrder order, Decision decision) {
        if (order.state() instanceof OrderState.Unconfirmed
                && order.absentTwice(decision.now().nanos())
                && decision.now().exchange().isAfter(arrival.provenFrom(order))) {
            decision.ask(new Call.ReadPositions());
        }
    }

    /**
     * The positions were read: an unconfirmed order is missing if the exchange denied knowing it twice, the question
     * left after that and after the order could still arrive, and nothing is held that an open could have brought
     * (INV-40). What is held all the same, and known by now, may be of a hand outside: it delays the proof. A close is
     * tried again after the position was read, whatever it shows.
     */
    void witnessed(LiveOrder order, @Nullable Held held, long askedNanos, Decision decision) {
        Instant asked = decision.now().exchange().minus(decision.now().since(askedNanos));
        if (!(order.state() instanceof OrderState.Unconfirmed)
                || !order.absentTwiceBefore(askedNanos)
                || !asked.isAfter(arrival.provenFrom(order))) {
            return;
        }
        LivePosition position = books.positions().at(books.place(order));
        BigDecimal known = position == null ? BigDecimal.ZERO : position.quantity();
        BigDecimal shown = held == null ? BigDecimal.ZERO : held.quantity().value();
        boolean delayed = asked.isAfter(
                arrival.provenFrom(order).plus(books.rules().confirmation().reconcile()));
        if (order.task().purpose() == Purpose.CLOSE
                || (known.compareTo(shown) == 0 && (shown.signum() == 0 || delayed))) {
            executions.learn(order, new OrderEvent.Missing(), null, decision);
        }
    }

    /** The user stream says something of an order, ours or not. */
    void changed(OrderUpdate update, Decision decision) {
        LiveOrder order = books.order(update.clientId());
        if (order == null) {
            // The update may name an order of ours by the exchange's id alone.
            order = books.byOrderId(update.orderId());
        }
        if (order != null) {
            learn(order, update, decision);
            return;
        }
        // Nobody here sent it: a stop or target of ours that fired is followed, another hand's order is not.
        LiveOrder fired = unsent.fired(update, decision);
        if (fired != null) {
            executions.learn(fired, update, decision);
            if (!fired.state().isFinal()) {
                watch(fired, decision);
            }
        }
    }

    /** A close by the desk's own decision is due again. The subject is the epoch and the reason. */
    void exitAgain(String subject, Decision decision) {
        String[] parts = subject.split(" ", 2);
        LivePosition position = books.positionOf(parts[0]);
        Reason reason = Reason.valueOf(parts[1]);
        // What an operator ordered and then withdrew is withdrawn here too (X-F2).
        boolean isWithdrawn = reason == Reason.KILL
                && position != null
                && !books.guards().standing().isFlattening(position.symbol());
        if (position != null && !isWithdrawn) {
            exits.exit(position, reason, decision);
        }
    }

    /**
     * Orders that are over and awaited by nobody leave memory after a while; the ledger keeps them. An executed close
     * stays as long as its position, so that an update told twice is not taken for another execution.
     */
    void forget(long nowNanos) {
        books.forgetOrders(order -> order.endedFor(nowNanos).compareTo(REMEMBERED) > 0
                && !order.awaitingReport()
                && (order.state().fill() == null
                        || order.task().cause().epoch() == null
                        || books.positionOf(order.task().cause().epoch()) == null));
    }
}
