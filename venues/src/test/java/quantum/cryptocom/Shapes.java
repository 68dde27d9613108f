package quantum.cryptocom;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Orders and trades in the shapes that were recorded (crypto-com-clients 2), and advanced ones as they are documented.
 */
final class Shapes {

    static final String LIST = "6530219599901000701";
    static final String STOP_ORDER = "5755600460443882701";
    static final String TARGET_ORDER = "5755600460443882702";
    static final String CHILD = "5755600460443882799";
    static final String STOP = "qs-00000000000000000001-1";
    static final String TARGET = "qt-00000000000000000001-1";

    private Shapes() {}

    /** An ordinary order; what is executed of it, its worth and its mean price. */
    static String order(
            String orderId,
            String clientId,
            String side,
            String status,
            String quantity,
            String done,
            String worth,
            String average) {
        return """
                {"account_id":"52e7c00f","order_id":"%s","client_oid":"%s","order_type":"MARKET",
                "time_in_force":"GOOD_TILL_CANCEL","side":"%s","exec_inst":[],"quantity":"%s","order_value":"630.00000",
                "avg_price":"%s","ref_price":"0","cumulative_quantity":"%s","cumulative_value":"%s",
                "cumulative_fee":"9.99","status":"%s","update_user_id":"52e7c00f","order_date":"2026-11-30",
                "instrument_name":"BTC_USD","fee_instrument_name":"USD","create_time_ns":"1796040000123456789","reason":0,
                "create_time":1796040000123,"update_time":1796040000122,"maker_fee_rate":"0","taker_fee_rate":"0",
                "ref_price_type":"NULL_VAL"}
                """.formatted(orderId, clientId, side, quantity, average, done, worth, status);
    }

    static String limit(String orderId, String clientId, String status, String quantity, String done, String worth) {
        return order(orderId, clientId, "SELL", status, quantity, done, worth, "0")
                .replace("\"MARKET\"", "\"LIMIT\",\"limit_price\":\"66000.00\"");
    }

    /** A leg of an OCO list; {@code more} is appended to its fields. */
    static String leg(String orderId, String clientId, String type, String status, @Nullable String done, String more) {
        String price = type.equals("LIMIT") ? "\"limit_price\":\"66000.00\"" : "\"ref_price\":\"57000.00\"";
        String executed = done == null
                ? ""
                : ",\"cumulative_quantity\":\"" + done + "\",\"cumulative_value\":\"" + worth(done) + "\"";
        return """
                {"order_id":"%s","client_oid":"%s","list_id":"%s","contingency_type":"OCO","order_type":"%s",
                "side":"SELL","quantity":"0.00100",%s,"ref_price_type":"MARK_PRICE","status":"%s",
                "instrument_name":"BTC_USD","create_time":1796040000123,"update_time":1796040000124%s%s}
                """.formatted(orderId, clientId, LIST, type, price, status, executed, more);
    }

    private static String worth(String done) {
        return new BigDecimal(done).multiply(new BigDecimal("66000")).toPlainString();
    }

    static String stop(String status) {
        return leg(STOP_ORDER, STOP, "STOP_LOSS", status, "0", "");
    }

    static String fired(String status) {
        return leg(STOP_ORDER, STOP, "STOP_LOSS", status, "0", ",\"exchange_order_id\":\"" + CHILD + "\"");
    }

    static String rejectedStop(String reason) {
        return leg(STOP_ORDER, STOP, "STOP_LOSS", "REJECTED", "0", ",\"reject_reason\":\"" + reason + "\"");
    }

    static String target(String status, String done) {
        return leg(TARGET_ORDER, TARGET, "LIMIT", status, done, "");
    }

    static String data(String... rows) {
        return "{\"data\":[" + String.join(",", rows) + "]}";
    }

    static String trade(
            String orderId, long tradeId, String side, String quantity, String fees, String coin, long nanos) {
        return """
                {"account_id":"52e7c00f","event_date":"2026-11-30","journal_type":"TRADING","side":"%s",
                "instrument_name":"BTC_USD","fees":"%s","fee_credits":"0","trade_id":"%d","trade_match_id":"4611686018427",
                "create_time":%d,"traded_price":"60000.00","traded_quantity":"%s","fee_instrument_name":"%s",
                "client_oid":"qo-1","taker_side":"TAKER","order_id":"%s","match_count":1,
                "create_time_ns":"%d","transact_time_ns":"%d"}
                """.formatted(side, fees, tradeId, nanos / 1_000_000, quantity, coin, orderId, nanos, nanos);
    }
}
