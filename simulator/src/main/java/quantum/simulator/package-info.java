/**
 * The exchange itself: instruments, prices, accounts, matching and conditional orders under a clock that its owner moves.
 * It knows no wire format, no socket and nothing of the trader; it must stay an independent judge of both.
 * Everything here belongs to one thread at a time, reads no clock and draws chance from one seed.
 */
@NullMarked
package quantum.simulator;

import org.jspecify.annotations.NullMarked;
