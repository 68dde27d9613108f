/**
 * What is traded and in which units: symbols, sides, prices, quantities and the exchange's rules for them. Only
 * {@link quantum.market.Instrument} rounds. Knows nothing of orders, accounts or time.
 */
@NullMarked
package quantum.market;

import org.jspecify.annotations.NullMarked;
