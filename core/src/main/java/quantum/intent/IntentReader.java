package quantum.intent;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.intent.Fields.BadField;
import quantum.intent.Intent.Action;
import quantum.market.Direction;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;

/**
 * Decides what a message means, whatever wire form it came in: identity, open or close, sizes and levels, with every
 * alias of seed-system 1.2. The rule of law 7: a sign of an exit without a readable flag is refused, never opened
 * (INC-I43, 53 % of an account lost to a missing flag read as false).
 */
public final class IntentReader {

    private static final String[] SYMBOL = {"symbol"};
    private static final String[] TIME = {"timestamp", "ts", "time"};
    private static final String[] CLOSE_FLAGS = {"reduceOnly", "reduce_only", "close_position", "closePosition"};
    private static final String[] POSITION_SIDE = {"position_side", "positionSide"};
    private static final Set<String> EXIT_WORDS = Set.of(
            "TP_HIT", "SL_HIT", "TRAILING_HIT", "TRAILING_STOP", "TAKE_PROFIT", "STOP_LOSS", "TIME_EXIT", "TIME_STOP");

    private IntentReader() {}

    /**
     * Reads merged fields: those of the envelope under those of the payload.
     *
     * @param fields payload fields; numbers as BigDecimal or text
     * @param envelopeTraceId the envelope's {@code trace_id}, used where the payload has no identity
     */
    public static Reading read(Map<String, ?> fields, @Nullable String envelopeTraceId) {
        Fields f = new Fields(fields);
        Symbol symbol;
        Action action;
        Origin origin;
        try {
            symbol = symbol(f);
            action = action(f);
            origin = origin(f, symbol, envelopeTraceId);
        } catch (BadField e) {
            return new Reading.Unreadable(Refusal.SCHEMA_INVALID, e.field(), e.detail());
        }
        try {
            return new Reading.Understood(intent(f, origin, symbol, action));
        } catch (Unmarked e) {
            return new Reading.Refusable(origin, symbol, action, Refusal.CLOSE_UNMARKED, e.detail());
        } catch (BadField e) {
            return new Reading.Refusable(origin, symbol, action, e.why(), e.detail());
        }
    }

    private static final class Unmarked extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String detail;

        Unmarked(String detail) {
            super(detail, null, false, false);
            this.detail = detail;
        }

        String detail() {
            return detail;
        }
    }

    private static Symbol symbol(Fields f) {
        String text = required(f.text(SYMBOL), "symbol").toUpperCase(Locale.ROOT);
        if (!Symbol.isValid(text)) {
            throw new BadField("symbol", "must be 1 to 40 letters and digits");
        }
        return new Symbol(text);
    }

    private static String required(@Nullable String text, String field) {
        if (text == null) {
            throw new BadField(field, "is missing");
        }
        return text;
    }

    private static Action action(Fields f) {
        Action action = actionOf(f.text("action"), "action");
        Action side = actionOf(f.text("side"), "side");
        if (action == null) {
            if (side == null) {
                throw new BadField("action", "is missing");
            }
            return side;
        }
        if (side == null) {
            return action;
        }
        if (action != side && action != Action.CLOSE) {
            throw new BadField("side", "contradicts action");
        }
        return action;
    }

    private static @Nullable Action actionOf(@Nullable String text, String field) {
        return switch (text == null ? "" : text.toUpperCase(Locale.ROOT)) {
            case "" -> null;
            case "BUY", "LONG" -> Action.BUY;
            case "SELL", "SHORT" -> Action.SELL;
            case "CLOSE" -> Action.CLOSE;
            default -> throw new BadField(field, "must be BUY, SELL or CLOSE");
        };
    }

    private static Origin origin(Fields f, Symbol symbol, @Nullable String envelopeTraceId) {
        String intentId = f.text("intent_id");
        String traceId = f.text("trace_id");
        Instant timestamp = null;
        BadField badTime = null;
        try {
            timestamp = f.instant(TIME);
        } catch (BadField e) {
            badTime = e;
        }
        if (traceId == null && envelopeTraceId != null) {
            traceId = new Fields(Map.of("trace_id", envelopeTraceId)).text("trace_id");
        }
        String derived = timestamp == null ? null : symbol + "_" + timestamp;
        String identity = intentId != null ? intentId : traceId != null ? traceId : derived;
        if (identity == null) {
            throw badTime != null ? badTime : new BadField("intent_id", "is missing, and there is no timestamp");
        }
        return new Origin(identity, traceId != null ? traceId : identity, "", timestamp, null, null, null);
    }

    private static Intent intent(Fields f, Origin bare, Symbol symbol, Action action) {
        Boolean flag = f.flag(CLOSE_FLAGS);
        String reason = f.text("reason");
        boolean closes = action == Action.CLOSE || Boolean.TRUE.equals(flag);
        Direction position = positionSide(f);
        if (!closes && (looksLikeAnExit(f, reason) || isExitOf(position, action))) {
            throw new Unmarked("an exit needs reduceOnly=true or action CLOSE");
        }
        Instant timestamp = f.instant(TIME);
        Instant expires = f.instant("expires_at");
        Origin origin = new Origin(bare.intentId(), bare.traceId(), "", timestamp, expires, f.text("source"), reason);
        Intent intent = closes ? close(f, origin, symbol, action, position) : open(f, origin, symbol, action);
        return withDigest(intent);
    }

    /** The position that is meant, in the exchange's words; BOTH, its word of one-way mode, means none. */
    private static @Nullable Direction positionSide(Fields f) {
        String text = f.text(POSITION_SIDE);
        return switch (text == null ? "" : text.toUpperCase(Locale.ROOT)) {
            case "", "BOTH" -> null;
            case "LONG" -> Direction.LONG;
            case "SHORT" -> Direction.SHORT;
            default -> throw new BadField("position_side", "must be LONG, SHORT or BOTH");
        };
    }

    /** In the exchange's words BUY of a SHORT closes. */
    private static boolean isExitOf(@Nullable Direction position, Action action) {
        return position != null && position.exit() == (action == Action.BUY ? Side.BUY : Side.SELL);
    }

    private static boolean looksLikeAnExit(Fields f, @Nullable String reason) {
        if (reason != null) {
            String word = reason.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
            if (EXIT_WORDS.contains(word) || word.contains("EXIT") || word.contains("CLOSE")) {
                return true;
            }
        }
        return contains(f.text("source"), "exit")
                || contains(f.text("meta_strategy"), "exit")
                || contains(f.text("intent_type"), "exit")
                || contains(f.text("intent_type"), "close")
                || contains(f.text("intent_type"), "reduce");
    }

    private static boolean contains(@Nullable String text, String word) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(word);
    }

    private static Intent.Close close(
            Fields f, Origin origin, Symbol symbol, Action action, @Nullable Direction position) {
        BigDecimal fraction = f.positive("close_fraction");
        if (fraction != null && fraction.compareTo(BigDecimal.ONE) > 0) {
            throw new BadField("close_fraction", "must be at most 1");
        }
        Direction direction = switch (action) {
            case BUY -> Direction.SHORT;
            case SELL -> Direction.LONG;
            case CLOSE -> position;
        };
        if (position != null && position != direction) {
            throw new BadField("position_side", "contradicts action: " + action + " would enlarge a " + position);
        }
        BigDecimal quantity = f.positive("quantity", "qty");
        return new Intent.Close(
                origin, symbol, action, direction, fraction == null ? BigDecimal.ONE : fraction, quantity);
    }

    private static Intent.Open open(Fields f, Origin origin, Symbol symbol, Action action) {
        if (origin.timestamp() == null) {
            throw new BadField("timestamp", "is missing");
        }
        BigDecimal usd = f.positive("position_size_usd", "position_usd", "ai_size_usd");
        BigDecimal units = f.positive("quantity", "qty");
        Size size;
        if (usd != null) {
            size = new Size.Notional(usd);
        } else if (units != null) {
            size = new Size.Units(new Quantity(units));
        } else {
            throw new BadField("position_size_usd", "or quantity is missing");
        }
        Intent.Terms terms =
                new Intent.Terms(leverage(f), f.price("entry_price"), f.positive("max_slippage_pct"), confidence(f));
        Levels levels = ExitReader.levels(f);
        return new Intent.Open(origin, symbol, action == Action.BUY ? Side.BUY : Side.SELL, size, terms, levels);
    }

    private static @Nullable Integer leverage(Fields f) {
        BigDecimal value = f.positive("leverage", "ai_leverage");
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

    private static @Nullable BigDecimal confidence(Fields f) {
        BigDecimal value = f.number("confidence");
        if (value != null && (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0)) {
            throw new BadField("confidence", "must be 0 to 1");
        }
        return value;
    }

    /** The digest is of the meaning, so that the same wish in two wire forms is the same content. */
    private static Intent withDigest(Intent intent) {
        Origin o = intent.origin();
        String meaning = switch (intent) {
            case Intent.Open open ->
                "open " + open.symbol() + open.side() + open.size() + open.terms()
                        + open.levels().meaning();
            case Intent.Close close ->
                "close " + close.symbol() + close.action() + named(close) + close.fraction() + close.quantity();
            case Intent.Protect protect ->
                "protect " + protect.symbol() + protect.levels().meaning();
        };
        Origin complete = new Origin(
                o.intentId(),
                o.traceId(),
                digest(meaning + o.timestamp() + o.expiresAt()),
                o.timestamp(),
                o.expiresAt(),
                o.source(),
                o.reason());
        return switch (intent) {
            case Intent.Open open ->
                new Intent.Open(complete, open.symbol(), open.side(), open.size(), open.terms(), open.levels());
            case Intent.Close close ->
                new Intent.Close(
                        complete,
                        close.symbol(),
                        close.action(),
                        close.direction(),
                        close.fraction(),
                        close.quantity());
            case Intent.Protect protect -> protect;
        };
    }

    /** The position that a close names beyond what its action says. */
    private static String named(Intent.Close close) {
        Direction direction = close.direction();
        return close.action() == Action.CLOSE && direction != null ? direction.name() : "";
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
