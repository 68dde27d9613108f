package quantum.simulator.spot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Setting;
import quantum.simulator.Treatment;
import quantum.simulator.spot.AdvancedOrder.Contingency;
import quantum.simulator.spot.AdvancedOrder.Draft;
import quantum.simulator.spot.AdvancedOrder.Leg;
import quantum.simulator.spot.SpotMatching.Amendment;

/** Takes, fires, amends and cancels triggers and lists. A trigger holds nothing until it fires. */
public final class AdvancedOrders {

    private final SpotExchange exchange;
    private final SpotAdmission admission;
    private final SpotMatching matching;

    AdvancedOrders(SpotExchange exchange, SpotAdmission admission, SpotMatching matching) {
        this.exchange = exchange;
        this.admission = admission;
        this.matching = matching;
    }

    private long now() {
        return exchange.simulator().now();
    }

    private boolean on(Setting setting) {
        return exchange.simulator().settings().on(setting);
    }

    /** Takes one trigger or throws {@link SpotRefused}. */
    public AdvancedOrder place(SpotAccount account, Draft draft, Treatment treatment) {
        check(account, draft);
        if (!draft.terms().type().waits()) throw new SpotRefused(SpotRefusal.TYPE_INVALID);
        account.use(draft.terms().clientId());
        var order = new AdvancedOrder(exchange.ids().advanced(), draft, null, treatment, now());
        account.add(order);
        exchange.report(account, order);
        activate(account, order);
        return order;
    }

    private void check(SpotAccount account, Draft draft) {
        var terms = draft.terms();
        admission.checkForm(terms);
        var market = exchange.markets().market(terms.instrument().symbol());
        admission.checkFresh(account, terms.clientId());
        if (terms.type().waits()) admission.checkTrigger(terms, draft.level(), market);
        var refusal = admission.againstMarket(account, terms, market);
        if (refusal != null) throw new SpotRefused(refusal);
    }

    /** Takes a list as a whole, or throws {@link SpotRefused} and takes nothing. */
    public long place(SpotAccount account, Contingency contingency, List<Draft> drafts, Treatment treatment) {
        var ordered = Lists.ordered(contingency, drafts);
        for (var draft : ordered) check(account, draft);
        var names = ordered.stream().map(draft -> draft.terms().clientId()).distinct();
        if (names.count() < ordered.size()) throw new SpotRefused(SpotRefusal.DUPLICATE_CLIENT_ID);
        long list = exchange.ids().list();
        var legs = new ArrayList<AdvancedOrder>();
        for (var draft : ordered) {
            account.use(draft.terms().clientId());
            var leg = new Leg(list, contingency, legs.size() + 1);
            var order = new AdvancedOrder(exchange.ids().advanced(), draft, leg, treatment, now());
            legs.add(order);
            account.add(order);
        }
        for (var leg : legs) exchange.report(account, leg);
        if (contingency == Contingency.OCO) legs.forEach(leg -> activate(account, leg));
        else activate(account, legs.getFirst());
        return list;
    }

    /** Lets a trigger wait for its price, and anything else work at once. */
    private void activate(SpotAccount account, AdvancedOrder order) {
        if (!order.status().open() || order.live()) return;
        order.goLive();
        if (!order.waits()) {
            work(account, order);
            return;
        }
        long delay = exchange.simulator().settings().nanos(Setting.SPOT_TRIGGER_CHECK_MILLIS);
        exchange.simulator().later(delay, () -> accept(account, order));
        fireIfTouched(account, order);
    }

    /** The second look at a trigger, after its acknowledgement. */
    private void accept(SpotAccount account, AdvancedOrder order) {
        if (order.status() != SpotStatus.PENDING) return;
        if (on(Setting.SPOT_SECOND_TRIGGER_REJECTED) && !covered(account, order)) {
            reject(account, order, SpotRefusal.POOR.rejection());
            return;
        }
        order.become(SpotStatus.NEW, now());
        exchange.report(account, order);
    }

    /** Whether the account has what this trigger needs beside all others; the legs of one list need it once. */
    private static boolean covered(SpotAccount account, AdvancedOrder order) {
        var need = order.need();
        var others = account.openAdvanced().stream()
                .filter(other -> other != order && other.waits() && other.live() && !other.fired())
                .filter(other -> !other.listedWith(order) && !heldByItsList(account, other))
                .map(AdvancedOrder::need)
                .filter(other -> other.coin().equals(need.coin()))
                .map(CoinAmount::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var used = others.add(account.held(need.coin(), order)).add(need.amount());
        return used.compareTo(account.amount(need.coin())) <= 0;
    }

    /** True of a leg whose sibling rests on the book: that order holds the coin for both. */
    private static boolean heldByItsList(SpotAccount account, AdvancedOrder leg) {
        return account.open().stream().map(SpotOrder::origin).anyMatch(leg::listedWith);
    }

    /** Sends the ordinary order that this one works through. */
    private void work(SpotAccount account, AdvancedOrder order) {
        if (order.waits() && order.treatment() == Treatment.REJECTED_AT_TRIGGER) {
            reject(account, order, "REJECTED_AT_TRIGGER");
            return;
        }
        try {
            matching.placeFor(account, order);
        } catch (SpotRefused refused) {
            reject(account, order, refused.reason().rejection());
        }
    }

    private void reject(SpotAccount account, AdvancedOrder order, String why) {
        order.reject(why, now());
        exchange.report(account, order);
        ended(account, order, false);
    }

    void priceMoved(SpotAccount account, SpotMarket market) {
        for (var order : account.openAdvanced()) {
            if (order.terms().instrument().equals(market.instrument())) fireIfTouched(account, order);
        }
    }

    private void fireIfTouched(SpotAccount account, AdvancedOrder order) {
        var market = exchange.markets().market(order.terms().instrument().symbol());
        var waits = order.status().open() && order.live() && order.waits() && !order.fired();
        if (!waits || !order.touched(market)) return;
        order.fire(now());
        exchange.report(account, order);
        long delay = exchange.simulator().settings().nanos(Setting.SPOT_TRIGGER_DELAY_MILLIS);
        exchange.simulator().later(delay, () -> {
            if (!order.status().open()) return;
            endOthers(account, order);
            work(account, order);
        });
    }

    /** Goes on with an order that was kept before it was looked at again, or between its trigger and its real order. */
    void resume(SpotAccount account, AdvancedOrder order) {
        if (!order.status().open() || !order.waits()) return;
        if (order.live() && !order.fired()) exchange.simulator().later(0, () -> accept(account, order));
        if (!order.fired() || order.child() != null) return;
        exchange.simulator().later(0, () -> {
            endOthers(account, order);
            work(account, order);
        });
    }

    /** Follows the ordinary order that an advanced one works through. */
    void childChanged(SpotAccount account, SpotOrder child) {
        var order = child.origin();
        if (order == null || !order.status().open()) return;
        if (order.status() != child.status() || !order.waits()) {
            order.become(child.status(), now());
            exchange.report(account, order);
        }
        var leg = order.leg();
        if (leg == null) return;
        var isPrimary = leg.contingency() != Contingency.OCO && leg.number() == 1;
        if (!isPrimary && child.executed().signum() > 0) endOthers(account, order);
        if (!child.status().open()) ended(account, order, child.executed().signum() > 0);
    }

    /** What the end of one leg means for the others. */
    private void ended(SpotAccount account, AdvancedOrder order, boolean executed) {
        var leg = order.leg();
        if (leg == null) return;
        if (leg.contingency() == Contingency.OCO) {
            if (executed || on(Setting.SPOT_OCO_LEG_CANCEL_ENDS_PAIR)) endOthers(account, order);
        } else if (leg.number() == 1) {
            var whole = order.status() == SpotStatus.FILLED;
            var goesOn = whole || (executed && on(Setting.SPOT_RESIDUE_ACTIVATES));
            if (goesOn) account.list(leg.listId()).forEach(other -> activate(account, other));
            else endOthers(account, order);
        }
    }

    private void endOthers(SpotAccount account, AdvancedOrder order) {
        var leg = order.leg();
        if (leg == null) return;
        for (var other : account.list(leg.listId())) {
            var primary = leg.contingency() != Contingency.OCO
                    && other.leg() != null
                    && other.leg().number() == 1;
            if (other == order || primary || other.fired() || !other.status().open()) continue;
            end(account, other);
        }
    }

    private void end(SpotAccount account, AdvancedOrder order) {
        var child = order.child();
        if (child != null && child.status().open()) {
            matching.cancel(account, child);
            return;
        }
        order.become(SpotStatus.CANCELED, now());
        exchange.report(account, order);
    }

    /** Cancels one order or leg, or throws {@link SpotRefused}. */
    public void cancel(SpotAccount account, AdvancedOrder order) {
        if (!order.status().open()) throw new SpotRefused(SpotRefusal.FINISHED);
        var through = order.child() != null;
        end(account, order);
        if (!through) ended(account, order, false);
    }

    /** Cancels what is open of a list, or throws {@link SpotRefused} when nothing is. */
    public void cancelList(SpotAccount account, long listId) {
        var open = account.list(listId).stream()
                .filter(order -> order.status().open())
                .toList();
        if (open.isEmpty()) throw new SpotRefused(SpotRefusal.UNKNOWN_ORDER);
        for (var order : open) if (order.status().open()) end(account, order);
    }

    /** Changes an open order that has not fired; without a price a trigger becomes a market order at its level. */
    public void amend(SpotAccount account, AdvancedOrder order, Amendment amendment, @Nullable BigDecimal level) {
        if (!order.status().open() || order.fired()) throw new SpotRefused(SpotRefusal.UNKNOWN_ORDER);
        var child = order.child();
        var name = amendment.clientId() == null ? order.terms().clientId() : amendment.clientId();
        var amended = order.terms().resized(name, amendment.quantity(), amendment.price());
        if (!name.equals(order.terms().clientId())) admission.checkFresh(account, name);
        if (child != null) {
            amendThrough(account, order, child, amended);
            return;
        }
        admission.checkForm(amended);
        var market = exchange.markets().market(amended.instrument().symbol());
        if (order.waits()) admission.checkTrigger(amended, level == null ? order.level() : level, market);
        account.use(name);
        order.amend(amended, level, now());
        exchange.report(account, order);
    }

    /** The ordinary order decides whether the change can be. */
    private void amendThrough(SpotAccount account, AdvancedOrder order, SpotOrder child, SpotTerms amended) {
        var former = order.terms();
        var quantity = amended.size().quantity();
        order.amend(amended, null, now());
        try {
            matching.amend(account, child, new Amendment(null, orZero(quantity), amended.price()));
            account.use(amended.clientId());
        } catch (SpotRefused refused) {
            order.amend(former, null, now());
            throw refused;
        }
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }
}
