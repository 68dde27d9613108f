package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Income;
import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an account paid and received (binance-usdm 7). */
final class IncomeEndpoints {

    private static final long KEPT = TimeUnit.DAYS.toMillis(90);
    private static final long SPAN = TimeUnit.DAYS.toMillis(7);

    private final Simulator exchange;

    IncomeEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("GET /fapi/v1/income", Route.signed(30, this::income));
    }

    /** Of the last seven days without a start; by pages of the limit, the earliest first. */
    private JsonNode income(Call call) {
        var params = call.params();
        var symbol = params.get("symbol");
        if (symbol != null) exchange.prices().market(symbol);
        var type = params.get("incomeType");
        if (type != null
                && Arrays.stream(Income.Kind.values())
                        .noneMatch(kind -> kind.name().equals(type))) {
            throw new BinanceError(-1130, "Data sent for parameter 'incomeType' is not valid.");
        }
        var page = Page.of(exchange, params, SPAN);
        long oldest = exchange.serverMillis() - KEPT;
        int limit = params.limit(100, 1_000);
        long skipped = (Math.max(1, params.getLong("page", 1)) - 1) * limit;
        var answer = Json.array();
        Income.of(call.account(), exchange.prices()).stream()
                .filter(income -> symbol == null || income.symbol().equals(symbol))
                .filter(income -> type == null || income.kind().name().equals(type))
                .filter(income ->
                        exchange.now() - income.at() >= exchange.settings().nanos(Setting.INCOME_DELAY_MILLIS))
                .filter(income ->
                        exchange.serverMillis(income.at()) >= oldest && page.holds(exchange.serverMillis(income.at())))
                .skip(skipped)
                .limit(limit)
                .forEach(income -> answer.add(row(income)));
        return answer;
    }

    private ObjectNode row(Income income) {
        return Json.object()
                .put("symbol", income.symbol())
                .put("incomeType", income.kind().name())
                .put("income", text(income.amount()))
                .put("asset", income.asset())
                .put("info", income.kind().name())
                .put("time", exchange.serverMillis(income.at()))
                .put("tranId", income.id())
                .put("tradeId", income.trade() == 0 ? "" : Long.toString(income.trade()));
    }
}
