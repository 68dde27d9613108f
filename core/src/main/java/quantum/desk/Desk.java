package quantum.desk;

import java.time.Duration;
import java.util.List;
import quantum.book.Books;
import quantum.book.Halts;
import quantum.book.Life;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Marker;
import quantum.decision.Repeats;
import quantum.decision.Timer;
import quantum.decision.Turn;
import quantum.decision.WakeUps;
import quantum.desk.entry.AwaitedEntries;
import quantum.desk.entry.Closing;
import quantum.desk.entry.Contracts;
import quantum.desk.entry.Entering;
import quantum.desk.entry.KeptMessages;
import quantum.desk.entry.LowMargin;
import quantum.desk.entry.Moving;
import quantum.desk.entry.Opening;
import quantum.desk.entry.OpensWait;
import quantum.desk.entry.Turning;
import quantum.desk.exit.Exits;
import quantum.desk.exit.Liquidations;
import quantum.desk.exit.Obstacles;
import quantum.desk.exit.Settling;
import quantum.desk.exit.UnsentOrders;
import quantum.desk.protect.Bridging;
import quantum.desk.protect.Crossing;
import quantum.desk.protect.Overseeing;
import quantum.desk.protect.Protecting;
import quantum.desk.protect.RestReplies;
import quantum.desk.protect.Watching;
import quantum.desk.report.Reporting;
import quantum.guard.GuardName;
import quantum.intent.Refusal;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.VenueEvent;

/** The one state machine of an account: takes an event, decides, and says what is to be done. One thread drives it. */
public final class Desk {

    private final WakeUps wakeUps = new WakeUps();
    private final Repeats repeats = new Repeats();
    private final Contact contact = new Contact();
    private final Liquidations liquidations = new Liquidations();
    private final Books books;
    private final Reporting reporting;
    private final Exits exits;
    private final Protecting protecting;
    private final RestReplies restReplies;
    private final Overseeing overseeing;
    private final Settling settling;
    private final Confirming confirming;
    private final Turning turning;
    private final Operating operating;
    private final Redelivered redelivered;
    private final Arriving arriving;
    private final Watching watching;
    private final Doubting doubting;
    private final Obstacles obstacles;
    private final Relisting relisting;
    private final AwaitedEntries awaitedEntries;
    private final Reconciling reconciling;
    private final StartUp startUp;
    private final Contracts contracts;
    private final Rereading rereading;
    private final OpensWait opensWait;
    private final LowMargin lowMargin;
    private final AmountChecks amountChecks;

    public Desk(Rules rules) {
        books = new Books(rules);
        reporting = new Reporting(books);
        exits = new Exits(books);
        Bridging bridging = new Bridging(books);
        protecting = new Protecting(books, reporting, exits, bridging);
        Crossing crossing = new Crossing(books, protecting, bridging, exits, reporting);
        restReplies = new RestReplies(books, protecting, crossing, exits);
        overseeing = new Overseeing(books, protecting, crossing, exits);
        settling = new Settling(books, exits, liquidations);
        Moving moving = new Moving(books, reporting, protecting);
        Lives lives = new Lives(books, protecting, moving, settling);
        obstacles = new Obstacles(books);
        Executions executions = new Executions(books, reporting, lives, obstacles);
        UnsentOrders unsent = new UnsentOrders(books, obstacles, liquidations);
        confirming = new Confirming(books, reporting, executions, exits, unsent);
        Opening opening = new Opening(books, reporting);
        Closing closing = new Closing(books, reporting, exits);
        turning = new Turning(books, reporting, exits, opening);
        Entering entering = new Entering(books, reporting, opening, closing, moving, turning);
        KeptMessages kept = new KeptMessages();
        operating = new Operating(books, exits, obstacles);
        redelivered = new Redelivered(books, executions, confirming, kept);
        watching = new Watching(books, exits, protecting);
        doubting = new Doubting(books, lives);
        relisting = new Relisting(books, protecting, kept);
        awaitedEntries = new AwaitedEntries(books, closing, exits, turning, kept);
        arriving = new Arriving(books, reporting, entering, awaitedEntries, redelivered, relisting, kept);
        reconciling = new Reconciling(books, lives, confirming, doubting, relisting, obstacles);
        contracts = new Contracts(books);
        rereading = new Rereading(settling, relisting);
        opensWait = new OpensWait(books);
        lowMargin = new LowMargin(books);
        amountChecks = new AmountChecks(books);
        startUp = new StartUp(books, contact, reporting, confirming, settling, protecting, overseeing, turning);
    }

    /** Decides. The effects are to be done in order; see {@link Effect} for what waits for what. */
    public List<Effect> on(Event event, Moment now) {
        Turn turn = new Turn(now, wakeUps, repeats);
        switch (event) {
            case Event.Restored(Snapshot snapshot) -> startUp.restore(snapshot, turn);
            case Event.IntentArrived arrived -> arriving.arrived(arrived, turn);
            case Event.FromVenue(VenueEvent said) -> said(said, turn);
            case Event.Sent(ClientOrderId id) -> confirming.sent(id, turn);
            case Event.Woken(Timer timer) -> woken(timer, turn);
            case Event.LedgerBehind(boolean behind) -> behind(behind, turn);
            case Event.Stalled(Duration gap) -> stalled(gap, turn);
            case Event.LedgerForgot forgot -> redelivered.ledgerForgot(forgot, turn);
            case Event.OpensHeld(Refusal why, String words) -> books.halts().hold(why, words);
            case Event.Noticed(String key, Notice.Severity severity, String text)
            when severity == Notice.Severity.WARNING -> turn.alertOnce(key, severity, text, "");
            case Event.Noticed(String key, Notice.Severity severity, String text) ->
                turn.alert(key, severity, text, "");
            case Event.Commanded(Event.Command command) -> commanded(command, turn);
        }
        turning.goOn(turn);
        awaitedEntries.goOn(turn);
        operating.goOn(turn);
        startUp.admitWhenProtected(turn);
        opensWait.look(turn);
        return turn.effects();
    }

    /** What is shown of the desk; taken on the thread that drives it. */
    public DeskView view(Moment now) {
        return DeskView.of(books, contact, now);
    }

    private void said(VenueEvent said, Turn turn) {
        contact.said(said, turn);
        switch (said) {
            case VenueEvent.OrderAnswered(var id, var answer) -> confirming.answered(id, answer, turn);
            case VenueEvent.OrderQueried(var id, var answer) -> {
                if (!settling.told(id, answer, turn) && !redelivered.told(id, answer, turn)) {
                    confirming.told(id, answer, turn);
                }
            }
            case VenueEvent.OpenCancelled(var id, var _) -> confirming.cancelled(id, turn);
            case VenueEvent.OrderChanged(var update) -> confirming.changed(update, turn);
            case VenueEvent.ConditionalAnswered(var id, var answer) -> restReplies.answered(id, answer, turn);
            case VenueEvent.ConditionalQueried(var id, var answer) -> restReplies.told(id, answer, turn);
            case VenueEvent.ConditionalCancelled(var id, var answer) -> restReplies.cancelled(id, answer, turn);
            case VenueEvent.ConditionalChanged(var update) -> restReplies.changed(update, turn);
            case VenueEvent.PositionsRead(var positions, var unclear, long asked) -> {
                reconciling.unclear(unclear, turn);
                books.told().read(asked);
                reconciling.positions(positions, asked, turn);
                turning.positions(positions, asked, turn);
                operating.positions(positions, asked, turn);
                contracts.tellEnds(turn);
            }
            case VenueEvent.AmountTold told -> amountChecks.told(told, turn);
            case VenueEvent.AccountRead account -> lowMargin.read(account, turn);
            case VenueEvent.OrdersRead(var symbol, var resting) -> obstacles.read(symbol, resting, turn);
            case VenueEvent.ConditionalsRead(var rests, long asked) -> overseeing.listed(rests, asked, turn);
            case VenueEvent.TradesRead(var symbol, var trades, long asked) -> {
                doubting.told(symbol, trades, asked, turn);
                settling.told(symbol, trades, asked, turn);
            }
            case VenueEvent.IncomeRead(var call, var payments, long asked) ->
                settling.paid(call, payments, asked, turn);
            case VenueEvent.MarginCalled called -> liquidations.called(called, turn);
            case VenueEvent.TriggerRefused(var symbol, String words) -> restReplies.triggerRefused(symbol, words, turn);
            case VenueEvent.FundingSettled(var symbol, var at) -> settling.funded(symbol, at);
            case VenueEvent.ReadFailed failed -> rereading.failed(failed, turn);
            case VenueEvent.Marked(var marks, var at) -> watching.marked(marks, at, turn);
            case VenueEvent.InstrumentsRead(var list, long asked) -> {
                relisting.read(list, asked, turn);
                contracts.tellEnds(turn);
            }
            case VenueEvent.Ready(var selfTest, boolean _) -> startUp.ready(selfTest, turn);
            // The contact hears of it.
            case VenueEvent.StreamLost _ -> books.told().forget();
            case VenueEvent.StreamDeaf(String stream, String detail) ->
                turn.alert("deaf:" + stream, Notice.Severity.CRITICAL, "a stream is open and silent: " + detail, "");
            case VenueEvent.OpensHalted halted -> halted(halted, turn);
            case VenueEvent.RequestRefused(int code, String words) ->
                turn.alert("mistake:" + code, Notice.Severity.WARNING, "a request of ours is wrong: " + words, "");
            case VenueEvent.Unread(String kind, String detail) ->
                turn.alert("unread:" + kind, Notice.Severity.WARNING, kind + ": " + detail, "");
            case VenueEvent.ClockMoved(Duration by) -> clockMoved(by, turn);
            case VenueEvent.Unusable(String cause, String nextStep) -> {
                turn.log(Marker.FATAL, "cause", cause, "next", nextStep);
                turn.add(new Effect.GiveUp(cause, nextStep));
            }
        }
        settling.forget();
    }

    private void halted(VenueEvent.OpensHalted halted, Turn turn) {
        if (books.halts().halt(halted, turn.now().exchange())) {
            Notice.Severity severity =
                    halted.halt() == VenueEvent.Halt.LIMITED ? Notice.Severity.WARNING : Notice.Severity.CRITICAL;
            turn.alert(Halts.name(halted), severity, "opens are halted: " + Halts.words(halted), "");
        }
    }

    private static void clockMoved(Duration by, Turn turn) {
        turn.alert(
                "clock-moved",
                Notice.Severity.WARNING,
                "the exchange's clock and ours moved apart by " + by.toMillis()
                        + " ms; the host's clock may be unstable",
                "");
    }

    private void woken(Timer timer, Turn turn) {
        if (!wakeUps.arrived(timer, turn.now().nanos())) {
            return;
        }
        String subject = timer.subject();
        switch (timer.kind()) {
            case ASK_ORDER -> {
                ClientOrderId id = new ClientOrderId(subject);
                if (!redelivered.askAgain(id, turn)) {
                    confirming.askAgain(id, turn);
                }
            }
            case FILL_WAIT -> confirming.fillWaitOver(new ClientOrderId(subject), turn);
            case REPORT -> confirming.reportNow(new ClientOrderId(subject), turn);
            case FLATTEN -> operating.woken(turn);
            case TURN -> turning.woken(subject, turn);
            case EXIT -> confirming.exitAgain(subject, turn);
            case DEADLINE -> watching.deadline(subject, turn);
            case LEVEL_PASSED -> watching.levelPassed(subject, turn);
            case PROTECTION -> {
                Life life = books.lifeOf(subject);
                if (life != null) {
                    overseeing.look(life, turn);
                }
            }
            case DOUBT -> {
                Life life = books.lifeOf(subject);
                if (life != null) {
                    doubting.woken(life, turn);
                }
            }
            case SETTLE -> {
                Life life = books.lifeOf(subject);
                if (life != null) {
                    settling.ask(life, turn);
                }
            }
            case AMOUNT -> amountChecks.woken(subject, turn);
            case INCOME -> settling.woken(subject, turn);
            case BOOTSTRAP -> {
                turn.ask(new Call.ReadPositions());
                confirming.forget(turn.now().nanos());
                turn.wake(Timer.Kind.BOOTSTRAP, "", books.rules().reading().bootstrap());
            }
            case RESTS -> {
                turn.ask(new Call.ReadConditionals());
                turn.wake(Timer.Kind.RESTS, "", books.rules().reading().rests());
            }
            case CONTACT -> contact.woken(turn);
            // Every turn looks.
            case OPENS -> {}
            case ACCOUNT -> {
                turn.ask(new Call.ReadAccount());
                turn.wake(Timer.Kind.ACCOUNT, "", books.rules().reading().account());
            }
        }
        settling.forget();
    }

    private void behind(boolean behind, Turn turn) {
        if (behind && !books.readiness().isLedgerBehind()) {
            turn.alert(
                    "ledger-behind",
                    Notice.Severity.WARNING,
                    "the ledger could not be written within 250 ms; opens are refused until it is, exits go on",
                    "");
        }
        books.readiness().setLedgerBehind(behind);
    }

    /** What was decided before and not sent is dropped by whoever holds it; here nothing opens on what was known then. */
    private void stalled(Duration gap, Turn turn) {
        if (!books.readiness().isReady()) {
            return;
        }
        contact.stalled(turn);
        books.readiness().reread(turn.now().nanos());
        turn.alert(
                "stalled",
                Notice.Severity.WARNING,
                "the service stood still for " + gap.toMillis() + " ms; reading the exchange again before it goes on",
                "");
        turn.ask(new Call.ReadPositions());
        turn.ask(new Call.ReadConditionals());
        turn.ask(new Call.ReadAccount());
        books.unfinished().forEach(order -> confirming.resume(order, turn));
    }

    private void commanded(Event.Command command, Turn turn) {
        switch (command) {
            case Event.Command.Pause _ -> operating.pause(turn);
            case Event.Command.Resume _ -> operating.resume(turn);
            case Event.Command.Flatten(Symbol only) -> operating.flatten(only, turn);
            case Event.Command.Clear(GuardName guard, String why) -> operating.clear(guard, why, turn);
            case Event.Command.Stop _ -> books.readiness().stop();
        }
    }

    /** True if nothing of an ended position is left to be taken off the exchange or to be told. */
    public boolean isSettled() {
        return books.settling().isEmpty();
    }

    /** True while an order of ours has no proven end; a stopping service waits for it. */
    public boolean hasOrdersInFlight() {
        return !books.unfinished().isEmpty();
    }
}
