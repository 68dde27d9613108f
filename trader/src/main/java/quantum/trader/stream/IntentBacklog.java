package quantum.trader.stream;

/** What waits in the stream (-1 where Redis cannot tell) and what is delivered and not acknowledged. */
public record IntentBacklog(long waiting, long pending) {}
