/**
 * The Crypto.com Exchange v1 face of the spot exchange: requests in, acknowledgements and frames out, as the venue speaks
 * today. It holds no rule of trading, opens no socket and reads no clock; whoever owns the exchange's thread calls it.
 */
@NullMarked
package quantum.simulator.cryptocom;

import org.jspecify.annotations.NullMarked;
