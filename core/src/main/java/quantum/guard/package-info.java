/**
 * What holds opens back, as pure values: rates, cooldowns, safe mode, margin with reservations, age. Nothing here is
 * ever asked about a close (law 5). Knows nothing of orders' lives or of where the values are kept.
 */
@NullMarked
package quantum.guard;

import org.jspecify.annotations.NullMarked;
