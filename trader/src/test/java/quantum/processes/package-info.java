/**
 * The service as users start it: processes of their own for the exchange and the service, a Redis that outlives both,
 * real sockets and real signals. Only what anybody can see from outside is judged, by the exchange's own books.
 */
@NullMarked
package quantum.processes;

import org.jspecify.annotations.NullMarked;
