/**
 * What is held and when it should end: the levels of one position, the rules that judge them against prices, and the
 * arithmetic of a position's life. Knows nothing of orders in flight or of how an exit is executed.
 */
@NullMarked
package quantum.position;

import org.jspecify.annotations.NullMarked;
