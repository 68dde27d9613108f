/**
 * What an intent leads to: it is checked, and opens, enlarges, moves levels, reverses or closes, or is refused with a
 * reason. Guards stand before opens alone; of a close only what is held is asked (law 5).
 */
@NullMarked
package quantum.desk.entry;

import org.jspecify.annotations.NullMarked;
