/**
 * What the desk asks of an exchange and what it hears back, in its own words. A venue session implements
 * {@link quantum.venue.Session}; the desk never sees a wire form, a header or an error code's number space. Knows
 * nothing of HTTP, JSON, sockets or threads.
 */
@NullMarked
package quantum.venue;

import org.jspecify.annotations.NullMarked;
