/**
 * What the service counts and measures, under the Prometheus names of docs/operations.md. It reads effects and views, and
 * must not know the page, Redis, an exchange's protocol or any decision. Observing happens on the desk's thread and
 * never blocks; a scrape may come on any thread.
 */
@NullMarked
package quantum.trader.metrics;

import org.jspecify.annotations.NullMarked;
