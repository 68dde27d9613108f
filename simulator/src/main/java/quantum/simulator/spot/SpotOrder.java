package quantum.simulator.spot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Side;
import quantum.simulator.Treatment;

/** One ordinary order. What a notional order shows as its quantity is an estimate that its execution may exceed. */
public final class SpotOrder {

    private static final BigDecimal HEAD_ROOM = new BigDecimal("1.05");
    private static final BigDecimal SELL_ROOM = new BigDecimal("0.95");

    private final long id;
    private final long createdAt;
    private final Treatment treatment;
    private final @Nullable AdvancedOrder origin;
    private SpotTerms terms;
    private BigDecimal quantity;
    private BigDecimal orderValue;
    private SpotStatus status = SpotStatus.ACTIVE;
    private BigDecimal executed = BigDecimal.ZERO;
    private BigDecimal value = BigDecimal.ZERO;
    private BigDecimal fee = BigDecimal.ZERO;
    private int reason;
    private boolean working;
    private long updatedAt;

    SpotOrder(long id, SpotTerms terms, @Nullable AdvancedOrder origin, Treatment treatment, long now) {
        this.id = id;
        this.terms = terms;
        this.origin = origin;
        this.treatment = treatment;
        createdAt = now;
        updatedAt = now;
        quantity = BigDecimal.ZERO;
        orderValue = BigDecimal.ZERO;
    }

    /** Computes what depends on the price of the moment. */
    void price(BigDecimal best) {
        var asked = terms.size().quantity();
        var limit = terms.price();
        var notional = terms.size().notional();
        if (asked == null) {
            var spent = notional == null ? BigDecimal.ZERO : notional;
            var exact = spent.divide(best.multiply(HEAD_ROOM), scale(), RoundingMode.DOWN);
            quantity = terms.instrument().floor(exact);
            orderValue = spent;
        } else {
            quantity = asked;
            var room = terms.side() == Side.BUY ? HEAD_ROOM : SELL_ROOM;
            orderValue = limit == null ? asked.multiply(room).multiply(best) : limit.multiply(asked);
        }
    }

    private int scale() {
        return Math.max(0, terms.instrument().quantityTick().scale());
    }

    public long id() {
        return id;
    }

    public SpotTerms terms() {
        return terms;
    }

    /** The advanced order that it came from, if it did. */
    public @Nullable AdvancedOrder origin() {
        return origin;
    }

    Treatment treatment() {
        return treatment;
    }

    public BigDecimal quantity() {
        return quantity;
    }

    public BigDecimal orderValue() {
        return orderValue;
    }

    public SpotStatus status() {
        return status;
    }

    public BigDecimal executed() {
        return executed;
    }

    public BigDecimal value() {
        return value;
    }

    /** What the exchange shows as the fee: of a BUY always counted in the base coin, whatever coin paid. */
    public BigDecimal fee() {
        return fee;
    }

    /** The code of why it ended, 0 for nothing special. */
    public int reason() {
        return reason;
    }

    public long createdAt() {
        return createdAt;
    }

    public long updatedAt() {
        return updatedAt;
    }

    public BigDecimal averagePrice() {
        var scale = terms.instrument().priceDecimals();
        if (executed.signum() == 0) return BigDecimal.ZERO.setScale(scale);
        return value.divide(executed, scale, RoundingMode.HALF_UP);
    }

    /** What a quantity order still wants. */
    BigDecimal left() {
        return quantity.subtract(executed);
    }

    /** What a notional order may still spend; null for a quantity order. */
    @Nullable
    BigDecimal unspent() {
        var notional = terms.size().notional();
        return terms.size().quantity() != null || notional == null ? null : notional.subtract(value);
    }

    /** True once it may meet the book. */
    boolean working() {
        return working;
    }

    void work() {
        working = true;
    }

    void become(SpotStatus next, int why, long now) {
        status = next;
        reason = why;
        updatedAt = now;
    }

    void execute(BigDecimal price, BigDecimal part, BigDecimal shownFee, long now) {
        executed = executed.add(part);
        value = value.add(price.multiply(part));
        fee = fee.add(shownFee);
        updatedAt = now;
    }

    void amend(SpotTerms amended, long now) {
        terms = amended;
        updatedAt = now;
    }

    /** What was kept of it beside its terms. */
    record Kept(
            BigDecimal quantity,
            BigDecimal orderValue,
            BigDecimal executed,
            BigDecimal value,
            BigDecimal fee,
            SpotStatus status,
            int reason,
            boolean working,
            long updatedAt) {}

    Kept kept() {
        return new Kept(quantity, orderValue, executed, value, fee, status, reason, working, updatedAt);
    }

    void restore(Kept kept) {
        quantity = kept.quantity;
        orderValue = kept.orderValue;
        executed = kept.executed;
        value = kept.value;
        fee = kept.fee;
        status = kept.status;
        reason = kept.reason;
        working = kept.working;
        updatedAt = kept.updatedAt;
    }

    /** The coin that it holds while it is open, and how much of it. */
    CoinAmount held() {
        var instrument = terms.instrument();
        if (!status.open()) return new CoinAmount(instrument.quote(), BigDecimal.ZERO);
        if (terms.side() == Side.SELL) return new CoinAmount(instrument.base(), left());
        var limit = terms.price();
        var unspent = unspent();
        if (unspent != null) return new CoinAmount(instrument.quote(), unspent);
        return new CoinAmount(
                instrument.quote(),
                limit == null ? orderValue.subtract(value).max(BigDecimal.ZERO) : limit.multiply(left()));
    }
}
