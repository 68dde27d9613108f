package quantum.intent.reading;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.intent.Intent.Action;
import quantum.intent.Refusal;

/**
 * What an open may not carry: fields that would change what it means, and that are not read. A limit order that is
 * executed at the market, or a level that is dropped, is another wish than the producer's (I-F3, J-2).
 */
final class Unsupported {

    private static final String[] TYPES = {"type", "order_type", "ord_type"};
    private static final Set<String> MARKET = Set.of("market", "mkt", "marketorder");
    /** What producers that name the kind of a message call {@code type}. */
    private static final Set<String> MESSAGES =
            Set.of("signal", "trade", "tradeintent", "intent", "order", "alert", "entry", "open", "enter", "new");

    /** Only isolated margin is used: a cross position may lose what the whole account holds. */
    private static final String[] MARGIN_TYPES = {"margin_mode", "margin_type", "td_mode"};
    /** Times in force that change nothing, because a market order is over at once. */
    private static final Set<String> LASTING = Set.of("gtc", "ioc", "fok", "day");
    /** What to send instead of a level that is not read. */
    private static final String LEVELS = "is not read; the levels are stop_loss, take_profit, stop_loss_pct,"
            + " take_profit_pct, trailing_pct and ladder";
    /** What to do instead of sending an order that waits. */
    private static final String AT_THE_MARKET = "is of an order that waits for a price; opens are market orders."
            + " Send the intent when it is to be executed, with max_slippage_pct and entry_price as its bound";

    /** By {@link Spelling}, with what to send instead: a refusal that names no way out is repeated (I-F12). */
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("stopprice", AT_THE_MARKET + ", or stop_loss for a protective stop"),
            Map.entry("triggerprice", AT_THE_MARKET),
            Map.entry("activationprice", AT_THE_MARKET),
            Map.entry("limitprice", AT_THE_MARKET),
            Map.entry("limit", AT_THE_MARKET),
            Map.entry("postonly", AT_THE_MARKET),
            Map.entry("execinst", AT_THE_MARKET),
            Map.entry("icebergqty", AT_THE_MARKET),
            Map.entry("targets", LEVELS),
            Map.entry("takeprofits", LEVELS),
            Map.entry("tps", LEVELS),
            Map.entry("trailingstop", "is not read; trailing_pct is the distance in percent"),
            Map.entry("trailing", "is not read; trailing_pct is the distance in percent"),
            Map.entry("trail", "is not read; trailing_pct is the distance in percent"),
            Map.entry("trailprice", "is not read; trailing_pct is the distance in percent"),
            Map.entry("trailoffset", "is not read; trailing_pct is the distance in percent"),
            Map.entry("breakeven", "is not read; break_even_pct is the profit in percent"),
            Map.entry("slippage", "is not read; max_slippage_pct is the bound, beside entry_price"),
            Map.entry("maxslippage", "is not read; max_slippage_pct is the bound, beside entry_price"),
            Map.entry("slippagetolerance", "is not read; max_slippage_pct is the bound, beside entry_price"),
            Map.entry("ttl", "is not read; expires_at is a time"),
            Map.entry("ttlsec", "is not read; expires_at is a time"),
            Map.entry("maxholdingtime", "is not read; max_time_sec is in seconds"),
            Map.entry("maxholdminutes", "is not read; max_time_sec is in seconds"),
            Map.entry("exitprice", LEVELS),
            Map.entry("dryrun", "is not read: the service's mode says whether orders are real"),
            Map.entry("validateonly", "is not read: the service's mode says whether orders are real"),
            Map.entry("testorder", "is not read: the service's mode says whether orders are real"));

    /** A number or a name behind what is read alone says more than is read. */
    private static final Pattern FAMILY = Pattern.compile(
            "(tp|sl|target|takeprofit|stoploss)[0-9].*|(stoploss|takeprofit|trailing|breakeven|reduceonly|closeposition).+");

    /** Names whose misspelling must not become a default. */
    private static final Map<String, String> WANTED = Map.ofEntries(
            Map.entry("stoploss", "stop_loss"),
            Map.entry("stoplosspct", "stop_loss_pct"),
            Map.entry("takeprofit", "take_profit"),
            Map.entry("takeprofitpct", "take_profit_pct"),
            Map.entry("trailingpct", "trailing_pct"),
            Map.entry("breakevenpct", "break_even_pct"),
            Map.entry("positionsizeusd", "position_size_usd"),
            Map.entry("maxslippagepct", "max_slippage_pct"),
            Map.entry("reduceonly", "reduceOnly"),
            Map.entry("maxtimesec", "max_time_sec"),
            Map.entry("leverage", "leverage"),
            Map.entry("quantity", "quantity"),
            Map.entry("ladder", "ladder"),
            Map.entry("expiresat", "expires_at"));

    /** From this length on two slips still mean the same name; of a short one they make another. */
    private static final int LONG_NAME = 9;
    /** With these values a field asks for nothing: postOnly false, stopPrice 0. */
    private static final Set<String> NOTHING = Set.of("0", "0.0", "false", "no", "none", "null", "off", "n/a");

    private Unsupported() {}

    /** Refuses an order that is not a market order, which says so by its type. */
    static void requireMarketOrder(Fields f, @Nullable Action action) {
        for (String name : f.present(TYPES)) {
            String type = Spelling.of(String.valueOf(f.text(name)));
            // "type" is also what producers call the kind of their message, or the side.
            boolean ofMessage = "type".equals(Spelling.of(name)) && (MESSAGES.contains(type) || isSide(type, action));
            if (!MARKET.contains(type) && !ofMessage) {
                throw refused(name, "is '" + f.text(name) + "'; opens are market orders (type MARKET, or none)");
            }
        }
        String force = f.text("time_in_force", "tif");
        // GTX is an order that must rest, and GTD one that ends at a time.
        if (force != null && !LASTING.contains(Spelling.of(force))) {
            throw refused(f.nameOf("time_in_force", "tif"), "is '" + force + "', which no market order can have");
        }
        String margin = f.text(MARGIN_TYPES);
        if (margin != null && !Spelling.of(margin).startsWith("isolated")) {
            throw refused(f.nameOf(MARGIN_TYPES), "is '" + margin + "'; positions are opened with isolated margin");
        }
    }

    private static boolean isSide(String type, @Nullable Action action) {
        Wish wish = Wish.of(type);
        return wish != null && wish.action() == action;
    }

    /**
     * Refuses what is left over and would change the meaning. All else that is left over is harmless, and is named in
     * the report (O-10).
     */
    static void requireNone(List<Given> rest) {
        for (Given field : rest) {
            String detail = isNothing(field.value()) ? null : detail(Spelling.of(field.name()));
            if (detail != null) {
                throw refused(field.name(), detail);
            }
        }
    }

    /**
     * What is wrong with a field that nobody reads; null where it is harmless. A name that is known comes before one
     * that is nearly known.
     */
    private static @Nullable String detail(String key) {
        String named = NAMED.get(key);
        if (named != null) {
            return named;
        }
        for (Map.Entry<String, String> wanted : WANTED.entrySet()) {
            // stop_los_pct would silently become the configured stop.
            if (Spelling.isNear(key, wanted.getKey(), wanted.getKey().length() >= LONG_NAME ? 2 : 1)) {
                return "is no field; did you mean " + wanted.getValue() + "?";
            }
        }
        return FAMILY.matcher(key).matches() ? LEVELS : null;
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || NOTHING.contains(Values.canonical(value).toLowerCase(Locale.ROOT));
    }

    private static BadField refused(String field, String detail) {
        return new BadField(field, detail, Refusal.FIELD_UNSUPPORTED);
    }
}
