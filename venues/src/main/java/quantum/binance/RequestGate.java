package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Refused;
import quantum.binance.Reply.Unsent;
import quantum.venue.VenueEvent.Halt;
import quantum.venue.VenueEvent.OpensHalted;

/**
 * Which ask may leave now: our share of the limits, and the stops that the exchange has spoken (binance-usdm 8.2). Times
 * are milliseconds of the exchange's clock.
 */
final class RequestGate {

    /** What becomes of an ask. */
    sealed interface Leave {
        record Now() implements Leave {}

        record Later(Duration pause) implements Leave {}

        record Never(String why) implements Leave {}
    }

    private static final Duration SHORTEST_BAN = Duration.ofMinutes(2);
    private static final Duration LONGEST_BAN = Duration.ofDays(3);
    private static final Duration WALL = Duration.ofMinutes(2);
    private static final Duration EXIT_AT_THE_WALL = Duration.ofSeconds(5);
    /** The exchange's own advice for what it proves not to have done (reliability F31). */
    private static final long[] PAUSES_MILLIS = {200, 400, 800};

    /** After a stop exits leave first. */
    private static final long MANNERS_MILLIS = 250;

    private static final Pattern BANNED_UNTIL = Pattern.compile("banned until (\\d{13})\\b");
    private static final Leave NOW = new Leave.Now();

    private final Budget budget;
    private long bannedUntil;
    private long limitedUntil;
    private long ordersLimitedUntil;
    private long blockedUntil;

    RequestGate(BudgetShares shares) {
        budget = new Budget(shares);
    }

    Budget budget() {
        return budget;
    }

    Leave judge(RestCall call, long millis) {
        long stopped = stoppedUntil(call);
        boolean isOpening = call.claim() == RestCall.Claim.OPENING;
        if (millis < stopped) {
            if (isOpening) {
                return new Leave.Never("the exchange stopped us until " + Instant.ofEpochMilli(stopped));
            }
            long manners = call.claim() == RestCall.Claim.EXIT ? 0 : MANNERS_MILLIS;
            return new Leave.Later(Duration.ofMillis(stopped - millis + manners));
        }
        if (budget.admits(call, millis)) {
            return NOW;
        }
        return isOpening
                ? new Leave.Never("our share of the exchange's limits is used up")
                : new Leave.Later(Duration.ofMillis(budget.millisToMoreWeight(millis)));
    }

    /** How long a ban still lasts. */
    Duration silence(long millis) {
        return Duration.ofMillis(Math.max(0, bannedUntil - millis));
    }

    private long stoppedUntil(RestCall call) {
        return switch (call.claim()) {
            case EXIT -> bannedUntil;
            case RECOVERY, QUESTION -> Math.max(bannedUntil, limitedUntil);
            case OPENING ->
                Math.max(
                        Math.max(bannedUntil, limitedUntil),
                        Math.max(blockedUntil, call.placesOrder() ? ordersLimitedUntil : 0));
        };
    }

    /** Takes a stop that the exchange has spoken; null if the refusal is none. */
    @Nullable
    OpensHalted stopped(BinanceError error, String text, @Nullable Duration retryAfter, long millis) {
        return switch (error.measure()) {
            case LIMIT -> {
                long wait = told(retryAfter, budget.millisToMoreWeight(millis));
                limitedUntil = Math.max(limitedUntil, millis + wait);
                yield halted(Halt.LIMITED, error, text, limitedUntil);
            }
            case LIMIT_ORDERS -> {
                ordersLimitedUntil = Math.max(ordersLimitedUntil, millis + budget.millisToMoreOrders(millis));
                yield halted(Halt.LIMITED, error, text, ordersLimitedUntil);
            }
            case BAN -> {
                bannedUntil = Math.max(bannedUntil, banEnd(text, retryAfter, millis));
                yield halted(Halt.BANNED, error, text, bannedUntil);
            }
            case BLOCK -> {
                blockedUntil = millis + WALL.toMillis();
                yield halted(Halt.BLOCKED, error, text, blockedUntil);
            }
            case NONE, HALT, RESTRICT, RELOAD_RULES, DISABLE_SYMBOL, TELL, TELL_UNKNOWN -> null;
        };
    }

    private static OpensHalted halted(Halt halt, BinanceError error, String text, long until) {
        return new OpensHalted(halt, error.code(), text, Instant.ofEpochMilli(until));
    }

    /** The end that the exchange names, within what it says bans last; else the shortest. */
    private static long banEnd(String text, @Nullable Duration retryAfter, long millis) {
        Matcher named = BANNED_UNTIL.matcher(text);
        if (named.find()) {
            long end = Long.parseLong(named.group(1));
            if (end > millis) {
                return Math.min(end, millis + LONGEST_BAN.toMillis());
            }
        }
        return millis + told(retryAfter, SHORTEST_BAN.toMillis());
    }

    /** What the exchange says, where it is a time at all and one in which it stops anybody. */
    private static long told(@Nullable Duration retryAfter, long otherwise) {
        return retryAfter == null || !retryAfter.isPositive()
                ? otherwise
                : Math.min(retryAfter.toMillis(), LONGEST_BAN.toMillis());
    }

    /**
     * How long to wait before what provably was not done leaves again; null if its reply stands. A market order
     * that the exchange lost internally is asked about first, by whoever sent it.
     */
    @Nullable
    Duration pauseBeforeAgain(RestCall call, Reply<?> reply, int attempt, long millis) {
        if (call.claim() == RestCall.Claim.RECOVERY) {
            // A minute that others used up is awaited; whoever asked judges every other failure.
            boolean isLimit = reply instanceof Refused<?>(BinanceError error, var _)
                    && error.measure() == BinanceError.Measure.LIMIT;
            return isLimit ? Duration.ofMillis(Math.max(0, limitedUntil - millis)) : null;
        }
        if (call.claim() != RestCall.Claim.EXIT || !call.changesOrders()) {
            return null;
        }
        return switch (reply) {
            case Refused<?>(BinanceError error, var _) -> pauseAfter(call, error, attempt, millis);
            case Unsent<?> _ -> pause(attempt);
            case Reply.Told<?> _, Reply.Unknown<?> _ -> null;
        };
    }

    private @Nullable Duration pauseAfter(RestCall call, BinanceError error, int attempt, long millis) {
        return switch (error.measure()) {
            case LIMIT -> Duration.ofMillis(Math.max(0, limitedUntil - millis));
            case LIMIT_ORDERS -> Duration.ofMillis(Math.max(0, ordersLimitedUntil - millis));
            case BAN -> silence(millis);
            case BLOCK -> EXIT_AT_THE_WALL;
            case NONE, HALT, RESTRICT, RELOAD_RULES, DISABLE_SYMBOL, TELL, TELL_UNKNOWN -> {
                boolean isSafe = error.kind() == BinanceError.Kind.RETRY_SAFE
                        && !(call.path().equals(Endpoints.ORDER) && error.code() == BinanceError.DISCONNECTED);
                // Exits are exempt from the throttle: the first repetition leaves at once (binance-usdm 9).
                boolean atOnce = error.code() == BinanceError.THROTTLED;
                yield !isSafe ? null : atOnce ? attempt == 0 ? Duration.ZERO : pause(attempt - 1) : pause(attempt);
            }
        };
    }

    private static @Nullable Duration pause(int attempt) {
        return attempt < PAUSES_MILLIS.length ? Duration.ofMillis(PAUSES_MILLIS[attempt]) : null;
    }
}
