package quantum.binance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.OrderId;
import quantum.venue.Call;

/** One trade of ours; the fee is positive for a cost and in the named asset. */
record Execution(
        Symbol symbol,
        OrderId orderId,
        long tradeId,
        Side side,
        @Nullable Direction position,
        Price price,
        Quantity quantity,
        BigDecimal fee,
        @Nullable String feeAsset,
        Instant time) {

    /** A row of userTrades. Its sign of a fee is disputed; a taker's fee is never negative (binance-usdm 3.5). */
    static Execution ofReply(Json json) {
        return new Execution(
                json.symbol("symbol"),
                json.id("orderId"),
                json.integer("id"),
                json.side("side"),
                json.position("positionSide"),
                json.price("price"),
                json.quantity("qty"),
                json.decimal("commission").abs(),
                json.text("commissionAsset"),
                json.time("time"));
    }

    static List<Execution> all(Json json) {
        return json.elements().stream().map(Execution::ofReply).toList();
    }

    /** The trade inside an ORDER_TRADE_UPDATE, if it tells of one. */
    static @Nullable Execution ofEvent(Json event) {
        Json json = event.object("o");
        if (!json.has("t") || json.integer("t") <= 0 || json.decimal("l").signum() <= 0) {
            return null;
        }
        return new Execution(
                json.symbol("s"),
                json.id("i"),
                json.integer("t"),
                json.side("S"),
                json.position("ps"),
                json.price("L"),
                json.quantity("l"),
                json.has("n") ? json.decimal("n") : BigDecimal.ZERO,
                json.optionalText("N"),
                event.time("T"));
    }

    /** In the desk's words, which know fees in the quote asset alone. */
    Call.Trade trade(boolean feeInQuote) {
        return new Call.Trade(
                orderId,
                tradeId,
                side,
                position,
                price,
                quantity,
                feeInQuote ? fee : null,
                feeInQuote || feeAsset == null ? null : new Call.OtherFee(feeAsset, fee),
                time);
    }
}
