/**
 * Paper trading: the simulator's matching inside the process, fed by the public streams of the real exchange. Chosen by
 * {@code mode = paper} alone, never by a failure (law 7). Knows public prices and rules; must never hold a key, sign a
 * request or open a private stream.
 */
@NullMarked
package quantum.trader.paper;

import org.jspecify.annotations.NullMarked;
