package quantum.simulator.binance;

import quantum.simulator.Json;
import quantum.simulator.Refusal;
import quantum.simulator.Refused;
import tools.jackson.databind.node.ObjectNode;

/** Indicates an answer with a code and a text instead of a result (binance-usdm 9). */
final class BinanceError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    BinanceError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    BinanceError(int code, String message) {
        this(400, code, message);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    static BinanceError mandatory(String parameter) {
        return new BinanceError(
                -1102, "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed.");
    }

    static BinanceError notRequired(String parameter) {
        return new BinanceError(-1106, "Parameter '" + parameter + "' sent when not required.");
    }

    /** A parameter that was sent without a value; client ids have codes of their own. */
    static BinanceError empty(String parameter) {
        return switch (parameter) {
            case "newClientOrderId" -> new BinanceError(-1118, "New client order ID was empty.");
            case "origClientOrderId" -> new BinanceError(-1119, "Original client order ID was empty.");
            case "newOrderRespType" -> new BinanceError(-1136, "Invalid newOrderRespType.");
            default -> new BinanceError(-1105, "Parameter '" + parameter + "' was empty.");
        };
    }

    static BinanceError invalid(String parameter) {
        return new BinanceError(-1130, "Data sent for parameter '" + parameter + "' is not valid.");
    }

    /** The name is a method and a path. */
    static BinanceError noSuchPath(String name) {
        int space = name.indexOf(' ');
        var method = name.substring(0, space);
        var path = name.substring(space + 1);
        var text = method.equals("WS") ? "Method " + path : "Path " + path + ", Method " + method;
        return new BinanceError(404, -5000, text + " is invalid");
    }

    ObjectNode json() {
        return Json.object().put("code", code).put("msg", text());
    }

    static BinanceError noSuchOrder() {
        return new BinanceError(-2013, "Order does not exist.");
    }

    static BinanceError of(Refused refused) {
        return switch (refused.reason()) {
            case UNKNOWN_SYMBOL -> new BinanceError(-1121, "Invalid symbol.");
            case PRICE_UNKNOWN ->
                new BinanceError(503, -1001, "Internal error; unable to process your request. Please try again.");
            case PRICE_PRECISION, QUANTITY_PRECISION ->
                new BinanceError(-1111, "Precision is over the maximum defined for this asset.");
            case PRICE_NOT_POSITIVE -> new BinanceError(-4001, "Price less than 0.");
            case PRICE_BELOW_MINIMUM -> new BinanceError(-4013, "Price less than min price.");
            case PRICE_ABOVE_MAXIMUM -> new BinanceError(-4002, "Price greater than max price.");
            case PRICE_OFF_TICK -> new BinanceError(-4014, "Price not increased by tick size.");
            case QUANTITY_NOT_POSITIVE -> new BinanceError(-4003, "Quantity less than or equal to zero.");
            case QUANTITY_BELOW_MINIMUM -> new BinanceError(-4004, "Quantity less than min quantity.");
            case QUANTITY_ABOVE_MAXIMUM -> new BinanceError(-4005, "Quantity greater than max quantity.");
            case QUANTITY_OFF_STEP -> new BinanceError(-4023, "Qty not increased by step size.");
            case TRIGGER_NOT_POSITIVE -> new BinanceError(-4006, "Stop price less than 0.");
            case TRIGGER_ABOVE_MAXIMUM -> new BinanceError(-4007, "Stop price greater than max price.");
            case PRICE_ABOVE_MARK_LIMIT -> tooHigh(-4016, refused);
            case PRICE_BELOW_MARK_LIMIT -> tooLow(-4024, refused);
            case PRICE_ABOVE_TRIGGER_LIMIT -> tooHigh(-4183, refused);
            case PRICE_BELOW_TRIGGER_LIMIT -> tooLow(-4184, refused);
            case NOTIONAL_TOO_SMALL ->
                new BinanceError(
                        -4164,
                        "Order's notional must be no smaller than " + refused.detail()
                                + " (unless you choose reduce only).");
            case AMENDMENT_NOTIONAL ->
                new BinanceError(-5029, "Order's notional must be no smaller than " + refused.detail());
            default -> ofState(refused.reason());
        };
    }

    private static BinanceError tooHigh(int code, Refused refused) {
        return new BinanceError(code, "Limit price can't be higher than " + refused.detail() + ".");
    }

    private static BinanceError tooLow(int code, Refused refused) {
        return new BinanceError(code, "Limit price can't be lower than " + refused.detail() + ".");
    }

    private static BinanceError ofState(Refusal reason) {
        return switch (reason) {
            case DUPLICATE_CLIENT_ID -> new BinanceError(-4116, "ClientOrderId is duplicated.");
            case TOO_MANY_ORDERS -> new BinanceError(-2025, "Reach max open order limit.");
            case TOO_MANY_CONDITIONALS -> new BinanceError(-4045, "Reach max stop order limit.");
            case MARGIN_INSUFFICIENT -> new BinanceError(-2019, "Margin is insufficient.");
            case POSITION_TOO_LARGE ->
                new BinanceError(-2027, "Exceeded the maximum allowable position at current leverage.");
            case REDUCE_ONLY_CONFLICT ->
                new BinanceError(-4118, "ReduceOnly Order Failed. Please check your existing position and open orders");
            case MARKET_BEYOND_BOUND ->
                new BinanceError(-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit.");
            case GOOD_TILL_DATE ->
                new BinanceError(
                        -5040,
                        "The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller"
                                + " than 253402300799000");
            case POSITION_SIDE_MISMATCH ->
                new BinanceError(-4061, "Order's position side does not match user's setting.");
            case CLOSING_WRONG_SIDE -> new BinanceError(-4138, "Reduce only must be true with closePosition.");
            case SYMBOL_NOT_TRADING -> new BinanceError(-1122, "Invalid symbol status.");
            case SYMBOL_ONLY_CLOSES -> new BinanceError(-4140, "Invalid symbol status for opening position");
            case SYMBOL_CLOSED -> new BinanceError(-4141, "Symbol is closed");
            case TRADING_FORBIDDEN -> new BinanceError(-4088, "User can not place order currently.");
            case TRADING_LOCKED ->
                new BinanceError(
                        -4400,
                        "Futures Trading Quantitative Rules violated, only reduceOnly order is allowed, "
                                + "please try again later.");
            case REDUCE_ONLY -> new BinanceError(-2022, "ReduceOnly Order is rejected.");
            case WOULD_TAKE ->
                new BinanceError(
                        -5022,
                        "Due to the order could not be executed as maker, the Post Only order will be rejected. "
                                + "The order will not be recorded in the order history");
            case CANNOT_FILL_WHOLLY ->
                new BinanceError(
                        -5021,
                        "Due to the order could not be filled immediately, the FOK order has been rejected. "
                                + "The order will not be recorded in the order history");
            case WOULD_TRIGGER -> new BinanceError(-2021, "Order would immediately trigger.");
            case CLOSING_ORDER_EXISTS ->
                new BinanceError(
                        -4130,
                        "An open stop or take profit order with GTE and closePosition in the direction is existing.");
            case ACTIVATION_PRICE -> new BinanceError(-4135, "Invalid activation price.");
            case UNKNOWN_ORDER -> new BinanceError(-2011, "Unknown order sent.");
            case ORDER_IS_TRIGGERING -> new BinanceError(-4117, "Stop order is triggering.");
            case LEVERAGE_INVALID -> new BinanceError(-4028, "Leverage is not valid");
            case LEVERAGE_CUT_ISOLATED ->
                new BinanceError(
                        -4161, "Leverage reduction is not supported in Isolated Margin Mode with open positions.");
            default -> ofChoice(reason);
        };
    }

    private static BinanceError ofChoice(Refusal reason) {
        return switch (reason) {
            case AMENDMENT_NOT_TRADING ->
                new BinanceError(-5024, "Symbol is not in trading status. Order amendment is not permitted.");
            case AMENDMENT_NOT_LIMIT -> new BinanceError(-5025, "Only limit order is supported.");
            case AMENDMENT_COUNT -> new BinanceError(-5026, "Exceed maximum modify order limit.");
            case AMENDMENT_SAME -> new BinanceError(-5027, "No need to modify the order.");
            case MARGIN_TYPE_SAME -> new BinanceError(-4046, "No need to change margin type.");
            case MARGIN_TYPE_ORDERS ->
                new BinanceError(-4047, "Margin type cannot be changed if there exists open orders.");
            case MARGIN_TYPE_POSITION ->
                new BinanceError(-4048, "Margin type cannot be changed if there exists position.");
            case POSITION_MODE_SAME -> new BinanceError(-4059, "No need to change position side.");
            case POSITION_MODE_ORDERS ->
                new BinanceError(-4067, "Position side cannot be changed if there exists open orders.");
            case POSITION_MODE_POSITION ->
                new BinanceError(-4068, "Position side cannot be changed if there exists position.");
            case LEVERAGE_MARGIN ->
                new BinanceError(-2028, "Leverage is smaller than permitted: insufficient margin balance.");
            case MARGIN_NOT_ISOLATED -> new BinanceError(-4049, "Add margin only support for isolated position.");
            case CROSS_BALANCE_INSUFFICIENT -> new BinanceError(-4050, "Cross balance insufficient.");
            case ISOLATED_BALANCE_INSUFFICIENT -> new BinanceError(-4051, "Isolated balance insufficient.");
            case MARGIN_WITHOUT_POSITION -> new BinanceError(-4054, "Cannot add position margin: position is 0.");
            case ASSET_MODE_SAME -> new BinanceError(-4171, "No need to change asset mode.");
            case ASSET_MODE_ISOLATED ->
                new BinanceError(
                        -4168,
                        "Unable to adjust to Multi-Assets mode with symbols of USDS-M Futures under "
                                + "isolated-margin mode.");
            default -> throw new IllegalStateException("no Binance code for " + reason);
        };
    }
}
