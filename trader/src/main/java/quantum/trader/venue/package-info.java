/**
 * Which exchange is traded on: the one place where its name, its addresses, its keys and what is peculiar to it are
 * known. Whoever puts a service or a command together asks here; must never decide about trading.
 */
@NullMarked
package quantum.trader.venue;

import org.jspecify.annotations.NullMarked;
