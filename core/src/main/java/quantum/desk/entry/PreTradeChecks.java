package quantum.desk.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.guard.Limits;
import quantum.guard.Margin;
import quantum.guard.Verdict;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Refusal;
import quantum.intent.Size;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.Fill;
import quantum.position.ExitDefaults;
import quantum.position.ExitPlan;
import quantum.venue.Moment;

/** Judges an open without changing anything: first whether it makes sense, then whether it is allowed now. */
public final class PreTradeChecks {

    /** So far a producer's clock may be ahead of the exchange's. */
    private static final Duration FUTURE_TOLERANCE = Duration.ofSeconds(5);
    /** Taken off the way to liquidation for maintenance margin; at least what the exchange's first brackets ask. */
    private static final BigDecimal MAINTENANCE = new BigDecimal("0.025");

    /** A target beyond this multiple of the mark is a mistake of unit (INC-I76). */
    private static final BigDecimal FARTHEST_TARGET = new BigDecimal("100");

    private final Books books;
    private final Contracts contracts;

    public PreTradeChecks(Books books) {
        this.books = books;
        this.contracts = new Contracts(books);
    }

    /** The price that levels and sizes are judged by. */
    sealed interface Quote {
        record Known(Price mark) implements Quote {}

        record Unknown(Refusal why, String detail) implements Quote {}
    }

    /** The mark, unless it is too old or a later one contradicts it: neither of two that differ so is judged by. */
    Quote quote(Symbol symbol, Moment now) {
        Markets.Mark mark = books.markets().mark(symbol);
        Duration oldest = books.rules().limits().priceMaxAge();
        if (mark == null || now.nanos() - mark.atNanos() > oldest.toNanos()) {
            return new Quote.Unknown(Refusal.PRICE_STALE, "no mark price within the last " + oldest.toSeconds() + " s");
        }
        Price doubted = mark.doubted();
        return doubted == null
                ? new Quote.Known(mark.price())
                : new Quote.Unknown(Refusal.PRICE_DOUBTED, "the mark jumped from " + mark.price() + " to " + doubted);
    }

    /** PASS if it is in time by the exchange's clock, since ours may be off (reliability F48). */
    public Verdict age(Intent.Open open, Moment now) {
        Instant at = open.origin().timestamp();
        Instant expires = open.origin().expiresAt();
        Duration maxAge = books.rules().limits().openMaxAge();
        if (at == null) {
            return Verdict.refuse(Refusal.STALE_INTENT, "it has no timestamp");
        }
        Duration age = Duration.between(at, now.exchange());
        if (age.compareTo(maxAge) > 0) {
            return Verdict.refuse(
                    Refusal.STALE_INTENT,
                    "timestamp is " + age.toSeconds() + " s old, limit " + maxAge.toSeconds() + " s");
        }
        if (age.compareTo(FUTURE_TOLERANCE.negated()) < 0) {
            return Verdict.refuse(
                    Refusal.STALE_INTENT, "timestamp lies " + age.negated().toSeconds() + " s in the future");
        }
        return expires != null && !now.exchange().isBefore(expires)
                ? Verdict.refuse(Refusal.STALE_INTENT, "expires_at has passed")
                : Verdict.PASS;
    }

    /** Whether the instrument, the size, the leverage and the levels make sense at the mark. */
    Sense sense(Intent.Open open, Moment now) {
        return sense(open, open.terms().leverage(), null, now);
    }

    /** The same for more of a position: the leverage is the position's, and the stop must carry the sum. */
    Sense sense(Intent.Open open, LivePosition held, Moment now) {
        Integer wish = open.terms().leverage();
        int leverage = held.birth().leverage();
        return wish != null && wish != leverage
                ? new Sense.Unsound(
                        Refusal.LEVERAGE_MISMATCH, "the position has leverage " + leverage + ", the intent " + wish)
                : sense(open, leverage, held, now);
    }

    private Sense sense(Intent.Open open, @Nullable Integer wish, @Nullable LivePosition held, Moment now) {
        Instrument instrument = books.markets().instrument(open.symbol());
        if (instrument == null) {
            return new Sense.Unsound(Refusal.SYMBOL_UNKNOWN, "symbol " + open.symbol() + " is not listed");
        }
        if (!instrument.trading()) {
            return new Sense.Unsound(Refusal.SYMBOL_NOT_TRADING, "symbol " + open.symbol() + " does not trade now");
        }
        Sense.Unsound unfit = contracts.unfit(instrument, open.direction(), now);
        if (unfit != null) {
            return unfit;
        }
        Limits.Exposure exposure = books.rules().limits().exposure();
        int possible = instrument.contract().mostLeverage();
        int most = Math.min(exposure.maxLeverage(), possible);
        int leverage = wish == null ? Math.min(exposure.defaultLeverage(), possible) : wish;
        if (leverage > most) {
            return new Sense.Unsound(Refusal.LEVERAGE_ABOVE_MAX, "leverage " + leverage + ", limit " + most);
        }
        return switch (quote(open.symbol(), now)) {
            case Quote.Unknown(Refusal why, String detail) -> new Sense.Unsound(why, detail);
            case Quote.Known(Price mark) -> sense(open, instrument, leverage, held, mark);
        };
    }

    private Sense sense(
            Intent.Open open, Instrument instrument, int leverage, @Nullable LivePosition held, Price mark) {
        Sense.Unsound slipped = slippage(open.terms(), mark);
        if (slipped != null) {
            return slipped;
        }
        Sense.Unsound badLevel = levels(open, mark);
        Sense sized = badLevel != null ? badLevel : sized(open, instrument, leverage, mark, held == null);
        if (!(sized instanceof Sense.Sound sound)) {
            return sized;
        }
        Sense.Unsound tooMuch = aboveMost(sound, held);
        if (tooMuch != null) {
            return tooMuch;
        }
        Levels levels = open.levels();
        BigDecimal distance = held == null
                ? stopDistance(levels, mark, books.rules().exits().of(open.symbol()))
                : stopDistance(held, sound);
        Sense.Unsound tooFar = instrument.contract().isBorrowed() ? beyondLiquidation(distance, leverage) : null;
        return tooFar == null ? sound : tooFar;
    }

    /** Worth at the mark, with what is held of it already; leverage makes a position no smaller (O-3). */
    private Sense.@Nullable Unsound aboveMost(Sense.Sound sound, @Nullable LivePosition held) {
        Limits.Exposure exposure = books.rules().limits().exposure();
        BigDecimal quantity = sound.quantity().value();
        BigDecimal worth = sound.mark().value().multiply(held == null ? quantity : quantity.add(held.quantity()));
        return exposure.isTooMuch(worth)
                ? new Sense.Unsound(
                        Refusal.NOTIONAL_ABOVE_MAX,
                        "a position worth " + worth.setScale(2, RoundingMode.UP).toPlainString() + ", limit "
                                + exposure.maxNotional().toPlainString())
                : null;
    }

    /** Counted in both directions; null where no price was expected, or no bound given. */
    private static Sense.@Nullable Unsound slippage(Intent.Terms terms, Price mark) {
        Price expected = terms.expectedPrice();
        BigDecimal allowed = terms.maxSlippagePct();
        if (expected == null || allowed == null) {
            return null;
        }
        BigDecimal away = mark.value()
                .subtract(expected.value())
                .abs()
                .movePointRight(2)
                .divide(expected.value(), 4, RoundingMode.HALF_EVEN);
        return away.compareTo(allowed) <= 0
                ? null
                : new Sense.Unsound(
                        Refusal.SLIPPAGE,
                        "mark " + mark + " is " + away.toPlainString() + " % from entry_price " + expected);
    }

    /** A level on the wrong side of the mark fires as soon as it rests: stops of shorts once did (INC-I41). */
    private Sense.@Nullable Unsound levels(Intent.Open open, Price mark) {
        Levels levels = open.levels();
        Direction direction = open.direction();
        ExitDefaults defaults = books.rules().exits().of(open.symbol());
        Price stop = levels.stop();
        if (stop != null && !direction.gains(stop, mark)) {
            return new Sense.Unsound(
                    Refusal.STOP_WRONG_SIDE, "stop_loss " + stop + " for a " + direction + " at mark " + mark);
        }
        Price target = levels.target();
        if (target != null && !direction.gains(mark, target)) {
            return new Sense.Unsound(
                    Refusal.TARGET_WRONG_SIDE, "take_profit " + target + " for a " + direction + " at mark " + mark);
        }
        if (target != null && isAbsurd(target, mark)) {
            return new Sense.Unsound(Refusal.SCHEMA_INVALID, "take_profit is out of range at mark " + mark);
        }
        return ExitTerms.wrong(levels, direction, mark, defaults);
    }

    /**
     * The way to liquidation is 1 over the leverage, less maintenance margin. Only a share of it is trusted, because
     * a stop is executed after its trigger (INV-10). The distance is a fraction of the entry.
     */
    private Sense.@Nullable Unsound beyondLiquidation(BigDecimal distance, int leverage) {
        BigDecimal way = BigDecimal.ONE
                .divide(BigDecimal.valueOf(leverage), 8, RoundingMode.DOWN)
                .subtract(MAINTENANCE);
        BigDecimal share =
                books.rules().limits().exposure().liquidationSharePct().movePointLeft(2);
        return distance.compareTo(way.multiply(share)) <= 0
                ? null
                : new Sense.Unsound(
                        Refusal.STOP_BEYOND_LIQUIDATION,
                        "the stop is "
                                + distance.movePointRight(2)
                                        .setScale(2, RoundingMode.HALF_UP)
                                        .toPlainString()
                                + " % away; at leverage " + leverage + " it must lie within "
                                + way.multiply(share)
                                        .movePointRight(2)
                                        .setScale(2, RoundingMode.DOWN)
                                        .toPlainString()
                                + " %");
    }

    private static boolean isAbsurd(Price target, Price mark) {
        return target.value().compareTo(mark.value().multiply(FARTHEST_TARGET)) > 0;
    }

    /**
     * What is wrong with levels for a position that exists; null if they may be placed. Those given in percent count
     * from the entry, so that they too may lie on the wrong side of the mark.
     */
    @Nullable
    Refusal wrongLevel(Direction direction, Levels given, @Nullable Price stop, @Nullable Price target, Price mark) {
        Price givenStop = given.stop();
        Price givenTarget = given.target();
        if (isPassed(direction, givenStop, mark, false) || isPassed(direction, stop, mark, false)) {
            return Refusal.STOP_WRONG_SIDE;
        }
        if (givenTarget != null && isAbsurd(givenTarget, mark)) {
            return Refusal.SCHEMA_INVALID;
        }
        return isPassed(direction, givenTarget, mark, true) || isPassed(direction, target, mark, true)
                ? Refusal.TARGET_WRONG_SIDE
                : null;
    }

    /** True for a level that the mark has passed already. */
    private static boolean isPassed(Direction direction, @Nullable Price level, Price mark, boolean wins) {
        return level != null && !(wins ? direction.gains(mark, level) : direction.gains(level, mark));
    }

    private static BigDecimal stopDistance(Levels levels, Price mark, ExitDefaults defaults) {
        Price stop = levels.stop();
        if (stop != null) {
            return stop.value().subtract(mark.value()).abs().divide(mark.value(), 8, RoundingMode.UP);
        }
        BigDecimal pct = levels.stopPct();
        return (pct == null ? defaults.stopPct() : pct).movePointLeft(2);
    }

    /** From the entry that the sum will have; the stop that stands, since a nearer one is not sure to be placed. */
    private static BigDecimal stopDistance(LivePosition held, Sense.Sound more) {
        BigDecimal worth = held.entryPrice()
                .value()
                .multiply(held.quantity())
                .add(more.mark().times(more.quantity()));
        Price entry = Fill.mean(
                worth, new Quantity(held.quantity().add(more.quantity().value())));
        Price stop = held.plan().stop();
        return held.direction().gains(stop, entry)
                ? stop.value().subtract(entry.value()).abs().divide(entry.value(), 8, RoundingMode.UP)
                : BigDecimal.ZERO;
    }

    private static Sense sized(Intent.Open open, Instrument instrument, int leverage, Price mark, boolean isNew) {
        Instrument.Sizing sizing = switch (open.size()) {
            case Size.Notional(BigDecimal usd) -> instrument.sizeFor(usd, mark);
            case Size.Units(Quantity quantity) -> instrument.size(quantity.value(), mark);
        };
        return switch (sizing) {
            case Instrument.Sizing.Fits(Quantity quantity) ->
                new Sense.Sound(instrument, quantity, leverage, mark, isNew);
            case Instrument.Sizing.TooSmall(BigDecimal smallest) ->
                new Sense.Unsound(Refusal.QTY_BELOW_MIN, "smallest quantity " + smallest.toPlainString());
            case Instrument.Sizing.TooLarge(BigDecimal largest) ->
                new Sense.Unsound(Refusal.QTY_ABOVE_MAX, "largest market order " + largest.toPlainString());
            case Instrument.Sizing.TooCheap(BigDecimal notional, BigDecimal minimum) ->
                new Sense.Unsound(
                        Refusal.NOTIONAL_BELOW_MIN,
                        "worth " + notional.setScale(2, RoundingMode.DOWN).toPlainString() + ", minimum "
                                + minimum.toPlainString());
        };
    }

    /** The margin that a sound open needs, with its buffer. */
    BigDecimal marginFor(Sense.Sound sound) {
        return Margin.required(
                sound.mark().times(sound.quantity()),
                sound.leverage(),
                books.rules().limits().margin().bufferFactor());
    }

    /**
     * Halts, cooldowns, margin, rates and the number of positions, in the order in which they are reported. The
     * breaker is last: a producer that is refused anyway latches nothing (docs/decisions/0003).
     */
    Verdict allowed(Intent.Open open, Sense.Sound sound, Verdict margin, Moment now) {
        if (books.readiness().isStopping()) {
            return Verdict.refuse(Refusal.STOPPING, "the service is stopping");
        }
        if (books.readiness().isLedgerBehind()) {
            return Verdict.refuse(Refusal.LEDGER_BEHIND, "the ledger is behind");
        }
        if (books.readiness().isDegraded()) {
            return Verdict.refuse(Refusal.PROTECTION_DEGRADED, "several positions are without a live stop");
        }
        Verdict stopped = books.halts().admit(now.exchange());
        if (!stopped.equals(Verdict.PASS)) {
            return stopped;
        }
        Verdict halted = books.guards().admit(open.symbol(), now.exchange());
        if (!halted.equals(Verdict.PASS)) {
            return halted;
        }
        if (!margin.equals(Verdict.PASS)) {
            return margin;
        }
        Verdict rate = books.guards()
                .admitRate(open.symbol(), now.exchange(), books.rules().limits().rates());
        if (!rate.equals(Verdict.PASS)) {
            return rate;
        }
        Verdict room = sound.isNew() ? room() : Verdict.PASS;
        return room.equals(Verdict.PASS)
                ? books.guards()
                        .admitRepeat(
                                open.symbol(),
                                open.direction(),
                                now.exchange(),
                                books.rules().limits().rates())
                : room;
    }

    private Verdict room() {
        int limit = books.rules().limits().exposure().maxPositions();
        if (books.positionsSoon() >= limit) {
            return Verdict.refuse(Refusal.POSITIONS_ABOVE_MAX, "limit " + limit + " positions");
        }
        return books.slots().hasStopPlace()
                ? Verdict.PASS
                : Verdict.refuse(
                        Refusal.PROTECTION_SLOTS_TAKEN,
                        "of " + books.rules().guarding().slots().most() + " places for conditional orders "
                                + books.rules().guarding().slots().keptFree() + " are kept free");
    }

    /** The new place of a stop, if the levels name one that is nearer than the old; a stop is never loosened. */
    @Nullable
    Price tighterStop(LivePosition position, Levels levels, Instrument instrument, Price mark) {
        if (levels.stop() == null && levels.stopPct() == null) {
            return null;
        }
        Price wanted = plan(position, levels, instrument, mark).stop();
        return position.direction().gains(position.plan().stop(), wanted) ? wanted : null;
    }

    /** The new place of a target, if the levels name another one. */
    @Nullable
    Price otherTarget(LivePosition position, Levels levels, Instrument instrument, Price mark) {
        if (levels.target() == null && levels.targetPct() == null) {
            return null;
        }
        Price wanted = plan(position, levels, instrument, mark).target();
        return wanted.equals(position.plan().target()) ? null : wanted;
    }

    private ExitPlan plan(LivePosition position, Levels levels, Instrument instrument, Price mark) {
        return ExitPlan.of(
                levels,
                position.direction(),
                position.entryPrice(),
                mark,
                instrument,
                books.rules().exits().of(position.symbol()));
    }
}
