/**
 * The main proof: the shipped driver, desk and session against the simulator's face without sockets, an in-memory
 * network, ledger and bus, a virtual clock and one thread. Everything that goes wrong is drawn from one seed, so that a
 * failure is found again by its number. The simulator's own books judge; nothing here shares code with them.
 */
@NullMarked
package quantum.simulation;

import org.jspecify.annotations.NullMarked;
