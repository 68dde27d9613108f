package quantum.intent.reading;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.intent.Intent;
import quantum.intent.Intent.Action;
import quantum.intent.Levels;
import quantum.intent.Origin;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.Size;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;

/**
 * Decides what a message means, whatever wire form it came in: identity, open or close, sizes and levels, with every
 * alias of docs/streams.md and the spellings of docs/streams.md. An open is a closed sentence: what would change its
 * meaning is understood or refused by name. A close is never refused for what it carries beside (law 5).
 */
public final class IntentReader {

    /** When it was decided, by every name that is read. */
    public static final List<String> TIMES =
            List.of("timestamp", "ts", "time_now", "signal_time", "time", "datetime", "created_at");

    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final BigDecimal LEAST_PERCENT = new BigDecimal("2");
    private static final String[] TIME = TIMES.toArray(String[]::new);
    private static final String[] EXPIRY = {"expires_at", "expiry", "expiration", "valid_until"};
    private static final String[] ENTRY_PRICE = {"entry_price", "expected_price", "entry", "price"};
    /** What is about a message or a chart and asks for nothing. */
    private static final String[] CONTEXT = {
        "event_type",
        "correlation_id",
        "source",
        "reason",
        "prev_market_position",
        "prev_market_position_size",
        "market_position_size"
    };

    private IntentReader() {}

    /**
     * Reads merged fields: those of the envelope under those of the payload.
     *
     * @param fields payload fields; numbers as BigDecimal or text, {@link Twice} where one stands twice
     * @param envelopeTraceId the envelope's {@code trace_id}, used where the payload has no identity
     */
    public static Reading read(Map<String, ?> fields, @Nullable String envelopeTraceId) {
        Fields f = new Fields(Unfolding.of(fields));
        Symbol symbol;
        Wish wish;
        Action action;
        Origin origin;
        // Without these four there is nobody to report to: then it is a dead letter, as the contract says.
        try {
            symbol = Ticker.of(f);
            wish = Wish.of(f);
            action = action(f, wish);
            origin = origin(f, symbol, envelopeTraceId);
        } catch (BadField e) {
            // It closes nothing. What it may have been meant to close is named, for an alert (C-3).
            return new Reading.Unreadable(e.why(), e.field(), e.detail(), ExitMeant.of(f));
        }
        try {
            // From here on a refusal is a report under the identity that was read.
            return new Reading.Understood(intent(f, origin, symbol, wish));
        } catch (ExitSigns.Unmarked e) {
            return refused(f, origin, symbol, action, Refusal.CLOSE_UNMARKED, e.field(), e.detail());
        } catch (BadField e) {
            return refused(f, origin, symbol, action, e.why(), e.field(), e.detail());
        }
    }

    /** Two that cannot be understood are the same only if they say the same (I-F17). */
    private static Reading refused(
            Fields f, Origin origin, Symbol symbol, Action action, Refusal why, String field, String detail) {
        return new Reading.Refusable(
                Meaning.ofRefused(origin, symbol, action, f.all()),
                symbol,
                action,
                // Meant as an exit, whatever word it used: while something is held, its refusal alerts a person
                // (B-3).
                action == Action.CLOSE || why == Refusal.CLOSE_UNMARKED || ExitMeant.isExit(f),
                why,
                field,
                detail);
    }

    /** The word that reports repeat: where a field says exit and no word says a side, it is CLOSE. */
    private static Action action(Fields f, Wish wish) {
        if (wish.action() != null) {
            return wish.action();
        }
        if (ExitSigns.of(f, wish).closes()) {
            return Action.CLOSE;
        }
        throw new BadField("action", "is missing: BUY, SELL or CLOSE");
    }

    /**
     * The identity in the order of docs/streams.md. A time that cannot be read matters here only where nothing else
     * names the message: a close is not held back by it, and an open is refused for it later.
     */
    private static Origin origin(Fields f, Symbol symbol, @Nullable String envelopeTraceId) {
        String intentId = identity(f, "intent_id");
        String traceId = identity(f, "trace_id");
        Instant timestamp = null;
        BadField badTime = null;
        try {
            timestamp = f.instant(TIME);
        } catch (BadField e) {
            badTime = e;
        }
        if (traceId == null && envelopeTraceId != null) {
            traceId = identity(new Fields(Map.of("trace_id", envelopeTraceId)), "trace_id");
        }
        String derived = timestamp == null ? null : symbol + "_" + timestamp;
        String identity = intentId != null ? intentId : traceId != null ? traceId : derived;
        if (identity == null) {
            // An identity that is there and unreadable is the better cause to name than a missing time.
            f.text("intent_id", "trace_id");
            throw badTime != null ? badTime : new BadField("intent_id", "is missing, and there is no timestamp");
        }
        return new Origin(identity, traceId != null ? traceId : identity, "", timestamp, null, null, null, List.of());
    }

    /** What nobody filled in names nothing; an open is refused for it, a close goes by what else names it (B-2). */
    private static @Nullable String identity(Fields f, String name) {
        if (f.isUnfilled(name)) {
            f.setAside(name);
            return null;
        }
        return f.text(name);
    }

    /**
     * Whether it closes is decided first, because the rest is read accordingly: of a close what it needs, of an open
     * everything.
     */
    private static Intent intent(Fields f, Origin bare, Symbol symbol, Wish wish) {
        ExitSigns signs = ExitSigns.of(f, wish);
        Direction position = PositionSide.of(f);
        // An exit that comes late is wanted all the same: neither its time nor its expiry holds it back (law 5).
        Instant timestamp = signs.closes() ? bare.timestamp() : f.instant(TIME);
        Origin origin = new Origin(
                bare.intentId(),
                bare.traceId(),
                "",
                timestamp,
                signs.closes() ? null : f.instant(EXPIRY),
                f.shown("source"),
                f.shown("reason"),
                List.of());
        // Marks them as read, so that the report does not name them among what had no effect.
        f.has(CONTEXT);
        if (signs.closes()) {
            return Meaning.complete(close(f, origin, symbol, wish, signs, position), f.ignored());
        }
        // A field with two values may be anything, also where nobody reads it (J-8).
        Twice.requireNone(f.all());
        ExitSigns.requireNone(f, wish, position);
        return Meaning.complete(open(f, origin, symbol, wish), f.ignored());
    }

    /**
     * LONG and SHORT are the side of an order where a flag of the order makes it an exit, and else the position that
     * ends.
     */
    private static Intent.Close close(
            Fields f, Origin origin, Symbol symbol, Wish wish, ExitSigns signs, @Nullable Direction positionSide) {
        Direction word = signs.ofOrder() || wish.named() == null ? signs.named() : wish.named();
        Action side = wish.action();
        // LONG beside close names the position: as an order's side it would enlarge it, so that it becomes CLOSE.
        Action action = side == null || (word != null && !isExitOf(word, side)) ? Action.CLOSE : side;
        Direction position = positionSide == null ? word : positionSide;
        // BUY closes nothing but a short and SELL nothing but a long, whatever is held by then (INV-13).
        Direction direction = switch (action) {
            case BUY -> Direction.SHORT;
            case SELL -> Direction.LONG;
            case CLOSE -> position;
        };
        if ((position != null && position != direction) || (word != null && word != direction)) {
            throw new BadField(
                    f.nameOf(PositionSide.NAMES), "contradicts action: " + action + " would enlarge a " + position);
        }
        requireNow(f, wish);
        Part part = Part.of(f, signs.all());
        // PARTIAL_CLOSE that does not say how much: all would be more than was asked for (INC-I42).
        if (signs.part() && part.fraction() == null && part.quantity() == null) {
            throw new BadField(f.nameOf("action", "side", "type"), "names no part: send close_fraction or quantity");
        }
        BigDecimal fraction = part.fraction() == null ? BigDecimal.ONE : part.fraction();
        return new Intent.Close(origin, symbol, action, direction, fraction, part.quantity());
    }

    private static boolean isExitOf(Direction position, Action action) {
        return position.exit() == (action == Action.BUY ? Side.BUY : Side.SELL);
    }

    /** An order that rests until a price comes is no exit now; the position keeps the stop that it has. */
    private static void requireNow(Fields f, Wish wish) {
        // CLOSE means now by itself; BUY and SELL beside a trigger price are an exchange's order that waits.
        boolean waits = !wish.closes() && f.has("stop_price", "trigger_price", "activation_price", "callback_rate");
        for (String name : f.present("type", "order_type", "ord_type")) {
            String type = Spelling.of(String.valueOf(f.shown(name)));
            if (waits && (type.startsWith("stop") || type.startsWith("takeprofit") || type.startsWith("trailing"))) {
                throw new BadField(
                        name,
                        "is of an order that rests until a price comes; CLOSE closes now, and BUY or SELL on the"
                                + " position's side with stop_loss or take_profit moves its levels",
                        Refusal.FIELD_UNSUPPORTED);
            }
            if (Wish.of(type) == null && !type.equals("market")) {
                // LIMIT and the like: it leaves at the market all the same, and the report says that the type had no
                // effect.
                f.setAside(name);
            }
        }
    }

    /** Reads the whole sentence. What is left over then was asked for by nobody, and must change nothing. */
    private static Intent.Open open(Fields f, Origin origin, Symbol symbol, Wish wish) {
        if (origin.timestamp() == null) {
            throw new BadField("timestamp", "is missing");
        }
        Unsupported.requireMarketOrder(f, wish.action());
        Size size = SizeReader.of(f);
        Intent.Terms terms =
                new Intent.Terms(leverage(f), expectedPrice(f), f.positive("max_slippage_pct"), confidence(f));
        Levels levels = ExitReader.levels(f);
        // Last of all: only now it is known which fields are read, and in others a template may stay unfilled (B-2).
        f.requireFilled(CONTEXT);
        // A misspelt level would silently become the configured one (O-10).
        Unsupported.requireNone(f.rest());
        return new Intent.Open(origin, symbol, wish.action() == Action.BUY ? Side.BUY : Side.SELL, size, terms, levels);
    }

    /** The first that is given: a chart's price stands beside the price that the producer counted with. */
    private static @Nullable Price expectedPrice(Fields f) {
        for (String name : f.present(ENTRY_PRICE)) {
            return f.price(name);
        }
        return null;
    }

    /**
     * Null for the configured leverage. 125 is the most that can be configured; the limit itself is asked later,
     * where it is refused by a reason of its own.
     */
    private static @Nullable Integer leverage(Fields f) {
        BigDecimal value = f.positive("leverage", "ai_leverage", "lev");
        if (value == null) {
            return null;
        }
        try {
            int leverage = value.intValueExact();
            if (leverage > 125) {
                throw new BadField("leverage", "must be 1 to 125");
            }
            return leverage;
        } catch (ArithmeticException e) {
            throw new BadField("leverage", "must be a whole number");
        }
    }

    /**
     * 0 to 1; from 2 to 100 it can only be percent, and between 1 and 2 nobody can say which of them is meant. It is
     * only shown (I-F18).
     */
    private static @Nullable BigDecimal confidence(Fields f) {
        BigDecimal value = f.number("confidence");
        if (value == null || (value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0)) {
            return value;
        }
        if (value.compareTo(LEAST_PERCENT) >= 0 && value.compareTo(HUNDRED) <= 0) {
            return value.movePointLeft(2);
        }
        throw new BadField("confidence", "must be 0 to 1, or percent from 2 to 100");
    }
}
