package quantum.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditional orders of one account, open and finished; an id space of their own. */
public final class AlgoBook {

    private final Map<Long, AlgoOrder> byId = new LinkedHashMap<>();
    private final Map<Long, AlgoOrder> open = new LinkedHashMap<>();
    private final Map<String, AlgoOrder> latestByClientId = new HashMap<>();

    public Collection<AlgoOrder> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** A copy: those not yet triggered or just triggering, oldest first. */
    public List<AlgoOrder> open() {
        return new ArrayList<>(open.values());
    }

    public @Nullable AlgoOrder find(long id) {
        return byId.get(id);
    }

    public @Nullable AlgoOrder find(String clientId) {
        return latestByClientId.get(clientId);
    }

    void add(AlgoOrder order) {
        byId.put(order.id(), order);
        latestByClientId.put(order.terms().clientId(), order);
        refresh(order);
    }

    void refresh(AlgoOrder order) {
        if (order.status().open()) open.put(order.id(), order);
        else open.remove(order.id());
    }
}
