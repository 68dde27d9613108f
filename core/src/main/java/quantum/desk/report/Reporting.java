package quantum.desk.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.intent.Closed.Reason;
import quantum.intent.Intent;
import quantum.intent.Origin;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.intent.Stage;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.order.OrderState;
import quantum.order.Purpose;
import quantum.protection.ProtectiveOrder;
import quantum.record.Notice;
import quantum.venue.Call.Level;

/**
 * Gives every intent its one terminal report (law 8), with what is known and nothing else: what is not known is
 * absent, never 0. Whatever ends an intent ends it here, so that memory, ledger, report and log line agree (INV-04).
 */
public final class Reporting {

    /**
     * How long scripts see an intent as processed. The ledger knows it for ever: identities that were forgotten after
     * an hour let a replay trade again (M13).
     */
    private static final Duration MIRRORED = Duration.ofHours(1);
    /** Reasons for which only what is meant as an exit is refused, while its position stays. */
    private static final Set<Refusal> EXITS =
            EnumSet.of(Refusal.CLOSE_UNMARKED, Refusal.CLOSE_TOO_SMALL, Refusal.POSITION_SIDE_MISSING);
    /** Reasons for which no exit is missed: all is being closed already, or nothing is to be sent at all. */
    private static final Set<Refusal> WANTED = EnumSet.of(Refusal.CLOSE_IN_FLIGHT, Refusal.OBSERVED);

    private final Books books;

    public Reporting(Books books) {
        this.books = books;
    }

    /** By the field that a refusal of this kind always blames, where it has one. */
    public void reject(LiveIntent intent, Refusal why, String detail, Decision decision) {
        reject(intent, why, why.field(), detail, decision);
    }

    /** By the field that is to blame; null where none is. */
    public void reject(LiveIntent intent, Refusal why, @Nullable String field, String detail, Decision decision) {
        ClientOrderId id = intent.clientOrderId();
        LiveOrder order = id == null ? null : books.order(id);
        // An order that ended unfilled is named by the exchange's id too: its producer looks for it there (M-15).
        OrderId orderId = order == null ? null : order.state().orderId();
        Report report = new Report.Rejected(intent.subject(decision.now()), why, field, detail, id, orderId);
        end(intent, report, why.name(), detail, decision);
        // Of an order that was sent, what became of it says whether its exit was refused.
        if (order == null && !WANTED.contains(why) && (intent.isExit() || EXITS.contains(why))) {
            exitRefused(intent, why + " " + detail, decision);
        }
    }

    /** For an exit whose order left and came to nothing, in this life of the process or the one before. */
    public void exitRefused(LiveIntent intent, String words, Decision decision) {
        exitRefused(intent.id(), intent.symbol(), words, decision);
    }

    /**
     * Thousands of exits were refused in 18 h and no person knew (INC-P13); while nothing is held none is missed.
     * Once a minute for each intent: 2,500 repeats made as many alerts, which crowd out others (B-10).
     */
    private void exitRefused(String intentId, Symbol symbol, String words, Decision decision) {
        if (!books.positions().in(symbol).isEmpty() || books.unclear().in(symbol) != null) {
            decision.alertOnce(
                    "exit-refused:" + intentId,
                    Notice.Severity.CRITICAL,
                    "an exit was refused while a position is held: " + words,
                    symbol.name());
        }
    }

    /** A dead letter has no identity that could be read, so that the alert is of the symbol (C-3). */
    public void exitLost(Symbol symbol, String messageId, Reading.Unreadable read, Decision decision) {
        String words = "message " + messageId + " is a dead letter, " + read.why() + " " + read.detail()
                + "; close it by a message that can be read, with an intent_id of its own";
        exitRefused(symbol.name(), symbol, words, decision);
    }

    /**
     * A known identity came with other content: refused under an id of its own, because the identity has its report.
     * The contract refuses it also where it is an exit, so that then a person is called (B-3).
     */
    public void rejectReused(
            Origin origin, Symbol symbol, Intent.Action action, boolean exit, String messageId, Decision decision) {
        Report.Subject subject = new Report.Subject(
                origin.intentId(),
                origin.traceId(),
                symbol,
                action,
                decision.now().exchange(),
                origin.ignored());
        String detail = "intent " + origin.intentId() + " came before with other content"
                + (origin.isDerived() ? "; without an intent_id, two of one symbol and time are one" : "");
        // By the message: each one has an ending of its own, and one that is handed over twice has the same.
        decision.publish(new Notice.Reported(
                new Report.Rejected(subject, Refusal.IDENTITY_REUSED, Refusal.IDENTITY_REUSED.field(), detail, null),
                "reused:" + messageId));
        decision.log(
                Marker.TERMINAL_STATE,
                "",
                Refusal.IDENTITY_REUSED.terminalState(),
                "symbol",
                symbol.name(),
                "reason",
                Refusal.IDENTITY_REUSED.name(),
                "intent_id",
                origin.intentId());
        // A warning by itself, since a producer that numbers its messages wrongly loses opens as well.
        decision.alertOnce("identity-reused:" + origin.intentId(), Notice.Severity.WARNING, detail, symbol.name());
        if (exit) {
            String words = Refusal.IDENTITY_REUSED + " " + detail + "; send it again with an intent_id of its own";
            exitRefused(origin.intentId(), symbol, words, decision);
        }
    }

    /** The fill wait is over without a proof; the reconciler goes on asking (seed 000). */
    public void pending(LiveIntent intent, LiveOrder order, Decision decision) {
        Report report = new Report.PendingFill(
                intent.subject(decision.now()),
                order.id(),
                order.state().orderId(),
                order.state().fill());
        // An event of its own beside the terminal report, which follows once the order is proven (INV-08).
        decision.publish(new Notice.Reported(report, intent.id() + ":pending"));
        decision.log(
                Marker.FILL_TIMEOUT,
                "symbol",
                order.task().symbol().name(),
                "clientOrderId",
                order.id().value());
        decision.alert(
                "pending-fill:" + intent.id(),
                Notice.Severity.WARNING,
                "no proof of a fill within the fill wait; asking goes on",
                order.task().symbol().name());
    }

    /**
     * The order of an intent is over with an execution. Of an open this waits until stop and target are answered, at
     * most 500 ms (docs/decisions/0002).
     */
    public void executed(LiveIntent intent, LiveOrder order, Decision decision) {
        // Every result was once filled at price 0 and size 0 (INC-P14): without a fill of the exchange's there is no
        // report (law 1).
        Fill fill = Objects.requireNonNull(order.state().fill(), "reported without a fill");
        OrderId orderId = Objects.requireNonNull(order.state().orderId(), "a fill has an order id");
        order.setAwaitingReport(false);
        // The position may be over again by now: then no ids of levels are reported.
        LivePosition position =
                order.task().purpose() == Purpose.OPEN ? books.positions().at(books.place(order)) : null;
        Report.Orders orders =
                new Report.Orders(order.id(), orderId, restId(position, Level.STOP), restId(position, Level.TARGET));
        Reason exit = order.task().cause().exitReason();
        Report.Extras extras = new Report.Extras(
                order.task().purpose() == Purpose.OPEN ? order.task().leverage() : null,
                slippage(order, fill),
                exit == null ? null : exit.name().toLowerCase(java.util.Locale.ROOT));
        // An order that expired with a part of it executed is a position of that size and no refusal (M14).
        boolean whole = order.state() instanceof OrderState.Filled;
        Report report = whole
                ? new Report.Filled(intent.subject(decision.now()), orders, fill, extras)
                : new Report.Partial(intent.subject(decision.now()), orders, fill, extras);
        end(intent, report, null, null, decision);
    }

    /** Once the moved levels rest; what was only asked for would be no protection yet. */
    public void updated(LiveIntent intent, LivePosition position, Decision decision) {
        end(
                intent,
                new Report.Updated(
                        intent.subject(decision.now()), restId(position, Level.STOP), restId(position, Level.TARGET)),
                null,
                null,
                decision);
    }

    /** The one ending. Reason and detail are null where something was done. */
    private void end(
            LiveIntent intent, Report report, @Nullable String reason, @Nullable String detail, Decision decision) {
        String state = Objects.requireNonNull(report.terminalState(), "only terminal reports end an intent");
        intent.reached(Stage.REPORTED, decision.now());
        intent.ended(state, reason, detail);
        decision.changed(intent);
        books.intents().ended(intent);
        decision.publish(new Notice.Reported(report, intent.id() + ":terminal"));
        decision.mirror(Effect.MirrorKey.PROCESSED, intent.traceId(), "1", MIRRORED);
        decision.log(
                Marker.TERMINAL_STATE,
                "",
                state,
                "symbol",
                intent.symbol().name(),
                "reason",
                reason == null ? "" : reason,
                "detail",
                detail == null ? "" : detail,
                "intent_id",
                intent.id());
    }

    /** The exchange's id of a level that is seen live; one that may still be refused is absent. */
    private static @Nullable String restId(@Nullable LivePosition position, Level level) {
        if (position == null) {
            return null;
        }
        ProtectiveOrder order = position.orderAt(level);
        return order.isLive() ? order.conditionalId() : null;
    }

    /**
     * How much worse than the price decided on, in percent to four decimals; negative when better, null where no
     * price was known.
     */
    private static @Nullable BigDecimal slippage(LiveOrder order, Fill fill) {
        Price reference = order.task().cause().reference();
        if (reference == null) {
            return null;
        }
        BigDecimal difference = fill.price().value().subtract(reference.value());
        BigDecimal worse = order.task().side() == Side.BUY ? difference : difference.negate();
        return worse.movePointRight(2).divide(reference.value(), 4, RoundingMode.HALF_EVEN);
    }
}
