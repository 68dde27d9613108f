package quantum.simulator;

import java.math.BigDecimal;

/** Changes price and quantity of resting limit orders; an amended order queues anew (binance-usdm 3.5). */
public final class Amending {

    private static final int MOST_AMENDMENTS = 10_000;

    private final Simulator exchange;
    private final Admission admission;

    Amending(Simulator exchange, Admission admission) {
        this.exchange = exchange;
        this.admission = admission;
    }

    /**
     * Throws {@link Refused} and leaves the order as it was, or changes it. An order that already executed what is now
     * wanted, or that must rest and would not, is cancelled instead.
     */
    public Order amend(Account account, Order order, BigDecimal quantity, BigDecimal price) {
        var terms = order.terms();
        var market = exchange.prices().market(terms.symbol());
        if (terms.type() != OrderType.LIMIT) throw new Refused(Refusal.AMENDMENT_NOT_LIMIT);
        if (market.status() != SymbolStatus.TRADING) throw new Refused(Refusal.AMENDMENT_NOT_TRADING);
        if (order.amendments() >= MOST_AMENDMENTS) throw new Refused(Refusal.AMENDMENT_COUNT);
        if (quantity.compareTo(order.quantity()) == 0 && price.compareTo(order.limit()) == 0) {
            throw new Refused(Refusal.AMENDMENT_SAME);
        }
        var wanted = terms.at(quantity, price);
        check(account, order, wanted, market);
        var rests = terms.timeInForce() != TimeInForce.GTX || !Matching.crosses(wanted, market);
        if (quantity.compareTo(order.executed()) <= 0 || !rests) {
            return exchange.matching().cancel(account, terms.symbol(), order);
        }
        order.amend(wanted, Margins.assumedPrice(wanted, market), exchange.now());
        account.orders().refresh(order);
        exchange.report(account, order, Execution.AMENDMENT, null);
        exchange.later(exchange.drawFillDelay(), () -> exchange.matching().arrive(account, order));
        return order;
    }

    private void check(Account account, Order order, NewOrder wanted, Market market) {
        try {
            market.instrument().check(wanted, market.mark());
        } catch (Refused refused) {
            if (refused.reason() != Refusal.NOTIONAL_TOO_SMALL) throw refused;
            throw new Refused(Refusal.AMENDMENT_NOTIONAL, refused.detail());
        }
        var more = wanted.quantity().subtract(order.quantity());
        if (more.signum() > 0 && !wanted.closing()) {
            admission.checkMargin(account, wanted.at(more, order.limit()), market);
        }
    }
}
