package quantum.trader.stream;

import quantum.decision.Effect.MirrorKey;

/** Every name in Redis, in one place: a misspelt stream cost others weeks of lost results (INC-I60). */
public record StreamNames(String prefix) {

    public static final StreamNames DEFAULT = new StreamNames("quantum");

    public StreamNames {
        if (!prefix.matches("[A-Za-z0-9_.-]{1,40}")) {
            throw new IllegalArgumentException("a prefix has 1 to 40 letters, digits, dots, dashes or underscores");
        }
    }

    public String intents() {
        return stream("trade.intent");
    }

    public String group() {
        return prefix + ":group:execution:trade.intent";
    }

    /** Who reads these streams and owns the account behind them. */
    public String owner() {
        return prefix + ":owner";
    }

    /** The stream of a kind of notice: {@code trade.execution.res}, {@code trade.closed} and so on. */
    public String stream(String kind) {
        return prefix + ":stream:" + kind;
    }

    /** A mirrored key of docs/streams.md; the subject of a lock is {@code SYMBOL:SIDE}. */
    public String key(MirrorKey key, String subject) {
        return prefix
                + switch (key) {
                    case SAFE_MODE -> ":safety:safe_mode";
                    case COOLDOWN_GLOBAL -> ":safety:cooldown_global";
                    case COOLDOWN_SYMBOL -> ":safety:cooldown_symbol:" + subject;
                    case PROCESSED -> ":exec:processed:" + subject;
                    case LOCK -> ":exec:lock:" + subject;
                    case RATE_SYMBOL -> ":exec:rate:symbol:" + subject;
                    case RATE_GLOBAL -> ":exec:rate:global";
                    case MARGIN_FAILS -> ":exec:margin_fails";
                };
    }
}
