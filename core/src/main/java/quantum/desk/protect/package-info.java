/**
 * Stops and targets: placed, moved over a bridge, watched and replaced, and what is done while none is live. One rule
 * stands above all others: a stop is let go only when its replacement is live, or when the exchange said that both may
 * not rest and the watch is armed (docs/laws.md). What becomes of an order by itself is {@code quantum.protection};
 * here stands what the desk does about it.
 */
@NullMarked
package quantum.desk.protect;

import org.jspecify.annotations.NullMarked;
