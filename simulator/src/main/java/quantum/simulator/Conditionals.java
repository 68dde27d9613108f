package quantum.simulator;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The algo service: keeps conditional orders apart from the book and sends the real order when a price fires one. */
public final class Conditionals {

    /** Across all symbols of an account (binance-usdm 4.7). */
    static final int MAX_OPEN = 200;

    private final Simulator exchange;
    private final Admission admission;

    Conditionals(Simulator exchange, Admission admission) {
        this.exchange = exchange;
        this.admission = admission;
    }

    /** Admits a conditional order or throws {@link Refused}; margin is not looked at before it fires. */
    public AlgoOrder place(Account account, NewAlgo terms, Treatment treatment) {
        var market = exchange.prices().market(terms.symbol());
        Admission.checkSide(account, terms.positionSide());
        admission.checkState(account, market, terms.closing());
        if (terms.size().closePosition() && opensOnly(terms)) throw new Refused(Refusal.CLOSING_WRONG_SIDE);
        checkFigures(terms, market);
        var earlier = account.algos().find(terms.clientId());
        if (earlier != null && earlier.status().open()) throw new Refused(Refusal.DUPLICATE_CLIENT_ID);
        var open = account.algos().open(terms.symbol());
        if (terms.size().closePosition() && open.stream().anyMatch(other -> sameClosing(other.terms(), terms))) {
            throw new Refused(Refusal.CLOSING_ORDER_EXISTS);
        }
        if (account.algos().openCount() >= MAX_OPEN) throw new Refused(Refusal.TOO_MANY_CONDITIONALS);
        var algo = new AlgoOrder(exchange.ids().nextAlgo(exchange.settings()), terms, treatment, exchange.now());
        checkReference(algo, market);
        account.algos().add(algo);
        exchange.report(account, algo);
        look(account, algo, market);
        return algo;
    }

    /** An order that would enlarge the long or the short position of hedge mode. */
    private static boolean opensOnly(NewAlgo terms) {
        return terms.positionSide() != PositionSide.BOTH
                && !terms.positionSide().closedBy(terms.side());
    }

    private static void checkFigures(NewAlgo terms, Market market) {
        var instrument = market.instrument();
        var trigger = terms.trigger().price();
        if (trigger != null) instrument.price().checkTrigger(trigger);
        var activation = terms.trigger().activation();
        if (activation != null) instrument.price().check(activation);
        var limit = terms.size().limitPrice();
        if (limit != null) {
            instrument.price().check(limit);
            if (trigger != null) instrument.price().checkAgainstTrigger(terms.side(), limit, trigger);
        }
        var quantity = terms.size().quantity();
        if (quantity == null) return;
        instrument.lot().check(quantity);
        if (!terms.type().limited()) instrument.marketLot().check(quantity);
        var price = limit != null ? limit : trigger != null ? trigger : market.mark();
        if (!terms.closing() && quantity.multiply(price).compareTo(instrument.minNotional()) < 0) {
            throw new Refused(
                    Refusal.NOTIONAL_TOO_SMALL,
                    Decimals.shorten(instrument.minNotional()).toPlainString());
        }
    }

    /** A trailing order is activated on the far side of the last price, whichever price fires it (binance-usdm 4.3). */
    private static void checkReference(AlgoOrder algo, Market market) {
        var terms = algo.terms();
        if (terms.type() != OrderType.TRAILING_STOP_MARKET) {
            if (algo.fires(reference(terms, market))) throw new Refused(Refusal.WOULD_TRIGGER);
            return;
        }
        var activation = terms.trigger().activation();
        if (activation == null) return;
        int ahead = activation.compareTo(market.last());
        if (terms.side() == Side.BUY ? ahead >= 0 : ahead <= 0) throw new Refused(Refusal.ACTIVATION_PRICE);
    }

    /** One closing stop and one closing target a direction (binance-usdm 0.9). */
    private static boolean sameClosing(NewAlgo open, NewAlgo wanted) {
        return open.size().closePosition()
                && open.side() == wanted.side()
                && open.positionSide() == wanted.positionSide()
                && open.type().takesProfit() == wanted.type().takesProfit();
    }

    private static BigDecimal reference(NewAlgo terms, Market market) {
        return terms.trigger().byMark() ? market.mark() : market.last();
    }

    void priceMoved(Account account, Market market) {
        for (var algo : account.algos().open(market.instrument().symbol())) {
            if (algo.status() == AlgoStatus.NEW) look(account, algo, market);
        }
    }

    /** A trailing order follows the price also while it is protected from it. */
    private void look(Account account, AlgoOrder algo, Market market) {
        var active = algo.activated();
        var fires = algo.fires(reference(algo.terms(), market));
        if (fires && !protectedNow(algo.terms(), market)) trigger(account, algo);
        else if (algo.activated() != active) exchange.report(account, algo);
    }

    private static boolean protectedNow(NewAlgo terms, Market market) {
        var gap = market.mark().subtract(market.last()).abs();
        var limit = market.mark().multiply(market.instrument().price().triggerProtect());
        return terms.trigger().protectedPrice() && limit.signum() > 0 && gap.compareTo(limit) > 0;
    }

    private void trigger(Account account, AlgoOrder algo) {
        move(account, algo, AlgoStatus.TRIGGERING);
        if (algo.treatment() == Treatment.NEVER_FILLS) return;
        exchange.later(exchange.settings().nanos(Setting.ALGO_DELAY_MILLIS), () -> send(account, algo));
    }

    /** A restored order that had fired goes on from there. */
    void resume(Account account, AlgoOrder algo) {
        if (algo.status() == AlgoStatus.TRIGGERING) send(account, algo);
    }

    private void send(Account account, AlgoOrder algo) {
        if (algo.status() != AlgoStatus.TRIGGERING) return;
        var terms = algo.terms();
        var held = account.positions().of(terms.symbol(), terms.positionSide()).amount();
        if (terms.closing() && !terms.side().reduces(held)) {
            var closing = terms.size().closePosition();
            end(account, algo, closing ? AlgoStatus.EXPIRED : AlgoStatus.REJECTED, "Reduce Only reject");
            return;
        }
        if (algo.treatment() == Treatment.REJECTED_AT_TRIGGER) {
            end(account, algo, AlgoStatus.REJECTED, "Margin is insufficient.");
            return;
        }
        var order = realOrder(terms, held);
        try {
            var market = exchange.prices().market(order.symbol());
            admission.checkState(account, market, order.closing());
            admission.checkMargin(account, order, market);
        } catch (Refused refused) {
            end(account, algo, AlgoStatus.REJECTED, refused.reason().name());
            return;
        }
        var real = exchange.matching().admit(account, order, algo, algo.treatment());
        algo.become(real, exchange.now());
        account.algos().refresh(algo);
        exchange.report(account, algo);
        exchange.matching().arrive(account, real);
    }

    private static NewOrder realOrder(NewAlgo terms, BigDecimal held) {
        var quantity = terms.size().quantity();
        return new NewOrder(
                terms.clientId(),
                terms.symbol(),
                terms.side(),
                terms.positionSide(),
                terms.type().limited() ? OrderType.LIMIT : OrderType.MARKET,
                terms.timeInForce(),
                quantity == null ? held.abs() : quantity,
                terms.size().limitPrice(),
                terms.size().closePosition() || terms.size().reduceOnly(),
                0);
    }

    void orderEnded(Account account, Order order) {
        var algo = order.origin();
        if (algo != null && algo.status() == AlgoStatus.TRIGGERED) move(account, algo, AlgoStatus.FINISHED);
    }

    /** Closing orders of a direction go with its position (binance-usdm 4.5, GTE). */
    void positionClosed(Account account, Position position, boolean wasLong) {
        if (!exchange.settings().on(Setting.EXPIRE_WHEN_FLAT)) return;
        long closedAt = exchange.now();
        var side = wasLong ? Side.SELL : Side.BUY;
        exchange.later(exchange.settings().nanos(Setting.EXPIRE_WHEN_FLAT_MILLIS), () -> {
            for (var algo : account.algos().open(position.symbol())) {
                var terms = algo.terms();
                if (algo.status() == AlgoStatus.NEW
                        && terms.size().closePosition()
                        && terms.positionSide() == position.side()
                        && terms.side() == side
                        && algo.createdAt() <= closedAt) end(account, algo, AlgoStatus.EXPIRED, "");
            }
        });
    }

    /** Ends what is open in a symbol because the exchange says so. */
    void expireAll(Account account, String symbol) {
        for (var algo : account.algos().open(symbol)) end(account, algo, AlgoStatus.EXPIRED, "");
    }

    /** Cancels an untriggered order or throws {@link Refused}. */
    public void cancel(Account account, @Nullable AlgoOrder algo) {
        if (algo == null || !algo.status().open()) throw new Refused(Refusal.UNKNOWN_ORDER);
        if (algo.status() == AlgoStatus.TRIGGERING) throw new Refused(Refusal.ORDER_IS_TRIGGERING);
        end(account, algo, AlgoStatus.CANCELED, "");
    }

    public void cancelAll(Account account, String symbol) {
        for (var algo : account.algos().open(symbol)) {
            if (algo.status() == AlgoStatus.NEW) end(account, algo, AlgoStatus.CANCELED, "");
        }
    }

    private void end(Account account, AlgoOrder algo, AlgoStatus status, String why) {
        algo.end(status, why, exchange.now());
        account.algos().refresh(algo);
        exchange.report(account, algo);
    }

    private void move(Account account, AlgoOrder algo, AlgoStatus status) {
        algo.move(status, exchange.now());
        account.algos().refresh(algo);
        exchange.report(account, algo);
    }
}
