package quantum.simulation;

import quantum.desk.DeskView;
import quantum.simulation.Judge.Law;

/** After the weather cleared: how long until everything agrees, and stays so. */
final class Convergence {

    private static final long CONVERGED_MILLIS = 1_000;

    private final Judge judge;
    private final long boundMillis;
    private long fairMillis;
    private long atRestMillis;
    private boolean converged;

    Convergence(Judge judge, long boundMillis) {
        this.judge = judge;
        this.boundMillis = boundMillis;
    }

    /** One look; {@code agrees} where the desk knows what the exchange holds. */
    void look(DeskView view, boolean agrees) {
        if (converged) {
            return;
        }
        fairMillis += Vigil.STEP_MILLIS;
        boolean settled = view.status().ready()
                && view.status().admitting()
                && view.ordersInFlight().isEmpty()
                && view.counts().unprotected() == 0
                && agrees;
        atRestMillis = settled ? atRestMillis + Vigil.STEP_MILLIS : 0;
        if (atRestMillis >= CONVERGED_MILLIS) {
            converged = true;
            judge.within(Law.CONVERGED_IN_TIME, fairMillis - atRestMillis, boundMillis, "agreed");
        }
    }

    /** It never came to rest at all. */
    void end() {
        if (!converged) {
            judge.within(Law.CONVERGED_IN_TIME, fairMillis, boundMillis, "not agreed");
        }
    }
}
