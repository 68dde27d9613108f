package quantum.desk;

import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Marker;
import quantum.desk.entry.AwaitedEntries;
import quantum.desk.entry.EntryPolicy;
import quantum.desk.entry.KeptMessages;
import quantum.desk.report.Reporting;
import quantum.intent.Intent;
import quantum.intent.Origin;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Symbol;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.record.Entry;
import quantum.record.Notice;

/**
 * Takes a message from the bus: once for each identity, and to whoever decides on what it wishes. The message is
 * acknowledged behind the record of what was decided (INV-20), unless its intent waits for the exchange.
 */
final class Arriving {

    private final Books books;
    private final Reporting reporting;
    private final EntryPolicy entryPolicy;
    private final AwaitedEntries awaitedEntries;
    private final RedeliveredIntents redelivered;
    private final Relisting relisting;
    private final KeptMessages kept;
    private final ProducerHealth producerHealth = new ProducerHealth();

    Arriving(
            Books books,
            Reporting reporting,
            EntryPolicy entryPolicy,
            AwaitedEntries awaitedEntries,
            RedeliveredIntents redelivered,
            Relisting relisting,
            KeptMessages kept) {
        this.books = books;
        this.reporting = reporting;
        this.entryPolicy = entryPolicy;
        this.awaitedEntries = awaitedEntries;
        this.redelivered = redelivered;
        this.relisting = relisting;
        this.kept = kept;
    }

    /**
     * A message, read for the first time or handed out again. One that cannot be read ends as a dead letter. One whose
     * identity is known and whose content cannot be carried out ends as a report with its reason. Every other goes on
     * as an intent (law 8).
     */
    void arrived(Event.IntentArrived arrived, Decision decision) {
        producerHealth.heard(arrived.reading(), decision);
        switch (arrived.reading().named(books.markets()::named)) {
            case Reading.Unreadable unreadable -> dead(arrived, unreadable, decision);
            case Reading.Refusable refusable -> {
                LiveIntent intent = accept(
                        new Heading(refusable.origin(), refusable.symbol(), refusable.action(), refusable.exit()),
                        arrived,
                        "",
                        decision);
                if (intent != null) {
                    reporting.reject(intent, refusable.why(), refusable.field(), refusable.detail(), decision);
                }
            }
            case Reading.Understood(Intent read) -> {
                Intent wish = entryPolicy.meant(read);
                LiveIntent intent = accept(
                        new Heading(wish.origin(), wish.symbol(), wish.action(), wish instanceof Intent.Close),
                        arrived,
                        confidence(wish),
                        decision);
                // A symbol may have been listed since the rules were read, so that its open waits for newer ones
                // (X-F4). A close waits for nothing (law 5).
                if (intent != null
                        && wish instanceof Intent.Open
                        && relisting.isPerhapsListed(wish.symbol(), decision)) {
                    relisting.await(intent, later -> follow(wish, intent, arrived, later), decision);
                } else if (intent != null) {
                    follow(wish, intent, arrived, decision);
                }
            }
        }
        // Nothing is recorded yet of an intent that waits: the bus must hand its message out again if this process
        // ends.
        if (!kept.keeps(arrived)) {
            decision.add(new Effect.Acknowledge(arrived.messageId()));
        }
    }

    /** For the log; nothing is decided by it. */
    private static String confidence(Intent wish) {
        return wish instanceof Intent.Open open && open.terms().confidence() != null
                ? open.terms().confidence().toPlainString()
                : "";
    }

    /**
     * Leads a new identity to its decision. What an earlier life of the process may have carried out without a record
     * here is asked of the exchange first, an open less often than a close: only an exit may leave before its record.
     */
    private void follow(Intent wish, LiveIntent intent, Event.IntentArrived arrived, Decision decision) {
        // In observe mode no life of the process ever sent anything.
        boolean again = arrived.deliveries() > 1 && !books.rules().observe();
        switch (wish) {
            case Intent.Open open
            when redelivered.mayBeForgotten(open, again, decision) ->
                redelivered.await(open, intent, later -> enter(open, intent, arrived, later), decision);
            case Intent.Open open -> enter(open, intent, arrived, decision);
            case Intent.Close close
            when redelivered.mayBeExecuted(close, again) ->
                redelivered.await(close, intent, later -> awaitedEntries.close(close, intent, later), decision);
            case Intent.Close close -> awaitedEntries.close(close, intent, decision);
            // Moved levels are what the policy makes of an open; no message asks for them.
            case Intent.Protect _ ->
                reporting.reject(intent, Refusal.SCHEMA_INVALID, "not a wish of a producer", decision);
        }
    }

    /**
     * By the policy an open may have closed a position; then its close is what an earlier life may have executed. Its
     * client id comes from the intent, so that the exchange knows it under the id that this life would use.
     */
    private void enter(Intent.Open open, LiveIntent intent, Event.IntentArrived arrived, Decision decision) {
        Intent.Close close = EntryPolicy.asClose(open);
        boolean closes = books.rules().existing().otherSide() == OtherSide.CLOSE;
        if (closes && redelivered.mayBeExecuted(close, arrived.deliveries() > 1)) {
            redelivered.await(close, intent, later -> entryPolicy.open(open, intent, later), decision);
        } else {
            entryPolicy.open(open, intent, decision);
        }
    }

    /**
     * A message whose identity, symbol or action cannot be read. It gets no report, because no producer could match
     * one. Where a symbol and a sign of an exit are still found in it, a person is called while something is held there
     * (C-3).
     */
    private void dead(Event.IntentArrived arrived, Reading.Unreadable read, Decision decision) {
        decision.publish(new Notice.DeadLetter(
                arrived.messageId(),
                arrived.original(),
                read.why(),
                read.field(),
                read.detail(),
                arrived.deliveries()));
        decision.log(
                Marker.DEAD_LETTER,
                "stream_id",
                arrived.messageId(),
                "reason",
                read.why().name(),
                "field",
                read.field() == null ? "" : read.field(),
                "detail",
                read.detail());
        read.exits().forEach(symbol -> reporting.exitLost(symbol, arrived.messageId(), read, decision));
    }

    /** What is known of every message that gets a report. */
    private record Heading(Origin origin, Symbol symbol, Intent.Action action, boolean exit) {}

    /**
     * A new intent; null if its identity is known, which ends the message here. Memory forgets and the ledger does not,
     * so that the ledger's row counts as much (M13). The same content is a counted duplicate; other content under a
     * known identity is refused and never carried out (INC-I07).
     */
    private @Nullable LiveIntent accept(
            Heading heading, Event.IntentArrived arrived, String confidence, Decision decision) {
        Origin origin = heading.origin();
        LiveIntent known = books.intents().of(origin.intentId());
        Entry.IntentRow earlier = arrived.earlier();
        String digest = known != null ? known.digest() : earlier != null ? earlier.digest() : null;
        if (digest == null) {
            LiveIntent intent =
                    new LiveIntent(origin, heading.symbol(), heading.action(), arrived.messageId(), decision.now());
            // BUY and SELL close as well where a flag says so, and whatever refuses an exit is alarmed (INC-P13).
            if (heading.exit()) {
                intent.closes();
            }
            intent.reached(Stage.RECEIVED, decision.now());
            books.intents().remember(intent);
            decision.log(
                    Marker.INTENT_RECEIVED,
                    "stream_id",
                    arrived.messageId(),
                    "symbol",
                    heading.symbol().name(),
                    "side",
                    heading.action().name(),
                    "confidence",
                    confidence,
                    "intent_id",
                    origin.intentId());
            return intent;
        }
        if (digest.equals(origin.digest())) {
            decision.log(Marker.IDEMPOTENCY_SKIP, "intent_id", origin.intentId(), "stream_id", arrived.messageId());
            decision.add(new Effect.CountDuplicate(origin.intentId()));
        } else {
            reporting.rejectReused(
                    origin, heading.symbol(), heading.action(), heading.exit(), arrived.messageId(), decision);
        }
        return null;
    }
}
