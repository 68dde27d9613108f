package quantum.simulator.spot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.Side;

/** What one customer has on the spot exchange: coins, orders, advanced orders and trades, each oldest first. */
public final class SpotAccount {

    private final Account owner;
    private final Map<String, BigDecimal> coins = new LinkedHashMap<>();
    private final List<SpotOrder> orders = new ArrayList<>();
    private final List<SpotOrder> open = new ArrayList<>();
    private final Map<Long, SpotOrder> byId = new HashMap<>();
    private final Map<String, SpotOrder> byClientId = new HashMap<>();
    private final List<AdvancedOrder> advanced = new ArrayList<>();
    private final List<AdvancedOrder> openAdvanced = new ArrayList<>();
    private final List<SpotTrade> trades = new ArrayList<>();
    private final Set<String> usedClientIds = new HashSet<>();
    private final BalanceHistory history = new BalanceHistory();
    private final Map<String, SpotFees> promotions = new TreeMap<>();
    private SpotFees fees = SpotFees.DEFAULT;
    private boolean unpublished;

    SpotAccount(Account owner) {
        this.owner = owner;
    }

    public Account owner() {
        return owner;
    }

    public SpotFees fees() {
        return fees;
    }

    void charge(SpotFees chosen) {
        fees = chosen;
    }

    /** What one pair costs, which a promotion may set apart. */
    public SpotFees fees(String symbol) {
        return promotions.getOrDefault(symbol, fees);
    }

    Map<String, SpotFees> promotions() {
        return Collections.unmodifiableMap(promotions);
    }

    void promote(String symbol, SpotFees chosen) {
        promotions.put(symbol, chosen);
    }

    Map<String, BigDecimal> coins() {
        return Collections.unmodifiableMap(coins);
    }

    public BigDecimal amount(String coin) {
        return coins.getOrDefault(coin, BigDecimal.ZERO);
    }

    void put(String coin, BigDecimal amount) {
        coins.put(coin, amount);
    }

    void add(String coin, BigDecimal change) {
        coins.merge(coin, change, BigDecimal::add);
    }

    /** What open orders hold of a coin, those of one list aside if one of its legs is given. */
    BigDecimal held(String coin, @Nullable AdvancedOrder aside) {
        return open.stream()
                .filter(order -> aside == null || !sibling(order, aside))
                .map(SpotOrder::held)
                .filter(held -> held.coin().equals(coin))
                .map(CoinAmount::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean sibling(SpotOrder order, AdvancedOrder leg) {
        var origin = order.origin();
        return origin == leg || leg.listedWith(origin);
    }

    BigDecimal free(String coin) {
        return amount(coin).subtract(held(coin, null));
    }

    /** All coins with what is held of them at this moment. */
    public List<SpotBalance> balances() {
        var names = new TreeSet<>(coins.keySet());
        return names.stream()
                .map(coin -> new SpotBalance(coin, amount(coin), heldBy(Side.BUY, coin), heldBy(Side.SELL, coin)))
                .toList();
    }

    private BigDecimal heldBy(Side side, String coin) {
        return open.stream()
                .filter(order -> order.terms().side() == side)
                .map(SpotOrder::held)
                .filter(held -> held.coin().equals(coin))
                .map(CoinAmount::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BalanceHistory history() {
        return history;
    }

    void add(SpotOrder order) {
        orders.add(order);
        byId.put(order.id(), order);
        byClientId.put(order.terms().clientId(), order);
        if (order.status().open()) open.add(order);
    }

    /** To be called when an order may have ended. */
    void settle(SpotOrder order) {
        if (!order.status().open()) open.remove(order);
    }

    void rename(SpotOrder order, String former) {
        byClientId.remove(former);
        byClientId.put(order.terms().clientId(), order);
    }

    public List<SpotOrder> orders() {
        return Collections.unmodifiableList(orders);
    }

    public List<SpotOrder> open() {
        return List.copyOf(open);
    }

    public @Nullable SpotOrder order(long id) {
        return byId.get(id);
    }

    public @Nullable SpotOrder order(String clientId) {
        return byClientId.get(clientId);
    }

    void add(AdvancedOrder order) {
        advanced.add(order);
        openAdvanced.add(order);
    }

    public List<AdvancedOrder> advanced() {
        return Collections.unmodifiableList(advanced);
    }

    /** Those that are still to fire or to end. */
    public List<AdvancedOrder> openAdvanced() {
        openAdvanced.removeIf(order -> !order.status().open());
        return List.copyOf(openAdvanced);
    }

    public @Nullable AdvancedOrder advanced(long id) {
        return first(order -> order.id() == id);
    }

    public @Nullable AdvancedOrder advanced(String clientId) {
        return first(order -> order.terms().clientId().equals(clientId));
    }

    private @Nullable AdvancedOrder first(Predicate<AdvancedOrder> wanted) {
        return advanced.stream().filter(wanted).findFirst().orElse(null);
    }

    /** The legs of a list, in their order. */
    public List<AdvancedOrder> list(long listId) {
        return advanced.stream()
                .filter(order -> order.leg() != null && order.leg().listId() == listId)
                .toList();
    }

    /** False if the id was used before. */
    boolean use(String clientId) {
        return usedClientIds.add(clientId);
    }

    Set<String> usedClientIds() {
        return Collections.unmodifiableSet(usedClientIds);
    }

    boolean used(String clientId) {
        return usedClientIds.contains(clientId);
    }

    void record(SpotTrade trade) {
        trades.add(trade);
    }

    public List<SpotTrade> trades() {
        return Collections.unmodifiableList(trades);
    }

    /** Notes that balances changed since they were published. */
    boolean markUnpublished() {
        if (unpublished) return false;
        unpublished = true;
        return true;
    }

    void markPublished() {
        unpublished = false;
    }
}
