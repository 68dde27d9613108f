package quantum.intent.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;

/**
 * The exchange's symbol from the forms in which charts, client libraries and other exchanges write it:
 * {@code BINANCE:BTCUSDT.P}, {@code BTC/USDT:USDT}, {@code BTC-USDT}, {@code USDT_BTC}.
 */
public final class Ticker {

    static final String[] NAMES = {"symbol", "ticker", "pair", "instrument", "inst_id", "tv_instrument", "tv_symbol"};
    /** What a pair may be quoted in. By it two parts of a name are put in order. */
    private static final Set<String> QUOTES = Set.of("USDT", "USDC", "BUSD", "FDUSD", "TUSD", "USD1", "USD");
    /** Endings that only say that the contract has no end. */
    private static final Set<String> PERPETUAL = Set.of("P", "PERP", "PERPETUAL", "SWAP");
    /** BASE/QUOTE:SETTLE, as client libraries write it. */
    private static final Pattern UNIFIED =
            Pattern.compile("([\\p{L}0-9]{1,20})/([\\p{L}0-9]{1,20})(?::([\\p{L}0-9]{1,20}))?");
    /** What stands between the parts of a name. */
    private static final Pattern SEPARATOR = Pattern.compile("[-_/.]");
    /** The name of an exchange in front, as charts write it. */
    private static final Pattern EXCHANGE = Pattern.compile("[A-Z0-9_]{2,20}:");
    /** Behind each refusal: which forms are read was once left to guess (I-F19). */
    private static final String FORMS = "; a name such as BTCUSDT is wanted (BTC/USDT:USDT, BTC-USDT, BTCUSDT.P and"
            + " BINANCE:BTCUSDT are read too)";

    private Ticker() {}

    /**
     * The symbol of a message, by the first of the names that it has.
     *
     * @throws BadField where there is none, or two that name different contracts: the wrong one is worse than none
     */
    static Symbol of(Fields f) {
        Symbol symbol = null;
        String by = "";
        for (String name : f.present(NAMES)) {
            String text = String.valueOf(f.text(name));
            Symbol found = read(text);
            if (symbol == null) {
                if (found == null) {
                    throw new BadField(name, wrong(text));
                }
                symbol = found;
                by = name;
            } else if (found != null && isPair(found) && !found.equals(symbol)) {
                throw new BadField(name, "contradicts " + by);
            }
        }
        if (symbol == null) {
            throw new BadField("symbol", "is missing" + f.whereItMayBe());
        }
        return symbol;
    }

    /** A second name that is no pair, as the bare coin, contradicts nothing. */
    private static boolean isPair(Symbol symbol) {
        return QUOTES.stream().anyMatch(quote -> symbol.name().endsWith(quote));
    }

    private static String wrong(String text) {
        return "is '" + text + "'" + FORMS;
    }

    /** The symbol that is meant; null if none can be. */
    public static @Nullable Symbol read(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        Matcher unified = UNIFIED.matcher(name);
        if (unified.matches()) {
            String settled = unified.group(3);
            // Settled in the coin itself it is another contract, which this market does not have.
            boolean linear = settled == null || settled.equals(unified.group(2));
            return linear ? symbol(unified.group(1) + unified.group(2)) : null;
        }
        Matcher exchange = EXCHANGE.matcher(name);
        String bare = exchange.lookingAt() ? name.substring(exchange.end()) : name;
        List<String> parts = new ArrayList<>(List.of(SEPARATOR.split(bare, -1)));
        if (parts.size() > 1 && PERPETUAL.contains(parts.getLast())) {
            parts.removeLast();
        }
        return switch (parts.size()) {
            case 1 -> symbol(withoutPerpetual(parts.getFirst()));
            case 2 -> joined(parts.getFirst(), parts.getLast(), bare);
            default -> null;
        };
    }

    /** USDT_BTC is BTCUSDT; what has no quote asset on either side stays whole, as BTCUSDT_260925, a delivery. */
    private static @Nullable Symbol joined(String first, String second, String whole) {
        if (QUOTES.contains(second)) {
            return symbol(first + second);
        }
        return QUOTES.contains(first) ? symbol(second + first) : symbol(whole);
    }

    /** Only where a pair remains: a coin may be called like the ending. */
    private static String withoutPerpetual(String name) {
        String bare = name.endsWith("PERP") ? name.substring(0, name.length() - 4) : name;
        return QUOTES.stream().anyMatch(quote -> bare.endsWith(quote) && bare.length() > quote.length()) ? bare : name;
    }

    private static @Nullable Symbol symbol(String name) {
        return Symbol.isValid(name) ? new Symbol(name) : null;
    }
}
