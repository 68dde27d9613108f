/**
 * What must outlive the process: tables as the restart truth, a hash-chained event log as the audit, and the outbox of
 * notices, all written in one transaction. One platform thread writes and commits what has queued up as a group; reads
 * have connections of their own. It must not know Redis, an exchange or what a row means for trading.
 */
@NullMarked
package quantum.trader.ledger;

import org.jspecify.annotations.NullMarked;
