package quantum.simulator.spot;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Side;
import quantum.simulator.Treatment;

/**
 * An order under an id of its own that works through an ordinary one: a trigger once it fires, a leg of a list once it
 * is live. The fill belongs to the ordinary order alone.
 */
public final class AdvancedOrder {

    /** The price that a trigger is compared with. */
    public enum Reference {
        MARK_PRICE,
        INDEX_PRICE,
        LAST_PRICE
    }

    /** What a customer asks for; without a level it is no trigger. */
    public record Draft(SpotTerms terms, @Nullable BigDecimal level, Reference reference) {}

    /** How the legs of a list hang together. */
    public enum Contingency {
        OCO,
        OTO,
        OTOCO
    }

    /** The place in a list. */
    public record Leg(long listId, Contingency contingency, int number) {}

    private final long id;
    private final long createdAt;
    private final Reference reference;
    private final Treatment treatment;
    private final @Nullable Leg leg;
    private SpotTerms terms;
    private @Nullable BigDecimal level;
    private SpotStatus status = SpotStatus.PENDING;
    private String rejection = "";
    private @Nullable SpotOrder child;
    private boolean live;
    private boolean fired;
    private long updatedAt;

    AdvancedOrder(long id, Draft draft, @Nullable Leg leg, Treatment treatment, long now) {
        this.id = id;
        this.terms = draft.terms();
        this.level = draft.level();
        this.reference = draft.reference();
        this.leg = leg;
        this.treatment = treatment;
        createdAt = now;
        updatedAt = now;
    }

    public long id() {
        return id;
    }

    public SpotTerms terms() {
        return terms;
    }

    public Reference reference() {
        return reference;
    }

    /** The trigger's price; null for one that is no trigger. */
    public @Nullable BigDecimal level() {
        return level;
    }

    public @Nullable Leg leg() {
        return leg;
    }

    public SpotStatus status() {
        return status;
    }

    /** Why it was rejected, else empty. */
    public String rejection() {
        return rejection;
    }

    /** The ordinary order that executes it, once there is one. */
    public @Nullable SpotOrder child() {
        return child;
    }

    public long createdAt() {
        return createdAt;
    }

    public long updatedAt() {
        return updatedAt;
    }

    Treatment treatment() {
        return treatment;
    }

    /** True once it waits for its price or works; the later legs of attached lists are not live at first. */
    boolean live() {
        return live;
    }

    void goLive() {
        live = true;
    }

    boolean fired() {
        return fired;
    }

    void fire(long now) {
        fired = true;
        become(SpotStatus.ACTIVE, now);
    }

    void become(SpotStatus next, long now) {
        status = next;
        updatedAt = now;
    }

    void reject(String why, long now) {
        rejection = why;
        become(SpotStatus.REJECTED, now);
    }

    void workThrough(SpotOrder order) {
        child = order;
    }

    void amend(SpotTerms amended, @Nullable BigDecimal newLevel, long now) {
        terms = amended;
        if (newLevel != null) level = newLevel;
        updatedAt = now;
    }

    /** What was kept of it beside its terms. */
    record Kept(SpotStatus status, String rejection, boolean live, boolean fired, long updatedAt) {}

    Kept kept() {
        return new Kept(status, rejection, live, fired, updatedAt);
    }

    void restore(Kept kept) {
        status = kept.status;
        rejection = kept.rejection;
        live = kept.live;
        fired = kept.fired;
        updatedAt = kept.updatedAt;
    }

    boolean waits() {
        return terms.type().waits();
    }

    static boolean firesBelow(SpotTerms terms) {
        return (terms.side() == Side.SELL) == terms.type().stops();
    }

    private BigDecimal referencePrice(SpotMarket market) {
        return reference == Reference.LAST_PRICE ? market.last() : market.mark();
    }

    /** True when the market stands at or beyond the level. */
    boolean touched(SpotMarket market) {
        if (level == null) return false;
        int side = referencePrice(market).compareTo(level);
        return firesBelow(terms) ? side <= 0 : side >= 0;
    }

    /** What it will need when it fires, and of which coin. */
    CoinAmount need() {
        var instrument = terms.instrument();
        var quantity = terms.size().quantity();
        var notional = terms.size().notional();
        if (terms.side() == Side.SELL) return new CoinAmount(instrument.base(), orZero(quantity));
        var price = terms.price() == null ? orZero(level) : terms.price();
        var spent = quantity == null ? orZero(notional) : quantity.multiply(price);
        return new CoinAmount(instrument.quote(), spent);
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    boolean listedWith(@Nullable AdvancedOrder other) {
        return other != null && leg != null && other.leg != null && leg.listId() == other.leg.listId();
    }
}
