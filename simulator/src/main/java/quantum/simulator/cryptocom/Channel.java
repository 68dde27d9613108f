package quantum.simulator.cryptocom;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.node.ObjectNode;

/** What a client subscribes to: the text it gave, the channel's own name, and the pair and the depth in it. */
record Channel(String text, String name, @Nullable String instrument, int depth) {

    private static final Pattern USER =
            Pattern.compile("(user\\.order|user\\.advance\\.order|user\\.trade)(\\.([A-Z0-9]+_[A-Z0-9]+))?");
    private static final Pattern MARKET =
            Pattern.compile("(ticker|mark|trade|book)\\.([A-Z0-9]+_[A-Z0-9]+)(\\.(10|50|150))?");
    private static final Pattern CANDLES = Pattern.compile("candlestick\\.([0-9A-Za-z]+)\\.([A-Z0-9]+_[A-Z0-9]+)");
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
        var candles = CANDLES.matcher(text);
        if (candles.matches()) return candles(candles, spot);
        var market = MARKET.matcher(text);
        if (!market.matches() || spot.find(market.group(2)) == null) return null;
        var name = market.group(1);
        var depth = market.group(4);
        if (depth != null && !name.equals("book")) return null;
        return new Channel(text, name, market.group(2), depth == null ? STANDARD_DEPTH : Integer.parseInt(depth));
    }

    /** Of candles the depth is their length in minutes. */
    private static @Nullable Channel candles(Matcher found, SpotExchange spot) {
        var minutes = MarketMethods.TIMEFRAMES.get(found.group(1));
        if (minutes == null || spot.find(found.group(2)) == null) return null;
        return new Channel(found.group(), "candlestick", found.group(2), minutes);
    }

    /** What the result of a frame says beside the data: how deep a book is, how long candles are. */
    void describe(ObjectNode result) {
        if (name.equals("book")) result.put("depth", depth);
        if (name.equals("candlestick")) result.put("interval", text.split("\\.", -1)[1]);
    }

    boolean ofUser() {
        return name.startsWith("user.");
    }

    boolean covers(String channelName, String symbol) {
        return name.equals(channelName) && (instrument == null || instrument.equals(symbol));
    }
}
