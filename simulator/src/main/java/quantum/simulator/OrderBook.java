package quantum.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The regular orders of one account, open and finished. */
public final class OrderBook {

    private final Map<Long, Order> byId = new LinkedHashMap<>();
    private final Map<Long, Order> open = new LinkedHashMap<>();
    private final Map<String, Order> latestByClientId = new HashMap<>();

    /** Oldest first. */
    public Collection<Order> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** A copy, so that matching may finish orders while it looks at them; oldest first. */
    public List<Order> open() {
        return new ArrayList<>(open.values());
    }

    public List<Order> open(String symbol) {
        return open.values().stream()
                .filter(order -> order.terms().symbol().equals(symbol))
                .toList();
    }

    public @Nullable Order find(long id) {
        return byId.get(id);
    }

    /** The latest order with this id: a finished order's id may be used again (binance-usdm 0.6). */
    public @Nullable Order find(String clientId) {
        return latestByClientId.get(clientId);
    }

    void add(Order order) {
        byId.put(order.id(), order);
        latestByClientId.put(order.terms().clientId(), order);
        refresh(order);
    }

    void refresh(Order order) {
        if (order.status().open()) open.put(order.id(), order);
        else open.remove(order.id());
    }
}
