package quantum.trader.metrics;

import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;

/** What held an intent back, as a metric label. Refusals by the exchange or for bad content are no guard's work. */
enum Guard {
    AGE,
    IDEMPOTENCY,
    LOCK,
    POSITION,
    LEVERAGE,
    NOTIONAL,
    POSITIONS,
    LIQUIDATION,
    SLIPPAGE,
    PRICE,
    MARGIN,
    RATE_SYMBOL,
    RATE_GLOBAL,
    COOLDOWN_SYMBOL,
    COOLDOWN_GLOBAL,
    SAFE_MODE,
    PAUSED,
    HALTED,
    BREAKER,
    LEDGER,
    REPORTS,
    ACCOUNT,
    PROTECTION,
    EXCHANGE_LIMITS,
    EXCHANGE_HALT,
    STALL,
    STOPPING;

    /** The guard behind a refusal, if it was one. */
    static @Nullable Guard behind(Refusal why) {
        return switch (why) {
            case STALE_INTENT -> AGE;
            case IDENTITY_REUSED -> IDEMPOTENCY;
            case SYMBOL_LOCKED, CLOSE_IN_FLIGHT -> LOCK;
            case POSITION_EXISTS, POSITION_OPPOSITE, POSITION_UNCLEAR -> POSITION;
            case REPORTS_BLOCKED -> REPORTS;
            case ACCOUNT_UNCERTAIN -> ACCOUNT;
            case LEVERAGE_ABOVE_MAX -> LEVERAGE;
            case NOTIONAL_ABOVE_MAX -> NOTIONAL;
            case POSITIONS_ABOVE_MAX -> POSITIONS;
            case STOP_BEYOND_LIQUIDATION -> LIQUIDATION;
            case SLIPPAGE -> SLIPPAGE;
            case PRICE_STALE, PRICE_DOUBTED -> PRICE;
            case MARGIN_INSUFFICIENT, MARGIN_UNKNOWN, ASSET_NOT_HELD -> MARGIN;
            case RATE_SYMBOL -> RATE_SYMBOL;
            case RATE_GLOBAL -> RATE_GLOBAL;
            case COOLDOWN_SYMBOL -> COOLDOWN_SYMBOL;
            case COOLDOWN_GLOBAL -> COOLDOWN_GLOBAL;
            case SAFE_MODE -> SAFE_MODE;
            case PAUSED -> PAUSED;
            case HALTED -> HALTED;
            case SYMBOL_LATCHED -> BREAKER;
            case LEDGER_BEHIND -> LEDGER;
            case PROTECTION_DEGRADED, PROTECTION_SLOTS_TAKEN, STOPS_TAKEN_OFF -> PROTECTION;
            case EXCHANGE_LIMITS -> EXCHANGE_LIMITS;
            case EXCHANGE_HALT -> EXCHANGE_HALT;
            case STALLED -> STALL;
            case STOPPING -> STOPPING;
            case SCHEMA_INVALID,
                    FIELD_UNSUPPORTED,
                    MESSAGE_TOO_LARGE,
                    CLOSE_UNMARKED,
                    SYMBOL_UNKNOWN,
                    SYMBOL_NOT_TRADING,
                    ASSET_UNSUPPORTED,
                    DELIVERY_NEAR,
                    OBSERVED,
                    NO_POSITION,
                    POSITION_SIDE_MISSING,
                    CLOSE_TOO_SMALL,
                    QTY_BELOW_MIN,
                    QTY_ABOVE_MAX,
                    NOTIONAL_BELOW_MIN,
                    STOP_WRONG_SIDE,
                    TARGET_WRONG_SIDE,
                    TRAILING_INVALID,
                    BREAK_EVEN_INVALID,
                    LADDER_INVALID,
                    EXCHANGE_REJECTED,
                    EXCHANGE_MARGIN,
                    LEVERAGE_MISMATCH,
                    NOT_SENT,
                    OUTCOME_UNKNOWN_EXPIRED,
                    NOT_FILLED,
                    INTERRUPTED -> null;
        };
    }
}
