package quantum.simulator.cryptocom.wire;

import quantum.simulator.Json;
import quantum.simulator.Simulator;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotOrder;
import quantum.simulator.spot.SpotTrade;
import quantum.simulator.spot.SpotType;
import tools.jackson.databind.node.ObjectNode;

/** Ordinary orders and trades on the wire; an order looks a little different open, finished and on the socket. */
public final class OrderJson {

    private final Simulator exchange;

    public OrderJson(Simulator exchange) {
        this.exchange = exchange;
    }

    public ObjectNode acknowledged(SpotOrder order) {
        return Json.object().put("client_oid", order.terms().clientId()).put("order_id", Long.toString(order.id()));
    }

    /** As REST shows it. */
    public ObjectNode of(SpotAccount account, SpotOrder order) {
        var json = common(account, order).put("reason", order.reason());
        if (order.status().open()) return json;
        return json.put("maker_fee_rate", "0").put("taker_fee_rate", "0").put("ref_price_type", "NULL_VAL");
    }

    /** As the socket shows it. */
    public ObjectNode published(SpotAccount account, SpotOrder order) {
        return common(account, order)
                .put("maker_fee_rate", "0")
                .put("taker_fee_rate", "0")
                .put("transaction_time_ns", Wire.nanos(exchange, order.updatedAt()));
    }

    private ObjectNode common(SpotAccount account, SpotOrder order) {
        var terms = order.terms();
        var instrument = terms.instrument();
        var json = Json.object()
                .put("account_id", Wire.accountId(account))
                .put("order_id", Long.toString(order.id()))
                .put("client_oid", terms.clientId())
                .put("order_type", terms.type().name())
                .put("time_in_force", terms.handling().patience().name())
                .put("side", terms.side().name());
        var instructions = json.putArray("exec_inst");
        if (terms.size().quantity() == null) instructions.add("NOTIONAL_ORDER");
        terms.handling().instructions().forEach(instructions::add);
        json.put("quantity", Wire.text(instrument.padded(order.quantity())));
        var limit = terms.price();
        if (terms.type() == SpotType.LIMIT && limit != null) {
            json.put(
                    "limit_price",
                    limit.setScale(Math.max(instrument.priceDecimals(), 0)).toPlainString());
        }
        return json.put("order_value", Wire.text(order.orderValue()))
                .put("avg_price", order.averagePrice().toPlainString())
                .put("ref_price", "0")
                .put("cumulative_quantity", Wire.text(instrument.padded(order.executed())))
                .put("cumulative_value", Wire.text(order.value()))
                .put("cumulative_fee", Wire.text(order.fee()))
                .put("status", order.status().name())
                .put("update_user_id", Wire.accountId(account))
                .put("order_date", Wire.date(exchange, order.createdAt()))
                .put("instrument_name", instrument.symbol())
                .put("fee_instrument_name", terms.paysFeeIn())
                .put("create_time", exchange.serverMillis(order.createdAt()))
                .put("create_time_ns", Long.toString(Wire.nanos(exchange, order.createdAt())))
                .put("update_time", updateTime(order));
    }

    /** As recorded: an order that ends as it is created was updated a millisecond before. */
    private long updateTime(SpotOrder order) {
        var atOnce = !order.status().open() && order.updatedAt() == order.createdAt();
        return exchange.serverMillis(order.updatedAt()) - (atOnce ? 1 : 0);
    }

    /** What was paid is negative. */
    public ObjectNode of(SpotAccount account, SpotTrade trade) {
        var order = trade.order();
        var at = Long.toString(Wire.nanos(exchange, trade.at()));
        return Json.object()
                .put("account_id", Wire.accountId(account))
                .put("event_date", Wire.date(exchange, trade.at()))
                .put("journal_type", "TRADING")
                .put("side", order.terms().side().name())
                .put("instrument_name", order.terms().instrument().symbol())
                .put("fees", Wire.text(trade.fee().amount().negate()))
                .put("fee_credits", "0")
                .put("trade_id", Long.toString(trade.id()))
                .put("trade_match_id", Long.toString(trade.matchId()))
                .put("create_time", exchange.serverMillis(trade.at()))
                .put("match_count", 1)
                .put("traded_price", Wire.text(trade.price()))
                .put("traded_quantity", Wire.text(order.terms().instrument().padded(trade.quantity())))
                .put("fee_instrument_name", trade.fee().coin())
                .put("client_oid", order.terms().clientId())
                .put("taker_side", trade.maker() ? "MAKER" : "TAKER")
                .put("order_id", Long.toString(order.id()))
                .put("create_time_ns", at)
                .put("transact_time_ns", at);
    }
}
