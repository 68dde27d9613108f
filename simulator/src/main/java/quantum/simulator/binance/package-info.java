/**
 * The Binance USDS-M face of the exchange: requests in, replies and stream frames out, as the venue speaks today.
 * It holds no rule of trading, opens no socket and reads no clock; whoever owns the exchange's thread calls it there.
 */
@NullMarked
package quantum.simulator.binance;

import org.jspecify.annotations.NullMarked;
