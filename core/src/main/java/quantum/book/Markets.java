package quantum.book;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.market.Contract;
import quantum.market.Instrument;
import quantum.market.LotRule;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;

/** What is known of every symbol beside what is held in it: the exchange's rules, and its last mark. */
public final class Markets {

    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.DOWN);

    /**
     * The last mark of a symbol, when we learned it, and a later one too far from it to be believed alone. Neither of
     * the two is judged by before the next one decides (reliability F47).
     */
    public record Mark(Price price, long atNanos, @Nullable Price doubted) {
        public Mark doubting(Price other) {
            return new Mark(price, atNanos, other);
        }
    }

    private final Map<Symbol, Instrument> instruments = new HashMap<>();
    private final Map<String, Symbol> spelled = new HashMap<>();
    private final Map<Symbol, Mark> marks = new HashMap<>();

    Markets() {}

    /** The rules of a symbol; null where the exchange does not list it, or has listed none yet. */
    @Nullable
    public Instrument instrument(Symbol symbol) {
        return instruments.get(symbol);
    }

    public boolean isListed(Symbol symbol) {
        return instruments.containsKey(symbol);
    }

    /** The exchange has listed its symbols. Before that no symbol counts as unlisted. */
    public boolean hasInstruments() {
        return !instruments.isEmpty();
    }

    /** The latest rules of a symbol count; a list without it takes none away. */
    public void list(Instrument instrument) {
        instruments.put(instrument.symbol(), instrument);
        spelled.put(letters(instrument.symbol()), instrument.symbol());
    }

    /** As the exchange spells it: a producer writes BTC/USD, BTCUSD or BTC_USD for the same. */
    public Symbol named(Symbol symbol) {
        return instruments.containsKey(symbol) ? symbol : spelled.getOrDefault(letters(symbol), symbol);
    }

    private static String letters(Symbol symbol) {
        return symbol.name().replace("_", "").replace("-", "");
    }

    /** Null before its first price. However old it is, it stays: whoever judges by it asks for its age. */
    @Nullable
    public Mark mark(Symbol symbol) {
        return marks.get(symbol);
    }

    public void setMark(Symbol symbol, Mark mark) {
        marks.put(symbol, mark);
    }

    /**
     * The rules of a symbol. What is held in one that is not listed must be protected too: its levels then have four
     * digits, which nearly every grid of prices contains, and what the exchange refuses is tried again by its rules.
     */
    public Instrument instrumentOr(Symbol symbol, Price price) {
        Instrument known = instruments.get(symbol);
        if (known != null) {
            return known;
        }
        // One step of the fourth digit; what is closed there is the exchange's own quantity, so that any size passes.
        BigDecimal tick = price.value().round(FOUR_DIGITS).ulp();
        LotRule any = new LotRule(BigDecimal.ZERO, new BigDecimal("1000000000"), new BigDecimal("0.00000001"));
        return new Instrument(
                symbol,
                false,
                Contract.unknown(),
                new Instrument.PriceRule(tick, BigDecimal.ZERO, BigDecimal.ZERO),
                any,
                any,
                BigDecimal.ZERO);
    }

    /** What the prices of a symbol are in; empty where it is not listed. */
    public String quoteAsset(Symbol symbol) {
        Instrument known = instruments.get(symbol);
        return known == null ? "" : known.contract().quoteAsset();
    }

    /** What one order can sell of this much of a position; null where the exchange takes no order for so little. */
    public @Nullable Quantity sellable(LivePosition position, BigDecimal quantity) {
        Instrument known = instruments.get(position.symbol());
        Mark mark = marks.get(position.symbol());
        if (known == null) {
            return quantity.signum() > 0 ? new Quantity(quantity) : null;
        }
        return known.sellable(quantity, mark == null ? position.entryPrice() : mark.price());
    }
}
