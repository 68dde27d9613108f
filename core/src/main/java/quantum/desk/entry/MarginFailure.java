package quantum.desk.entry;

import java.time.Duration;
import quantum.book.Books;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.guard.Guards;
import quantum.guard.Limits;
import quantum.market.Instrument;
import quantum.market.Symbol;
import quantum.record.Notice;

/**
 * Counts one failed margin check: cooldowns at once, safe mode at the end of a series (seed 003). One in an asset
 * beside the account's own cools down its symbol alone, since it says nothing of the others (X-F9). Both our own
 * check and the exchange's word about margin end here (INC-P10: 12 hours of orders refused for margin).
 */
public final class MarginFailure {

    private MarginFailure() {}

    /**
     * The guards change and are recorded with the decision, so that neither Redis nor a restart forgets them (M20). A
     * failure counts also while opens cool down already (docs/decisions/0004).
     */
    public static void count(Books books, Symbol symbol, Decision decision) {
        Limits.MarginLimits limits = books.rules().limits().margin();
        Instrument instrument = books.markets().instrument(symbol);
        // Another asset than most of the account's dollars are in: opens in that one have margin as before.
        if (instrument != null && !books.margin().isMain(instrument.contract().marginAsset())) {
            books.setGuards(books.guards().cooled(symbol, decision.now().exchange(), limits));
            decision.changed(books);
            mirrorSymbol(books.guards(), symbol, decision);
            return;
        }
        // Safe mode is alerted when it begins. While it lasts further failures are counted and begin it no second
        // time.
        boolean before = books.guards().inSafeMode(decision.now().exchange());
        Guards after = books.guards().marginFailed(symbol, decision.now().exchange(), limits);
        books.setGuards(after);
        decision.changed(books);
        // For scripts to read; what stops opens are the guards above (docs/streams.md).
        decision.mirror(
                Effect.MirrorKey.MARGIN_FAILS,
                "",
                Integer.toString(after.marginFailures().size()),
                limits.failureWindow());
        mirrorSymbol(after, symbol, decision);
        mirrorUntil(Effect.MirrorKey.COOLDOWN_GLOBAL, "", after.globalCooldown(), decision);
        if (after.inSafeMode(decision.now().exchange()) && !before) {
            mirrorUntil(Effect.MirrorKey.SAFE_MODE, "", after.safeMode(), decision);
            String words = after.marginFailures().size() + " margin failures in "
                    + limits.failureWindow().toMinutes() + " minutes";
            decision.log(Marker.SAFE_MODE_TRIGGERED, "cause", words);
            decision.alert("safe-mode", Notice.Severity.CRITICAL, "safe mode stops opens: " + words, "");
        }
    }

    private static void mirrorSymbol(Guards guards, Symbol symbol, Decision decision) {
        mirrorUntil(
                Effect.MirrorKey.COOLDOWN_SYMBOL,
                symbol.name(),
                guards.symbolCooldowns().get(symbol),
                decision);
    }

    /** Shows a guard for as long as it still lasts. Null, or a time that has passed, shows nothing. */
    static void mirrorUntil(
            Effect.MirrorKey key,
            String subject,
            java.time.@org.jspecify.annotations.Nullable Instant until,
            Decision decision) {
        if (until != null) {
            Duration left = Duration.between(decision.now().exchange(), until);
            if (left.isPositive()) {
                decision.mirror(key, subject, "1", left);
            }
        }
    }
}
