package quantum.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditional orders of one account, open and finished; an id space of their own. */
public final class AlgoBook {

    private final List<AlgoOrder> history = new ArrayList<>();
    private final Map<Long, AlgoOrder> byId = new HashMap<>();
    private final Map<Long, AlgoOrder> open = new LinkedHashMap<>();
    private final Map<String, Map<Long, AlgoOrder>> openBySymbol = new HashMap<>();
    private final Map<String, AlgoOrder> latestByClientId = new HashMap<>();

    /** Oldest first. */
    public List<AlgoOrder> all() {
        return Collections.unmodifiableList(history);
    }

    /** A copy: those not yet triggered or just triggering, oldest first. */
    public List<AlgoOrder> open() {
        return new ArrayList<>(open.values());
    }

    /** The same of one symbol. */
    public List<AlgoOrder> open(String symbol) {
        var orders = openBySymbol.get(symbol);
        return orders == null ? List.of() : new ArrayList<>(orders.values());
    }

    public @Nullable AlgoOrder find(long id) {
        return byId.get(id);
    }

    public @Nullable AlgoOrder find(String clientId) {
        return latestByClientId.get(clientId);
    }

    int openCount() {
        return open.size();
    }

    void add(AlgoOrder order) {
        history.add(order);
        byId.put(order.id(), order);
        latestByClientId.put(order.terms().clientId(), order);
        refresh(order);
    }

    void refresh(AlgoOrder order) {
        var symbol = order.terms().symbol();
        var siblings = openBySymbol.computeIfAbsent(symbol, _ -> new LinkedHashMap<>());
        if (order.status().open()) {
            open.put(order.id(), order);
            siblings.put(order.id(), order);
        } else {
            open.remove(order.id());
            siblings.remove(order.id());
        }
        if (siblings.isEmpty()) openBySymbol.remove(symbol);
    }
}
