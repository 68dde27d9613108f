package quantum.simulator;

import java.util.Arrays;

/** Whether a symbol trades, as the exchange names it (binance-usdm 6.1). */
public enum SymbolStatus {
    PENDING_TRADING,
    TRADING,
    TRADING_HALT,
    PRE_DELIVERING,
    DELIVERING,
    DELIVERED,
    PRE_SETTLE,
    SETTLING,
    CLOSE;

    /** Throws {@link Refused} when an order of this kind is not taken. */
    void admit(boolean closing) {
        switch (this) {
            case TRADING -> {}
            case PRE_DELIVERING, PRE_SETTLE -> {
                if (!closing) throw new Refused(Refusal.SYMBOL_ONLY_CLOSES);
            }
            case PENDING_TRADING, TRADING_HALT -> throw new Refused(Refusal.SYMBOL_NOT_TRADING);
            case DELIVERING, DELIVERED, SETTLING, CLOSE -> throw new Refused(Refusal.SYMBOL_CLOSED);
        }
    }

    /** A word that is not known is of a symbol that does not trade. */
    static SymbolStatus named(String word) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElse(TRADING_HALT);
    }

    boolean ended() {
        return this == DELIVERED || this == CLOSE;
    }

    /** True when positions that are still held are closed by the exchange. */
    boolean settles() {
        return this == DELIVERING || this == DELIVERED || this == SETTLING || this == CLOSE;
    }
}
