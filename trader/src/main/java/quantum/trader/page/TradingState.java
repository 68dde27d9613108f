package quantum.trader.page;

import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.desk.GuardRows;

/** One word for what the service does with intents now. */
enum TradingState {
    STARTING,
    /** Opens and exits. */
    ACTIVE,
    /** Exits alone, by the operator's pause. */
    REDUCING,
    /** Exits alone, after too many margin failures. */
    SAFE_MODE,
    /** Exits alone, after the operator flattened everything; until resume. */
    HALTED,
    /** Exits alone, because something failed. */
    DEGRADED,
    STOPPING;

    /** A halt by choice or by a guard is work as designed; one because something failed is not. */
    boolean isWorking() {
        return switch (this) {
            case ACTIVE, REDUCING, SAFE_MODE, HALTED -> true;
            case STARTING, DEGRADED, STOPPING -> false;
        };
    }

    /** The strongest word that is true; whoever reads it wants to know first why opens do not go through. */
    static TradingState of(@Nullable DeskView view) {
        if (view == null) {
            return STARTING;
        }
        DeskView.Status status = view.status();
        if (status.stopping()) {
            return STOPPING;
        } else if (!status.ready()) {
            return STARTING;
        } else if (status.ledgerBehind() || status.degraded()) {
            return DEGRADED;
        }
        TradingState ordered =
                switch (GuardRows.guards(view.guards()).standing().state()) {
                    case ACTIVE -> ACTIVE;
                    case REDUCING -> REDUCING;
                    case HALTED -> HALTED;
                };
        boolean isSafeMode = view.guards().safeMode() != null
                && view.at().isBefore(view.guards().safeMode());
        if (ordered == HALTED || (ordered == REDUCING && !isSafeMode)) {
            return ordered;
        }
        return isSafeMode ? SAFE_MODE : status.admitting() ? ACTIVE : STARTING;
    }
}
