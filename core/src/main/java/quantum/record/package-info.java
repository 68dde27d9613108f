/**
 * What outlives the process: rows, the snapshot that a start reads, and the notices that are published. The ledger knows
 * these words and no other of the desk's.
 */
@NullMarked
package quantum.record;

import org.jspecify.annotations.NullMarked;
