/**
 * The desk: one account's deterministic state machine, {@code (state, event, now) -> effects}. Every decision of the
 * product is made here or in the packages it calls; whoever drives it contains none. One thread drives it. It must not
 * know a clock, a logger, a wire form, a database or a thread. The flows themselves have rooms of their own: reports,
 * exits, protection and entries (docs/decisions/0015). Here stands what concerns them all: the dispatch, the proof of
 * orders, readings, start-up and operators.
 */
@NullMarked
package quantum.desk;

import org.jspecify.annotations.NullMarked;
