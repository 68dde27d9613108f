package quantum.simulator.cryptocom;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Setting;
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.AdvancedOrder.Contingency;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotOrder;

/** Which orders a reader finds: the newest ones late if so set, and advanced ones by their own methods alone. */
final class Visibility {

    private final SpotExchange spot;

    Visibility(SpotExchange spot) {
        this.spot = spot;
    }

    private boolean on(Setting setting) {
        return spot.simulator().settings().on(setting);
    }

    /** False while queries do not find what was created at this moment. */
    boolean seen(long createdAt) {
        long delay = spot.simulator().settings().nanos(Setting.SPOT_QUERY_DELAY_MILLIS);
        return spot.simulator().now() >= createdAt + delay;
    }

    /** The open ordinary orders, oldest first; the resting limit orders of lists belong to those by a setting alone. */
    List<SpotOrder> open(SpotAccount account, @Nullable String symbol) {
        return account.open().stream()
                .filter(order ->
                        symbol == null || order.terms().instrument().symbol().equals(symbol))
                .filter(this::ordinary)
                .toList();
    }

    /** What a trigger became is an order like any other. */
    private boolean ordinary(SpotOrder order) {
        var origin = order.origin();
        return origin == null || origin.terms().type().waits() || on(Setting.SPOT_LISTED_LEGS_SHOWN);
    }

    List<AdvancedOrder> openAdvanced(SpotAccount account, @Nullable String symbol) {
        return account.openAdvanced().stream()
                .filter(order ->
                        symbol == null || order.terms().instrument().symbol().equals(symbol))
                .filter(order -> on(Setting.SPOT_ADVANCED_OPEN_LISTS_ALL) || attached(order))
                .toList();
    }

    private static boolean attached(AdvancedOrder order) {
        var leg = order.leg();
        return leg != null && leg.contingency() != Contingency.OCO;
    }

    /** The advanced order that a call names by its id or its client id, or null. */
    @Nullable
    AdvancedOrder advanced(SpotAccount account, Params params) {
        var id = params.id("order_id");
        if (id != null) return account.advanced(id);
        return account.advanced(params.require("client_oid"));
    }
}
