package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A regular order on the exchange. */
public final class Order {

    /** Where an order comes from when no customer sent it: a conditional order, or the exchange itself. */
    record Origin(@Nullable AlgoOrder algo, @Nullable ForcedClose forced) {}

    private final long id;
    private NewOrder terms;
    private final Origin origin;
    private BigDecimal assumedPrice;
    private final Treatment treatment;
    private final long createdAt;
    private long updatedAt;
    private OrderStatus status = OrderStatus.NEW;
    private BigDecimal quantity;
    private BigDecimal executed = BigDecimal.ZERO;
    private BigDecimal quote = BigDecimal.ZERO;
    private int expiryReason;
    private BigDecimal counted = BigDecimal.ZERO;
    private boolean matchable;
    private int amendments;

    Order(long id, NewOrder terms, Origin origin, BigDecimal assumedPrice, Treatment treatment, long now) {
        this.id = id;
        this.terms = terms;
        this.origin = origin;
        this.assumedPrice = assumedPrice;
        this.treatment = treatment;
        this.quantity = terms.quantity();
        this.createdAt = now;
        this.updatedAt = now;
    }

    public long id() {
        return id;
    }

    public NewOrder terms() {
        return terms;
    }

    /** The conditional order that became this one. */
    public @Nullable AlgoOrder origin() {
        return origin.algo;
    }

    /** What the exchange itself closed with this order; null for a customer's own. */
    public @Nullable ForcedClose forced() {
        return origin.forced;
    }

    /** The price that margin is held at while the order is open. */
    BigDecimal assumedPrice() {
        return assumedPrice;
    }

    /** By how much the notional held for this order changed since the last time; zero in total once it ended. */
    BigDecimal recount() {
        var now = status.open() ? remaining().multiply(assumedPrice) : BigDecimal.ZERO;
        var change = now.subtract(counted);
        counted = now;
        return change;
    }

    Treatment treatment() {
        return treatment;
    }

    public long createdAt() {
        return createdAt;
    }

    public long updatedAt() {
        return updatedAt;
    }

    public OrderStatus status() {
        return status;
    }

    /** What was asked for, or less after a reduce-only order was capped at the position. */
    public BigDecimal quantity() {
        return quantity;
    }

    public BigDecimal executed() {
        return executed;
    }

    public BigDecimal quote() {
        return quote;
    }

    public BigDecimal remaining() {
        return quantity.subtract(executed);
    }

    /** Zero before the first fill. */
    public BigDecimal averagePrice() {
        return executed.signum() == 0
                ? BigDecimal.ZERO
                : Decimals.shorten(quote.divide(executed, 12, RoundingMode.HALF_EVEN));
    }

    /** The exchange's number for the reason of an expiry (binance-usdm 5.2, field er); 0 without one. */
    public int expiryReason() {
        return expiryReason;
    }

    boolean matchable() {
        return matchable;
    }

    void allowMatching() {
        matchable = true;
    }

    /** The price of a limit order, zero without one. */
    BigDecimal limit() {
        var price = terms.price();
        return price == null ? BigDecimal.ZERO : price;
    }

    int amendments() {
        return amendments;
    }

    /** Takes over new terms for what is left; it rests again before it can match. */
    void amend(NewOrder wanted, BigDecimal price, long now) {
        terms = wanted;
        quantity = wanted.quantity();
        assumedPrice = price;
        matchable = false;
        amendments++;
        updatedAt = now;
    }

    void capAt(BigDecimal limit) {
        quantity = quantity.min(executed.add(limit));
    }

    void execute(BigDecimal price, BigDecimal amount, long now) {
        executed = executed.add(amount);
        quote = quote.add(price.multiply(amount));
        status = executed.compareTo(quantity) < 0 ? OrderStatus.PARTIALLY_FILLED : OrderStatus.FILLED;
        updatedAt = now;
    }

    void end(OrderStatus last, int reason, long now) {
        status = last;
        expiryReason = reason;
        updatedAt = now;
    }

    void restore(OrderStatus last, BigDecimal restoredQuantity, BigDecimal amount, BigDecimal value, long when) {
        status = last;
        quantity = restoredQuantity;
        executed = amount;
        quote = value;
        updatedAt = when;
    }
}
