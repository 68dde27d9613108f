/**
 * The desk: one account's deterministic state machine, {@code (state, event, now) -> effects}. Every decision of the
 * product is made here or in the packages it calls; whoever drives it contains none. One thread drives it. It must not
 * know a clock, a logger, a wire form, a database or a thread.
 */
@NullMarked
package quantum.desk;

import org.jspecify.annotations.NullMarked;
