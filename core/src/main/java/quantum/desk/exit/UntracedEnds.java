package quantum.desk.exit;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import quantum.book.Life;
import quantum.decision.Marker;
import quantum.decision.Turn;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.market.Quantity;
import quantum.order.OrderId;
import quantum.position.PositionEvent;
import quantum.record.Notice;
import quantum.venue.Call;

/**
 * Ends whose trades cannot be had: after a bound they are told from what is known here, and what is not known is absent
 * (X-F7). A position that one reading showed and that nothing else speaks of is withdrawn: it had ended before.
 */
public final class UntracedEnds {

    /** Lists lag behind a trade by seconds. */
    private static final Duration LISTED = Duration.ofSeconds(60);
    /** An exchange that lost its history, or keeps none so old, will not tell it later. */
    private static final Duration BOUND = Duration.ofMinutes(15);

    private UntracedEnds() {}

    /** Its trades were read and do not add up; true if that ends it. */
    static boolean isOver(Life life, List<Call.Trade> trades, Turn turn) {
        return (!hasExit(life, trades) && isWithdrawn(life, turn))
                || isNetted(life, trades, turn)
                || isOverInTime(life, "its trades do not add up to zero", turn);
    }

    /** Its trades will not be told, as those in a symbol that only an odd row named; true if that ends it. */
    static boolean isOver(Life life, String why, Turn turn) {
        return (life.exitReasons().isEmpty() && isWithdrawn(life, turn)) || isOverInTime(life, why, turn);
    }

    /** What never ended by a trade was not held: any other trade is of another life. */
    private static boolean hasExit(Life life, List<Call.Trade> trades) {
        return trades.stream()
                .anyMatch(trade -> trade.side() == life.direction().exit());
    }

    private static boolean isWithdrawn(Life life, Turn turn) {
        Duration lasted = turn.now().since(life.touchedNanos());
        boolean isDoubtful = life.isAdopted() && !life.heard().isConfirmed() && lasted.compareTo(LISTED) >= 0;
        if (isDoubtful) {
            letGo(
                    life,
                    "withdrawn:",
                    Notice.Severity.WARNING,
                    " position that a reading showed is in no later reading and in no trade since: it had ended before it was"
                            + " found, and no end is published for it",
                    turn);
        }
        return isDoubtful;
    }

    /** An order of ours was executed against what another hand held: nobody but its own fill ever told of it (B-1). */
    private static boolean isNetted(Life life, List<Call.Trade> trades, Turn turn) {
        boolean onlyEntered = life.exitReasons().isEmpty() && !trades.isEmpty() && !hasExit(life, trades);
        Duration lasted = turn.now().since(life.touchedNanos());
        if (life.isAdopted() || life.heard().isShown() || !onlyEntered || lasted.compareTo(LISTED) < 0) {
            return false;
        }
        letGo(
                life,
                "netted:",
                Notice.Severity.CRITICAL,
                " position that an order of this service was for never was: the order was executed against one of another"
                        + " hand, and no end is published for it",
                turn);
        return true;
    }

    private static boolean isOverInTime(Life life, String why, Turn turn) {
        if (turn.now().since(life.touchedNanos()).compareTo(BOUND) < 0) {
            return false;
        }
        tell(life, why, turn);
        return true;
    }

    private static void letGo(Life life, String alert, Notice.Severity severity, String words, Turn turn) {
        life.on(new PositionEvent.Told());
        turn.changed(life);
        turn.alert(
                alert + life.epoch(),
                severity,
                "the " + life.direction().name().toLowerCase(Locale.ROOT) + words,
                life.symbol().name());
    }

    private static void tell(Life life, String why, Turn turn) {
        Reason reason = life.exitReasons().values().stream()
                .reduce((first, last) -> last)
                .orElse(Objects.requireNonNullElse(life.endReason(), Reason.EXTERNAL));
        Quantity all = new Quantity(life.watch().largest());
        Closed closed = new Closed(
                life.symbol(),
                life.direction(),
                life.entryPrice(),
                life.heard().exitPrice(all),
                all,
                Closed.Result.UNTOLD,
                reason,
                life.birth().openedAt(),
                Objects.requireNonNullElse(life.endedAt(), turn.now().exchange()),
                life.birth().intentId(),
                orders(life));
        life.on(new PositionEvent.Told());
        turn.changed(life);
        turn.publish(new Notice.TradeClosed(closed, life.epoch()));
        turn.alert(
                "untraced:" + life.epoch(),
                Notice.Severity.CRITICAL,
                "the end of a position is published without its result, because " + why + " after " + BOUND.toMinutes()
                        + " minutes; look at the account's own history",
                life.symbol().name());
        turn.log(
                Marker.POSITION_CLOSED,
                "symbol",
                life.symbol().name(),
                "reason",
                reason.name().toLowerCase(Locale.ROOT),
                "qty",
                closed.quantity().toString());
    }

    private static List<String> orders(Life life) {
        return Stream.concat(life.entryOrders().stream(), life.exitReasons().keySet().stream())
                .map(OrderId::value)
                .distinct()
                .toList();
    }
}
