package quantum.venue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.order.Purpose;

/** One thing the desk asks of the exchange. Every call is answered by exactly one {@link VenueEvent} that names it. */
public sealed interface Call {

    /** Whose share of the request budget it may use, and whether it may leave before its record is durable. */
    default Purpose purpose() {
        return switch (this) {
            case Open _, ReadAccount _ -> Purpose.OPEN;
            case CancelOpen _, Close _, QueryOrder _, ReadPositions _, ReadOrders _, ReadTrades _, ReadIncome _ ->
                Purpose.CLOSE;
            case PlaceConditional _,
                    PlacePair _,
                    CancelConditional _,
                    QueryConditional _,
                    ReadConditionals _,
                    ReadRules _ -> Purpose.PROTECT;
        };
    }

    /** False for a question, which may leave before anything is recorded. */
    default boolean changesOrders() {
        return switch (this) {
            case Open _, CancelOpen _, Close _, PlaceConditional _, PlacePair _, CancelConditional _ -> true;
            case QueryOrder _,
                    QueryConditional _,
                    ReadPositions _,
                    ReadAccount _,
                    ReadConditionals _,
                    ReadOrders _,
                    ReadTrades _,
                    ReadIncome _,
                    ReadRules _ -> false;
        };
    }

    /** The id of the market order that it sends; null if it sends none. */
    default @Nullable ClientOrderId sends() {
        return switch (this) {
            case Open open -> open.id();
            case Close close -> close.id();
            default -> null;
        };
    }

    /** Whether it may not leave any more: the price and the receive window of an open are gone soon. */
    default boolean isTooLate(Duration sinceDecided) {
        return this instanceof Open && sinceDecided.compareTo(Open.LATEST) > 0;
    }

    /** A market order that opens; the session sees to isolated margin and the leverage first, and reads them back. */
    record Open(ClientOrderId id, Symbol symbol, Side side, Quantity quantity, int leverage) implements Call {
        private static final Duration LATEST = Duration.ofSeconds(2);
    }

    /** Keep an open of ours from leaving if it did not, and take off the book what is left of it if it did. */
    record CancelOpen(ClientOrderId id, Symbol symbol) implements Call {}

    /** A market order that closes; reduce-only where the exchange knows that. */
    record Close(ClientOrderId id, Symbol symbol, Side side, Quantity quantity) implements Call {}

    /**
     * A conditional order that closes the position of a direction when the mark passes the trigger: the whole of it,
     * whatever its size, or the quantity named, which the exchange lets rest beside another one (binance-usdm 4.6).
     */
    record PlaceConditional(
            ClientOrderId id,
            Symbol symbol,
            Direction direction,
            Level level,
            Price trigger,
            @Nullable Quantity quantity)
            implements Call {

        /** One that follows the position whatever its size. */
        public PlaceConditional(ClientOrderId id, Symbol symbol, Direction direction, Level level, Price trigger) {
            this(id, symbol, direction, level, trigger, null);
        }
    }

    /**
     * A stop and a target of which each cancels the other, for a quantity ({@link quantum.market.ProtectionForm#PAIR}). Each
     * has an id of its own; whichever is cancelled, both are.
     */
    record PlacePair(
            ClientOrderId stopId,
            ClientOrderId targetId,
            Symbol symbol,
            Direction direction,
            Quantity quantity,
            Price stop,
            Price target)
            implements Call {}

    /** Which side of a position a resting order guards. */
    enum Level {
        STOP,
        TARGET
    }

    /** Take a conditional order of ours off the exchange; of a pair, both. */
    record CancelConditional(ClientOrderId id, Symbol symbol) implements Call {}

    /** Ask what became of an order. */
    record QueryOrder(
            ClientOrderId id, Symbol symbol, @Nullable OrderId orderId) implements Call {}

    /** Ask what became of a conditional order. */
    record QueryConditional(ClientOrderId id, Symbol symbol) implements Call {}

    /** Read all positions of the account. */
    record ReadPositions() implements Call {}

    /** Read the margin that new positions may use. */
    record ReadAccount() implements Call {}

    /** Read the exchange's rules again, as soon as they may be. */
    record ReadRules() implements Call {}

    /** Read all resting conditional orders of the account. */
    record ReadConditionals() implements Call {}

    /** Read the regular orders that rest on the book, of one symbol or of all, whosever they are. */
    record ReadOrders(@Nullable Symbol symbol) implements Call {}

    /** Read our trades in a symbol since an exchange time, oldest first. */
    record ReadTrades(Symbol symbol, Instant since) implements Call {}

    /** Read what was paid or received in a symbol, or in all where none is named, since an exchange time, oldest first. */
    record ReadIncome(Kind kind, @Nullable Symbol symbol, Instant since) implements Call {

        /** What the money was for. */
        public enum Kind {
            /** Between longs and shorts, at each interval, for what was held then. */
            FUNDING,
            /** To the insurance fund, or from it, when a position was liquidated. */
            CLEARANCE
        }
    }

    /** Money that came in, negative where it went out, in the quote asset; null where it was in another asset. */
    record Payment(Symbol symbol, @Nullable BigDecimal amount, Instant time) {}

    /**
     * One execution, as the exchange books it; the fee is positive for a cost, in the quote asset; null where it was
     * taken in another asset, which {@code other} then tells. The position is the one that it changed; null in one-way mode, where there is but one.
     */
    record Trade(
            OrderId orderId,
            long tradeId,
            Side side,
            @Nullable Direction position,
            Price price,
            Quantity quantity,
            @Nullable BigDecimal fee,
            @Nullable OtherFee other,
            Instant time) {

        /** One whose fee was taken in the quote asset. */
        public Trade(
                OrderId orderId,
                long tradeId,
                Side side,
                @Nullable Direction position,
                Price price,
                Quantity quantity,
                @Nullable BigDecimal fee,
                Instant time) {
            this(orderId, tradeId, side, position, price, quantity, fee, null, time);
        }

        /** What it changes of what is held of this direction: above zero where it enters, below where it exits. */
        public BigDecimal changeOf(Direction direction) {
            return side == direction.entry()
                    ? quantity.value()
                    : quantity.value().negate();
        }
    }

    /** A fee that was taken in another asset than the quote asset (BNB, BNFCR). */
    record OtherFee(String asset, BigDecimal amount) {}
}
