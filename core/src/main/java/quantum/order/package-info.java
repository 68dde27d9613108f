/**
 * One order and its life: the id we gave it, what we asked for, what the exchange said, and the pure function that
 * joins the two. Knows nothing of intents' wire forms, of positions, or of how an answer travelled.
 */
@NullMarked
package quantum.order;

import org.jspecify.annotations.NullMarked;
