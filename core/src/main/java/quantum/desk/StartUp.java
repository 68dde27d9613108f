package quantum.desk;

import java.time.Duration;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.decision.Turn;
import quantum.desk.entry.Turning;
import quantum.desk.exit.Settling;
import quantum.desk.protect.Overseeing;
import quantum.desk.protect.Protecting;
import quantum.desk.protect.Watching;
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
    private final Settling settling;
    private final Protecting protecting;
    private final Overseeing overseeing;
    private final Turning turning;

    StartUp(
            Books books,
            Contact contact,
            Reporting reporting,
            Confirming confirming,
            Settling settling,
            Protecting protecting,
            Overseeing overseeing,
            Turning turning) {
        this.books = books;
        this.contact = contact;
        this.reporting = reporting;
        this.confirming = confirming;
        this.settling = settling;
        this.protecting = protecting;
        this.overseeing = overseeing;
        this.turning = turning;
    }

    /** Everything recorded before. */
    void restore(Snapshot snapshot, Turn turn) {
        long nanos = turn.now().nanos();
        if (snapshot.guards() != null) {
            books.setGuards(GuardRows.guards(snapshot.guards()));
        }
        snapshot.intents().forEach(row -> books.remember(LiveIntent.restored(row, turn.now())));
        for (Entry.PositionRow row : snapshot.positions()) {
            Life life = Life.restored(row, books.rules().exits().of(new Symbol(row.symbol())), nanos);
            if (life.isOpen() && books.lives().at(life.symbol(), life.direction()) == null) {
                books.lives().put(life);
            } else if (life.isOpen()) {
                // Long and short at once, and the account is in one-way mode now: it can only have been closed outside.
                life.end(null, nanos, turn.now().exchange());
                books.settle(life);
            } else {
                books.settle(life);
            }
        }
        snapshot.orders().forEach(row -> {
            LiveOrder order = LiveOrder.restored(row, turn.now());
            books.add(order);
            LiveIntent intent = books.intent(row.intentId());
            if (intent != null && intent.hasReached(Stage.PENDING)) {
                // What was read of the positions since then may have counted it.
                order.setPendingReported();
            }
            if (row.mayArriveFrom() == null && order.state() instanceof OrderState.Unconfirmed) {
                turn.changed(order);
            }
        });
    }

    /** The session is up, for the first time or again. */
    void ready(VenueEvent.SelfTest test, Turn turn) {
        boolean first = !books.readiness().isReady();
        if (first) {
            turn.log(
                    Marker.SERVER_TIME,
                    "",
                    Long.toString(test.serverTime().toEpochMilli()),
                    "offset_ms",
                    Long.toString(test.clockOffsetMillis()));
            turn.log(Marker.SYMBOLS_AVAILABLE, "count", Integer.toString(test.symbols()));
            test.balances().stream()
                    .filter(Balance::isHeld)
                    .forEach(balance -> turn.log(
                            Marker.ACCOUNT_BALANCE, "", balance.wallet().toPlainString(), "asset", balance.asset()));
            turn.log(Marker.SELF_TEST_PASSED, "endpoint", test.endpoint());
            books.readiness().ready(turn.now().nanos());
            contact.begin(turn);
            turn.wake(Timer.Kind.BOOTSTRAP, "", books.rules().reading().bootstrap());
            turn.wake(Timer.Kind.RESTS, "", books.rules().reading().rests());
            turn.wake(Timer.Kind.ACCOUNT, "", books.rules().reading().account());
            turn.wake(Timer.Kind.PROTECTION, "admit-unproven", ADMIT_UNPROVEN);
            turn.wake(Timer.Kind.PROTECTION, "admit-anyway", ADMIT_ANYWAY);
        }
        books.unfinished().forEach(order -> confirming.resume(order, turn));
        if (first) {
            resumeEndings(turn);
            books.lives().all().forEach(life -> {
                overseeing.look(life, turn);
                Watching.awaitDeadline(life, turn);
            });
            books.settling().forEach(life -> {
                settling.ask(life, turn);
                protecting.end(life, turn);
            });
        }
        turn.ask(new Call.ReadAccount());
    }

    /** Intents whose order was over before the last life of the process could report them. */
    private void resumeEndings(Turn turn) {
        for (LiveOrder order : books.orders()) {
            LiveIntent intent = books.intent(order.task().cause().intentId());
            if (intent != null && !intent.isEnded() && order.state().isFinal()) {
                if (order.state().fill() != null) {
                    reporting.executed(intent, order, turn);
                } else {
                    boolean denied = order.state() instanceof OrderState.Rejected;
                    reporting.reject(
                            intent,
                            denied ? Refusal.EXCHANGE_REJECTED : Refusal.NOT_FILLED,
                            "as recorded before the restart",
                            turn);
                    if (order.task().purpose() == Purpose.CLOSE) {
                        reporting.exitRefused(intent, "as recorded before the restart", turn);
                    }
                }
            }
        }
        for (LiveIntent intent : books.openIntents()) {
            if (intent.clientOrderId() == null && intent.hasReached(Stage.TURNING)) {
                turning.interrupted(intent, turn);
            } else if (intent.clientOrderId() == null) {
                resumeUpdate(intent, turn);
            } else if (books.order(intent.clientOrderId()) == null) {
                // Saying that nothing was sent would be a guess: its order left the decision, and its row is missing.
                turn.alert(
                        "order-missing:" + intent.id(),
                        Notice.Severity.CRITICAL,
                        "the ledger has no row of order " + intent.clientOrderId() + "; its intent stays open",
                        intent.symbol().name());
            }
        }
    }

    /** Levels that were being moved when the process stopped: the plan has them, and the exchange shows the rest. */
    private void resumeUpdate(LiveIntent intent, Turn turn) {
        Direction direction = intent.direction();
        Life life = direction == null ? null : books.lives().at(intent.symbol(), direction);
        if (!intent.hasReached(Stage.JUDGED)) {
            reporting.reject(intent, Refusal.INTERRUPTED, "the process stopped before it was carried out", turn);
        } else if (life == null || life.update() != null) {
            reporting.reject(intent, Refusal.NO_POSITION, "the position ended meanwhile", turn);
        } else {
            life.setUpdate(intent);
            protecting.reportIfComplete(life, turn);
        }
    }

    /** Start-up and recovery are one path, and protection comes before the first new intent. */
    void admitWhenProtected(Turn turn) {
        // Without a reading of the positions nobody knows what is held and must be protected first.
        if (!books.readiness().isReady()
                || books.readiness().isAdmitting()
                || books.readiness().positionsReadAt() == null) {
            return;
        }
        boolean naked = books.lives().all().stream().anyMatch(books::isNaked);
        boolean unproven = books.unfinished().stream().anyMatch(o -> o.task().purpose() != Purpose.CLOSE);
        Duration patience = naked ? ADMIT_ANYWAY : unproven ? ADMIT_UNPROVEN : Duration.ZERO;
        if (turn.now().since(books.readiness().readyNanos()).compareTo(patience) >= 0) {
            books.readiness().admit();
            turn.add(new Effect.AdmitIntents());
        }
    }
}
