package quantum.desk;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import quantum.book.Books;
import quantum.book.Halts;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Marker;
import quantum.decision.Repeats;
import quantum.decision.Timer;
import quantum.decision.WakeUps;
import quantum.desk.entry.AwaitedEntries;
import quantum.desk.entry.Closing;
import quantum.desk.entry.Contracts;
import quantum.desk.entry.EntryPolicy;
import quantum.desk.entry.KeptMessages;
import quantum.desk.entry.LevelUpdates;
import quantum.desk.entry.LowMargin;
import quantum.desk.entry.Opening;
import quantum.desk.entry.OpensWait;
import quantum.desk.entry.Reversal;
import quantum.desk.exit.ClosedTrades;
import quantum.desk.exit.Exits;
import quantum.desk.exit.Liquidations;
import quantum.desk.exit.Obstacles;
import quantum.desk.exit.UnsentOrders;
import quantum.desk.protect.Bridging;
import quantum.desk.protect.ConditionalReplies;
import quantum.desk.protect.Crossing;
import quantum.desk.protect.NakedRule;
import quantum.desk.protect.PriceWatch;
import quantum.desk.protect.Protecting;
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

/**
 * The one state machine of an account: takes an event, decides, and says what is to be done. One thread drives it. It
 * reads no clock and sends nothing itself: the same events at the same times give the same effects, which is what a
 * replayed seed of the simulation rests on. What it knows is {@link Books}; what it wants is {@link Effect}.
 */
public final class Desk {

    // These two outlive a decision: the wake-ups that are on their way, and what was logged or alerted a moment ago.
    private final WakeUps wakeUps = new WakeUps();
    private final Repeats repeats = new Repeats();
    // No row keeps these two: after a restart both are learned anew from what the exchange says.
    private final Contact contact = new Contact();
    private final Liquidations liquidations = new Liquidations();
    private final Books books;
    private final Reporting reporting;
    private final Exits exits;
    private final Protecting protecting;
    private final ConditionalReplies conditionals;
    private final NakedRule nakedRule;
    private final ClosedTrades closedTrades;
    private final Confirming confirming;
    private final Reversal reversal;
    private final OperatorCommands operatorCommands;
    private final RedeliveredIntents redelivered;
    private final Arriving arriving;
    private final PriceWatch priceWatch;
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
    private final FoundPairs foundPairs;

    /**
     * Makes the flows in the order in which they know each other. Each is handed those that it may call, all of them
     * made before it, so that no two can call each other in a circle (docs/decisions/0015).
     */
    public Desk(Rules rules) {
        books = new Books(rules);
        reporting = new Reporting(books);
        exits = new Exits(books);
        Bridging bridging = new Bridging(books);
        protecting = new Protecting(books, reporting, exits, bridging);
        Crossing crossing = new Crossing(books, protecting, bridging, exits, reporting);
        conditionals = new ConditionalReplies(books, protecting, crossing, exits);
        nakedRule = new NakedRule(books, protecting, crossing, exits);
        closedTrades = new ClosedTrades(books, exits, liquidations);
        LevelUpdates levelUpdates = new LevelUpdates(books, reporting, protecting);
        PositionChanges positionChanges = new PositionChanges(books, protecting, levelUpdates, closedTrades);
        obstacles = new Obstacles(books);
        Executions executions = new Executions(books, reporting, positionChanges, obstacles);
        UnsentOrders unsent = new UnsentOrders(books, obstacles, liquidations);
        confirming = new Confirming(books, reporting, executions, exits, unsent);
        Opening opening = new Opening(books, reporting);
        Closing closing = new Closing(books, reporting, exits);
        reversal = new Reversal(books, reporting, exits, opening);
        EntryPolicy entryPolicy = new EntryPolicy(books, reporting, opening, closing, levelUpdates, reversal);
        KeptMessages kept = new KeptMessages();
        operatorCommands = new OperatorCommands(books, exits, obstacles);
        redelivered = new RedeliveredIntents(books, executions, confirming, kept);
        priceWatch = new PriceWatch(books, exits, protecting);
        doubting = new Doubting(books, positionChanges);
        relisting = new Relisting(books, protecting, kept);
        awaitedEntries = new AwaitedEntries(books, closing, exits, reversal, kept);
        arriving = new Arriving(books, reporting, entryPolicy, awaitedEntries, redelivered, relisting, kept);
        reconciling = new Reconciling(books, positionChanges, confirming, doubting, relisting, obstacles);
        contracts = new Contracts(books);
        rereading = new Rereading(closedTrades, relisting);
        opensWait = new OpensWait(books);
        lowMargin = new LowMargin(books);
        amountChecks = new AmountChecks(books);
        foundPairs = new FoundPairs(books, positionChanges);
        startUp = new StartUp(books, contact, reporting, confirming, closedTrades, protecting, nakedRule, reversal);
    }

    /** Decides. The effects are to be done in order; see {@link Effect} for what waits for what. */
    public List<Effect> on(Event event, Moment now) {
        Decision decision = new Decision(now, wakeUps, repeats);
        switch (event) {
            case Event.Restored(Snapshot snapshot) -> {
                startUp.restore(snapshot, decision);
                awaitedEntries.restored();
            }
            case Event.IntentArrived arrived -> arriving.arrived(arrived, decision);
            case Event.FromVenue(VenueEvent said) -> said(said, decision);
            case Event.Sent(ClientOrderId id) -> confirming.sent(id, decision);
            case Event.Woken(Timer timer) -> woken(timer, decision);
            case Event.LedgerBehind(boolean behind) -> behind(behind, decision);
            case Event.Stalled(Duration gap) -> stalled(gap, decision);
            case Event.LedgerForgot forgot -> redelivered.ledgerForgot(forgot, decision);
            case Event.OpensHeld(Refusal why, String words) -> books.halts().hold(why, words);
            // What warns of the streams may come with every message; a critical notice is alerted each time (B-10).
            case Event.Noticed(String key, Notice.Severity severity, String text)
            when severity == Notice.Severity.WARNING -> decision.alertOnce(key, severity, text, "");
            case Event.Noticed(String key, Notice.Severity severity, String text) ->
                decision.alert(key, severity, text, "");
            case Event.Commanded(Event.Command command) -> commanded(command, decision);
        }
        // These wait for a state and not for an event, so they look after every decision, whatever it was about.
        reversal.goOn(decision);
        awaitedEntries.goOn(decision);
        // Behind the flips and the closes that waited: flattening counts what those have just sent and closes the rest.
        operatorCommands.goOn(decision);
        // Last, because both judge by what the whole decision left behind.
        startUp.admitWhenProtected(decision);
        opensWait.look(decision);
        return decision.effects();
    }

    /** What is shown of the desk; taken on the thread that drives it. */
    public DeskView view(Moment now) {
        return DeskView.of(books, contact, now);
    }

    /**
     * Leads what the exchange said to the flow that it concerns. The answer about an order may have been asked for by
     * whoever explains an end, by a redelivered message, or by the order's own confirmation: the first that did so
     * takes it. Of a reading of the positions its unclear rows come first, because nothing is merged, ended or proven
     * flat beside them (I-F8). Then the amounts of the user stream that it answers are marked so, and it is merged;
     * flips and flattening judge by what is held after that. A list of trades may first end a position that is in
     * doubt, which is then added up from the very same list. A lost stream takes the amounts that were heard on it
     * along: a later one may have been missed.
     */
    private void said(VenueEvent said, Decision decision) {
        contact.said(said, decision);
        switch (said) {
            case VenueEvent.OrderAnswered(var id, var answer) -> confirming.answered(id, answer, decision);
            case VenueEvent.OrderQueried(var id, var answer) -> {
                if (!closedTrades.told(id, answer, decision) && !redelivered.told(id, answer, decision)) {
                    confirming.told(id, answer, decision);
                }
            }
            case VenueEvent.OpenCancelled(var id, var _) -> confirming.cancelled(id, decision);
            case VenueEvent.OrderChanged(var update) -> confirming.changed(update, decision);
            case VenueEvent.ConditionalAnswered(var id, var answer) -> conditionals.answered(id, answer, decision);
            case VenueEvent.PairAnswered pair -> conditionals.answered(pair, decision);
            case VenueEvent.ConditionalQueried(var id, var answer) -> conditionals.told(id, answer, decision);
            case VenueEvent.ConditionalCancelled(var id, var answer) -> conditionals.cancelled(id, answer, decision);
            case VenueEvent.ConditionalChanged(var update) -> conditionals.changed(update, decision);
            case VenueEvent.PositionsRead read -> positionsRead(read, Set.of(), decision);
            case VenueEvent.HoldingsRead read -> holdingsRead(read, decision);
            case VenueEvent.AmountTold told -> amountChecks.told(told, decision);
            case VenueEvent.AccountRead account -> lowMargin.read(account, decision);
            case VenueEvent.OrdersRead(var symbol, var resting) -> obstacles.read(symbol, resting, decision);
            case VenueEvent.ConditionalsRead(var rests, long asked) ->
                nakedRule.listed(foundPairs.listed(rests, asked, decision), asked, decision);
            case VenueEvent.TradesRead(var symbol, var trades, long asked) -> {
                doubting.told(symbol, trades, asked, decision);
                closedTrades.told(symbol, trades, asked, decision);
            }
            case VenueEvent.IncomeRead(var call, var payments, long asked) ->
                closedTrades.paid(call, payments, asked, decision);
            case VenueEvent.MarginCalled called -> liquidations.called(called, decision);
            case VenueEvent.TriggerRefused(var symbol, String words) ->
                conditionals.triggerRefused(symbol, words, decision);
            case VenueEvent.FundingSettled(var symbol, var at) -> closedTrades.funded(symbol, at);
            case VenueEvent.ReadFailed failed -> rereading.failed(failed, decision);
            case VenueEvent.Marked(var marks, var at) -> priceWatch.marked(marks, at, decision);
            case VenueEvent.InstrumentsRead(var list, long asked) -> {
                relisting.read(list, asked, decision);
                contracts.tellEnds(decision);
            }
            case VenueEvent.Ready(var selfTest, boolean _) -> startUp.ready(selfTest, decision);
            // The contact hears of it.
            case VenueEvent.StreamLost _ -> books.told().forget();
            case VenueEvent.StreamDeaf(String stream, String detail) ->
                decision.alert(
                        "deaf:" + stream, Notice.Severity.CRITICAL, "a stream is open and silent: " + detail, "");
            case VenueEvent.OpensHalted halted -> halted(halted, decision);
            case VenueEvent.RequestRefused(int code, String words) ->
                decision.alert("mistake:" + code, Notice.Severity.WARNING, "a request of ours is wrong: " + words, "");
            case VenueEvent.Unread(String kind, String detail) ->
                decision.alert("unread:" + kind, Notice.Severity.WARNING, kind + ": " + detail, "");
            case VenueEvent.ClockMoved(Duration by) -> clockMoved(by, decision);
            case VenueEvent.Unusable(String cause, String nextStep) -> {
                decision.log(Marker.FATAL, "cause", cause, "next", nextStep);
                decision.add(new Effect.GiveUp(cause, nextStep));
            }
        }
        closedTrades.forget();
    }

    /** Timers are never withdrawn: of a position that is done with there is nothing to do. */
    private void with(String epoch, Consumer<LivePosition> what) {
        LivePosition position = books.positionOf(epoch);
        if (position != null) {
            what.accept(position);
        }
    }

    private void holdingsRead(VenueEvent.HoldingsRead read, Decision decision) {
        Lots.Shown shown = Lots.shown(books, read);
        positionsRead(new VenueEvent.PositionsRead(shown.held(), read.askedNanos()), shown.silent(), decision);
    }

    /** What is not clear is known before anything is ended because the reading lacks it. */
    private void positionsRead(VenueEvent.PositionsRead read, Set<Symbol> silent, Decision decision) {
        long asked = read.askedNanos();
        reconciling.unclear(read.unclear(), decision);
        books.told().read(asked);
        reconciling.positions(read.positions(), silent, asked, decision);
        reversal.positions(read.positions(), asked, decision);
        operatorCommands.positions(read.positions(), asked, decision);
        contracts.tellEnds(decision);
    }

    /**
     * Stops opens on the exchange's word, with one alert for as long as that lasts. Used up limits end with their
     * window and are a warning; all else says that something is wrong with this address, key or account.
     */
    private void halted(VenueEvent.OpensHalted halted, Decision decision) {
        if (books.halts().halt(halted, decision.now().exchange())) {
            Notice.Severity severity =
                    halted.halt() == VenueEvent.Halt.LIMITED ? Notice.Severity.WARNING : Notice.Severity.CRITICAL;
            decision.alert(Halts.name(halted), severity, "opens are halted: " + Halts.words(halted), "");
        }
    }

    /**
     * Orders do not suffer: they are dated by the exchange's clock, and opens wait while that is not known to a second
     * (reliability F48).
     */
    private static void clockMoved(Duration by, Decision decision) {
        decision.alert(
                "clock-moved",
                Notice.Severity.WARNING,
                "the exchange's clock and ours moved apart by " + by.toMillis()
                        + " ms; the host's clock may be unstable",
                "");
    }

    /**
     * A wake-up that a flow asked for. One that is not the awaited one counts for nothing: a flow that began twice, as
     * after a reconnect, would otherwise ask the exchange twice as often for as long as it lasts. Timers are never
     * withdrawn, so that a subject which is gone is passed over. Those of the readings are wound up again here,
     * whatever becomes of the question; {@link Rereading} brings the next one forward where one failed.
     */
    private void woken(Timer timer, Decision decision) {
        if (!wakeUps.arrived(timer, decision.now().nanos())) {
            return;
        }
        String subject = timer.subject();
        switch (timer.kind()) {
            case ASK_ORDER -> {
                ClientOrderId id = new ClientOrderId(subject);
                if (!redelivered.askAgain(id, decision)) {
                    confirming.askAgain(id, decision);
                }
            }
            case FILL_WAIT -> confirming.fillWaitOver(new ClientOrderId(subject), decision);
            case REPORT -> confirming.reportNow(new ClientOrderId(subject), decision);
            case FLATTEN -> operatorCommands.woken(decision);
            case REVERSAL -> reversal.woken(subject, decision);
            case EXIT -> confirming.exitAgain(subject, decision);
            case DEADLINE -> priceWatch.deadline(subject, decision);
            case LEVEL_PASSED -> priceWatch.levelPassed(subject, decision);
            case PROTECTION -> with(subject, position -> nakedRule.look(position, decision));
            case CLOSE_FREED -> with(subject, position -> confirming.freed(position, decision));
            case DOUBT -> with(subject, position -> doubting.woken(position, decision));
            case SETTLE -> with(subject, position -> closedTrades.ask(position, decision));
            case AMOUNT -> amountChecks.woken(subject, decision);
            case INCOME -> closedTrades.woken(subject, decision);
            case BOOTSTRAP -> {
                decision.ask(new Call.ReadPositions());
                confirming.forget(decision.now().nanos());
                decision.wake(Timer.Kind.BOOTSTRAP, "", books.rules().reading().bootstrap());
            }
            case RESTS -> {
                decision.ask(new Call.ReadConditionals());
                decision.wake(Timer.Kind.RESTS, "", books.rules().reading().rests());
            }
            case CONTACT -> contact.woken(decision);
            // Every decision looks.
            case OPENS -> {}
            case ACCOUNT -> {
                decision.ask(new Call.ReadAccount());
                decision.wake(Timer.Kind.ACCOUNT, "", books.rules().reading().account());
            }
        }
        closedTrades.forget();
    }

    /**
     * A record was not durable in time, or all are again. Opens wait, because no order leaves before its record
     * (INV-03). Exits and protection leave after 250 ms without it, since a full disk must not hold them up (law 5).
     */
    private void behind(boolean behind, Decision decision) {
        if (behind && !books.readiness().isLedgerBehind()) {
            decision.alert(
                    "ledger-behind",
                    Notice.Severity.WARNING,
                    "the ledger could not be written within 250 ms; opens are refused until it is, exits go on",
                    "");
        }
        books.readiness().setLedgerBehind(behind);
    }

    /**
     * What was decided before and not sent is dropped by whoever holds it; here nothing opens on what was known then.
     * Opens are refused as STALLED until positions are read that were asked for since (reliability F4).
     */
    private void stalled(Duration gap, Decision decision) {
        // Before the session is up nothing is known that could have grown old.
        if (!books.readiness().isReady()) {
            return;
        }
        // What nobody heard in that time is our silence and not the exchange's (O-4).
        contact.stalled(decision);
        books.readiness().reread(decision.now().nanos());
        decision.alert(
                "stalled",
                Notice.Severity.WARNING,
                "the service stood still for " + gap.toMillis() + " ms; reading the exchange again before it goes on",
                "");
        decision.ask(new Call.ReadPositions());
        decision.ask(new Call.ReadConditionals());
        decision.ask(new Call.ReadAccount());
        // Any of these may have been executed meanwhile without a frame that we read.
        books.unfinished().forEach(order -> confirming.resume(order, decision));
    }

    /** All but the stop is kept over restarts; a stop ends with this process. */
    private void commanded(Event.Command command, Decision decision) {
        switch (command) {
            case Event.Command.Pause _ -> operatorCommands.pause(decision);
            case Event.Command.Resume _ -> operatorCommands.resume(decision);
            case Event.Command.Flatten(Symbol only) -> operatorCommands.flatten(only, decision);
            case Event.Command.Clear(GuardName guard, String why) -> operatorCommands.clear(guard, why, decision);
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
