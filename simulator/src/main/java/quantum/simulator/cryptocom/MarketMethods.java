package quantum.simulator.cryptocom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Candle;
import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.cryptocom.wire.MarketJson;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotMarket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the public may read. */
final class MarketMethods {

    private static final int DEEPEST = 50;
    private static final int STANDARD_CANDLES = 25;
    private static final int MOST_CANDLES = 300;
    static final Map<String, Integer> TIMEFRAMES = Map.ofEntries(
            Map.entry("1m", 1),
            Map.entry("M1", 1),
            Map.entry("5m", 5),
            Map.entry("M5", 5),
            Map.entry("15m", 15),
            Map.entry("M15", 15),
            Map.entry("30m", 30),
            Map.entry("M30", 30),
            Map.entry("1h", 60),
            Map.entry("H1", 60),
            Map.entry("2h", 120),
            Map.entry("H2", 120),
            Map.entry("4h", 240),
            Map.entry("H4", 240),
            Map.entry("12h", 720),
            Map.entry("H12", 720),
            Map.entry("1D", 1_440),
            Map.entry("D1", 1_440),
            Map.entry("7D", 10_080),
            Map.entry("14D", 20_160));

    private final SpotExchange spot;
    private final MarketJson json;

    MarketMethods(SpotExchange spot, MarketJson json) {
        this.spot = spot;
        this.json = json;
    }

    void addTo(Map<String, Method> methods) {
        var limit = Method.Limit.PUBLIC;
        methods.put("public/get-instruments", Method.read(limit, this::instruments));
        methods.put("public/get-tickers", Method.read(limit, this::tickers));
        methods.put("public/get-book", Method.read(limit, this::book));
        methods.put("public/get-valuations", Method.read(limit, this::valuations));
        methods.put("public/get-trades", Method.read(limit, this::trades));
        methods.put("public/get-candlestick", Method.read(limit, this::candles));
    }

    private SpotMarket market(Call call) {
        var market = spot.find(call.params().require("instrument_name"));
        if (market == null) throw new CryptoComError(Code.INVALID_INSTRUMENT);
        return market;
    }

    /** Page by page; the cursor is the place of the first row of the next page. */
    private JsonNode instruments(Call call) {
        var all = new ArrayList<>(spot.markets().all());
        int from = Math.min(cursor(call), all.size());
        long rows = Math.max(1, spot.simulator().settings().get(Setting.SPOT_INSTRUMENTS_A_PAGE));
        int to = (int) Math.min(all.size(), from + rows);
        var answer = Json.object()
                .put(
                        "last_updated_time",
                        TimeUnit.MILLISECONDS.toNanos(spot.simulator().serverMillis()));
        var list = answer.putArray("data");
        all.subList(from, to).forEach(market -> list.add(MarketJson.instrument(market)));
        return to < all.size() ? answer.put("next_cursor", Integer.toString(to)) : answer;
    }

    private static int cursor(Call call) {
        var given = call.params().text("cursor");
        if (given == null || given.isEmpty()) return 0;
        if (!given.matches("[0-9]{1,6}")) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        return Integer.parseInt(given);
    }

    private JsonNode tickers(Call call) {
        var wanted = call.params().has("instrument_name")
                ? List.of(market(call))
                : List.copyOf(spot.markets().all());
        var answer = Json.object();
        var list = answer.putArray("data");
        wanted.forEach(market -> list.add(json.ticker(market)));
        return answer;
    }

    private JsonNode book(Call call) {
        var market = market(call);
        var given = call.params().text("depth");
        if (given != null && !given.matches("[0-9]{1,4}")) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        int depth = given == null ? DEEPEST : Math.clamp(Integer.parseInt(given), 1, DEEPEST);
        var answer = named(market).put("depth", depth);
        answer.putArray("data").add(json.book(market, depth));
        return answer;
    }

    private static ObjectNode named(SpotMarket market) {
        return Json.object().put("instrument_name", market.instrument().symbol());
    }

    /** Of a pair only the mark price is known, and its kind must be named. */
    private JsonNode valuations(Call call) {
        var market = market(call);
        var kind = call.params().require("valuation_type");
        if (!kind.equals("mark_price")) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        var answer = named(market);
        answer.putArray("data").add(json.mark(market));
        return answer;
    }

    private JsonNode trades(Call call) {
        var answer = Json.object();
        answer.putArray("data").add(json.trade(market(call), false));
        return answer;
    }

    private JsonNode candles(Call call) {
        var market = market(call);
        var given = call.params().text("timeframe");
        var timeframe = given == null ? "1m" : given;
        var minutes = TIMEFRAMES.get(timeframe);
        if (minutes == null) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        var count = call.params().text("count");
        if (count != null && !count.matches("[0-9]{1,4}")) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        int most = count == null ? STANDARD_CANDLES : Math.clamp(Integer.parseInt(count), 1, MOST_CANDLES);
        var candles = asked(call, MarketJson.grouped(market.candles(), minutes));
        var answer = named(market).put("interval", timeframe);
        var list = answer.putArray("data");
        candles.subList(Math.max(0, candles.size() - most), candles.size())
                .forEach(candle -> list.add(MarketJson.candle(candle)));
        return answer;
    }

    /** Those that begin at the start or later and before the end, each as far as it is named. */
    private static List<Candle> asked(Call call, List<Candle> candles) {
        var start = call.params().moment("start_ts");
        var end = call.params().moment("end_ts");
        return candles.stream()
                .filter(candle -> start == null || beginning(candle) >= start)
                .filter(candle -> end == null || beginning(candle) < end)
                .toList();
    }

    private static long beginning(Candle candle) {
        return TimeUnit.MINUTES.toNanos(candle.minute());
    }
}
