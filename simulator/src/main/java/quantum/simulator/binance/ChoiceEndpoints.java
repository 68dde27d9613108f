package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.util.Map;
import quantum.simulator.Account;
import quantum.simulator.Bracket;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an account may do and what it has chosen: modes, leverage, margin type (binance-usdm 7). */
final class ChoiceEndpoints {

    private final Simulator exchange;

    ChoiceEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("GET /fapi/v1/accountConfig", Route.signed(5, this::accountConfig));
        routes.put("GET /fapi/v1/symbolConfig", Route.signed(5, this::symbolConfig));
        routes.put("GET /fapi/v1/positionSide/dual", Route.signed(30, this::positionMode));
        routes.put("POST /fapi/v1/positionSide/dual", Route.signed(1, this::choosePositionMode));
        routes.put("GET /fapi/v1/multiAssetsMargin", Route.signed(30, this::assetMode));
        routes.put("POST /fapi/v1/multiAssetsMargin", Route.signed(1, this::chooseAssetMode));
        routes.put("POST /fapi/v1/leverage", Route.signed(1, this::chooseLeverage));
        routes.put("POST /fapi/v1/marginType", Route.signed(1, this::chooseMarginType));
        routes.put("GET /fapi/v1/leverageBracket", Route.signed(1, this::leverageBracket));
        routes.put("GET /fapi/v1/commissionRate", Route.signed(20, this::commissionRate));
        routes.put(
                "GET /fapi/v1/apiTradingStatus",
                Route.signed(1, this::tradingStatus).costingWithoutSymbol(10));
    }

    private static ObjectNode success() {
        return Json.object().put("code", 200).put("msg", "success");
    }

    private JsonNode accountConfig(Call call) {
        var account = call.account();
        return Json.object()
                .put("feeTier", 0)
                .put("canTrade", account.rights().trade())
                .put("canDeposit", account.rights().deposit())
                .put("canWithdraw", account.rights().withdraw())
                .put("dualSidePosition", account.hedged())
                .put("multiAssetsMargin", account.multiAssets())
                .put("updateTime", exchange.serverMillis(account.updatedAt()))
                .put("tradeGroupId", -1);
    }

    private JsonNode symbolConfig(Call call) {
        var symbol = call.params().get("symbol");
        if (symbol != null) exchange.prices().market(symbol);
        var answer = Json.array();
        for (var market : exchange.prices().markets()) {
            var name = market.instrument().symbol();
            if (symbol != null && !symbol.equals(name)) continue;
            var terms = call.account().terms(name);
            answer.addObject()
                    .put("symbol", name)
                    .put("marginType", terms.isolated() ? "ISOLATED" : "CROSSED")
                    .put("isAutoAddMargin", false)
                    .put("leverage", terms.leverage())
                    .put("maxNotionalValue", text(Bracket.cap(market.instrument(), terms.leverage())));
        }
        return answer;
    }

    private JsonNode positionMode(Call call) {
        return Json.object().put("dualSidePosition", call.account().hedged());
    }

    private JsonNode choosePositionMode(Call call) {
        exchange.choices().positionMode(call.account(), call.params().requireFlag("dualSidePosition"));
        return success();
    }

    private JsonNode assetMode(Call call) {
        return Json.object().put("multiAssetsMargin", call.account().multiAssets());
    }

    private JsonNode chooseAssetMode(Call call) {
        exchange.choices().assetMode(call.account(), call.params().requireFlag("multiAssetsMargin"));
        return success();
    }

    private JsonNode chooseLeverage(Call call) {
        var symbol = call.params().require("symbol");
        long leverage = call.params().requireLong("leverage");
        exchange.choices().leverage(call.account(), symbol, Math.clamp(leverage, 0, 1_000));
        var instrument = exchange.prices().market(symbol).instrument();
        return Json.object()
                .put("leverage", leverage)
                .put("maxNotionalValue", text(Bracket.cap(instrument, (int) leverage)))
                .put("symbol", symbol);
    }

    private JsonNode chooseMarginType(Call call) {
        var symbol = call.params().require("symbol");
        var isolated = switch (call.params().require("marginType")) {
            case "ISOLATED" -> true;
            case "CROSSED" -> false;
            default -> throw BinanceError.mandatory("marginType");
        };
        exchange.choices().marginType(call.account(), symbol, isolated);
        return success();
    }

    private JsonNode leverageBracket(Call call) {
        var symbol = call.params().get("symbol");
        if (symbol != null)
            return ExchangeRules.brackets(exchange.prices().market(symbol).instrument());
        var answer = Json.array();
        for (var market : exchange.prices().markets()) answer.add(ExchangeRules.brackets(market.instrument()));
        return answer;
    }

    private JsonNode commissionRate(Call call) {
        var symbol = call.params().require("symbol");
        exchange.prices().market(symbol);
        var rates = call.account().feeRates();
        return Json.object()
                .put("symbol", symbol)
                .put("makerCommissionRate", text(rates.maker()))
                .put("takerCommissionRate", text(rates.taker()))
                .put("rpiCommissionRate", "0");
    }

    /** The source of -4400: locked accounts may only close until the planned moment. */
    private JsonNode tradingStatus(Call call) {
        var locked = exchange.now() < call.account().rights().lockedUntil();
        var answer = Json.object();
        var indicators = answer.putObject("indicators");
        if (locked) {
            var symbol = call.params().get("symbol");
            var list = indicators.putArray(symbol == null ? "ACCOUNT" : symbol);
            list.add(indicator(call.account(), symbol == null ? "TMV" : "UFR"));
        }
        return answer.put("updateTime", exchange.serverMillis());
    }

    private ObjectNode indicator(Account account, String name) {
        return Json.object()
                .put("isLocked", true)
                .put(
                        "plannedRecoverTime",
                        exchange.serverMillis(account.rights().lockedUntil()))
                .put("indicator", name)
                .put("value", "0.99")
                .put("triggerValue", "0.99");
    }
}
