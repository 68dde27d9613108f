package quantum.trader.page;

import org.jspecify.annotations.Nullable;
import quantum.decision.Event;
import quantum.desk.DeskView;

/** Who carries out what a person orders. */
public interface Operator {

    /** A header of an order over HTTP: not to be taken up after this UTC time. */
    String UNTIL = "Quantum-Until";

    /** How the desk is after an order, and whether the order outlives the process by now. */
    record Done(DeskView view, boolean recorded) {}

    /** Waits until the desk has decided, and a moment for its record; null if the desk does not answer. */
    @Nullable
    Done order(Event.Command command);
}
