/** How orders, trades, balances and markets of the spot exchange look to a client of Crypto.com. */
@NullMarked
package quantum.simulator.cryptocom.wire;

import org.jspecify.annotations.NullMarked;
