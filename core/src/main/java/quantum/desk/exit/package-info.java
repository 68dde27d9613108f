/**
 * How positions end: closes and what stands in their way, orders that closed one by themselves, the trades of an end
 * added up into its one publication, with funding and fees.
 */
@NullMarked
package quantum.desk.exit;

import org.jspecify.annotations.NullMarked;
