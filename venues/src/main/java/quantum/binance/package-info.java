/**
 * Binance USDⓈ-M futures (binance-usdm): a pure session and its codecs, and beside them one class that moves its
 * requests over sockets. The session knows no socket, clock, thread or logger: it is told replies, frames and time, and
 * returns what to send and what the desk should know. One thread drives a session.
 */
@NullMarked
package quantum.binance;

import org.jspecify.annotations.NullMarked;
