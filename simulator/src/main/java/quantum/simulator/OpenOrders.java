package quantum.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The open orders of one symbol with running sums, so that no order pays for the number of the others. */
final class OpenOrders {

    private final Map<Long, Order> orders = new LinkedHashMap<>();
    private final Map<PositionSide, Demand> demand = new EnumMap<>(PositionSide.class);
    private int limits;

    List<Order> copy() {
        return new ArrayList<>(orders.values());
    }

    boolean isEmpty() {
        return orders.isEmpty();
    }

    boolean asksFor(PositionSide side) {
        return orders.values().stream().anyMatch(order -> order.terms().positionSide() == side);
    }

    /** How many limit orders there are; orders by the market are only on their way. */
    int limits() {
        return limits;
    }

    Demand demand(PositionSide side) {
        return demand.getOrDefault(side, Demand.NONE);
    }

    /** What closing limit orders of this side already take from the position. */
    BigDecimal closing(PositionSide position, Side side) {
        var sum = BigDecimal.ZERO;
        for (var order : orders.values()) {
            var terms = order.terms();
            if (terms.closing()
                    && terms.type() == OrderType.LIMIT
                    && terms.timeInForce().rests()
                    && terms.side() == side
                    && terms.positionSide() == position) sum = sum.add(order.remaining());
        }
        return sum;
    }

    void refresh(Order order) {
        var open = order.status().open();
        var terms = order.terms();
        var changed = open ? orders.put(order.id(), order) == null : orders.remove(order.id()) != null;
        if (changed && terms.type() == OrderType.LIMIT) limits += open ? 1 : -1;
        if (terms.closing()) return;
        var counted = order.recount();
        if (counted.signum() != 0) {
            demand.put(terms.positionSide(), demand(terms.positionSide()).plus(terms.side(), counted));
        }
    }
}
