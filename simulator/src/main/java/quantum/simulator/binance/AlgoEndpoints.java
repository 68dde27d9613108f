package quantum.simulator.binance;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoSize;
import quantum.simulator.AlgoStatus;
import quantum.simulator.Json;
import quantum.simulator.NewAlgo;
import quantum.simulator.OrderType;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import quantum.simulator.TimeInForce;
import quantum.simulator.Trigger;
import tools.jackson.databind.JsonNode;

/** Conditional orders: place, query, list, cancel (binance-usdm 4). */
final class AlgoEndpoints {

    private static final BigDecimal LEAST_CALLBACK = new BigDecimal("0.1");
    private static final BigDecimal MOST_CALLBACK = BigDecimal.valueOf(20);

    private final Simulator exchange;

    AlgoEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("POST /fapi/v1/algoOrder", Route.placing(this::place));
        routes.put("GET /fapi/v1/algoOrder", Route.signed(1, this::query));
        routes.put("DELETE /fapi/v1/algoOrder", Route.signed(1, this::cancel));
        routes.put("DELETE /fapi/v1/algoOpenOrders", Route.signed(1, this::cancelAll));
        routes.put(
                "GET /fapi/v1/openAlgoOrders", Route.signed(1, this::listOpen).costingWithoutSymbol(40));
        routes.put("GET /fapi/v1/allAlgoOrders", Route.signed(5, this::listAll));
    }

    private JsonNode place(Call call) {
        var params = call.params();
        if (!params.require("algoType").equals("CONDITIONAL")) throw BinanceError.mandatory("algoType");
        var symbol = params.require("symbol");
        var side = OrderTerms.side(params);
        var type = OrderTerms.type(params.require("type"));
        if (!type.conditional()) throw new BinanceError(-1116, "Invalid orderType.");
        var positionSide = OrderTerms.positionSide(params);
        if (call.account().hedged()) params.refuse("reduceOnly");
        params.refuse("stopPrice");
        params.refuse("activationPrice");
        var clientId = params.clientId("clientAlgoId");
        var time = params.get("timeInForce");
        var terms = new NewAlgo(
                clientId == null ? exchange.freshClientId() : clientId,
                symbol,
                side,
                positionSide,
                type,
                time == null ? TimeInForce.GTC : timeInForce(time),
                trigger(params, type),
                size(params, type));
        var algo = exchange.conditionals().place(call.account(), terms, call.treatment());
        return AlgoJson.placed(exchange, algo);
    }

    /** Everything but GTD (binance-usdm 4.2). */
    private static TimeInForce timeInForce(String text) {
        var time = OrderTerms.timeInForce(text);
        if (time == TimeInForce.GTD) throw OrderTerms.invalidTimeInForce();
        return time;
    }

    private static Trigger trigger(Params params, OrderType type) {
        var trailing = type == OrderType.TRAILING_STOP_MARKET;
        var byMark = switch (params.get("workingType")) {
            case null -> false;
            case "CONTRACT_PRICE" -> false;
            case "MARK_PRICE" -> true;
            default -> throw BinanceError.mandatory("workingType");
        };
        if (!trailing) {
            params.refuse("activatePrice");
            params.refuse("callbackRate");
            return new Trigger(params.requireDecimal("triggerPrice"), null, null, byMark, params.flag("priceProtect"));
        }
        params.refuse("triggerPrice");
        var callback = params.requireDecimal("callbackRate");
        if (callback.compareTo(LEAST_CALLBACK) < 0 || callback.compareTo(MOST_CALLBACK) > 0) {
            throw BinanceError.mandatory("callbackRate");
        }
        return new Trigger(null, params.decimal("activatePrice"), callback, byMark, params.flag("priceProtect"));
    }

    private static AlgoSize size(Params params, OrderType type) {
        if (params.flag("closePosition")) {
            if (type != OrderType.STOP_MARKET && type != OrderType.TAKE_PROFIT_MARKET) {
                throw new BinanceError(-4136, "Target strategy invalid for orderType " + type + ",closePosition true");
            }
            if (params.has("quantity")) {
                throw new BinanceError(-4137, "Quantity must be zero with closePosition equals true");
            }
            params.refuse("reduceOnly");
            params.refuse("price");
            return new AlgoSize(null, null, true, false);
        }
        var limit = type.limited() ? params.requireDecimal("price") : null;
        if (limit == null) params.refuse("price");
        return new AlgoSize(params.requireDecimal("quantity"), limit, false, params.flag("reduceOnly"));
    }

    private @Nullable AlgoOrder find(Call call) {
        var params = call.params();
        var clientId = params.get("clientAlgoId");
        if (params.has("algoId")) return call.account().algos().find(params.requireLong("algoId"));
        if (clientId == null) {
            throw new BinanceError(-1102, "Param 'algoId' or 'clientAlgoId' must be sent, but both were empty/null!");
        }
        return call.account().algos().find(clientId);
    }

    private boolean visible(AlgoOrder algo) {
        return exchange.now() - algo.createdAt() >= exchange.settings().nanos(Setting.ALGO_QUERY_DELAY_MILLIS);
    }

    private JsonNode query(Call call) {
        var algo = find(call);
        if (algo == null || !visible(algo) || !Retention.keeps(algo, exchange)) throw BinanceError.noSuchOrder();
        return AlgoJson.query(exchange, algo);
    }

    private JsonNode cancel(Call call) {
        var algo = find(call);
        exchange.conditionals().cancel(call.account(), algo);
        if (algo == null) throw BinanceError.noSuchOrder();
        return Json.object()
                .put("algoId", algo.id())
                .put("clientAlgoId", algo.terms().clientId())
                .put("code", "200")
                .put("msg", "success");
    }

    private JsonNode cancelAll(Call call) {
        var symbol = call.params().require("symbol");
        exchange.prices().market(symbol);
        exchange.conditionals().cancelAll(call.account(), symbol);
        return Json.object().put("code", 200).put("msg", "The operation of cancel all open order is done.");
    }

    private JsonNode listOpen(Call call) {
        var params = call.params();
        var symbol = params.get("symbol");
        if (symbol != null) exchange.prices().market(symbol);
        long id = params.getLong("algoId", 0);
        var answer = Json.array();
        var algos = call.account().algos();
        long delay = exchange.settings().nanos(Setting.LIST_DELAY_MILLIS);
        if (delay == 0) {
            for (var algo : symbol == null ? algos.open() : algos.open(symbol)) {
                var wanted = id == 0 || algo.id() == id;
                if (wanted && algo.status() == AlgoStatus.NEW && visible(algo))
                    answer.add(AlgoJson.listedOpen(exchange, algo));
            }
            return answer;
        }
        long moment = exchange.now() - delay;
        algos.all().stream()
                .filter(algo -> symbol == null || algo.terms().symbol().equals(symbol))
                .filter(algo -> id == 0 || algo.id() == id)
                .filter(algo ->
                        algo.createdAt() <= moment && (algo.status() == AlgoStatus.NEW || algo.updatedAt() > moment))
                .forEach(algo -> answer.add(AlgoJson.listedOpen(exchange, algo).put("algoStatus", "NEW")));
        return answer;
    }

    private JsonNode listAll(Call call) {
        var params = call.params();
        var symbol = params.require("symbol");
        exchange.prices().market(symbol);
        long firstId = params.getLong("algoId", 0);
        var page = params.has("algoId") ? Page.unbounded() : Page.ofWeek(exchange, params);
        var matching = call.account().algos().all().stream()
                .filter(algo -> algo.terms().symbol().equals(symbol) && algo.id() >= firstId)
                .filter(algo -> visible(algo) && Retention.keeps(algo, exchange))
                .filter(algo -> page.holds(exchange.serverMillis(algo.createdAt())))
                .toList();
        var answer = Json.array();
        int limit = params.limit(500, 1_000);
        for (var algo : Page.cut(matching, params, limit, params.has("algoId")))
            answer.add(AlgoJson.listed(exchange, algo));
        return answer;
    }
}
