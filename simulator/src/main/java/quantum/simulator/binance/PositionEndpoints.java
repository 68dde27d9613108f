package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.Bracket;
import quantum.simulator.ForcedClose;
import quantum.simulator.Json;
import quantum.simulator.Margins;
import quantum.simulator.Position;
import quantum.simulator.PositionSide;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Positions, their danger, and what the exchange did to them (binance-usdm 7). */
final class PositionEndpoints {

    private static final long FORCED_KEPT = TimeUnit.DAYS.toMillis(90);
    private static final long FORCED_SPAN = TimeUnit.DAYS.toMillis(7);

    private final Simulator exchange;

    PositionEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("GET /fapi/v3/positionRisk", Route.signed(5, this::risk));
        routes.put("GET /fapi/v2/positionRisk", Route.signed(5, this::riskOfVersion2));
        routes.put("GET /fapi/v1/adlQuantile", Route.signed(5, this::quantiles));
        routes.put("GET /fapi/v1/forceOrders", Route.signed(20, this::forced).costingWithoutSymbol(50));
    }

    static long updateTime(Simulator exchange, Position position) {
        return position.updatedAt() == 0 ? 0 : exchange.serverMillis(position.updatedAt());
    }

    /** The symbol that was asked for, which must be listed; null for all. */
    private @Nullable String symbol(Params params) {
        var symbol = params.get("symbol");
        if (symbol != null) exchange.prices().market(symbol);
        return symbol;
    }

    /** The moment whose positions are told. */
    private long told() {
        return exchange.now() - exchange.settings().nanos(Setting.POSITION_DELAY_MILLIS);
    }

    /** Only what has a position or an open order is listed (binance-usdm 0.5). */
    private JsonNode risk(Call call) {
        var symbol = symbol(call.params());
        var answer = Json.array();
        for (var position : call.account().active(told())) {
            if (symbol == null || symbol.equals(position.symbol())) answer.add(row(call.account(), position));
        }
        return answer;
    }

    private ObjectNode row(Account account, Position position) {
        var asset = exchange.prices().asset(position.symbol());
        var margins = exchange.margins(account, asset);
        var ofOrders = margins.ofOrders(position.symbol(), position.side());
        var demand = account.orders().demand(position.symbol(), position.side());
        return common(margins, position)
                .put("marginAsset", asset)
                .put("initialMargin", text(margins.initial(position).add(ofOrders)))
                .put("maintMargin", text(margins.maintenance(position)))
                .put("positionInitialMargin", text(margins.initial(position)))
                .put("openOrderInitialMargin", text(ofOrders))
                .put("adl", exchange.liquidation().quantile(account, position))
                .put("bidNotional", text(demand.bids()))
                .put("askNotional", text(demand.asks()));
    }

    private ObjectNode common(Margins margins, Position position) {
        var market = exchange.prices().market(position.symbol());
        return Json.object()
                .put("symbol", position.symbol())
                .put("positionSide", position.side().name())
                .put("positionAmt", text(position.amount()))
                .put("entryPrice", text(position.entryPrice()))
                .put("breakEvenPrice", text(position.breakEvenPrice()))
                .put("markPrice", text(market.mark()))
                .put("unRealizedProfit", text(margins.unrealized(position)))
                .put("liquidationPrice", text(margins.liquidationPrice(position)))
                .put("isolatedMargin", text(margins.isolatedMargin(position)))
                .put("notional", text(margins.notional(position)))
                .put("isolatedWallet", text(position.isolatedWallet()))
                .put("updateTime", updateTime(exchange, position));
    }

    /** All symbols, with leverage and margin type, without margins. */
    private JsonNode riskOfVersion2(Call call) {
        var account = call.account();
        var symbol = symbol(call.params());
        var answer = Json.array();
        for (var market : exchange.prices().markets()) {
            var name = market.instrument().symbol();
            if (symbol != null && !symbol.equals(name)) continue;
            var terms = account.terms(name);
            for (var side : account.sides()) {
                var margins = exchange.margins(account, exchange.prices().asset(name));
                answer.add(common(margins, account.positions().of(name, side).asOf(told()))
                        .put("leverage", Integer.toString(terms.leverage()))
                        .put("marginType", terms.isolated() ? "isolated" : "cross")
                        .put("isAutoAddMargin", "false")
                        .put("maxNotionalValue", text(Bracket.cap(market.instrument(), terms.leverage()))));
            }
        }
        return answer;
    }

    private JsonNode quantiles(Call call) {
        var account = call.account();
        var symbol = symbol(call.params());
        var answer = Json.array();
        account.active().stream()
                .map(Position::symbol)
                .distinct()
                .filter(each -> symbol == null || symbol.equals(each))
                .forEach(each -> answer.add(quantiles(account, each)));
        return answer;
    }

    private ObjectNode quantiles(Account account, String symbol) {
        var row = Json.object().put("symbol", symbol);
        var quantiles = row.putObject("adlQuantile");
        for (var side : PositionSide.values()) {
            var position = account.positions().of(symbol, side);
            quantiles.put(side.name(), exchange.liquidation().quantile(account, position));
        }
        return row;
    }

    /** The account's own liquidations and deleveragings of the last 90 days. */
    private JsonNode forced(Call call) {
        var params = call.params();
        var symbol = symbol(params);
        var kind = switch (params.get("autoCloseType")) {
            case null -> null;
            case "LIQUIDATION" -> ForcedClose.LIQUIDATION;
            case "ADL" -> ForcedClose.ADL;
            default -> throw BinanceError.mandatory("autoCloseType");
        };
        var page = Page.of(exchange, params, FORCED_SPAN);
        long oldest = exchange.serverMillis() - FORCED_KEPT;
        var matching = call.account().orders().all().stream()
                .filter(order -> symbol == null || order.terms().symbol().equals(symbol))
                .filter(order -> order.forced() == ForcedClose.LIQUIDATION || order.forced() == ForcedClose.ADL)
                .filter(order -> kind == null || order.forced() == kind)
                .filter(order -> page.holds(exchange.serverMillis(order.createdAt()))
                        && exchange.serverMillis(order.createdAt()) >= oldest)
                .toList();
        var answer = Json.array();
        for (var order : Page.cut(matching, params, params.limit(50, 100), false)) {
            answer.add(OrderJson.query(exchange, order));
        }
        return answer;
    }
}
