package quantum.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The regular orders of one account, open and finished. */
public final class OrderBook {

    private static final OpenOrders NONE = new OpenOrders();

    private final List<Order> history = new ArrayList<>();
    private final Map<Long, Order> byId = new HashMap<>();
    private final Map<Long, Order> open = new LinkedHashMap<>();
    private final Map<String, OpenOrders> openBySymbol = new HashMap<>();
    private final Map<String, Order> latestByClientId = new HashMap<>();

    /** Oldest first. */
    public List<Order> all() {
        return Collections.unmodifiableList(history);
    }

    /** A copy, so that matching may finish orders while it looks at them; oldest first. */
    public List<Order> open() {
        return new ArrayList<>(open.values());
    }

    public List<Order> open(String symbol) {
        return in(symbol).copy();
    }

    /** The symbols with an open order; a copy. */
    public Set<String> symbols() {
        return new TreeSet<>(openBySymbol.keySet());
    }

    public boolean quiet(String symbol) {
        return in(symbol).isEmpty();
    }

    /** What the open orders for a position would cost. */
    public Demand demand(String symbol, PositionSide side) {
        return in(symbol).demand(side);
    }

    OpenOrders in(String symbol) {
        return openBySymbol.getOrDefault(symbol, NONE);
    }

    public @Nullable Order find(long id) {
        return byId.get(id);
    }

    /** The latest order with this id: a finished order's id may be used again (binance-usdm 0.6). */
    public @Nullable Order find(String clientId) {
        return latestByClientId.get(clientId);
    }

    void add(Order order) {
        history.add(order);
        byId.put(order.id(), order);
        latestByClientId.put(order.terms().clientId(), order);
        refresh(order);
    }

    void refresh(Order order) {
        var symbol = order.terms().symbol();
        if (order.status().open()) open.put(order.id(), order);
        else open.remove(order.id());
        var siblings = openBySymbol.computeIfAbsent(symbol, _ -> new OpenOrders());
        siblings.refresh(order);
        if (siblings.isEmpty()) openBySymbol.remove(symbol);
    }
}
