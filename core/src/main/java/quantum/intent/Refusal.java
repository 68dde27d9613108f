package quantum.intent;

import org.jspecify.annotations.Nullable;

/**
 * Why an intent did not become, or no longer is, an order: a closed list, whose names are the {@code reason} of
 * reports and a metric label. {@code docs/reasons.md} is made from it. There is no refusal without one of these: a
 * producer could mend nothing by it (INC-I22).
 */
public enum Refusal {
    SCHEMA_INVALID(
            "REJECTED_SCHEMA",
            "A field is missing, unreadable or out of range; the detail names it.",
            "Correct the field and send the message with a new id."),
    /**
     * Beside SCHEMA_INVALID, because such a field may be well formed: it asks for what is not done here (I-F3, O-10).
     */
    FIELD_UNSUPPORTED(
            "REJECTED_SCHEMA",
            "A field would change what the open means, and is not read; the detail names it.",
            "Say it by the fields of docs/streams.md, or leave it away if it is not meant."),
    /** A dead letter: of what is larger only a sample was read, and no identity is believed (P1-3). */
    MESSAGE_TOO_LARGE("REJECTED_SCHEMA", "The message exceeds 16 kB.", "Send only what the intent needs."),
    /**
     * Neither opened nor closed by a guess: a lost flag opened positions (INC-I43), and SELL was taken for a close
     * (INC-I58).
     */
    CLOSE_UNMARKED(
            "REJECTED_SCHEMA",
            "It looks like an exit but carries no readable mark of one; the detail names the sign.",
            "To close, send reduceOnly true or action CLOSE; to open, leave the sign of an exit away."),
    /** For exits too: whether it is a repeat or another wish nobody can say, and a person is alerted (B-3). */
    IDENTITY_REUSED(
            "REJECTED_SCHEMA",
            "The same identity came before with other content.",
            "Give every intent an intent_id of its own."),
    /** Of opens alone: an exit that comes late is still wanted. */
    STALE_INTENT(
            "REJECTED_STALE",
            "The open is older than its age limit, expired, or dated in the future.",
            "Send it when it is decided, with the current time; look at the clock of the producer."),
    /** Only by rules that were just read: a symbol may be listed since the last time (X-F4). */
    SYMBOL_UNKNOWN(
            "REJECTED",
            "The exchange lists no such symbol.",
            "Look at the spelling; the symbols are those of the exchange, such as BTCUSDT."),
    SYMBOL_NOT_TRADING("REJECTED", "The exchange does not trade the symbol now.", "Wait until the exchange trades it."),
    /** Like ASSET_NOT_HELD and DELIVERY_NEAR no failure of margin, so that nothing cools down by it (X-F9). */
    ASSET_UNSUPPORTED(
            "REJECTED",
            "The contract is quoted or margined in an asset in which a size in USD cannot be counted.",
            "Choose a contract that is quoted and margined in USDT or USDC."),
    ASSET_NOT_HELD(
            "REJECTED_MARGIN",
            "The account holds nothing of the asset that the contract takes its margin in.",
            "Choose a contract whose margin the account holds, or move that asset into it."),
    DELIVERY_NEAR(
            "REJECTED",
            "The contract is delivered within a day and is not opened any more.",
            "Choose a perpetual, or a later delivery."),
    /** Also while the position there is being turned, is in doubt, or is contradicted by the stream (X-F6, B-1). */
    SYMBOL_LOCKED(
            "REJECTED",
            "Another order for this symbol and side is in flight.",
            "Wait for the report on the order before."),
    /** What becomes of a signal that is repeated every minute: one was once bought ten times (INC-I29). */
    POSITION_EXISTS(
            "REJECTED",
            "A position on this side exists and the intent moves no protective level closer.",
            "To enlarge positions, set existing_position.same_side to scale_in; to move levels, send nearer ones."),
    POSITION_OPPOSITE(
            "REJECTED",
            "A position on the other side exists; close it first.",
            "Send CLOSE first, or set existing_position.other_side to close or flip."),
    /** Of opens and closes: a row that cannot be read may be a position of either side (I-F8). */
    POSITION_UNCLEAR(
            "REJECTED_SAFETY",
            "The exchange shows something held in the symbol that cannot be read; the detail says what it shows.",
            "Look at the account at the exchange."),
    /** Also where the other side is held; then a person is alerted, since the producer's picture is wrong (B-3). */
    NO_POSITION("REJECTED", "There is nothing to close.", "Nothing is to be done."),
    /** It alerts nobody, as other refusals of an exit do: what it wants is happening. */
    CLOSE_IN_FLIGHT(
            "REJECTED", "The whole position is being closed already.", "Wait for the report on the close before."),
    /** In hedge mode alone (docs/decisions/0006). */
    POSITION_SIDE_MISSING(
            "REJECTED_SCHEMA",
            "Long and short are held, and the close does not say which by position_side.",
            "Send position_side LONG or SHORT."),
    CLOSE_TOO_SMALL(
            "REJECTED",
            "The part to close is less than one step of quantity, or less than the exchange takes in one order.",
            "Close a larger part."),
    /** Not rounded up to the least: that is a size that nobody asked for (INC-I48). */
    QTY_BELOW_MIN("REJECTED", "The size is below the exchange's smallest quantity.", "Send a larger size."),
    QTY_ABOVE_MAX(
            "REJECTED",
            "The size is above the exchange's largest market order.",
            "Send a smaller size, or several intents."),
    /** Of opens alone: the exchange bounds no order by its worth that only reduces (binance-usdm 6.1, INC-P04). */
    NOTIONAL_BELOW_MIN("REJECTED", "The order is worth less than the exchange's minimum.", "Send a larger size."),
    LEVERAGE_ABOVE_MAX(
            "REJECTED_LIMIT",
            "The leverage is above the configured limit.",
            "Send less leverage, or raise limits.max_leverage."),
    /** With what is held of it already: 75,037 USD were once held on an account of 10,000 (O-3). */
    NOTIONAL_ABOVE_MAX(
            "REJECTED_LIMIT",
            "The position would be worth more than the configured limit.",
            "Send a smaller size, or raise limits.max_notional_usd."),
    /** With entries that are under way, or all that come at once would open (INC-I56). */
    POSITIONS_ABOVE_MAX(
            "REJECTED_LIMIT",
            "As many positions as allowed are open or being opened.",
            "Close a position, or raise limits.max_positions."),
    /** An account has places for 200 conditional orders (binance-usdm 4.7), and none is held without a stop (law 4). */
    PROTECTION_SLOTS_TAKEN(
            "REJECTED_LIMIT",
            "The account holds as many resting stops as it may: a new position could not have one.",
            "Cancel conditional orders that are not needed."),
    STOP_WRONG_SIDE(
            "REJECTED",
            "The stop would be hit at once: it lies on the winning side of the mark or on it.",
            "Send a stop on the losing side of the mark."),
    TARGET_WRONG_SIDE(
            "REJECTED",
            "The target would be hit at once: it lies on the losing side of the mark or on it.",
            "Send a target on the winning side of the mark."),
    TRAILING_INVALID("REJECTED", "The trailing distance is too small to be percent.", "Send percent: 1 is 1 %."),
    BREAK_EVEN_INVALID(
            "REJECTED",
            "Break-even would not cover the fees, or lies beyond the target.",
            "Send a percentage above the fees and before the target, or 0 for none."),
    LADDER_INVALID(
            "REJECTED",
            "The ladder does not rise, closes more than all, or has a rung beyond the target.",
            "Send rising rungs before the target, with fractions of at most 1 together."),
    /** The exchange would liquidate before such a stop fires (INV-10). */
    STOP_BEYOND_LIQUIDATION(
            "REJECTED",
            "The stop lies too close to the liquidation price to be trusted.",
            "Send a nearer stop or less leverage."),
    SLIPPAGE(
            "REJECTED",
            "The mark is further from the expected price than the intent allows.",
            "Decide again at the current price, or allow more with max_slippage_pct."),
    /** Prices once stood still for hours (INC-I70). */
    PRICE_STALE(
            "REJECTED",
            "There is no mark price young enough to open on.",
            "Wait for prices; ./quantum status shows their age."),
    /** One absurd print must not decide (reliability F47); neither the old price nor the new one is judged by. */
    PRICE_DOUBTED(
            "REJECTED",
            "The mark jumped further than is believed before a second one confirms it.",
            "Send it again in a few seconds."),
    /** It cools down opens, and a series of it means safe mode (docs/decisions/0004). */
    MARGIN_INSUFFICIENT(
            "REJECTED_MARGIN",
            "The free margin does not cover the order with its buffer.",
            "Send a smaller size, or free margin."),
    /** No failure of margin: it says nothing of the account's money. */
    MARGIN_UNKNOWN("REJECTED_MARGIN", "The free margin has not been read yet.", "Send it again in a few seconds."),
    RATE_SYMBOL("REJECTED_RATE", "An order for this symbol was sent a moment ago.", "Wait as long as the detail says."),
    /** The breach begins a cooldown of all opens (seed 003). */
    RATE_GLOBAL("REJECTED_RATE", "Too many opens in the last minute.", "Send fewer opens."),
    COOLDOWN_SYMBOL(
            "REJECTED_COOLDOWN", "The symbol cools down after a margin failure.", "Wait, or end it with safety clear."),
    COOLDOWN_GLOBAL(
            "REJECTED_COOLDOWN",
            "All opens cool down after a margin failure or a breach of the rate.",
            "Wait, or end it with safety clear."),
    /** Its key was once written and never read, so that nothing stopped (INC-L04). */
    SAFE_MODE("REJECTED_SAFETY", "Safe mode stops opens.", "Wait, or end it with safety clear."),
    PAUSED("REJECTED_SAFETY", "Opens are paused by the operator.", "The operator goes on with resume."),
    HALTED(
            "REJECTED_SAFETY",
            "The operator flattened the position or everything; opens wait for resume.",
            "The operator goes on with resume."),
    /** It has no end in time: a producer in a circle goes on when it ends (INC-I43, C11). */
    SYMBOL_LATCHED(
            "REJECTED_SAFETY",
            "The symbol was opened or turned too often in a short time; the operator ends it with safety clear.",
            "Look why, then safety clear."),
    /** An order may leave only once it is recorded (INV-03); exits wait 250 ms for that and then leave (law 5). */
    LEDGER_BEHIND(
            "REJECTED_SAFETY",
            "Opens wait until every decision is durable.",
            "Look at the disk of the data directory."),
    /** An open whose ending nobody can be sent is not begun (P2-8). */
    REPORTS_BLOCKED(
            "REJECTED_SAFETY",
            "Reports cannot be published; opens wait until they are.",
            "Look at the alerts; the key in Redis that is named there is of the wrong type."),
    /** Two services on one account took each other's stops off (P1-5). */
    ACCOUNT_UNCERTAIN(
            "REJECTED_SAFETY",
            "It is not certain that no other service owns the account; opens wait until it is.",
            "Look whether another service runs on this account, and at Redis."),
    PROTECTION_DEGRADED(
            "REJECTED_SAFETY",
            "Too many positions are without a live stop at once.",
            "Look at the alerts on the positions."),
    /** What opens now would be in the middle of that fight (P1-5). */
    STOPS_TAKEN_OFF(
            "REJECTED_SAFETY",
            "Another hand cancels the stops of this service; opens are halted.",
            "Find the other program or person on the account, then resume."),
    /** After a stall what is known is old: the exchange is read again first (reliability F4). */
    STALLED(
            "REJECTED_STALE",
            "The service stood still for a while and reads the exchange again before it opens.",
            "Send it again in a few seconds."),
    STOPPING("REJECTED_SAFETY", "The service is stopping.", "Send it again when the service runs."),
    /** The decision is the end of the way in observe mode (docs/decisions/0007). */
    OBSERVED(
            "REJECTED",
            "Observe mode: it was decided and not sent; the detail says what would have been.",
            "Turn observe off to send orders."),
    /**
     * Room is kept for exits: who goes on beyond a limit is banned, and a ban stops everything (docs/decisions/0008).
     */
    EXCHANGE_LIMITS(
            "REJECTED_RATE",
            "The exchange's limits on requests or orders leave no room for an open now.",
            "Send it again in a minute."),
    EXCHANGE_HALT(
            "REJECTED_SAFETY",
            "The exchange does not let this account or key open; the detail says why.",
            "Look at the key and the account at the exchange."),
    EXCHANGE_REJECTED(
            "REJECTED_EXCHANGE",
            "The exchange refused the order; the detail carries its code and words.",
            "Look up the code at the exchange."),
    /** The exchange's word, beside our own check; it counts as a failure of margin too. */
    EXCHANGE_MARGIN(
            "REJECTED_MARGIN",
            "The exchange refused the order for want of margin.",
            "Send a smaller size, or free margin."),
    /** 6x was planned and 20x traded (INC-I64); where it adds to a position, the leverage is the position's. */
    LEVERAGE_MISMATCH(
            "REJECTED_EXCHANGE",
            "Margin type or leverage could not be set, read back differently, or do not carry the size.",
            "Look at margin type and leverage of the symbol at the exchange."),
    /** Proven: it never reached the exchange, so that a new intent is safe. */
    NOT_SENT(
            "REJECTED_EXCHANGE",
            "The order provably never left; nothing was executed.",
            "Send a new intent if it is still wanted."),
    /** Denied twice, and too old to arrive: only then a lost order counts as absent (INV-40, law 3). */
    OUTCOME_UNKNOWN_EXPIRED(
            "EXPIRED_UNKNOWN",
            "The answer was lost and the exchange later proved that it had no such order.",
            "Send a new intent if it is still wanted."),
    NOT_FILLED(
            "REJECTED_EXCHANGE",
            "The order ended on the exchange without any execution.",
            "Send a new intent if it is still wanted."),
    /** "Nothing was sent" was untrue of a flip, whose close had left (B-9). */
    INTERRUPTED(
            "REJECTED",
            "The process stopped, or a close came, before it was carried out; nothing was opened. What a flip had to close is closed.",
            "Send a new intent if it is still wanted.");

    private final String terminalState;
    private final String meaning;
    private final String next;

    Refusal(String terminalState, String meaning, String next) {
        this.terminalState = terminalState;
        this.meaning = meaning;
        this.next = next;
    }

    /** The {@code terminal_state} of the report. */
    public String terminalState() {
        return terminalState;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** One sentence for people: what to do. */
    public String next() {
        return next;
    }

    /**
     * The field of an intent that is to blame, where it is always the same one; null where the refusal itself has to
     * name it, or where no field is wrong.
     */
    public @Nullable String field() {
        return switch (this) {
            case IDENTITY_REUSED -> "intent_id";
            case STALE_INTENT -> "timestamp";
            case SYMBOL_UNKNOWN, SYMBOL_NOT_TRADING, ASSET_UNSUPPORTED, ASSET_NOT_HELD, DELIVERY_NEAR -> "symbol";
            case POSITION_SIDE_MISSING -> "position_side";
            case LEVERAGE_ABOVE_MAX, LEVERAGE_MISMATCH -> "leverage";
            case STOP_WRONG_SIDE -> "stop_loss";
            case TARGET_WRONG_SIDE -> "take_profit";
            case TRAILING_INVALID -> "trailing_pct";
            case BREAK_EVEN_INVALID -> "break_even_pct";
            case LADDER_INVALID -> "ladder";
            default -> null;
        };
    }
}
