/**
 * The spot exchange: coins instead of positions, orders that hold what they may spend, triggers that hold nothing, and
 * lists of both. Prices, time, chance and settings are those of the exchange beside it; it knows no wire format.
 */
@NullMarked
package quantum.simulator.spot;

import org.jspecify.annotations.NullMarked;
