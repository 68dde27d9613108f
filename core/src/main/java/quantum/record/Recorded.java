package quantum.record;

/** One thing that a decision makes durable: a row, or a notice that is published after it. */
public sealed interface Recorded permits Entry, Notice {}
