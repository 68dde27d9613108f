package quantum.desk;

import java.time.Duration;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.desk.entry.Reversal;
import quantum.desk.exit.ClosedTrades;
import quantum.desk.protect.NakedRule;
import quantum.desk.protect.PriceWatch;
import quantum.desk.protect.Protecting;
import quantum.desk.report.Reporting;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Balance;
import quantum.market.Direction;
import quantum.market.Symbol;
import quantum.order.OrderState;
import quantum.order.Purpose;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/**
 * From what the ledger remembers to the first new intent. Start-up and recovery are one path: every order without an
 * outcome is asked about, never sent again, and protection comes before anything new (law 4).
 */
final class StartUp {

    /** So long intents wait for the stops of what is held. */
    private static final Duration ADMIT_ANYWAY = Duration.ofSeconds(5);
    /** So long they wait for opens without an outcome; one that never arrived is proven absent only later (INV-40). */
    private static final Duration ADMIT_UNPROVEN = Duration.ofSeconds(2);

    private final Books books;
    private final Contact contact;
    private final Reporting reporting;
    private final Confirming confirming;
    private final ClosedTrades closedTrades;
    private final Protecting protecting;
    private final NakedRule nakedRule;
    private final Reversal reversal;

    StartUp(
            Books books,
            Contact contact,
            Reporting reporting,
            Confirming confirming,
            ClosedTrades closedTrades,
            Protecting protecting,
            NakedRule nakedRule,
            Reversal reversal) {
        this.books = books;
        this.contact = contact;
        this.reporting = reporting;
        this.confirming = confirming;
        this.closedTrades = closedTrades;
        this.protecting = protecting;
        this.nakedRule = nakedRule;
        this.reversal = reversal;
    }

    /**
     * Everything recorded before. Nothing is asked or sent here: the exchange is not reached yet. What rests there, and
     * which order has an end, is unknown until it says so.
     */
    void restore(Snapshot snapshot, Decision decision) {
        long nanos = decision.now().nanos();
        if (snapshot.equals(Snapshot.EMPTY)) {
            books.readiness().beganEmpty();
        }
        if (snapshot.guards() != null) {
            books.setGuards(GuardRows.guards(snapshot.guards()));
        }
        snapshot.intents().forEach(row -> books.intents().remember(LiveIntent.restored(row, decision.now())));
        for (Entry.PositionRow row : snapshot.positions()) {
            LivePosition position =
                    LivePosition.restored(row, books.rules().exits().of(new Symbol(row.symbol())), nanos);
            if (position.isOpen() && books.positions().at(position.symbol(), position.direction()) == null) {
                books.positions().put(position);
            } else if (position.isOpen()) {
                // Long and short at once, and the account is in one-way mode now: it can only have been closed outside.
                position.end(null, nanos, decision.now().exchange());
                books.settle(position);
            } else {
                books.settle(position);
            }
        }
        snapshot.orders().forEach(row -> {
            LiveOrder order = LiveOrder.restored(row, decision.now());
            books.add(order);
            LiveIntent intent = books.intents().of(row.intentId());
            if (intent != null && intent.hasReached(Stage.PENDING)) {
                // What was read of the positions since then may have counted it.
                order.setPendingReported();
            }
            // The first start after it was decided: that time is recorded, because no later life can have sent it.
            if (row.mayArriveFrom() == null && order.state() instanceof OrderState.Unconfirmed) {
                decision.changed(order);
            }
        });
    }

    /**
     * The session is up, for the first time or again. After a reconnect frames may be missing, so that every order
     * without an end is asked about each time; the rest is done once.
     */
    void ready(VenueEvent.SelfTest test, Decision decision) {
        boolean first = !books.readiness().isReady();
        if (first) {
            decision.log(
                    Marker.SERVER_TIME,
                    "",
                    Long.toString(test.serverTime().toEpochMilli()),
                    "offset_ms",
                    Long.toString(test.clockOffsetMillis()));
            decision.log(Marker.SYMBOLS_AVAILABLE, "count", Integer.toString(test.symbols()));
            test.balances().stream()
                    .filter(Balance::isHeld)
                    .forEach(balance -> decision.log(
                            Marker.ACCOUNT_BALANCE, "", balance.wallet().toPlainString(), "asset", balance.asset()));
            decision.log(Marker.SELF_TEST_PASSED, "endpoint", test.endpoint());
            books.readiness().ready(decision.now().nanos());
            contact.begin(decision);
            decision.wake(Timer.Kind.BOOTSTRAP, "", books.rules().reading().bootstrap());
            decision.wake(Timer.Kind.RESTS, "", books.rules().reading().rests());
            decision.wake(Timer.Kind.ACCOUNT, "", books.rules().reading().account());
            // Nothing hangs on these two: every decision looks whether intents may be read, and these make one come in
            // time.
            decision.wake(Timer.Kind.PROTECTION, "admit-unproven", ADMIT_UNPROVEN);
            decision.wake(Timer.Kind.PROTECTION, "admit-anyway", ADMIT_ANYWAY);
        }
        books.unfinished().forEach(order -> confirming.resume(order, decision));
        if (first) {
            resumeEndings(decision);
            // Whether their stops still rest is not known after a restart: each is asked about by its id.
            books.positions().all().forEach(position -> {
                nakedRule.look(position, decision);
                PriceWatch.awaitDeadline(position, decision);
            });
            // Positions that ended and whose end is not published, or of which a stop may still rest.
            books.settling().forEach(position -> {
                closedTrades.ask(position, decision);
                protecting.end(position, decision);
            });
        }
        decision.ask(new Call.ReadAccount());
    }

    /** Intents whose order was over before the last life of the process could report them. */
    private void resumeEndings(Decision decision) {
        for (LiveOrder order : books.orders()) {
            LiveIntent intent = books.intents().of(order.task().cause().intentId());
            if (intent != null && !intent.isEnded() && order.state().isFinal()) {
                if (order.state().fill() != null) {
                    reporting.executed(intent, order, decision);
                } else {
                    boolean denied = order.state() instanceof OrderState.Rejected;
                    reporting.reject(
                            intent,
                            denied ? Refusal.EXCHANGE_REJECTED : Refusal.NOT_FILLED,
                            "as recorded before the restart",
                            decision);
                    // A refused exit is alarmed, whichever life sent it (INC-P13).
                    if (order.task().purpose() == Purpose.CLOSE) {
                        reporting.exitRefused(intent, "as recorded before the restart", decision);
                    }
                }
            }
        }
        for (LiveIntent intent : books.intents().open()) {
            // The decision to open the other side was not durable, and its price is gone (docs/decisions/0003).
            if (intent.clientOrderId() == null && intent.hasReached(Stage.TURNING)) {
                reversal.interrupted(intent, decision);
            } else if (intent.clientOrderId() == null) {
                resumeUpdate(intent, decision);
            } else if (books.order(intent.clientOrderId()) == null) {
                // Saying that nothing was sent would be a guess: its order left the decision, and its row is missing.
                decision.alert(
                        "order-missing:" + intent.id(),
                        Notice.Severity.CRITICAL,
                        "the ledger has no row of order " + intent.clientOrderId() + "; its intent stays open",
                        intent.symbol().name());
            }
        }
    }

    /**
     * Levels that were being moved when the process stopped: the plan has them, and the exchange shows the rest. At
     * most one update of a position is under way at a time.
     */
    private void resumeUpdate(LiveIntent intent, Decision decision) {
        Direction direction = intent.direction();
        LivePosition position = direction == null ? null : books.positions().at(intent.symbol(), direction);
        if (!intent.hasReached(Stage.JUDGED)) {
            reporting.reject(intent, Refusal.INTERRUPTED, "the process stopped before it was carried out", decision);
        } else if (position == null || position.update() != null) {
            reporting.reject(intent, Refusal.NO_POSITION, "the position ended meanwhile", decision);
        } else {
            position.setUpdate(intent);
            protecting.reportIfComplete(position, decision);
        }
    }

    /**
     * Start-up and recovery are one path, and protection comes before the first new intent. A service that cannot
     * protect must still take closes, so that it waits with bounds.
     */
    void admitWhenProtected(Decision decision) {
        // Without a reading of the positions nobody knows what is held and must be protected first.
        if (!books.readiness().isReady()
                || books.readiness().isAdmitting()
                || books.readiness().positionsReadAt() == null) {
            return;
        }
        boolean naked = books.positions().all().stream().anyMatch(books::isNaked);
        // A close in flight holds nothing back: it can only reduce.
        boolean unproven = books.unfinished().stream().anyMatch(o -> o.task().purpose() != Purpose.CLOSE);
        Duration patience = naked ? ADMIT_ANYWAY : unproven ? ADMIT_UNPROVEN : Duration.ZERO;
        if (decision.now().since(books.readiness().readyNanos()).compareTo(patience) >= 0) {
            books.readiness().admit();
            decision.add(new Effect.AdmitIntents());
        }
    }
}
