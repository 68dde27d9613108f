/**
 * Drives the desk and the venue session: one platform thread takes what comes in, in order of urgency, lets both state
 * machines decide, and does what they say, waiting for durability where the effect's kind asks for it. It must not know
 * what an intent, an order or a level means, nor which exchange it drives.
 */
@NullMarked
package quantum.trader.loop;

import org.jspecify.annotations.NullMarked;
