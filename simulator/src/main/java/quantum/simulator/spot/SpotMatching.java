package quantum.simulator.spot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Depth;
import quantum.simulator.Setting;
import quantum.simulator.Side;
import quantum.simulator.Treatment;

/** Takes, matches, amends and cancels ordinary orders. */
public final class SpotMatching {

    /** Why an order ended, as its reason shows it. */
    private static final int FILL_OR_KILL = 43003;

    private static final int IMMEDIATE_OR_CANCEL = 43004;
    private static final int POST_ONLY = 43005;
    private static final int REJECTED_FOR_MONEY = 306;

    private final SpotExchange exchange;
    private final SpotAdmission admission;

    SpotMatching(SpotExchange exchange, SpotAdmission admission) {
        this.exchange = exchange;
        this.admission = admission;
    }

    private long now() {
        return exchange.simulator().now();
    }

    private boolean on(Setting setting) {
        return exchange.simulator().settings().on(setting);
    }

    /** Takes a customer's order or throws {@link SpotRefused}. */
    public SpotOrder place(SpotAccount account, SpotTerms terms, Treatment treatment) {
        admission.checkForm(terms);
        if (terms.type().waits()) throw new SpotRefused(SpotRefusal.TYPE_INVALID);
        if (terms.type() == SpotType.MARKET && terms.handling().postOnly()) {
            throw new SpotRefused(SpotRefusal.POST_ONLY_MARKET);
        }
        admission.checkFresh(account, terms.clientId());
        var market = exchange.markets().market(terms.instrument().symbol());
        var order = new SpotOrder(exchange.ids().order(), terms, null, treatment, now());
        order.price(market.best(terms.side()));
        var refusal = admission.againstMarket(account, terms, market);
        if (refusal == null && !admission.affords(account, terms, null, market)) refusal = SpotRefusal.POOR;
        if (refusal != null) throw refused(account, order, refusal);
        account.use(terms.clientId());
        enter(account, order);
        return order;
    }

    private SpotRefused refused(SpotAccount account, SpotOrder order, SpotRefusal refusal) {
        if (on(Setting.SPOT_REFUSED_ORDERS_KEPT)) {
            account.use(order.terms().clientId());
            order.become(SpotStatus.REJECTED, REJECTED_FOR_MONEY, now());
            account.add(order);
            exchange.report(account, order);
        }
        return new SpotRefused(refusal, order.id());
    }

    /** The order that an advanced one works through; throws {@link SpotRefused} when it cannot be. */
    SpotOrder placeFor(SpotAccount account, AdvancedOrder origin) {
        var symbol = origin.terms().instrument().symbol();
        var market = exchange.markets().market(symbol);
        var id = exchange.ids().order();
        var keeps = on(Setting.SPOT_CHILD_KEEPS_CLIENT_ID);
        var terms = origin.terms().fired(keeps ? origin.terms().clientId() : Long.toString(id));
        var treatment = switch (origin.treatment()) {
            case NEVER_FILLS, PARTIAL_THEN_EXPIRE -> origin.treatment();
            case UNFILLED_AT_TRIGGER, REJECTED_AT_TRIGGER, NORMAL -> Treatment.NORMAL;
        };
        if (!market.tradable()) throw new SpotRefused(SpotRefusal.NOT_TRADABLE);
        var refusal = admission.againstMarket(account, terms, market);
        if (refusal != null) throw new SpotRefused(refusal);
        if (!admission.affords(account, terms, origin, market)) throw new SpotRefused(SpotRefusal.POOR);
        var order = new SpotOrder(id, terms, origin, treatment, now());
        order.price(market.best(terms.side()));
        origin.workThrough(order);
        if (origin.treatment() == Treatment.UNFILLED_AT_TRIGGER) {
            account.add(order);
            end(account, order, SpotStatus.CANCELED, 0);
        } else {
            enter(account, order);
        }
        return order;
    }

    private void enter(SpotAccount account, SpotOrder order) {
        account.add(order);
        exchange.remember(account);
        var settings = exchange.simulator().settings();
        long delay = settings.nanos(Setting.SPOT_FILL_DELAY_MILLIS);
        var first = first(settings.get(Setting.SPOT_FIRST_STATUS));
        if (first != SpotStatus.ACTIVE) {
            delay = Math.max(delay, settings.nanos(Setting.SPOT_FIRST_STATUS_MILLIS));
            order.become(first, 0, now());
        }
        if (delay == 0) {
            arrive(account, order);
            return;
        }
        exchange.report(account, order);
        exchange.simulator().later(delay, () -> {
            if (order.status().open() && !order.working()) arrive(account, order);
        });
    }

    /** Goes on with an order that was kept before it met the book. */
    void resume(SpotAccount account, SpotOrder order) {
        if (!order.status().open() || order.working()) return;
        exchange.simulator().later(0, () -> {
            if (order.status().open() && !order.working()) arrive(account, order);
        });
    }

    private static SpotStatus first(long number) {
        if (number == 1) return SpotStatus.NEW;
        return number == 2 ? SpotStatus.PENDING : SpotStatus.ACTIVE;
    }

    /** Meets the book for the first time. */
    private void arrive(SpotAccount account, SpotOrder order) {
        var market = exchange.markets().market(order.terms().instrument().symbol());
        order.become(SpotStatus.ACTIVE, 0, now());
        if (order.treatment() == Treatment.NEVER_FILLS) {
            exchange.report(account, order);
            return;
        }
        if (order.treatment() == Treatment.PARTIAL_THEN_EXPIRE) {
            half(account, order, market);
            return;
        }
        var takes = reachable(order, market, market.best(order.terms().side()));
        var handling = order.terms().handling();
        if (handling.postOnly() && !takes.isEmpty()) {
            end(account, order, SpotStatus.CANCELED, POST_ONLY);
            return;
        }
        if (handling.patience() == SpotTerms.Patience.FILL_OR_KILL && sum(takes).compareTo(order.left()) < 0) {
            end(account, order, SpotStatus.CANCELED, FILL_OR_KILL);
            return;
        }
        for (var take : takes) fill(account, order, take, false);
        market.depth().take(order.terms().side(), sum(takes));
        order.work();
        conclude(account, order);
    }

    private void half(SpotAccount account, SpotOrder order, SpotMarket market) {
        var instrument = order.terms().instrument();
        var quantity = instrument.floor(order.quantity().divide(BigDecimal.TWO, 16, RoundingMode.DOWN));
        var limit = order.terms().price();
        if (quantity.signum() > 0) {
            var price = limit == null ? market.best(order.terms().side()) : limit;
            fill(account, order, new Depth.Take(price, quantity), false);
        }
        end(account, order, SpotStatus.EXPIRED, 0);
    }

    /** Says what became of an order that has taken what it could. */
    private void conclude(SpotAccount account, SpotOrder order) {
        var unspent = order.unspent();
        if (unspent != null) {
            end(account, order, unspent.signum() == 0 ? SpotStatus.FILLED : SpotStatus.CANCELED, 0);
        } else if (order.left().signum() <= 0) {
            end(account, order, SpotStatus.FILLED, 0);
        } else if (order.terms().type() == SpotType.MARKET) {
            end(account, order, SpotStatus.CANCELED, 0);
        } else if (order.terms().handling().patience() == SpotTerms.Patience.IMMEDIATE_OR_CANCEL) {
            end(account, order, SpotStatus.CANCELED, IMMEDIATE_OR_CANCEL);
        } else {
            exchange.report(account, order);
        }
    }

    private void end(SpotAccount account, SpotOrder order, SpotStatus status, int reason) {
        order.become(status, reason, now());
        account.settle(order);
        exchange.report(account, order);
    }

    private static BigDecimal sum(List<Depth.Take> takes) {
        return takes.stream().map(Depth.Take::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What the book gives an order of this limit; a notional order buys what its money is enough for, to the step. */
    private static List<Depth.Take> reachable(SpotOrder order, SpotMarket market, BigDecimal best) {
        var instrument = order.terms().instrument();
        var unspent = order.unspent();
        var wanted = unspent == null ? order.left() : affordable(instrument, unspent, best);
        var takes = new ArrayList<Depth.Take>();
        for (var take : market.depth()
                .quote(order.terms().side(), best, wanted, order.terms().price())) {
            var quantity = take.quantity();
            if (unspent != null) {
                quantity = quantity.min(affordable(instrument, unspent, take.price()));
                unspent = unspent.subtract(quantity.multiply(take.price()));
            }
            if (quantity.signum() > 0) takes.add(new Depth.Take(take.price(), quantity));
        }
        return takes;
    }

    private static BigDecimal affordable(SpotInstrument instrument, BigDecimal money, BigDecimal price) {
        return instrument.floor(
                money.divide(price, Math.max(0, instrument.quantityTick().scale()), RoundingMode.DOWN));
    }

    private void fill(SpotAccount account, SpotOrder order, Depth.Take take, boolean maker) {
        var terms = order.terms();
        var instrument = terms.instrument();
        var value = take.price().multiply(take.quantity());
        var fees = account.fees(instrument.symbol());
        var rate = maker ? fees.maker() : fees.taker();
        var coin = terms.paysFeeIn();
        var inBase = coin.equals(instrument.base());
        var fee = rate.multiply(inBase ? take.quantity() : value);
        var buys = terms.side() == Side.BUY;
        account.add(instrument.base(), buys ? take.quantity() : take.quantity().negate());
        account.add(instrument.quote(), buys ? value.negate() : value);
        account.add(coin, fee.negate());
        order.execute(take.price(), take.quantity(), buys ? rate.multiply(take.quantity()) : fee, now());
        var ids = exchange.ids();
        var paid = new CoinAmount(coin, fee);
        var trade = new SpotTrade(ids.trade(), ids.trade(), order, take.price(), take.quantity(), paid, maker, now());
        account.record(trade);
        exchange.report(account, trade);
    }

    /** Lets resting orders meet the moved price; what rests is filled at its own price. */
    void priceMoved(SpotAccount account, SpotMarket market) {
        for (var order : account.open()) {
            var limit = order.terms().price();
            if (!order.working() || limit == null || !order.status().open()) continue;
            if (!order.terms().instrument().equals(market.instrument())) continue;
            var side = order.terms().side();
            var quantity = sum(reachable(order, market, market.best(side)));
            if (quantity.signum() == 0) continue;
            fill(account, order, new Depth.Take(limit, quantity), true);
            market.depth().take(side, quantity);
            conclude(account, order);
        }
    }

    /** Cancels an open order or throws {@link SpotRefused}. */
    public void cancel(SpotAccount account, SpotOrder order) {
        if (!order.status().open()) throw new SpotRefused(SpotRefusal.FINISHED);
        end(account, order, SpotStatus.CANCELED, 0);
    }

    /** Changes price and quantity of an open limit order, and its client id where a new one is given. */
    public void amend(SpotAccount account, SpotOrder order, Amendment amendment) {
        var terms = order.terms();
        if (!order.status().open()) throw new SpotRefused(SpotRefusal.UNKNOWN_ORDER);
        var name = amendment.clientId() == null ? terms.clientId() : amendment.clientId();
        if (!name.equals(terms.clientId())) admission.checkFresh(account, name);
        var amended = terms.resized(name, amendment.quantity(), amendment.price());
        admission.checkForm(amended);
        if (amendment.quantity().compareTo(order.executed()) <= 0) throw new SpotRefused(SpotRefusal.QUANTITY_INVALID);
        var market = exchange.markets().market(terms.instrument().symbol());
        checkAmended(account, order, amended, market);
        account.use(name);
        order.amend(amended, now());
        order.price(market.best(terms.side()));
        account.rename(order, terms.clientId());
        exchange.remember(account);
        arrive(account, order);
    }

    private void checkAmended(SpotAccount account, SpotOrder order, SpotTerms amended, SpotMarket market) {
        var refusal = admission.againstMarket(account, amended, market);
        if (refusal != null) throw new SpotRefused(refusal, order.id());
        var held = order.held();
        var price = amended.price();
        var left = amended.size().quantity();
        if (left == null || price == null) return;
        left = left.subtract(order.executed());
        var need = amended.side() == Side.SELL ? left : left.multiply(price);
        if (need.compareTo(account.free(held.coin()).add(held.amount())) > 0) {
            throw new SpotRefused(SpotRefusal.POOR, order.id());
        }
    }

    /** New price and quantity; no client id keeps the old one. */
    public record Amendment(
            @Nullable String clientId,
            BigDecimal quantity,
            @Nullable BigDecimal price) {}
}
