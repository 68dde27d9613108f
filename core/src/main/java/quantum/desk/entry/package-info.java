/**
 * What an intent leads to: it is checked, and opens, enlarges, moves levels, reverses or closes, or is refused with a reason.
 */
@NullMarked
package quantum.desk.entry;

import org.jspecify.annotations.NullMarked;
