package quantum.simulation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quantum.simulator.Side;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotInstrument;
import quantum.simulator.spot.SpotListener;
import quantum.simulator.spot.SpotMarket;
import quantum.simulator.spot.SpotOrder;
import quantum.simulator.spot.SpotTrade;

/**
 * Whose coins lie on the account, by the exchange's own trades: what our orders bought and did not sell, symbol by symbol;
 * all others are savings, which only their owner may touch.
 */
final class SpotBooks implements SpotListener {

    /** The worth below which the exchange takes no order, with room for a price that moves. */
    private static final BigDecimal DUST = new BigDecimal("1.1");

    /** A sale of ours of coins that no order of ours had bought. */
    record Oversold(String order, String symbol, BigDecimal before, BigDecimal after) {}

    private final SpotExchange exchange;
    private final SpotAccount account;
    private final Map<String, BigDecimal> lots = new TreeMap<>();
    private final Map<String, BigDecimal> ours = new TreeMap<>();
    /** Of each coin the least that there was beyond ours; negative where another hand took ours. */
    private final Map<String, BigDecimal> leastSavings = new HashMap<>();

    private final List<Oversold> oversold = new ArrayList<>();
    private final Set<String> oversoldCoins = new HashSet<>();
    private long exits;

    SpotBooks(SpotExchange exchange) {
        this.exchange = exchange;
        account = exchange.accounts().iterator().next();
        for (String symbol : SpotSetup.SYMBOLS) {
            String coin = instrument(symbol).base();
            leastSavings.put(coin, account.amount(coin));
        }
        exchange.listen(this);
    }

    SpotAccount account() {
        return account;
    }

    SpotMarket market(String symbol) {
        return exchange.markets().market(symbol);
    }

    SpotInstrument instrument(String symbol) {
        return market(symbol).instrument();
    }

    /** The client id that an order came by; of one that a leg of a pair became, the leg's. */
    static String idOf(SpotOrder order) {
        var origin = order.origin();
        return origin == null ? order.terms().clientId() : origin.terms().clientId();
    }

    static boolean isOurs(String id) {
        return id.startsWith("q");
    }

    static boolean isExit(String id) {
        return isOurs(id) && !id.startsWith("qo-");
    }

    @Override
    public void traded(SpotAccount of, SpotTrade trade) {
        String id = idOf(trade.order());
        SpotInstrument instrument = trade.order().terms().instrument();
        String coin = instrument.base();
        if (isOurs(id)) {
            BigDecimal change = trade.order().terms().side() == Side.BUY
                    ? trade.quantity()
                    : trade.quantity().negate();
            BigDecimal before = lot(instrument.symbol());
            BigDecimal after = before.add(change);
            lots.put(instrument.symbol(), after);
            ours.merge(coin, change, BigDecimal::add);
            if (change.signum() < 0) {
                exits++;
                if (after.signum() < 0) {
                    oversold.add(new Oversold(id, instrument.symbol(), before, after));
                    oversoldCoins.add(coin);
                }
            }
        }
        leastSavings.merge(coin, savingsOf(coin), BigDecimal::min);
    }

    /** What our orders bought of a symbol and did not sell. */
    BigDecimal lot(String symbol) {
        return lots.getOrDefault(symbol, BigDecimal.ZERO);
    }

    /** What another hand has of the coin of a symbol. */
    BigDecimal savings(String symbol) {
        return savingsOf(instrument(symbol).base());
    }

    private BigDecimal savingsOf(String coin) {
        return account.amount(coin).subtract(ours.getOrDefault(coin, BigDecimal.ZERO));
    }

    /** True where another hand ever sold coins that were ours: nobody can say then which position lacks them. */
    boolean wasShort(String symbol) {
        return leastSavings
                        .getOrDefault(instrument(symbol).base(), BigDecimal.ZERO)
                        .signum()
                < 0;
    }

    boolean isShort(String symbol) {
        return savings(symbol).signum() < 0;
    }

    /** True where an order of ours sold what was not ours: the books of this coin are told apart no more. */
    boolean isMixed(String symbol) {
        return oversoldCoins.contains(instrument(symbol).base());
    }

    boolean isDust(String symbol, BigDecimal quantity) {
        SpotMarket market = market(symbol);
        BigDecimal steps = quantity.divideToIntegralValue(instrument(symbol).quantityTick());
        return steps.signum() <= 0
                || steps.multiply(instrument(symbol).quantityTick())
                                .multiply(market.last().min(market.mark()))
                                .compareTo(DUST)
                        < 0;
    }

    /** Symbols of which so much is held that it can be protected and sold. */
    Set<String> held() {
        Set<String> held = new HashSet<>();
        lots.forEach((symbol, lot) -> {
            if (!isDust(symbol, lot)) {
                held.add(symbol);
            }
        });
        return held;
    }

    /** What is held of each symbol, dust too. */
    Map<String, BigDecimal> lots() {
        Map<String, BigDecimal> all = new TreeMap<>();
        lots.forEach((symbol, lot) -> {
            if (lot.signum() > 0) {
                all.put(symbol, lot.stripTrailingZeros());
            }
        });
        return all;
    }

    List<Oversold> oversold() {
        return oversold;
    }

    long exits() {
        return exits;
    }
}
