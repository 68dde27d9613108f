package quantum.simulator.control;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.FeeRates;
import quantum.simulator.Json;
import quantum.simulator.Market;
import quantum.simulator.Refused;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** Answers the controls under /sim. */
public final class ControlFace {

    private static final Map<String, String> PROBLEM = Map.of("Content-Type", "application/problem+json");

    private final Simulator exchange;
    private final FaultControl faults;
    private final KeyControl keys;
    private final SettingsControl settings;

    public ControlFace(Simulator exchange) {
        this.exchange = exchange;
        faults = new FaultControl(exchange);
        keys = new KeyControl(exchange);
        settings = new SettingsControl(exchange);
    }

    /** Answers one control request at the exchange's present moment. */
    public Reply handle(Request request) {
        try {
            var answer = answer(request);
            exchange.advanceTo(exchange.now());
            return answer == null
                    ? problem(404, "path", "no control " + request.method() + " " + request.path())
                    : Reply.of(200, Json.text(answer));
        } catch (BadField bad) {
            return problem(400, bad.field(), bad.why());
        }
    }

    private @Nullable JsonNode answer(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /sim/ledger" -> LedgerJson.of(exchange);
            case "GET /sim/requests" -> RequestsJson.of(exchange, request.query());
            case "POST /sim/price" -> price(request.body());
            case "POST /sim/account" -> account(request.body());
            case "POST /sim/key" -> keys.register(request.body());
            case "POST /sim/clock" -> clock(request.body());
            case "GET /sim/settings" -> settings.read();
            case "POST /sim/settings" -> settings.change(request.body());
            case "GET /sim/fault" -> faults.read();
            case "POST /sim/fault" -> faults.add(request.body());
            case "DELETE /sim/fault" -> faults.clear();
            case "POST /sim/reset" -> reset(request.body());
            default -> null;
        };
    }

    private static Reply problem(int status, String field, String why) {
        var body = Json.object()
                .put("type", "about:blank")
                .put("title", status == 404 ? "Not found" : "Invalid input")
                .put("status", status)
                .put("detail", field + ": " + why)
                .put("reason_code", status == 404 ? "not_found" : "invalid_input")
                .put("field", field);
        return Reply.of(status, Json.text(body)).with(PROBLEM);
    }

    private JsonNode price(String body) {
        var fields = Fields.read(body, "symbol", "price", "mark", "hold");
        var market = market(fields.requireText("symbol"), fields);
        if (!fields.has("price") && !fields.has("mark") && !fields.has("hold")) {
            throw fields.bad("price", "price, mark or hold is required");
        }
        var price = fields.has("price") ? priceOf(fields, "price") : null;
        if (price != null && !market.instrument().price().onTick(price)) {
            throw fields.bad(
                    "price",
                    "must be a multiple of the tick "
                            + market.instrument().price().tick());
        }
        var mark = fields.has("mark") ? priceOf(fields, "mark") : null;
        if (fields.has("hold")) exchange.prices().hold(market, fields.requireFlag("hold"));
        if (price != null) exchange.prices().set(market, price);
        if (mark != null) exchange.prices().setMark(market, mark);
        return Json.object()
                .put("symbol", market.instrument().symbol())
                .put("last", market.last().toPlainString())
                .put("mark", market.mark().toPlainString())
                .put("bid", market.bid().toPlainString())
                .put("ask", market.ask().toPlainString())
                .put("hold", market.held());
    }

    private static BigDecimal priceOf(Fields fields, String name) {
        var price = fields.requireDecimal(name);
        if (price.signum() <= 0) throw fields.bad(name, "must be positive");
        return price;
    }

    private Market market(String symbol, Fields fields) {
        if (!exchange.prices().lists(symbol)) throw fields.bad("symbol", symbol + " is not listed");
        return exchange.prices().market(symbol);
    }

    private JsonNode account(String body) {
        var fields = Fields.read(body, "apiKey", "balance", "feeRates", "leverage", "isolated");
        var key = fields.text("apiKey");
        var account = exchange.account(key == null ? Simulator.API_KEY : key);
        if (account == null) throw fields.bad("apiKey", "no such account");
        var wallet = fields.has("balance") ? fields.requireDecimal("balance") : account.wallet();
        if (wallet.signum() < 0) throw fields.bad("balance", "must not be negative");
        var rates = account.feeRates();
        if (fields.has("feeRates")) {
            var given = Fields.of(fields.node("feeRates"), "feeRates", "maker", "taker");
            rates = new FeeRates(
                    given.has("maker") ? given.requireDecimal("maker") : rates.maker(),
                    given.has("taker") ? given.requireDecimal("taker") : rates.taker());
        }
        exchange.matching().adjust(account, wallet, rates);
        fields.node("leverage").forEachEntry((symbol, leverage) -> leverage(account, fields, symbol, leverage));
        fields.node("isolated").forEachEntry((symbol, isolated) -> isolated(account, fields, symbol, isolated));
        return LedgerJson.balance(exchange, account);
    }

    private void leverage(Account account, Fields fields, String symbol, JsonNode leverage) {
        var field = "leverage." + symbol;
        if (!exchange.prices().lists(symbol)) throw fields.bad(field, "not listed");
        try {
            exchange.matching().chooseLeverage(account, symbol, Math.clamp(fields.whole(field, leverage), 0, 1_000));
        } catch (Refused refused) {
            throw fields.bad(field, refused.reason().name());
        }
    }

    private void isolated(Account account, Fields fields, String symbol, JsonNode isolated) {
        var field = "isolated." + symbol;
        if (!exchange.prices().lists(symbol)) throw fields.bad(field, "not listed");
        if (!isolated.isBoolean()) throw fields.bad(field, "true or false is expected");
        if (account.terms(symbol).isolated() == isolated.booleanValue()) return;
        try {
            exchange.matching().chooseMarginType(account, symbol, isolated.booleanValue());
        } catch (Refused refused) {
            throw fields.bad(field, refused.reason().name());
        }
    }

    private JsonNode clock(String body) {
        var fields = Fields.read(body, "offsetMillis", "driftPpm");
        exchange.skew(fields.requireLong("offsetMillis"), fields.getLong("driftPpm", 0));
        return Json.object()
                .put("offsetMillis", exchange.settings().get(Setting.CLOCK_OFFSET_MILLIS))
                .put("serverTime", exchange.serverMillis());
    }

    private JsonNode reset(String body) {
        Fields.read(body);
        exchange.reset();
        return Json.object().put("reset", true);
    }
}
