package quantum.trader.venue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;

/** What a simulated exchange's own books say of an account that began with money alone, in the words of our ledger. */
public sealed interface SimulatedBooks permits FuturesBooks, CoinBooks {

    /** Of one order, at its mean price; zero of both where nothing was executed. */
    record Executed(BigDecimal quantity, BigDecimal price) {}

    /** What was executed of each order that it has, by client id. */
    Map<String, Executed> orders();

    /** What was paid for each, by client id. */
    Map<String, BigDecimal> fees();

    /** How many stops rest and are live. */
    long liveStops(String symbol);

    /** What is held, by {@link #holding}; nothing that is zero. */
    Map<String, BigDecimal> held();

    /** Under which name a position of this symbol is held. */
    String holding(String symbol);

    /** What a position was entered at; null where nobody keeps that. */
    @Nullable
    BigDecimal entryPrice(String symbol);

    /** All the money that is not in coins. */
    BigDecimal money();

    /** How much an open position changed the money so far, by its own orders' rows. */
    BigDecimal moneyOf(Entry.PositionRow open, List<Entry.OrderRow> orders);
}
