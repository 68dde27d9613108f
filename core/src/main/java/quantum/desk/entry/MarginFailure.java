package quantum.desk.entry;

import java.time.Duration;
import quantum.book.Books;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.decision.Turn;
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

    public static void count(Books books, Symbol symbol, Turn turn) {
        Limits.MarginLimits limits = books.rules().limits().margin();
        Instrument instrument = books.instrument(symbol);
        if (instrument != null && !books.margin().isMain(instrument.contract().marginAsset())) {
            books.setGuards(books.guards().cooled(symbol, turn.now().exchange(), limits));
            turn.changed(books);
            mirrorSymbol(books.guards(), symbol, turn);
            return;
        }
        boolean before = books.guards().inSafeMode(turn.now().exchange());
        Guards after = books.guards().marginFailed(symbol, turn.now().exchange(), limits);
        books.setGuards(after);
        turn.changed(books);
        turn.mirror(
                Effect.MirrorKey.MARGIN_FAILS,
                "",
                Integer.toString(after.marginFailures().size()),
                limits.failureWindow());
        mirrorSymbol(after, symbol, turn);
        mirrorUntil(Effect.MirrorKey.COOLDOWN_GLOBAL, "", after.globalCooldown(), turn);
        if (after.inSafeMode(turn.now().exchange()) && !before) {
            mirrorUntil(Effect.MirrorKey.SAFE_MODE, "", after.safeMode(), turn);
            String words = after.marginFailures().size() + " margin failures in "
                    + limits.failureWindow().toMinutes() + " minutes";
            turn.log(Marker.SAFE_MODE_TRIGGERED, "cause", words);
            turn.alert("safe-mode", Notice.Severity.CRITICAL, "safe mode stops opens: " + words, "");
        }
    }

    private static void mirrorSymbol(Guards guards, Symbol symbol, Turn turn) {
        mirrorUntil(
                Effect.MirrorKey.COOLDOWN_SYMBOL,
                symbol.name(),
                guards.symbolCooldowns().get(symbol),
                turn);
    }

    static void mirrorUntil(
            Effect.MirrorKey key,
            String subject,
            java.time.@org.jspecify.annotations.Nullable Instant until,
            Turn turn) {
        if (until != null) {
            Duration left = Duration.between(turn.now().exchange(), until);
            if (left.isPositive()) {
                turn.mirror(key, subject, "1", left);
            }
        }
    }
}
