/**
 * Crypto.com Exchange v1, spot alone (docs/venues/crypto-com.md): a pure session and its codecs, and beside them one
 * class that moves its requests over sockets. The session knows no socket, clock, thread or logger: replies, frames and
 * time come in, requests and events go out. One thread drives a session.
 */
@NullMarked
package quantum.cryptocom;

import org.jspecify.annotations.NullMarked;
