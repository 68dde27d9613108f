package quantum.simulator.cryptocom;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.simulator.spot.SpotExchange;

/** What a client subscribes to: the text it gave, the channel's own name, and the pair and the depth in it. */
record Channel(String text, String name, @Nullable String instrument, int depth) {

    private static final Pattern USER =
            Pattern.compile("(user\\.order|user\\.advance\\.order|user\\.trade)(\\.([A-Z0-9]+_[A-Z0-9]+))?");
    private static final Pattern MARKET =
            Pattern.compile("(ticker|mark|trade|book)\\.([A-Z0-9]+_[A-Z0-9]+)(\\.(10|50|150))?");
    private static final String BALANCE = "user.balance";
    private static final int STANDARD_DEPTH = 50;

    /** Null for a name that nobody knows, such as {@code user.advanced.order} in the venue's own prose. */
    static @Nullable Channel of(String text, SpotExchange spot) {
        if (text.equals(BALANCE)) return new Channel(text, text, null, 0);
        var user = USER.matcher(text);
        if (user.matches()) {
            var instrument = user.group(3);
            if (instrument != null && spot.find(instrument) == null) return null;
            return new Channel(text, user.group(1), instrument, 0);
        }
        var market = MARKET.matcher(text);
        if (!market.matches() || spot.find(market.group(2)) == null) return null;
        var name = market.group(1);
        var depth = market.group(4);
        if (depth != null && !name.equals("book")) return null;
        return new Channel(
                text, name, market.group(2), depth == null ? STANDARD_DEPTH : Integer.parseInt(depth));
    }

    boolean ofUser() {
        return name.startsWith("user.");
    }

    boolean covers(String channelName, String symbol) {
        return name.equals(channelName) && (instrument == null || instrument.equals(symbol));
    }
}
