package quantum.simulator.binance;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Account;
import quantum.simulator.NewOrder;
import quantum.simulator.OrderType;
import quantum.simulator.PositionSide;
import quantum.simulator.Setting;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import quantum.simulator.TimeInForce;

/** Reads what a client asks for in an order (binance-usdm 3.1). */
final class OrderTerms {

    private static final long SECOND = TimeUnit.SECONDS.toMillis(1);

    private final Simulator exchange;

    OrderTerms(Simulator exchange) {
        this.exchange = exchange;
    }

    NewOrder read(Params params, Account account) {
        var symbol = params.require("symbol");
        var side = side(params);
        var type = type(params.require("type"));
        if (type.conditional()) {
            throw new BinanceError(
                    -4120,
                    "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");
        }
        var positionSide = positionSide(params);
        if (account.hedged()) params.refuse("reduceOnly");
        var clientId = params.clientId("newClientOrderId");
        var limit = type == OrderType.LIMIT;
        if (!limit) refuseLimitTerms(params);
        params.refuse("stopPrice");
        // No parameter here any more; clients that still send its false with every order are understood.
        if (params.flag("closePosition")) throw BinanceError.notRequired("closeposition");
        var time = limit ? timeInForce(params.require("timeInForce")) : TimeInForce.GTC;
        if (time != TimeInForce.GTD) params.refuse("goodTillDate");
        return new NewOrder(
                clientId == null ? exchange.freshClientId() : clientId,
                symbol,
                side,
                positionSide,
                type,
                time,
                params.requireDecimal("quantity"),
                limit ? params.requireDecimal("price") : null,
                params.flag("reduceOnly"),
                time == TimeInForce.GTD ? params.requireLong("goodTillDate") / SECOND * SECOND : 0);
    }

    /** Which code answers a time in force is not known (binance-usdm 3.1). */
    private void refuseLimitTerms(Params params) {
        if (params.has("timeInForce") && exchange.settings().get(Setting.MARKET_TIME_IN_FORCE_CODE) == 1114) {
            throw new BinanceError(-1114, "TimeInForce parameter sent when not required.");
        }
        params.refuse("timeInForce");
        params.refuse("price");
    }

    static Side side(Params params) {
        return switch (params.require("side")) {
            case "BUY" -> Side.BUY;
            case "SELL" -> Side.SELL;
            default -> throw new BinanceError(-1117, "Invalid side.");
        };
    }

    static OrderType type(String text) {
        return Arrays.stream(OrderType.values())
                .filter(type -> type.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new BinanceError(-1116, "Invalid orderType."));
    }

    static TimeInForce timeInForce(String text) {
        return Arrays.stream(TimeInForce.values())
                .filter(time -> time.name().equals(text))
                .findFirst()
                .orElseThrow(OrderTerms::invalidTimeInForce);
    }

    static BinanceError invalidTimeInForce() {
        return new BinanceError(-1115, "Invalid timeInForce.");
    }

    /** Whether it suits the account's mode is for the exchange to say (binance-usdm 3.4). */
    static PositionSide positionSide(Params params) {
        return switch (params.get("positionSide")) {
            case null -> PositionSide.BOTH;
            case "BOTH" -> PositionSide.BOTH;
            case "LONG" -> PositionSide.LONG;
            case "SHORT" -> PositionSide.SHORT;
            default -> throw new BinanceError(-4060, "Invalid position side.");
        };
    }
}
