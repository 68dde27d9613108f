package quantum.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.record.GuardRows;

/** One word for what the service does with intents now. */
public enum TradingState {
    /** No intent is read: what is held is not known yet, or waits for its stop. */
    STARTING,
    /** Opens and exits. */
    ACTIVE,
    /** Exits alone for some minutes, after too many opens or a margin that did not suffice. */
    COOLDOWN,
    /** Exits alone, by the operator's pause. */
    REDUCING,
    /** Exits alone, after too many margin failures. */
    SAFE_MODE,
    /** Exits alone, after the operator flattened everything; until resume. */
    HALTED,
    /** Exits alone, because something failed. */
    DEGRADED,
    /** No opens; what is in flight is settled, and stops stay on the exchange. */
    STOPPING;

    /** A halt by choice or by a guard is work as designed; one because something failed is not. */
    public boolean isWorking() {
        return switch (this) {
            case ACTIVE, COOLDOWN, REDUCING, SAFE_MODE, HALTED -> true;
            case STARTING, DEGRADED, STOPPING -> false;
        };
    }

    /**
     * The strongest word that is true; whoever reads it wants to know first why opens do not go through. What failed
     * goes before what a person or a guard chose, because it needs somebody.
     */
    public static TradingState of(@Nullable DeskView view) {
        if (view == null) {
            return STARTING;
        }
        DeskView.Status status = view.status();
        if (status.stopping()) {
            return STOPPING;
        } else if (!status.ready()) {
            return STARTING;
        } else if (status.ledgerBehind()
                || status.degraded()
                || status.contact().lost()) {
            return DEGRADED;
        }
        return switch (GuardRows.guards(view.guards()).standing().state()) {
            case HALTED -> HALTED;
            // Resume ends the pause alone: safe mode would go on, so that it is what is shown.
            case REDUCING -> isAhead(view.guards().safeMode(), view) ? SAFE_MODE : REDUCING;
            case ACTIVE -> guarded(view);
        };
    }

    private static TradingState guarded(DeskView view) {
        if (isAhead(view.guards().safeMode(), view)) {
            return SAFE_MODE;
        } else if (isAhead(view.guards().globalCooldown(), view)) {
            return COOLDOWN;
        }
        // The exchange is there, and what is held has no live stop yet.
        return view.status().admitting() ? ACTIVE : STARTING;
    }

    /** By the time of the view, which is the exchange's; guards keep an end that has passed. */
    private static boolean isAhead(@Nullable Instant until, DeskView view) {
        return until != null && view.at().isBefore(until);
    }
}
