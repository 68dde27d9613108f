package quantum.record;

/**
 * One thing that a decision makes durable: a row, or a notice that is published after it. The ledger takes nothing
 * else.
 */
public sealed interface Recorded permits Entry, Notice {}
