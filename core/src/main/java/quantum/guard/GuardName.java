package quantum.guard;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;

/** What a person can end before its time, by the name that its mirrored key has. */
public record GuardName(Kind kind, @Nullable Symbol symbol) {

    /** The guards that can be ended one by one; a pause and a halt end with resume. */
    public enum Kind {
        SAFE_MODE(false),
        COOLDOWN_GLOBAL(false),
        COOLDOWN_SYMBOL(true),
        BREAKER(true);

        private final boolean ofSymbol;

        Kind(boolean ofSymbol) {
            this.ofSymbol = ofSymbol;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All forms, for the message about a name that is none. */
    public static final String FORMS = "safe_mode, cooldown_global, cooldown_symbol:SYMBOL, breaker:SYMBOL";

    /** The guard of a name; null if there is none. The symbol may be typed in any case. */
    public static @Nullable GuardName parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word) && kind.ofSymbol == colon >= 0) {
                return named(kind, colon < 0 ? null : text.substring(colon + 1));
            }
        }
        return null;
    }

    /** Null where the text can be no symbol: a person is then answered with the forms. */
    private static @Nullable GuardName named(Kind kind, @Nullable String symbol) {
        try {
            return new GuardName(kind, symbol == null ? null : new Symbol(symbol.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return symbol == null ? kind.word() : kind.word() + ":" + symbol;
    }
}
