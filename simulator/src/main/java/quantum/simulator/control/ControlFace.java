package quantum.simulator.control;

import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.JsonNode;

/** Answers the controls under /sim. */
public final class ControlFace {

    private static final Map<String, String> PROBLEM = Map.of("Content-Type", "application/problem+json");

    private final Simulator exchange;
    private final SortedSet<String> endpoints;
    private final FaultControl faults;
    private final KeyControl keys;
    private final SettingsControl settings;
    private final MarketControl markets;
    private final AccountControl accounts;
    private final @Nullable SpotExchange spot;
    private final @Nullable SpotControl spotControl;

    /** Takes the endpoints of the venue's face, method and path, to be listed. */
    public ControlFace(Simulator exchange, SortedSet<String> endpoints) {
        this(exchange, endpoints, null);
    }

    /** The same with a spot exchange beside. */
    public ControlFace(Simulator exchange, SortedSet<String> endpoints, @Nullable SpotExchange spot) {
        this.exchange = exchange;
        this.spot = spot;
        spotControl = spot == null ? null : new SpotControl(spot);
        this.endpoints = endpoints;
        faults = new FaultControl(exchange);
        keys = new KeyControl(exchange);
        settings = new SettingsControl(exchange);
        markets = new MarketControl(exchange);
        accounts = new AccountControl(exchange);
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
            case "GET /sim/ledger" -> ledger();
            case "GET /sim/requests" -> RequestsJson.of(exchange, request.query());
            case "GET /sim/routes" -> routes();
            case "GET /sim/price" -> markets.recorded();
            case "POST /sim/price" -> price(request.text());
            case "POST /sim/symbol" -> symbol(request.text());
            case "POST /sim/spot" -> spotControl == null ? null : spotControl.account(request.text());
            case "POST /sim/funding" -> markets.fund(request.text());
            case "POST /sim/account" -> accounts.change(request.text());
            case "POST /sim/close" -> accounts.close(request.text());
            case "POST /sim/margin" -> accounts.margin(request.text());
            case "POST /sim/key" -> keys.register(request.text());
            case "POST /sim/clock" -> clock(request.text());
            case "GET /sim/settings" -> settings.read();
            case "POST /sim/settings" -> settings.change(request.text());
            case "GET /sim/fault" -> faults.read();
            case "POST /sim/fault" -> faults.add(request.text());
            case "DELETE /sim/fault" -> faults.clear();
            case "POST /sim/reset" -> reset(request.text());
            default -> null;
        };
    }

    private JsonNode ledger() {
        var ledger = LedgerJson.of(exchange);
        if (spot != null) ledger.set("spot", SpotLedgerJson.of(spot));
        return ledger;
    }

    private JsonNode price(String body) {
        return spotControl != null && spotControl.concerns(body) ? spotControl.price(body) : markets.price(body);
    }

    private JsonNode symbol(String body) {
        return spotControl != null && spotControl.concerns(body) ? spotControl.symbol(body) : markets.symbol(body);
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

    private JsonNode routes() {
        var answer = Json.object();
        var list = answer.putArray("routes");
        endpoints.forEach(list::add);
        return answer;
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
