package quantum.simulator.binance;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Account;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** The dead man's switch: cancels a symbol's orders unless it is set again in time (binance-usdm 3.5). */
final class Countdowns implements ExchangeListener {

    private record Watched(Account account, String symbol) {}

    private final Simulator exchange;
    private final Map<Watched, Long> deadlines = new HashMap<>();

    Countdowns(Simulator exchange) {
        this.exchange = exchange;
        exchange.listen(this);
    }

    void addTo(Map<String, Route> routes) {
        routes.put("POST /fapi/v1/countdownCancelAll", Route.signed(10, this::set));
    }

    private JsonNode set(Call call) {
        var symbol = call.params().require("symbol");
        exchange.prices().market(symbol);
        long millis = call.params().requireLong("countdownTime");
        if (millis < 0) throw BinanceError.invalid("countdownTime");
        var watched = new Watched(call.account(), symbol);
        if (millis == 0) {
            deadlines.remove(watched);
        } else {
            long wait = TimeUnit.MILLISECONDS.toNanos(millis);
            long deadline = exchange.now() + wait;
            deadlines.put(watched, deadline);
            exchange.scheduler().after(wait, () -> expire(watched, deadline));
        }
        return Json.object().put("symbol", symbol).put("countdownTime", Long.toString(millis));
    }

    private void expire(Watched watched, long deadline) {
        if (deadlines.remove(watched, deadline)) exchange.matching().cancelAll(watched.account, watched.symbol);
    }

    @Override
    public void reset() {
        deadlines.clear();
    }
}
