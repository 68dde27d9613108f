package quantum.desk.protect;

import java.time.Duration;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.desk.exit.Exits;
import quantum.guard.GuardName;
import quantum.intent.Closed.Reason;
import quantum.market.Symbol;
import quantum.order.OrderId;
import quantum.protection.ProtectiveOrder;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.venue.Call.Level;

/**
 * The end of every try to protect a position: it is closed, or a person is called again and again (law 4). With the breaker its
 * symbol opens nothing until that person has looked (seed 004).
 */
final class FailSafe {

    private final Books books;
    private final Exits exits;

    FailSafe(Books books, Exits exits) {
        this.books = books;
        this.exits = exits;
    }

    /** Without a live stop for longer than is allowed. */
    void act(LivePosition position, Duration naked, Decision decision) {
        Rules.FailSafe rule = books.rules().guarding().failSafe();
        String bare = "no live stop for " + naked.toMillis() + " ms; ";
        if (rule == Rules.FailSafe.ALERT) {
            unprotected(position, bare + "nothing is closed, because the fail-safe only alerts", decision);
            told(position, decision);
            return;
        }
        decision.alert(
                "unprotected:" + position.epoch(),
                Notice.Severity.CRITICAL,
                bare + "closing",
                position.symbol().name());
        if (rule == Rules.FailSafe.CLOSE_AND_STOP) {
            told(position, decision);
            stop(position.symbol(), decision);
        }
        exits.exit(position, Reason.EMERGENCY, decision);
    }

    /** Repeated for as long as it lasts. */
    private static void unprotected(LivePosition position, String words, Decision decision) {
        decision.alertOnce(
                "unprotected:" + position.epoch(),
                Notice.Severity.CRITICAL,
                words,
                position.symbol().name());
    }

    private void stop(Symbol symbol, Decision decision) {
        if (!books.guards().standing().latched().contains(symbol)) {
            books.setGuards(books.guards().latched(symbol));
            decision.changed(books);
        }
    }

    /** A message of its own, with all that a person needs to act by hand. */
    private void told(LivePosition position, Decision decision) {
        boolean acts = books.rules().guarding().failSafe() != Rules.FailSafe.ALERT;
        String symbol = position.symbol().name();
        String entry =
                position.entryOrders().stream().findFirst().map(OrderId::value).orElse("unknown");
        String action = acts
                ? "It is being closed. 1. See that the close is filled. 2. Find out why no stop could rest. 3. Then: quantum"
                        + " safety clear " + new GuardName(GuardName.Kind.BREAKER, position.symbol())
                : "1. Place a stop by hand, or close it: quantum flatten " + symbol
                        + " --yes. 2. Find out why no stop could" + " rest";
        decision.alertOnce(
                "failsafe:" + position.epoch(),
                Notice.Severity.CRITICAL,
                "FAILSAFE: UNPROTECTED POSITION of " + position.quantity().toPlainString() + " " + symbol
                        + ", entry order " + position.epoch() + " (" + entry + "), stop "
                        + words(position.orderAt(Level.STOP)) + ", target "
                        + words(position.orderAt(Level.TARGET)) + ". " + action,
                symbol);
    }

    private static String words(ProtectiveOrder order) {
        return (order.id() == null ? "never placed" : order.id()) + " at " + order.trigger();
    }
}
