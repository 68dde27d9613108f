/**
 * What people and their tools see over HTTP: the page, health, metrics and read-only interfaces, with live events. It
 * reads immutable views and the ledger, and must not know Redis, an exchange or how a decision is made; nothing here
 * changes state. Requests run on virtual threads, also those of the event clients, which one platform thread feeds; a
 * slow client is dropped, and no caller of this package ever waits for one.
 */
@NullMarked
package quantum.trader.page;

import org.jspecify.annotations.NullMarked;
