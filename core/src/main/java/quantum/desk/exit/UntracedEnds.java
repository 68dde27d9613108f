package quantum.desk.exit;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.market.Quantity;
import quantum.order.OrderId;
import quantum.position.PositionEvent;
import quantum.record.Notice;
import quantum.venue.Call;

/**
 * Ends whose trades cannot be had: after a bound they are published from what is known here, and what is not known is
 * absent; they were once asked for each second for ever, and nobody was alerted (X-F7). A position that one reading
 * showed and that nothing else speaks of is withdrawn: it had ended before.
 */
final class UntracedEnds {

    /** Lists lag behind a trade by seconds. */
    private static final Duration LISTED = Duration.ofSeconds(60);
    /** An exchange that lost its history, or keeps none so old, will not list it later; a testnet is reset at times. */
    private static final Duration BOUND = Duration.ofMinutes(15);

    private UntracedEnds() {}

    /**
     * Its trades were read and do not add up; true if that ends it. What was never held comes first: of that no end
     * may be published, not even after the bound.
     */
    static boolean isOver(LivePosition position, List<Call.Trade> trades, Decision decision) {
        return (!hasExit(position, trades) && isWithdrawn(position, decision))
                || isNetted(position, trades, decision)
                || isOverInTime(position, "its trades do not add up to zero", decision);
    }

    /** Its trades will not be listed, as those in a symbol that only an odd row named; true if that ends it. */
    static boolean isOver(LivePosition position, String why, Decision decision) {
        return (position.exitReasons().isEmpty() && isWithdrawn(position, decision))
                || isOverInTime(position, why, decision);
    }

    /** What never ended by a trade was not held: any other trade is of another position. */
    private static boolean hasExit(LivePosition position, List<Call.Trade> trades) {
        return trades.stream()
                .anyMatch(trade -> trade.side() == position.direction().exit());
    }

    /**
     * True, and let go, where it was found by one reading and neither shown again nor traded since: a list that was
     * late after a restart (seeds 1994, 2078, 10651), or a row with an odd name (seed 1516).
     */
    private static boolean isWithdrawn(LivePosition position, Decision decision) {
        Duration lasted = decision.now().since(position.touchedNanos());
        // One that was seen twice was held, and its end is published even without a trade.
        boolean isDoubtful = position.isAdopted() && !position.heard().isConfirmed() && lasted.compareTo(LISTED) >= 0;
        if (isDoubtful) {
            letGo(
                    position,
                    "withdrawn:",
                    Notice.Severity.WARNING,
                    " position that a reading showed is in no later reading and in no trade since: it had ended before it was"
                            + " found, and no end is published for it",
                    decision);
        }
        return isDoubtful;
    }

    /**
     * An order of ours was executed against what another hand held: nothing but its own fill ever spoke of it (B-1).
     */
    private static boolean isNetted(LivePosition position, List<Call.Trade> trades, Decision decision) {
        // Any exit, heard or listed, proves that it was held; then its end is added up like every other.
        boolean onlyEntered = position.exitReasons().isEmpty() && !trades.isEmpty() && !hasExit(position, trades);
        Duration lasted = decision.now().since(position.touchedNanos());
        if (position.isAdopted() || position.heard().isShown() || !onlyEntered || lasted.compareTo(LISTED) < 0) {
            return false;
        }
        letGo(
                position,
                "netted:",
                Notice.Severity.CRITICAL,
                " position that an order of this service was for never was: the order was executed against one of another"
                        + " hand, and no end is published for it",
                decision);
        return true;
    }

    /**
     * True, and published, once the bound has passed. Readings that may yet succeed never lead here: an outage is no
     * proof.
     */
    private static boolean isOverInTime(LivePosition position, String why, Decision decision) {
        if (decision.now().since(position.touchedNanos()).compareTo(BOUND) < 0) {
            return false;
        }
        tell(position, why, decision);
        return true;
    }

    /**
     * Forgets it without a {@code trade.closed}: the end of what was never held would make the account's sums wrong
     * (INV-28).
     */
    private static void letGo(
            LivePosition position, String alert, Notice.Severity severity, String words, Decision decision) {
        position.on(new PositionEvent.Told());
        decision.changed(position);
        decision.alert(
                alert + position.epoch(),
                severity,
                "the " + position.direction().name().toLowerCase(Locale.ROOT) + words,
                position.symbol().name());
    }

    /**
     * Publishes the end without a result. Prices and fees of trades that nobody listed are not made up: the exit
     * price is there only where orders of ours closed all of it.
     */
    private static void tell(LivePosition position, String why, Decision decision) {
        // The last exit that was heard of ended it, as far as anybody knows; without one it was another hand.
        Reason reason = position.exitReasons().values().stream()
                .reduce((first, last) -> last)
                .orElse(Objects.requireNonNullElse(position.endReason(), Reason.EXTERNAL));
        // The most that was ever held: by now nothing is, and what was entered is in trades that cannot be had.
        Quantity all = new Quantity(position.progress().largest());
        Closed closed = new Closed(
                position.symbol(),
                position.direction(),
                position.entryPrice(),
                position.heard().exitPrice(all),
                all,
                Closed.Result.UNTOLD,
                reason,
                position.birth().openedAt(),
                Objects.requireNonNullElse(position.endedAt(), decision.now().exchange()),
                position.birth().intentId(),
                orders(position));
        position.on(new PositionEvent.Told());
        decision.changed(position);
        decision.publish(new Notice.TradeClosed(closed, position.epoch()));
        decision.alert(
                "untraced:" + position.epoch(),
                Notice.Severity.CRITICAL,
                "the end of a position is published without its result, because " + why + " after " + BOUND.toMinutes()
                        + " minutes; look at the account's own history",
                position.symbol().name());
        decision.log(
                Marker.POSITION_CLOSED,
                "symbol",
                position.symbol().name(),
                "reason",
                reason.name().toLowerCase(Locale.ROOT),
                "qty",
                closed.quantity().toString());
    }

    /** Entries before exits, each in the order heard: the contract promises that the last one ended it. */
    private static List<String> orders(LivePosition position) {
        return Stream.concat(position.entryOrders().stream(), position.exitReasons().keySet().stream())
                .map(OrderId::value)
                .distinct()
                .toList();
    }
}
