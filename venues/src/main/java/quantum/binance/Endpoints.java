package quantum.binance;

import java.time.Instant;
import quantum.binance.BinanceRequest.Method;
import quantum.binance.RestCall.Security;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.order.Purpose;
import quantum.position.PositionMode;
import quantum.venue.Call;

/** The exchange's endpoints, each as one method: from the desk's words to the wire's. */
final class Endpoints {

    static final String ORDER = "/fapi/v1/order";
    static final String ALGO_ORDER = "/fapi/v1/algoOrder";
    static final String LOG_ON = "session.logon";
    static final String INCOME = "/fapi/v1/income";
    static final int TRADES_PAGE = 1000;
    static final int INCOME_PAGE = 1000;

    private static final String LISTEN_KEY = "/fapi/v1/listenKey";
    private static final String SYMBOL = "symbol";
    private static final String POSITION_SIDE = "positionSide";

    private Endpoints() {}

    /** Sent over the WebSocket API alone; listed here for its weight (binance-usdm 10). */
    static RestCall logOn() {
        return new RestCall(Method.POST, LOG_ON, "", Security.SIGNED, Purpose.PROTECT);
    }

    /** Light, and a refused exit may wait for it. */
    static RestCall time() {
        return new RestCall(Method.GET, "/fapi/v1/time", "", Security.NONE, Purpose.PROTECT).forExit();
    }

    static RestCall exchangeInfo() {
        return new RestCall(Method.GET, "/fapi/v1/exchangeInfo", "", Security.NONE, Purpose.PROTECT).forRecovery();
    }

    static RestCall marks() {
        return new RestCall(Method.GET, "/fapi/v1/premiumIndex", "", Security.NONE, Purpose.PROTECT).forRecovery();
    }

    static RestCall accountConfig() {
        return read("/fapi/v1/accountConfig", "", Purpose.PROTECT).forRecovery();
    }

    static RestCall account(Purpose purpose) {
        return read("/fapi/v3/account", "", purpose);
    }

    static RestCall positions() {
        return read("/fapi/v3/positionRisk", "", Purpose.CLOSE);
    }

    static RestCall symbolConfigs() {
        return read("/fapi/v1/symbolConfig", "", Purpose.PROTECT);
    }

    static RestCall symbolConfig(Symbol symbol) {
        return read("/fapi/v1/symbolConfig", Query.of(SYMBOL, symbol.name()).toString(), Purpose.OPEN);
    }

    static RestCall isolate(Symbol symbol) {
        Query query = Query.of(SYMBOL, symbol.name()).and("marginType", "ISOLATED");
        return change("/fapi/v1/marginType", query, Purpose.OPEN);
    }

    static RestCall leverage(Symbol symbol, int leverage) {
        Query query = Query.of(SYMBOL, symbol.name()).and("leverage", leverage);
        return change("/fapi/v1/leverage", query, Purpose.OPEN);
    }

    static RestCall open(Call.Open call, PositionMode mode) {
        Query query = order("MARKET", call.id(), call.symbol(), call.side(), call.quantity());
        if (mode == PositionMode.HEDGE) {
            query.and(POSITION_SIDE, Direction.opened(call.side()).name());
        }
        return change(ORDER, query, Purpose.OPEN);
    }

    private static Query order(String type, ClientOrderId id, Symbol symbol, Side side, Quantity quantity) {
        return Query.of(SYMBOL, symbol.name())
                .and("side", side.name())
                .and("type", type)
                .and("quantity", quantity.value())
                .and("newClientOrderId", id.value())
                .and("newOrderRespType", "ACK");
    }

    static RestCall close(Call.Close call, PositionMode mode) {
        return close(call, order("MARKET", call.id(), call.symbol(), call.side(), call.quantity()), mode);
    }

    /** The same close at a price, for what is there at once (binance-usdm 9, -4131). */
    static RestCall close(Call.Close call, Price limit, PositionMode mode) {
        Query query = order("LIMIT", call.id(), call.symbol(), call.side(), call.quantity())
                .and("timeInForce", "IOC")
                .and("price", limit.value());
        return close(call, query, mode);
    }

    /** In hedge mode the position that is named cannot be crossed, and reduceOnly is refused (binance-usdm 3.4). */
    private static RestCall close(Call.Close call, Query query, PositionMode mode) {
        switch (mode) {
            case ONE_WAY -> query.and("reduceOnly", "true");
            case HEDGE ->
                query.and(
                        POSITION_SIDE, Direction.opened(call.side()).opposite().name());
        }
        return change(ORDER, query, Purpose.CLOSE);
    }

    /** What is held in one symbol, asked before its leverage is touched. */
    static RestCall positionOf(Symbol symbol) {
        return read("/fapi/v3/positionRisk", Query.of(SYMBOL, symbol.name()).toString(), Purpose.OPEN);
    }

    /** The regular orders that rest in one symbol, whosever they are. */
    static RestCall openOrders(Symbol symbol) {
        return read("/fapi/v1/openOrders", Query.of(SYMBOL, symbol.name()).toString(), Purpose.OPEN);
    }

    static RestCall openOrders(Call.ReadOrders call) {
        Symbol symbol = call.symbol();
        String query = symbol == null ? "" : Query.of(SYMBOL, symbol.name()).toString();
        return read("/fapi/v1/openOrders", query, call.purpose());
    }

    static RestCall order(Call.QueryOrder call) {
        Query query = Query.of(SYMBOL, call.symbol().name());
        OrderId orderId = call.orderId();
        if (orderId == null) {
            query.and("origClientOrderId", call.id().value());
        } else {
            query.and("orderId", orderId.value());
        }
        return read(ORDER, query.toString(), Purpose.CLOSE);
    }

    static RestCall cancel(Call.CancelOpen call) {
        String query = Query.of(SYMBOL, call.symbol().name())
                .and("origClientOrderId", call.id().value())
                .toString();
        return new RestCall(Method.DELETE, ORDER, query, Security.SIGNED, Purpose.CLOSE);
    }

    static RestCall tradesOf(Symbol symbol, OrderId orderId) {
        Query query = Query.of(SYMBOL, symbol.name()).and("orderId", orderId.value());
        return read("/fapi/v1/userTrades", query.and("limit", TRADES_PAGE).toString(), Purpose.CLOSE);
    }

    static RestCall tradesBetween(Symbol symbol, Instant from, Instant to) {
        Query query = Query.of(SYMBOL, symbol.name())
                .and("startTime", from.toEpochMilli())
                .and("endTime", to.toEpochMilli())
                .and("limit", TRADES_PAGE);
        return read("/fapi/v1/userTrades", query.toString(), Purpose.CLOSE);
    }

    static RestCall tradesFrom(Symbol symbol, long tradeId) {
        Query query = Query.of(SYMBOL, symbol.name()).and("fromId", tradeId).and("limit", TRADES_PAGE);
        return read("/fapi/v1/userTrades", query.toString(), Purpose.CLOSE);
    }

    /** Of all symbols where none is named; the oldest first (binance-usdm 7). */
    static RestCall income(Call.ReadIncome call, Instant from, Instant to) {
        Symbol symbol = call.symbol();
        Query query = Query.of(
                "incomeType",
                switch (call.kind()) {
                    case FUNDING -> "FUNDING_FEE";
                    case CLEARANCE -> "INSURANCE_CLEAR";
                });
        if (symbol != null) {
            query.and(SYMBOL, symbol.name());
        }
        query.and("startTime", from.toEpochMilli()).and("endTime", to.toEpochMilli());
        return read(INCOME, query.and("limit", INCOME_PAGE).toString(), Purpose.CLOSE);
    }

    /** A conditional order that follows the position, or bridges by quantity, and looks at the mark alone (4.6). */
    static RestCall rest(Call.PlaceConditional call, PositionMode mode) {
        String type = switch (call.level()) {
            case STOP -> "STOP_MARKET";
            case TARGET -> "TAKE_PROFIT_MARKET";
        };
        Query query = Query.of("algoType", "CONDITIONAL")
                .and(SYMBOL, call.symbol().name())
                .and("side", call.direction().exit().name())
                .and("type", type)
                .and("triggerPrice", call.trigger().value());
        if (call.quantity() == null) {
            query.and("closePosition", "true");
        } else {
            query.and("quantity", call.quantity().value());
        }
        if (call.quantity() != null && mode == PositionMode.ONE_WAY) {
            query.and("reduceOnly", "true");
        }
        query.and("workingType", "MARK_PRICE")
                .and("priceProtect", "FALSE")
                .and("clientAlgoId", call.id().value());
        if (mode == PositionMode.HEDGE) {
            query.and(POSITION_SIDE, call.direction().name());
        }
        return change(ALGO_ORDER, query, Purpose.PROTECT);
    }

    static RestCall cancelRest(Call.CancelConditional call) {
        String query = Query.of("clientAlgoId", call.id().value()).toString();
        return new RestCall(Method.DELETE, ALGO_ORDER, query, Security.SIGNED, Purpose.PROTECT);
    }

    /** No share of the limits holds it back: only its answer lets another stop be placed (law 4, seed 30814). */
    static RestCall rest(Call.QueryConditional call) {
        return read(ALGO_ORDER, Query.of("clientAlgoId", call.id().value()).toString(), Purpose.PROTECT)
                .forExit();
    }

    static RestCall rests() {
        return read("/fapi/v1/openAlgoOrders", "", Purpose.PROTECT);
    }

    static RestCall listenKey() {
        return new RestCall(Method.POST, LISTEN_KEY, "", Security.KEY, Purpose.PROTECT).forRecovery();
    }

    static RestCall keepListenKey() {
        return new RestCall(Method.PUT, LISTEN_KEY, "", Security.KEY, Purpose.PROTECT).forRecovery();
    }

    private static RestCall read(String path, String params, Purpose purpose) {
        return new RestCall(Method.GET, path, params, Security.SIGNED, purpose);
    }

    private static RestCall change(String path, Query query, Purpose purpose) {
        return new RestCall(Method.POST, path, query.toString(), Security.SIGNED, purpose);
    }

    /** Whether an order exists after all. */
    static RestCall order(Symbol symbol, ClientOrderId id) {
        String query = Query.of(SYMBOL, symbol.name())
                .and("origClientOrderId", id.value())
                .toString();
        return read(ORDER, query, Purpose.CLOSE);
    }

    /** The order query behind a price chain. */
    static RestCall order(Symbol symbol, OrderId orderId) {
        String query =
                Query.of(SYMBOL, symbol.name()).and("orderId", orderId.value()).toString();
        return read(ORDER, query, Purpose.CLOSE);
    }
}
