package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Json;
import quantum.simulator.MarginMove;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Margin of isolated positions, moved by hand. */
final class MarginEndpoints {

    private static final long SPAN = TimeUnit.DAYS.toMillis(30);
    private static final int ADD = 1;
    private static final int REDUCE = 2;

    private final Simulator exchange;

    MarginEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("POST /fapi/v1/positionMargin", Route.signed(1, this::move));
        routes.put("GET /fapi/v1/positionMargin/history", Route.signed(1, this::history));
    }

    private JsonNode move(Call call) {
        var params = call.params();
        var symbol = params.require("symbol");
        exchange.prices().market(symbol);
        var side = OrderTerms.positionSide(params);
        var amount = params.requireDecimal("amount");
        if (amount.signum() <= 0) throw new BinanceError(-4055, "Amount must be positive.");
        long type = params.requireLong("type");
        if (type != ADD && type != REDUCE) throw BinanceError.mandatory("type");
        var position = call.account().positions().of(symbol, side);
        exchange.bank().moveMargin(call.account(), position, type == ADD ? amount : amount.negate());
        return Json.object()
                .put("amount", amount)
                .put("code", 200)
                .put("msg", "Successfully modify position margin.")
                .put("type", type);
    }

    private JsonNode history(Call call) {
        var params = call.params();
        var symbol = params.require("symbol");
        exchange.prices().market(symbol);
        long type = params.getLong("type", 0);
        var page = Page.of(exchange, params, SPAN);
        var answer = Json.array();
        call.account().marginMoves().stream()
                .filter(move -> move.symbol().equals(symbol) && (type == 0 || type == type(move)))
                .filter(move -> page.holds(exchange.serverMillis(move.at())))
                .limit(params.limit(500, 500))
                .forEach(move -> answer.add(row(move)));
        return answer;
    }

    private static int type(MarginMove move) {
        return move.amount().signum() > 0 ? ADD : REDUCE;
    }

    private ObjectNode row(MarginMove move) {
        return Json.object()
                .put("symbol", move.symbol())
                .put("type", type(move))
                .put("deltaType", "USER_ADJUST")
                .put("amount", text(move.amount().abs()))
                .put("asset", exchange.prices().asset(move.symbol()))
                .put("time", exchange.serverMillis(move.at()))
                .put("positionSide", move.side().name())
                .put("clientTranId", "");
    }
}
