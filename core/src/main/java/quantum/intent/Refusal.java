package quantum.intent;

/**
 * Why an intent did not become, or no longer is, an order: a closed list, whose names are the {@code reason} of
 * reports and a metric label. {@code docs/reasons.md} is made from it.
 */
public enum Refusal {
    SCHEMA_INVALID("REJECTED_SCHEMA", "A field is missing, unreadable or out of range; the detail names it."),
    MESSAGE_TOO_LARGE("REJECTED_SCHEMA", "The message exceeds 16 kB."),
    CLOSE_UNMARKED("REJECTED_SCHEMA", "It looks like an exit but carries no readable reduce-only flag."),
    IDENTITY_REUSED("REJECTED_SCHEMA", "The same identity came before with other content."),
    STALE_INTENT("REJECTED_STALE", "The open is older than its age limit, expired, or dated in the future."),
    SYMBOL_UNKNOWN("REJECTED", "The exchange lists no such symbol."),
    SYMBOL_NOT_TRADING("REJECTED", "The exchange does not trade the symbol now."),
    ASSET_UNSUPPORTED(
            "REJECTED", "The contract is quoted or margined in an asset in which a size in USD cannot be counted."),
    ASSET_NOT_HELD("REJECTED_MARGIN", "The account holds nothing of the asset that the contract takes its margin in."),
    DELIVERY_NEAR("REJECTED", "The contract is delivered within a day and is not opened any more."),
    SYMBOL_LOCKED("REJECTED", "Another order for this symbol and side is in flight."),
    POSITION_EXISTS("REJECTED", "A position on this side exists and the intent moves no protective level closer."),
    POSITION_OPPOSITE("REJECTED", "A position on the other side exists; close it first."),
    NO_POSITION("REJECTED", "There is nothing to close."),
    CLOSE_IN_FLIGHT("REJECTED", "The whole position is being closed already."),
    POSITION_SIDE_MISSING(
            "REJECTED_SCHEMA", "Long and short are held, and the close does not say which by position_side."),
    CLOSE_TOO_SMALL("REJECTED", "The part to close is less than one step of quantity."),
    QTY_BELOW_MIN("REJECTED", "The size is below the exchange's smallest quantity."),
    QTY_ABOVE_MAX("REJECTED", "The size is above the exchange's largest market order."),
    NOTIONAL_BELOW_MIN("REJECTED", "The order is worth less than the exchange's minimum."),
    LEVERAGE_ABOVE_MAX("REJECTED_LIMIT", "The leverage is above the configured limit."),
    POSITIONS_ABOVE_MAX("REJECTED_LIMIT", "As many positions as allowed are open or being opened."),
    PROTECTION_SLOTS_TAKEN(
            "REJECTED_LIMIT", "The account holds as many resting stops as it may: a new position could not have one."),
    STOP_WRONG_SIDE("REJECTED", "The stop would be hit at once: it lies on the winning side of the mark or on it."),
    TARGET_WRONG_SIDE("REJECTED", "The target would be hit at once: it lies on the losing side of the mark or on it."),
    TRAILING_INVALID("REJECTED", "The trailing distance is too small to be percent."),
    BREAK_EVEN_INVALID("REJECTED", "Break-even would not cover the fees, or lies beyond the target."),
    LADDER_INVALID("REJECTED", "The ladder does not rise, closes more than all, or has a rung beyond the target."),
    STOP_BEYOND_LIQUIDATION("REJECTED", "The stop lies too close to the liquidation price to be trusted."),
    SLIPPAGE("REJECTED", "The mark is further from the expected price than the intent allows."),
    PRICE_STALE("REJECTED", "There is no mark price young enough to open on."),
    PRICE_DOUBTED("REJECTED", "The mark jumped further than is believed before a second one confirms it."),
    MARGIN_INSUFFICIENT("REJECTED_MARGIN", "The free margin does not cover the order with its buffer."),
    MARGIN_UNKNOWN("REJECTED_MARGIN", "The free margin has not been read yet."),
    RATE_SYMBOL("REJECTED_RATE", "An order for this symbol was sent a moment ago."),
    RATE_GLOBAL("REJECTED_RATE", "Too many opens in the last minute."),
    COOLDOWN_SYMBOL("REJECTED_COOLDOWN", "The symbol cools down after a margin failure."),
    COOLDOWN_GLOBAL("REJECTED_COOLDOWN", "All opens cool down after a margin failure or a breach of the rate."),
    SAFE_MODE("REJECTED_SAFETY", "Safe mode stops opens."),
    PAUSED("REJECTED_SAFETY", "Opens are paused by the operator."),
    HALTED("REJECTED_SAFETY", "The operator flattened the position or everything; opens wait for resume."),
    SYMBOL_LATCHED(
            "REJECTED_SAFETY",
            "The symbol was opened or turned too often in a short time; the operator ends it with safety clear."),
    LEDGER_BEHIND("REJECTED_SAFETY", "Opens wait until every decision is durable."),
    REPORTS_BLOCKED("REJECTED_SAFETY", "Reports cannot be published; opens wait until they are."),
    ACCOUNT_UNCERTAIN(
            "REJECTED_SAFETY", "It is not certain that no other service owns the account; opens wait until it is."),
    PROTECTION_DEGRADED("REJECTED_SAFETY", "Too many positions are without a live stop at once."),
    STALLED("REJECTED_STALE", "The service stood still for a while and reads the exchange again before it opens."),
    STOPPING("REJECTED_SAFETY", "The service is stopping."),
    OBSERVED("REJECTED", "Observe mode: it was decided and not sent; the detail says what would have been."),
    EXCHANGE_LIMITS("REJECTED_RATE", "The exchange's limits on requests or orders leave no room for an open now."),
    EXCHANGE_HALT("REJECTED_SAFETY", "The exchange does not let this account or key open; the detail says why."),
    EXCHANGE_REJECTED("REJECTED_EXCHANGE", "The exchange refused the order; the detail carries its code and words."),
    EXCHANGE_MARGIN("REJECTED_MARGIN", "The exchange refused the order for want of margin."),
    LEVERAGE_MISMATCH(
            "REJECTED_EXCHANGE",
            "Margin type or leverage could not be set, read back differently, or do not carry the size."),
    NOT_SENT("REJECTED_EXCHANGE", "The order provably never left; nothing was executed."),
    OUTCOME_UNKNOWN_EXPIRED(
            "EXPIRED_UNKNOWN", "The answer was lost and the exchange later proved that it had no such order."),
    NOT_FILLED("REJECTED_EXCHANGE", "The order ended on the exchange without any execution."),
    INTERRUPTED("REJECTED", "The process stopped before the decision was durable; nothing was sent.");

    private final String terminalState;
    private final String meaning;

    Refusal(String terminalState, String meaning) {
        this.terminalState = terminalState;
        this.meaning = meaning;
    }

    /** The {@code terminal_state} of the report. */
    public String terminalState() {
        return terminalState;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
