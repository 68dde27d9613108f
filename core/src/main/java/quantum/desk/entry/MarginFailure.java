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
 * Counts one failed margin check: cooldowns at once, safe mode at the end of a series (seed 003). One in an asset beside the
 * account's own cools down its symbol alone, since it says nothing of the others (X-F9).
 */
public final class MarginFailure {

    private MarginFailure() {}

    public static void count(Books books, Symbol symbol, Decision decision) {
        Limits.MarginLimits limits = books.rules().limits().margin();
        Instrument instrument = books.markets().instrument(symbol);
        if (instrument != null && !books.margin().isMain(instrument.contract().marginAsset())) {
            books.setGuards(books.guards().cooled(symbol, decision.now().exchange(), limits));
            decision.changed(books);
            mirrorSymbol(books.guards(), symbol, decision);
            return;
        }
        boolean before = books.guards().inSafeMode(decision.now().exchange());
        Guards after = books.guards().marginFailed(symbol, decision.now().exchange(), limits);
        books.setGuards(after);
        decision.changed(books);
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
