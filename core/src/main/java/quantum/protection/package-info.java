/**
 * What rests on the exchange for one position: a stop and a target, each with its own life. A position is protected
 * only while its stop is seen live (law 4). Knows nothing of how an order travels or of prices.
 */
@NullMarked
package quantum.protection;

import org.jspecify.annotations.NullMarked;
