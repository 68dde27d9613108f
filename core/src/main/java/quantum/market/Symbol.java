package quantum.market;

/** An exchange's name of an instrument, such as BTCUSDT; some listed ones are not ASCII (binance-usdm 1.4). */
public record Symbol(String name) implements Comparable<Symbol> {

    /** A message cannot put a text of any length into keys and log lines. */
    private static final int MAX_LENGTH = 40;

    public Symbol {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a symbol: 1 to 40 letters, digits or underscores");
        }
    }

    /** Whether the text could be a symbol; whether the exchange lists it is another question. */
    public static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    @Override
    public int compareTo(Symbol other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
