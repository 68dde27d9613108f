package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.Bracket;
import quantum.simulator.Json;
import quantum.simulator.Margins;
import quantum.simulator.Position;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Balances, positions and what the account has chosen for each symbol (binance-usdm 7). */
final class AccountEndpoints {

    private final Simulator exchange;

    AccountEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("GET /fapi/v3/balance", Route.signed(5, this::balance));
        routes.put("GET /fapi/v3/account", Route.signed(5, this::account));
        routes.put("GET /fapi/v1/accountConfig", Route.signed(5, this::accountConfig));
        routes.put("GET /fapi/v3/positionRisk", Route.signed(5, this::positionRisk));
        routes.put("GET /fapi/v1/symbolConfig", Route.signed(5, this::symbolConfig));
        routes.put(
                "GET /fapi/v1/positionSide/dual",
                Route.signed(30, _ -> Json.object().put("dualSidePosition", false)));
        routes.put("GET /fapi/v1/leverageBracket", Route.signed(1, this::leverageBracket));
        routes.put("GET /fapi/v1/commissionRate", Route.signed(20, this::commissionRate));
        routes.put("POST /fapi/v1/leverage", Route.signed(1, this::leverage));
        routes.put("POST /fapi/v1/marginType", Route.signed(1, this::marginType));
    }

    private JsonNode balance(Call call) {
        var account = call.account();
        var margins = exchange.margins(account);
        var available = text(margins.available());
        return Json.array()
                .add(Json.object()
                        .put("accountAlias", "SgsR")
                        .put("asset", "USDT")
                        .put("balance", text(account.wallet()))
                        .put("crossWalletBalance", text(account.crossWallet()))
                        .put("crossUnPnl", text(margins.crossUnrealized()))
                        .put("availableBalance", available)
                        .put("maxWithdrawAmount", available)
                        .put("marginAvailable", true)
                        .put("updateTime", exchange.serverMillis(account.updatedAt())));
    }

    private JsonNode account(Call call) {
        var account = call.account();
        var margins = exchange.margins(account);
        var ofOrders = margins.ofOrders();
        var available = text(margins.available());
        var answer = Json.object()
                .put("totalInitialMargin", text(margins.initial().add(ofOrders)))
                .put("totalMaintMargin", text(margins.maintenance()))
                .put("totalWalletBalance", text(account.wallet()))
                .put("totalUnrealizedProfit", text(margins.unrealized()))
                .put("totalMarginBalance", text(account.wallet().add(margins.unrealized())))
                .put("totalPositionInitialMargin", text(margins.initial()))
                .put("totalOpenOrderInitialMargin", text(ofOrders))
                .put("totalCrossWalletBalance", text(account.crossWallet()))
                .put("totalCrossUnPnl", text(margins.crossUnrealized()))
                .put("availableBalance", available)
                .put("maxWithdrawAmount", available);
        answer.putArray("assets")
                .addObject()
                .put("asset", "USDT")
                .put("walletBalance", text(account.wallet()))
                .put("unrealizedProfit", text(margins.unrealized()))
                .put("marginBalance", text(account.wallet().add(margins.unrealized())))
                .put("maintMargin", text(margins.maintenance()))
                .put("initialMargin", text(margins.initial().add(ofOrders)))
                .put("positionInitialMargin", text(margins.initial()))
                .put("openOrderInitialMargin", text(ofOrders))
                .put("crossWalletBalance", text(account.crossWallet()))
                .put("crossUnPnl", text(margins.crossUnrealized()))
                .put("availableBalance", available)
                .put("maxWithdrawAmount", available)
                .put("updateTime", exchange.serverMillis(account.updatedAt()));
        var positions = answer.putArray("positions");
        for (var position : active(account, null)) {
            positions
                    .addObject()
                    .put("symbol", position.symbol())
                    .put("positionSide", "BOTH")
                    .put("positionAmt", text(position.amount()))
                    .put("unrealizedProfit", text(margins.unrealized(position)))
                    .put("isolatedMargin", text(isolatedMargin(margins, position)))
                    .put("notional", text(notional(position)))
                    .put("isolatedWallet", text(position.isolatedWallet()))
                    .put("initialMargin", text(margins.initial(position).add(margins.ofOrders(position.symbol()))))
                    .put("maintMargin", text(margins.maintenance(position)))
                    .put("updateTime", updateTime(position));
        }
        return answer;
    }

    /** Only what has a position or an open order is listed (binance-usdm 0.5). */
    private List<Position> active(Account account, @Nullable String symbol) {
        for (var order : account.orders().open()) account.position(order.terms().symbol());
        return account.positions().stream()
                .filter(position -> symbol == null || symbol.equals(position.symbol()))
                .filter(position -> !position.flat()
                        || !account.orders().open(position.symbol()).isEmpty())
                .toList();
    }

    private BigDecimal notional(Position position) {
        return position.notional(exchange.prices().market(position.symbol()).mark());
    }

    private static BigDecimal isolatedMargin(Margins margins, Position position) {
        if (!margins.isolated(position.symbol()) || position.flat()) return BigDecimal.ZERO;
        return position.isolatedWallet().add(margins.unrealized(position));
    }

    private long updateTime(Position position) {
        return position.updatedAt() == 0 ? 0 : exchange.serverMillis(position.updatedAt());
    }

    private JsonNode positionRisk(Call call) {
        var symbol = call.params().get("symbol");
        if (symbol != null) exchange.prices().market(symbol);
        var margins = exchange.margins(call.account());
        var answer = Json.array();
        for (var position : active(call.account(), symbol)) answer.add(risk(margins, position));
        return answer;
    }

    private ObjectNode risk(Margins margins, Position position) {
        var ofOrders = margins.ofOrders(position.symbol());
        return Json.object()
                .put("symbol", position.symbol())
                .put("positionSide", "BOTH")
                .put("positionAmt", text(position.amount()))
                .put("entryPrice", text(position.entryPrice()))
                .put("breakEvenPrice", text(position.breakEvenPrice()))
                .put(
                        "markPrice",
                        text(exchange.prices().market(position.symbol()).mark()))
                .put("unRealizedProfit", text(margins.unrealized(position)))
                .put("liquidationPrice", text(margins.liquidationPrice(position)))
                .put("isolatedMargin", text(isolatedMargin(margins, position)))
                .put("notional", text(notional(position)))
                .put("marginAsset", "USDT")
                .put("isolatedWallet", text(position.isolatedWallet()))
                .put("initialMargin", text(margins.initial(position).add(ofOrders)))
                .put("maintMargin", text(margins.maintenance(position)))
                .put("positionInitialMargin", text(margins.initial(position)))
                .put("openOrderInitialMargin", text(ofOrders))
                .put("adl", 1)
                .put("bidNotional", "0")
                .put("askNotional", "0")
                .put("updateTime", updateTime(position));
    }

    private JsonNode accountConfig(Call call) {
        return Json.object()
                .put("feeTier", 0)
                .put("canTrade", true)
                .put("canDeposit", true)
                .put("canWithdraw", true)
                .put("dualSidePosition", false)
                .put("multiAssetsMargin", false)
                .put("updateTime", exchange.serverMillis(call.account().updatedAt()))
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

    private JsonNode leverage(Call call) {
        var symbol = call.params().require("symbol");
        long leverage = call.params().requireLong("leverage");
        exchange.matching().chooseLeverage(call.account(), symbol, Math.clamp(leverage, 0, 1_000));
        var instrument = exchange.prices().market(symbol).instrument();
        return Json.object()
                .put("leverage", leverage)
                .put("maxNotionalValue", text(Bracket.cap(instrument, (int) leverage)))
                .put("symbol", symbol);
    }

    private JsonNode marginType(Call call) {
        var symbol = call.params().require("symbol");
        var isolated = switch (call.params().require("marginType")) {
            case "ISOLATED" -> true;
            case "CROSSED" -> false;
            default -> throw BinanceError.mandatory("marginType");
        };
        exchange.matching().chooseMarginType(call.account(), symbol, isolated);
        return Json.object().put("code", 200).put("msg", "success");
    }
}
