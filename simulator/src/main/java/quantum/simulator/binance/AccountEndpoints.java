package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import quantum.simulator.Account;
import quantum.simulator.Bracket;
import quantum.simulator.Json;
import quantum.simulator.Margins;
import quantum.simulator.Position;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Balances and the whole account, in the present version and the one before (binance-usdm 7). */
final class AccountEndpoints {

    private final Simulator exchange;

    AccountEndpoints(Simulator exchange) {
        this.exchange = exchange;
    }

    void addTo(Map<String, Route> routes) {
        routes.put("GET /fapi/v2/balance", Route.signed(5, this::balance));
        routes.put("GET /fapi/v3/balance", Route.signed(5, this::balance));
        routes.put("GET /fapi/v2/account", Route.signed(5, this::accountOfVersion2));
        routes.put("GET /fapi/v3/account", Route.signed(5, this::account));
    }

    /** Of what contracts are margined in, and of everything the account has or had. */
    private SequencedSet<String> assets(Account account) {
        var assets = new LinkedHashSet<>(exchange.prices().assets());
        assets.addAll(account.assets());
        return assets;
    }

    private JsonNode balance(Call call) {
        var account = call.account();
        var answer = Json.array();
        for (var asset : assets(account)) {
            var margins = exchange.margins(account, asset);
            var available = text(margins.available());
            answer.addObject()
                    .put("accountAlias", "SgsR")
                    .put("asset", asset)
                    .put("balance", text(account.wallet(asset)))
                    .put("crossWalletBalance", text(margins.crossWallet()))
                    .put("crossUnPnl", text(margins.crossUnrealized()))
                    .put("availableBalance", available)
                    .put("maxWithdrawAmount", available)
                    .put("marginAvailable", true)
                    .put("updateTime", exchange.serverMillis(account.updatedAt()));
        }
        return answer;
    }

    private JsonNode account(Call call) {
        var account = call.account();
        var margins = exchange.margins(account);
        var answer = totals(Json.object(), account, margins);
        var assets = answer.putArray("assets");
        for (var asset : assets(account)) assets.add(asset(account, asset));
        var positions = answer.putArray("positions");
        for (var position : account.active()) {
            positions
                    .addObject()
                    .put("symbol", position.symbol())
                    .put("positionSide", position.side().name())
                    .put("positionAmt", text(position.amount()))
                    .put("unrealizedProfit", text(margins.unrealized(position)))
                    .put("isolatedMargin", text(margins.isolatedMargin(position)))
                    .put("notional", text(margins.notional(position)))
                    .put("isolatedWallet", text(position.isolatedWallet()))
                    .put("initialMargin", text(margins.initial(position).add(ofOrders(margins, position))))
                    .put("maintMargin", text(margins.maintenance(position)))
                    .put("updateTime", PositionEndpoints.updateTime(exchange, position));
        }
        return answer;
    }

    private static BigDecimal ofOrders(Margins margins, Position position) {
        return margins.ofOrders(position.symbol(), position.side());
    }

    private static ObjectNode totals(ObjectNode answer, Account account, Margins margins) {
        var ofOrders = margins.ofOrders();
        var available = text(margins.available());
        return answer.put("totalInitialMargin", text(margins.initial().add(ofOrders)))
                .put("totalMaintMargin", text(margins.maintenance()))
                .put("totalWalletBalance", text(account.wallet()))
                .put("totalUnrealizedProfit", text(margins.unrealized()))
                .put("totalMarginBalance", text(account.wallet().add(margins.unrealized())))
                .put("totalPositionInitialMargin", text(margins.initial()))
                .put("totalOpenOrderInitialMargin", text(ofOrders))
                .put("totalCrossWalletBalance", text(margins.crossWallet()))
                .put("totalCrossUnPnl", text(margins.crossUnrealized()))
                .put("availableBalance", available)
                .put("maxWithdrawAmount", available);
    }

    private ObjectNode asset(Account account, String asset) {
        var margins = exchange.margins(account, asset);
        var ofOrders = margins.ofOrders();
        var available = text(margins.available());
        return Json.object()
                .put("asset", asset)
                .put("walletBalance", text(account.wallet(asset)))
                .put("unrealizedProfit", text(margins.unrealized()))
                .put("marginBalance", text(account.wallet(asset).add(margins.unrealized())))
                .put("maintMargin", text(margins.maintenance()))
                .put("initialMargin", text(margins.initial().add(ofOrders)))
                .put("positionInitialMargin", text(margins.initial()))
                .put("openOrderInitialMargin", text(ofOrders))
                .put("crossWalletBalance", text(margins.crossWallet()))
                .put("crossUnPnl", text(margins.crossUnrealized()))
                .put("availableBalance", available)
                .put("maxWithdrawAmount", available)
                .put("updateTime", exchange.serverMillis(account.updatedAt()));
    }

    /** All symbols, with what the account has chosen for each. */
    private JsonNode accountOfVersion2(Call call) {
        var account = call.account();
        var margins = exchange.margins(account);
        var answer = Json.object()
                .put("feeTier", 0)
                .put("feeBurn", true)
                .put("canTrade", account.rights().trade())
                .put("canDeposit", account.rights().deposit())
                .put("canWithdraw", account.rights().withdraw())
                .put("updateTime", 0)
                .put("multiAssetsMargin", account.multiAssets())
                .put("tradeGroupId", -1);
        totals(answer, account, margins);
        var assets = answer.putArray("assets");
        for (var asset : assets(account)) assets.add(asset(account, asset).put("marginAvailable", true));
        var positions = answer.putArray("positions");
        for (var market : exchange.prices().markets()) {
            for (var side : account.sides()) {
                var position = account.positions().of(market.instrument().symbol(), side);
                positions.add(rowOfVersion2(account, margins, position));
            }
        }
        return answer;
    }

    private ObjectNode rowOfVersion2(Account account, Margins margins, Position position) {
        var terms = account.terms(position.symbol());
        var instrument = exchange.prices().market(position.symbol()).instrument();
        var ofOrders = ofOrders(margins, position);
        var demand = account.orders().demand(position.symbol(), position.side());
        return Json.object()
                .put("symbol", position.symbol())
                .put("initialMargin", text(margins.initial(position).add(ofOrders)))
                .put("maintMargin", text(margins.maintenance(position)))
                .put("unrealizedProfit", text(margins.unrealized(position)))
                .put("positionInitialMargin", text(margins.initial(position)))
                .put("openOrderInitialMargin", text(ofOrders))
                .put("leverage", Integer.toString(terms.leverage()))
                .put("isolated", terms.isolated())
                .put("entryPrice", text(position.entryPrice()))
                .put("breakEvenPrice", text(position.breakEvenPrice()))
                .put("maxNotional", text(Bracket.cap(instrument, terms.leverage())))
                .put("bidNotional", text(demand.bids()))
                .put("askNotional", text(demand.asks()))
                .put("positionSide", position.side().name())
                .put("positionAmt", text(position.amount()))
                .put("notional", text(margins.notional(position)))
                .put("isolatedWallet", text(position.isolatedWallet()))
                .put("updateTime", PositionEndpoints.updateTime(exchange, position));
    }
}
