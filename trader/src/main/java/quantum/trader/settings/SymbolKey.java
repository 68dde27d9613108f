package quantum.trader.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;

/** A key for one symbol alone: {@code exits.symbols.BTCUSDT.stop_loss_pct} for {@code exits.stop_loss_pct}. */
record SymbolKey(Key key, String symbol) {

    private static final String SECTION = "exits.";
    private static final String PREFIX = "exits.symbols.";
    private static final String VARIABLE = "QUANTUM_EXITS_SYMBOLS_";

    String name() {
        return PREFIX + symbol + "." + leaf(key);
    }

    String variable() {
        return VARIABLE + symbol + "_" + leaf(key).toUpperCase(Locale.ROOT);
    }

    private static String leaf(Key key) {
        return key.key().substring(SECTION.length());
    }

    static @Nullable SymbolKey named(String name) {
        return name.startsWith(PREFIX) ? of(name.substring(PREFIX.length()), ".", false) : null;
    }

    static @Nullable SymbolKey ofVariable(String variable) {
        return variable.startsWith(VARIABLE) ? of(variable.substring(VARIABLE.length()), "_", true) : null;
    }

    private static @Nullable SymbolKey of(String rest, String joint, boolean upper) {
        for (Key key : Key.values()) {
            if (key.isBySymbol()) {
                String leaf = joint + (upper ? leaf(key).toUpperCase(Locale.ROOT) : leaf(key));
                String symbol = rest.endsWith(leaf) ? rest.substring(0, rest.length() - leaf.length()) : "";
                if (Symbol.isValid(symbol)) {
                    return new SymbolKey(key, symbol);
                }
            }
        }
        return null;
    }
}
