package quantum.trader.settings;

import java.util.Locale;

/** The one switch that says whose money moves. There is no other, and no failure changes it (seed 002, INC-I84). */
public enum Mode {
    /** Everything inside this machine. */
    SIMULATED,
    /** Live prices, simulated fills. */
    PAPER,
    /** The exchange's own test environment. */
    TESTNET,
    /** Real money. */
    LIVE;

    /** The word in the settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
