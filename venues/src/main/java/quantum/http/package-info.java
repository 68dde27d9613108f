/**
 * Sockets over the JDK's client: HTTP requests that leave once and WebSockets that tell whole messages. Outcomes are
 * values handed to a callback on the client's own threads; no exception and no exchange's meaning passes this package.
 */
@NullMarked
package quantum.http;

import org.jspecify.annotations.NullMarked;
