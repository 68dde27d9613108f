/**
 * Stops and targets: placed, moved over a bridge, watched and replaced, and what is done while none is live.
 */
@NullMarked
package quantum.desk.protect;

import org.jspecify.annotations.NullMarked;
