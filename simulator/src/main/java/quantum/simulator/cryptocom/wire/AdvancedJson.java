package quantum.simulator.cryptocom.wire;

import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.AdvancedOrder.Contingency;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotStatus;
import tools.jackson.databind.node.ObjectNode;

/** Advanced orders on the wire; their ids are texts by REST and numbers on the socket. A trigger shows no fill. */
public final class AdvancedJson {

    private static final String NOTHING = "0";

    private final Simulator exchange;

    public AdvancedJson(Simulator exchange) {
        this.exchange = exchange;
    }

    public ObjectNode acknowledged(AdvancedOrder order) {
        return Json.object()
                .put("order_id", Long.toString(order.id()))
                .put("client_oid", order.terms().clientId());
    }

    public ObjectNode of(SpotAccount account, AdvancedOrder order, boolean published) {
        var terms = order.terms();
        var json = Json.object().put("account_id", Wire.accountId(account));
        Wire.putId(json, "order_id", order.id(), published);
        json.put("client_oid", terms.clientId())
                .put("order_type", terms.type().name())
                .put("time_in_force", terms.handling().patience().name())
                .put("side", terms.side().name());
        var instructions = json.putArray("exec_inst");
        terms.handling().instructions().forEach(instructions::add);
        sizes(json, order);
        json.put("status", status(order))
                .put("instrument_name", terms.instrument().symbol())
                .put("reason", 0)
                .put("create_time", exchange.serverMillis(order.createdAt()))
                .put("create_time_ns", Long.toString(Wire.nanos(exchange, order.createdAt())))
                .put("update_time", exchange.serverMillis(order.updatedAt()));
        if (!order.rejection().isEmpty()) json.put("reject_reason", order.rejection());
        var leg = order.leg();
        if (leg != null) {
            Wire.putId(json, "list_id", leg.listId(), published);
            json.put("contingency_type", leg.contingency() == Contingency.OCO ? "OCO" : "SPOT_ATTACH")
                    .put("leg_id", leg.number());
        }
        var child = order.child();
        if (child != null) Wire.putId(json, "exchange_order_id", child.id(), published);
        if (published) json.put("transaction_time_ns", Wire.nanos(exchange, order.updatedAt()));
        return json;
    }

    private String status(AdvancedOrder order) {
        var rests = order.status() == SpotStatus.NEW && order.level() != null;
        var untriggered = exchange.settings().on(Setting.SPOT_TRIGGERS_UNTRIGGERED);
        return rests && untriggered ? "UNTRIGGERED" : order.status().name();
    }

    private static void sizes(ObjectNode json, AdvancedOrder order) {
        var terms = order.terms();
        var instrument = terms.instrument();
        var quantity = terms.size().quantity();
        var notional = terms.size().notional();
        json.put("quantity", quantity == null ? NOTHING : Wire.text(instrument.padded(quantity)));
        if (notional != null) json.put("notional", Wire.text(notional));
        var limit = terms.price();
        if (limit != null)
            json.put("limit_price", limit.setScale(instrument.priceDecimals()).toPlainString());
        var level = order.level();
        json.put(
                        "ref_price",
                        level == null
                                ? NOTHING
                                : level.setScale(instrument.priceDecimals()).toPlainString())
                .put(
                        "ref_price_type",
                        level == null ? "NULL_VAL" : order.reference().name());
        // The fill of a trigger is shown under the id of its real order alone.
        var child = terms.type().waits() ? null : order.child();
        json.put("avg_price", child == null ? NOTHING : child.averagePrice().toPlainString())
                .put("cumulative_quantity", child == null ? NOTHING : Wire.text(instrument.padded(child.executed())))
                .put("cumulative_value", child == null ? NOTHING : Wire.text(child.value()))
                .put("cumulative_fee", child == null ? NOTHING : Wire.text(child.fee()))
                .put("order_value", child == null ? NOTHING : Wire.text(child.orderValue()));
    }
}
