package quantum.simulator.binance;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Fill;
import quantum.simulator.Json;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import quantum.simulator.TimeInForce;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Regular orders: place, query, list, cancel, trades (binance-usdm 3). */
final class OrderEndpoints {

    /** Three months (binance-usdm 1.4, 2026-08-26). */
    private static final long TRADES_KEPT = TimeUnit.DAYS.toMillis(90);

    private final Simulator exchange;

    OrderEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        new BatchEndpoints(this::place, this::cancel).addTo(routes);
        routes.put("POST /fapi/v1/order", Route.placing(this::place));
        routes.put("PUT /fapi/v1/order", Route.placing(this::amend));
        routes.put("POST /fapi/v1/order/test", Route.signed(1, this::test));
        routes.put("GET /fapi/v1/order", Route.signed(1, this::query));
        routes.put("DELETE /fapi/v1/order", Route.signed(1, this::cancel));
        routes.put("GET /fapi/v1/openOrder", Route.signed(1, this::queryOpen));
        routes.put("GET /fapi/v1/openOrders", Route.signed(1, this::listOpen).costingWithoutSymbol(40));
        routes.put("GET /fapi/v1/allOrders", Route.signed(5, this::listAll));
        routes.put("DELETE /fapi/v1/allOpenOrders", Route.signed(1, this::cancelAll));
        routes.put("GET /fapi/v1/userTrades", Route.signed(5, this::trades));
    }

    private JsonNode place(Call call) {
        var params = call.params();
        var terms = new OrderTerms(exchange).read(params, call.account());
        var result = switch (params.get("newOrderRespType")) {
            case null -> false;
            case "ACK" -> false;
            case "RESULT" -> true;
            default -> throw new BinanceError(-1136, "Invalid newOrderRespType.");
        };
        var ends = terms.type() == OrderType.MARKET
                || terms.timeInForce() == TimeInForce.IOC
                || terms.timeInForce() == TimeInForce.FOK;
        var order = exchange.matching()
                .place(
                        call.account(),
                        terms,
                        call.treatment(),
                        result && ends && exchange.settings().on(Setting.RESULT_IS_FINAL));
        return OrderJson.acknowledgement(exchange, order);
    }

    /** Looks at an order as if it were placed, and forgets it. */
    private JsonNode test(Call call) {
        exchange.matching().test(call.account(), new OrderTerms(exchange).read(call.params(), call.account()));
        return Json.object();
    }

    /** Side, quantity and price are all needed, changed or not. */
    private JsonNode amend(Call call) {
        var params = call.params();
        var side = OrderTerms.side(params);
        var quantity = params.requireDecimal("quantity");
        var price = params.requireDecimal("price");
        var order = visible(call);
        if (!order.status().open()) throw BinanceError.noSuchOrder();
        if (order.terms().side() != side) throw BinanceError.invalid("side");
        return OrderJson.acknowledgement(exchange, exchange.amending().amend(call.account(), order, quantity, price));
    }

    private @Nullable Order find(Call call) {
        var params = call.params();
        exchange.prices().market(params.require("symbol"));
        var clientId = params.get("origClientOrderId");
        if (!params.has("orderId") && clientId == null) {
            throw new BinanceError(
                    -1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
        }
        var orders = call.account().orders();
        if (params.has("orderId")) return orders.find(params.requireLong("orderId"));
        return clientId == null ? null : orders.find(clientId);
    }

    /** Queries may lag behind what was acknowledged (binance-usdm 3.5). */
    private boolean visible(Order order) {
        return exchange.now() - order.createdAt() >= exchange.settings().nanos(Setting.QUERY_DELAY_MILLIS);
    }

    private Order visible(Call call) {
        var order = find(call);
        if (order == null
                || !visible(order)
                || !Retention.keeps(order, exchange)
                || !order.terms().symbol().equals(call.params().get("symbol"))) {
            throw BinanceError.noSuchOrder();
        }
        return order;
    }

    private JsonNode query(Call call) {
        return OrderJson.query(exchange, visible(call));
    }

    private JsonNode queryOpen(Call call) {
        var order = visible(call);
        if (!order.status().open()) throw BinanceError.noSuchOrder();
        return OrderJson.query(exchange, order);
    }

    private JsonNode cancel(Call call) {
        var order = find(call);
        return OrderJson.acknowledgement(
                exchange,
                exchange.matching().cancel(call.account(), call.params().require("symbol"), order));
    }

    private JsonNode cancelAll(Call call) {
        var symbol = call.params().require("symbol");
        exchange.prices().market(symbol);
        exchange.matching().cancelAll(call.account(), symbol);
        return Json.object().put("code", 200).put("msg", "The operation of cancel all open order is done.");
    }

    private JsonNode listOpen(Call call) {
        var symbol = call.params().get("symbol");
        if (symbol != null) exchange.prices().market(symbol);
        var orders = call.account().orders();
        long delay = exchange.settings().nanos(Setting.LIST_DELAY_MILLIS);
        if (delay == 0) {
            var open = symbol == null ? orders.open() : orders.open(symbol);
            return list(open.stream().filter(this::visible).toList());
        }
        long moment = exchange.now() - delay;
        var answer = Json.array();
        orders.all().stream()
                .filter(order -> symbol == null || order.terms().symbol().equals(symbol))
                .filter(order -> order.createdAt() <= moment && (order.status().open() || order.updatedAt() > moment))
                .forEach(order -> answer.add(stillOpen(order)));
        return answer;
    }

    /** What ended meanwhile as it rested before. */
    private ObjectNode stillOpen(Order order) {
        var row = OrderJson.query(exchange, order);
        if (order.status().open()) return row;
        row.put("status", "NEW").put("executedQty", "0").put("cumQty", "0");
        if (row.has("avgPrice")) row.put("avgPrice", "0").put("cumQuote", "0");
        return row.put("updateTime", exchange.serverMillis(order.createdAt()));
    }

    private JsonNode listAll(Call call) {
        var params = call.params();
        var symbol = params.get("symbol");
        if (symbol != null) exchange.prices().market(symbol);
        long firstId = params.getLong("orderId", 0);
        var page = params.has("orderId") ? Page.unbounded() : Page.ofWeek(exchange, params);
        var matching = call.account().orders().all().stream()
                .filter(order -> symbol == null || order.terms().symbol().equals(symbol))
                .filter(order -> visible(order) && Retention.keeps(order, exchange))
                .filter(order -> order.id() >= firstId && page.holds(exchange.serverMillis(order.createdAt())))
                .toList();
        return list(Page.cut(matching, params, params.limit(500, 1_000), params.has("orderId")));
    }

    private JsonNode list(List<Order> orders) {
        var answer = Json.array();
        for (var order : orders) answer.add(OrderJson.query(exchange, order));
        return answer;
    }

    private JsonNode trades(Call call) {
        var params = call.params();
        var symbol = params.require("symbol");
        exchange.prices().market(symbol);
        long orderId = params.getLong("orderId", 0);
        long fromId = params.getLong("fromId", 0);
        if (params.has("fromId") && (params.has("startTime") || params.has("endTime"))) {
            throw new BinanceError(-1128, "Combination of optional parameters invalid.");
        }
        var byId = params.has("fromId") || params.has("orderId");
        var page = byId ? Page.unbounded() : Page.ofWeek(exchange, params);
        long oldest = exchange.serverMillis() - TRADES_KEPT;
        if (params.getLong("startTime", oldest) < oldest) {
            throw new BinanceError(-4166, "Search window is restricted to recent 90 days only.");
        }
        List<Fill> matching = call.account().fills().stream()
                .filter(fill -> fill.order().terms().symbol().equals(symbol))
                .filter(fill -> (orderId == 0 || fill.order().id() == orderId) && fill.id() >= fromId)
                .filter(fill ->
                        exchange.serverMillis(fill.at()) >= oldest && page.holds(exchange.serverMillis(fill.at())))
                .toList();
        var answer = Json.array();
        int limit = params.limit(500, 1_000);
        for (var fill : Page.cut(matching, params, limit, params.has("fromId"))) {
            answer.add(OrderJson.trade(exchange, fill));
        }
        return answer;
    }
}
