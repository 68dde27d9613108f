package quantum.trader.page;

import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;

/** One word for what the service does with intents now. */
enum TradingState {
    STARTING,
    ACTIVE,
    PAUSED,
    SAFE_MODE,
    HALTED,
    STOPPING;

    /** A halt by choice or by a guard is work as designed; one because something failed is not. */
    boolean isWorking() {
        return switch (this) {
            case ACTIVE, PAUSED, SAFE_MODE -> true;
            case STARTING, HALTED, STOPPING -> false;
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
            return HALTED;
        } else if (view.guards().safeMode() != null
                && view.at().isBefore(view.guards().safeMode())) {
            return SAFE_MODE;
        } else if (view.guards().paused()) {
            return PAUSED;
        }
        return status.admitting() ? ACTIVE : STARTING;
    }
}
