/**
 * Redis itself: its address, the server inside the service, what it answers, and how to wait while it is away.
 */
@NullMarked
package quantum.trader.redis;

import org.jspecify.annotations.NullMarked;
