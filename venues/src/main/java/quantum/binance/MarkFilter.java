package quantum.binance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.market.Symbol;

/**
 * The last mark of each symbol, against which the next one is held: a price more than half away from it moves nothing
 * until the one after it agrees (reliability F47). Such a jump of one second is an error far more often than a market.
 */
final class MarkFilter {

    private static final BigDecimal FARTHEST = new BigDecimal("0.5");

    private final Map<Symbol, Price> believed = new HashMap<>();
    private final Map<Symbol, Price> doubted = new HashMap<>();

    /** True if the price may be acted on. */
    boolean believes(Symbol symbol, Price price) {
        if (isNear(price, believed.get(symbol)) || isAgain(price, doubted.get(symbol))) {
            believed.put(symbol, price);
            doubted.remove(symbol);
            return true;
        }
        doubted.put(symbol, price);
        return false;
    }

    private static boolean isAgain(Price price, @Nullable Price doubted) {
        return doubted != null && isNear(price, doubted);
    }

    private static boolean isNear(Price price, @Nullable Price last) {
        if (last == null) {
            return true;
        }
        BigDecimal away = price.value().subtract(last.value()).abs();
        return away.compareTo(last.value().multiply(FARTHEST)) <= 0;
    }
}
