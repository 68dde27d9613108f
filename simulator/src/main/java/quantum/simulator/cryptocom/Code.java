package quantum.simulator.cryptocom;

import quantum.simulator.spot.SpotRefusal;

/** The codes of refusals with the HTTP status that each comes with: many plain rejections are a 500. */
enum Code {
    DUPLICATE_CLORDID(204, 400),
    NO_MARK_PRICE(207, 400),
    INSTRUMENT_NOT_TRADABLE(208, 400),
    INVALID_INSTRUMENT(209, 400),
    INVALID_ORDERID(212, 500),
    INVALID_ORDERQTY(213, 400),
    INVALID_ORDTYPE(218, 400),
    INVALID_EXECINST(219, 400),
    INVALID_SIDE(220, 400),
    INVALID_TIF(221, 400),
    INVALID_REF_PRICE(229, 400),
    INVALID_REF_PRICE_TYPE(230, 400),
    INSUFFICIENT_AVAILABLE_BALANCE(306, 500),
    INVALID_PRICE(308, 400),
    EXCEEDS_MAX_ORDER_SIZE(314, 500),
    FAR_AWAY_LIMIT_PRICE(315, 500),
    NO_ACTIVE_ORDER(316, 500),
    EXCEEDS_MAX_ALLOWED_ORDERS(318, 400),
    BELOW_MIN_ORDER_SIZE(415, 500),
    NO_MARGIN_ACCESS(416, 400),
    /** Of the old family, which still occurs where params are missing altogether. */
    OLD_BAD_REQUEST(10004, 400),
    BAD_REQUEST(40001, 400),
    METHOD_NOT_FOUND(40002, 400),
    INVALID_REQUEST(40003, 400),
    MISSING_OR_INVALID_ARGUMENT(40004, 400),
    INVALID_DATE(40005, 400),
    UNAUTHORIZED(40101, 401),
    INVALID_NONCE(40102, 400),
    IP_ILLEGAL(40103, 401),
    EXCEED_MAX_SUBSCRIPTIONS(40107, 400),
    NOT_FOUND(40401, 200),
    TOO_MANY_REQUESTS(42901, 429),
    POST_ONLY_REJ(43005, 500),
    ERR_INTERNAL(50001, 400),
    INVALID_TRIGGER_PRICE(50007, 400),
    INVALID_ORDER_PARAMETERS(50010, 400),
    /** Its HTTP status is a setting. */
    API_DISABLED(140001, 400);

    private final int number;
    private final int status;

    Code(int number, int status) {
        this.number = number;
        this.status = status;
    }

    int number() {
        return number;
    }

    int status() {
        return status;
    }

    String message() {
        return this == OLD_BAD_REQUEST ? "BAD_REQUEST" : name();
    }

    static Code of(SpotRefusal refusal) {
        return switch (refusal) {
            case UNKNOWN_INSTRUMENT -> INVALID_INSTRUMENT;
            case NOT_TRADABLE -> INSTRUMENT_NOT_TRADABLE;
            case NO_MARK -> NO_MARK_PRICE;
            case QUANTITY_INVALID -> INVALID_ORDERQTY;
            case PRICE_INVALID -> INVALID_PRICE;
            case TYPE_INVALID -> INVALID_ORDTYPE;
            case REFERENCE_INVALID -> INVALID_REF_PRICE;
            case DUPLICATE_CLIENT_ID -> DUPLICATE_CLORDID;
            case TOO_FAR -> FAR_AWAY_LIMIT_PRICE;
            case TOO_LARGE -> EXCEEDS_MAX_ORDER_SIZE;
            case TOO_SMALL -> BELOW_MIN_ORDER_SIZE;
            case TOO_MANY -> EXCEEDS_MAX_ALLOWED_ORDERS;
            case POOR -> INSUFFICIENT_AVAILABLE_BALANCE;
            case POST_ONLY_MARKET -> POST_ONLY_REJ;
            case UNKNOWN_ORDER -> INVALID_ORDERID;
            case FINISHED -> NO_ACTIVE_ORDER;
            case TRIGGER_PASSED -> INVALID_TRIGGER_PRICE;
            case LIST_INVALID -> INVALID_ORDER_PARAMETERS;
        };
    }

    /** Refusals of an order that was given an id before. */
    boolean carriesIds() {
        return this == INSUFFICIENT_AVAILABLE_BALANCE
                || this == EXCEEDS_MAX_ORDER_SIZE
                || this == FAR_AWAY_LIMIT_PRICE
                || this == BELOW_MIN_ORDER_SIZE;
    }
}
