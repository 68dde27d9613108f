package quantum.desk.protect;

import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.venue.Call.Level;

/** How the orders of a position come to rest and move, by the form in which its exchange lets them rest. */
sealed interface Placement permits FollowingOrders, OrderPair {

    /** None of a level rests, and one is wanted. */
    void place(LivePosition position, Level level, Decision decision);

    /** A live order that is not where it should be, or not as it should be, goes there. */
    void move(LivePosition position, Level level, Decision decision);

    /** It is seen live. */
    void rests(LivePosition position, Level level, Decision decision);

    /** The position grew or shrank. */
    void resized(LivePosition position, Decision decision);

    /** A stop found no place: another order gives its own. */
    void makeRoom(Decision decision);
}
