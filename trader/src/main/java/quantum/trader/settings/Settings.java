package quantum.trader.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.rules.Rules;

/**
 * Everything that can be set, read and checked once.
 *
 * @param notes what was set and has no effect, one sentence each
 */
public record Settings(
        Mode mode,
        Path data,
        String venue,
        Exchange exchange,
        Redis redis,
        Http http,
        Windows windows,
        Rules rules,
        boolean jsonLog,
        List<Shown> shown,
        List<String> notes) {

    /** With more of what was set and has no effect. */
    public Settings noting(List<String> more) {
        List<String> all = Stream.concat(notes.stream(), more.stream()).toList();
        return new Settings(mode, data, venue, exchange, redis, http, windows, rules, jsonLog, shown, all);
    }

    /** Where orders go; null addresses are the mode's own. The key and secret are null in mode simulated. */
    public record Exchange(
            @Nullable String simulatorUrl,
            Endpoints endpoints,
            @Nullable String apiKey,
            @Nullable String apiSecret,
            boolean overWebSocket,
            boolean withdrawalAllowed,
            Budget budget) {
        @Override
        public String toString() {
            return "Exchange[simulatorUrl=" + simulatorUrl + ", endpoints=" + endpoints + ", overWebSocket="
                    + overWebSocket + ", keys=***]";
        }
    }

    /** Shares of the exchange's limits in percent: for opens, and for all but closes and protection. */
    public record Budget(int opensPct, int totalPct) {}

    /** Addresses instead of the mode's own, of which the testnet has two sets. */
    public record Endpoints(
            boolean oldTestnet,
            @Nullable String rest,
            @Nullable String wsPublic,
            @Nullable String wsMarket,
            @Nullable String wsPrivate,
            @Nullable String wsApi) {}

    /** By address, or embedded on a port, then with a password where the mode is not a game. */
    public record Redis(
            @Nullable String url,
            int port,
            boolean password,
            String prefix,
            String consumer,
            long maxLength,
            Duration silence) {
        @Override
        public String toString() {
            return "Redis[url=" + (url == null ? "embedded" : "***") + ", port=" + port + ", prefix=" + prefix + "]";
        }
    }

    /** The page and the interfaces. */
    public record Http(String bind, int port) {}

    /** How late the exchange may admit an order. */
    public record Windows(Duration open, Duration exit) {}

    /** One line of {@code config show}; secrets are masked. */
    public record Shown(String key, String value, String source) {}
}
