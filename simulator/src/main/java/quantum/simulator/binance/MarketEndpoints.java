package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import quantum.simulator.Candle;
import quantum.simulator.Depth;
import quantum.simulator.Json;
import quantum.simulator.Market;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The public endpoints: time, rules and prices (binance-usdm 6). */
final class MarketEndpoints {

    private static final Set<Long> DEPTHS = Set.of(5L, 10L, 20L, 50L, 100L, 500L, 1_000L);

    private static final int MINUTES_OF_A_DAY = 24 * 60;

    private final Simulator exchange;

    MarketEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("GET /fapi/v1/ping", Route.open(1, _ -> Json.object()));
        routes.put("GET /fapi/v1/time", Route.open(1, _ -> Json.object().put("serverTime", exchange.serverMillis())));
        routes.put("GET /fapi/v1/exchangeInfo", Route.open(1, _ -> ExchangeRules.json(exchange)));
        routes.put(
                "GET /fapi/v1/premiumIndex", Route.open(1, each(this::premium)).costingWithoutSymbol(10));
        routes.put(
                "GET /fapi/v1/ticker/bookTicker",
                Route.open(2, each(this::book)).costingWithoutSymbol(5));
        routes.put("GET /fapi/v2/ticker/price", Route.open(1, each(this::price)).costingWithoutSymbol(2));
        routes.put("GET /fapi/v1/ticker/price", Route.open(1, each(this::price)).costingWithoutSymbol(2));
        routes.put("GET /fapi/v1/ticker/24hr", Route.open(1, each(this::day)).costingWithoutSymbol(40));
        routes.put("GET /fapi/v1/depth", Route.open(MarketEndpoints::depthWeight, this::depth));
        routes.put("GET /fapi/v1/historicalTrades", Route.keyed(20, this::historicalTrades));
        routes.put("GET /fapi/v1/klines", Route.open(MarketEndpoints::klineWeight, this::klines));
    }

    /** One object for a symbol, an array for all. */
    private Function<Call, JsonNode> each(Function<Market, ObjectNode> answer) {
        return call -> {
            var symbol = call.params().get("symbol");
            if (symbol != null) return answer.apply(exchange.prices().quoted(symbol));
            var all = Json.array();
            for (var market : exchange.prices().markets()) {
                if (exchange.prices().known(market)) all.add(answer.apply(market));
            }
            return all;
        };
    }

    private ObjectNode premium(Market market) {
        return Json.object()
                .put("symbol", market.instrument().symbol())
                .put("markPrice", text(market.mark()))
                .put("indexPrice", text(market.mark()))
                .put("estimatedSettlePrice", text(market.mark()))
                .put("lastFundingRate", text(market.fundingRate()))
                .put("interestRate", "0.00010000")
                .put("nextFundingTime", exchange.funding().nextMillis())
                .put("time", exchange.serverMillis());
    }

    private ObjectNode book(Market market) {
        return Json.object()
                .put("symbol", market.instrument().symbol())
                .put("bidPrice", text(market.bid()))
                .put("bidQty", text(market.shownQuantity()))
                .put("askPrice", text(market.ask()))
                .put("askQty", text(market.shownQuantity()))
                .put("time", exchange.serverMillis());
    }

    private ObjectNode price(Market market) {
        return Json.object()
                .put("symbol", market.instrument().symbol())
                .put("price", text(market.last()))
                .put("time", exchange.serverMillis(market.movedAt()));
    }

    /** The last 24 hours, as far as this exchange remembers minutes. */
    private ObjectNode day(Market market) {
        var minutes = market.candles();
        var day = minutes.subList(Math.max(0, minutes.size() - MINUTES_OF_A_DAY), minutes.size()).stream()
                .reduce(Candle::and)
                .orElseThrow();
        var change = day.close().subtract(day.open());
        var worth = day.volume().multiply(market.last());
        return Json.object()
                .put("symbol", market.instrument().symbol())
                .put("priceChange", text(change))
                .put("priceChangePercent", text(change.movePointRight(2).divide(day.open(), 3, RoundingMode.HALF_EVEN)))
                .put("weightedAvgPrice", text(market.last()))
                .put("lastPrice", text(day.close()))
                .put("lastQty", text(market.shownQuantity()))
                .put("openPrice", text(day.open()))
                .put("highPrice", text(day.high()))
                .put("lowPrice", text(day.low()))
                .put("volume", text(day.volume()))
                .put("quoteVolume", text(worth))
                .put("openTime", Klines.openTime(day))
                .put("closeTime", exchange.serverMillis(market.movedAt()))
                .put("firstId", market.updates() - day.trades() + 1)
                .put("lastId", market.updates())
                .put("count", day.trades());
    }

    private static int depthWeight(Params params) {
        long limit = params.getLong("limit", 500);
        if (limit <= 50) return 2;
        if (limit <= 100) return 5;
        return limit <= 500 ? 10 : 20;
    }

    private JsonNode depth(Call call) {
        var market = exchange.prices().market(call.params().require("symbol"));
        long limit = call.params().getLong("limit", 500);
        if (!DEPTHS.contains(limit)) throw BinanceError.invalid("limit");
        var answer = Json.object()
                .put("lastUpdateId", market.updates())
                .put("E", exchange.serverMillis())
                .put("T", exchange.serverMillis(market.movedAt()));
        answer.set("bids", levels(market.levels(Side.SELL, (int) limit)));
        answer.set("asks", levels(market.levels(Side.BUY, (int) limit)));
        return answer;
    }

    private static JsonNode levels(List<Depth.Take> levels) {
        var rows = Json.array();
        for (var level : levels) rows.addArray().add(text(level.price())).add(text(level.quantity()));
        return rows;
    }

    /** The latest public trade. */
    private JsonNode historicalTrades(Call call) {
        var market = exchange.prices().market(call.params().require("symbol"));
        call.params().limit(100, 500);
        return Json.array()
                .add(Json.object()
                        .put("id", market.updates())
                        .put("price", text(market.last()))
                        .put("qty", text(market.shownQuantity()))
                        .put("quoteQty", text(market.last().multiply(market.shownQuantity())))
                        .put("time", exchange.serverMillis(market.movedAt()))
                        .put("isBuyerMaker", false));
    }

    private static int klineWeight(Params params) {
        long limit = params.getLong("limit", 500);
        if (limit < 100) return 1;
        if (limit < 500) return 2;
        return limit <= 1_000 ? 5 : 10;
    }

    private JsonNode klines(Call call) {
        var params = call.params();
        var market = exchange.prices().market(params.require("symbol"));
        var interval = Klines.minutes(params.require("interval"));
        long from = params.getLong("startTime", Long.MIN_VALUE);
        long to = params.getLong("endTime", Long.MAX_VALUE);
        List<JsonNode> rows = Klines.grouped(market.candles(), interval).stream()
                .filter(candle -> Klines.openTime(candle) >= from && Klines.openTime(candle) <= to)
                .<JsonNode>map(candle -> Klines.row(candle, interval))
                .toList();
        int limit = params.limit(500, 1_500);
        return Json.array().addAll(rows.subList(Math.max(0, rows.size() - limit), rows.size()));
    }
}
