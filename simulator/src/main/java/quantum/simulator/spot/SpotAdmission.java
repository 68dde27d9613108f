package quantum.simulator.spot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Side;

/** What an order is checked against before it is taken; throws {@link SpotRefused}. */
final class SpotAdmission {

    private static final BigDecimal SMALLEST_VALUE = BigDecimal.ONE;
    private static final BigDecimal LARGEST_VALUE = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal AGGRESSIVE = new BigDecimal("0.15");
    private static final BigDecimal PASSIVE_BUY = new BigDecimal("0.1");
    private static final BigDecimal PASSIVE_SELL = BigDecimal.TEN;
    private static final BigDecimal HIGHEST_TRIGGER = BigDecimal.TWO;
    private static final int MOST_OF_A_PAIR = 200;
    private static final int MOST_OF_ALL = 1_000;

    private final SpotExchange exchange;

    SpotAdmission(SpotExchange exchange) {
        this.exchange = exchange;
    }

    /** The form of an order: what it is wrong about whatever the market and the money are. */
    void checkForm(SpotTerms terms) {
        var market = exchange.markets().market(terms.instrument().symbol());
        if (!market.tradable()) throw new SpotRefused(SpotRefusal.NOT_TRADABLE);
        var quantity = terms.size().quantity();
        var notional = terms.size().notional();
        if (quantity == null
                && (notional == null
                        || terms.side() == Side.SELL
                        || terms.type().limited())) {
            throw new SpotRefused(SpotRefusal.QUANTITY_INVALID);
        }
        if (quantity != null && !terms.instrument().fits(quantity)) {
            throw new SpotRefused(SpotRefusal.QUANTITY_INVALID);
        }
        if (quantity == null && notional != null && notional.signum() <= 0) {
            throw new SpotRefused(SpotRefusal.QUANTITY_INVALID);
        }
        checkPrice(terms);
    }

    private static void checkPrice(SpotTerms terms) {
        var price = terms.price();
        if (!terms.type().limited()) return;
        if (price == null || price.signum() <= 0) throw new SpotRefused(SpotRefusal.PRICE_INVALID);
        if (price.remainder(terms.instrument().priceTick()).signum() != 0) {
            throw new SpotRefused(SpotRefusal.PRICE_INVALID);
        }
    }

    void checkFresh(SpotAccount account, String clientId) {
        if (account.used(clientId)) throw new SpotRefused(SpotRefusal.DUPLICATE_CLIENT_ID);
    }

    /** The size, the price and the number of orders, as the market stands. */
    @Nullable
    SpotRefusal againstMarket(SpotAccount account, SpotTerms terms, SpotMarket market) {
        if (!exchange.markets().known(market)) return SpotRefusal.NO_MARK;
        var price = terms.price();
        if (terms.type() == SpotType.LIMIT && price != null && tooFar(terms.side(), price, market.mark())) {
            return SpotRefusal.TOO_FAR;
        }
        var value = value(terms, effective(terms, market));
        if (value.compareTo(LARGEST_VALUE) > 0) return SpotRefusal.TOO_LARGE;
        if (tooSmall(terms, market)) return SpotRefusal.TOO_SMALL;
        var open = account.open();
        var symbol = terms.instrument().symbol();
        var ofPair = open.stream()
                .filter(order -> order.terms().instrument().symbol().equals(symbol))
                .count();
        if (ofPair >= MOST_OF_A_PAIR || open.size() >= MOST_OF_ALL) return SpotRefusal.TOO_MANY;
        return null;
    }

    private static boolean tooFar(Side side, BigDecimal price, BigDecimal mark) {
        if (side == Side.BUY) {
            return price.compareTo(mark.multiply(BigDecimal.ONE.add(AGGRESSIVE))) > 0
                    || price.compareTo(mark.multiply(PASSIVE_BUY)) < 0;
        }
        return price.compareTo(mark.multiply(BigDecimal.ONE.subtract(AGGRESSIVE))) < 0
                || price.compareTo(mark.multiply(PASSIVE_SELL)) > 0;
    }

    /** The limit of a SELL; of a BUY the ask if that is lower; of a market order the book. */
    private static BigDecimal effective(SpotTerms terms, SpotMarket market) {
        var price = terms.price();
        if (price == null) return market.best(terms.side());
        return terms.side() == Side.SELL ? price : price.min(market.ask());
    }

    private static BigDecimal value(SpotTerms terms, BigDecimal price) {
        var quantity = terms.size().quantity();
        var notional = terms.size().notional();
        if (quantity != null) return quantity.multiply(price);
        return notional == null ? BigDecimal.ZERO : notional;
    }

    /** At least one dollar, in quantity rounded up to the step; of a notional order at least one step. */
    private static boolean tooSmall(SpotTerms terms, SpotMarket market) {
        var tick = terms.instrument().quantityTick();
        var price = effective(terms, market);
        var quantity = terms.size().quantity();
        if (quantity == null) {
            var notional = value(terms, price);
            return notional.compareTo(SMALLEST_VALUE) < 0 || notional.compareTo(price.multiply(tick)) < 0;
        }
        var steps = SMALLEST_VALUE.divide(price.multiply(tick), 0, RoundingMode.UP);
        return quantity.compareTo(steps.multiply(tick).max(tick)) < 0;
    }

    /** Whether the account has what the order may take; what the legs of the same list hold is free for it. */
    boolean affords(SpotAccount account, SpotTerms terms, @Nullable AdvancedOrder origin, SpotMarket market) {
        var instrument = terms.instrument();
        var coin = terms.side() == Side.SELL ? instrument.base() : instrument.quote();
        var free = account.amount(coin).subtract(account.held(coin, origin));
        return need(account, terms, market).compareTo(free) <= 0;
    }

    private static BigDecimal need(SpotAccount account, SpotTerms terms, SpotMarket market) {
        var quantity = terms.size().quantity();
        if (terms.side() == Side.SELL) return quantity == null ? BigDecimal.ZERO : quantity;
        var price = terms.price() == null ? market.ask() : terms.price();
        var value = value(terms, price);
        var paysInQuote = terms.paysFeeIn().equals(terms.instrument().quote());
        return paysInQuote
                ? value.add(
                        value.multiply(account.fees(terms.instrument().symbol()).taker()))
                : value;
    }

    /** The level of a trigger: on the tick, below twice the mark, and on the side where it does not fire yet. */
    void checkTrigger(SpotTerms terms, @Nullable BigDecimal level, SpotMarket market) {
        if (!terms.type().waits()) throw new SpotRefused(SpotRefusal.TYPE_INVALID);
        if (level == null || level.signum() <= 0) throw new SpotRefused(SpotRefusal.REFERENCE_INVALID);
        if (level.remainder(terms.instrument().priceTick()).signum() != 0) {
            throw new SpotRefused(SpotRefusal.REFERENCE_INVALID);
        }
        if (!exchange.markets().known(market)) throw new SpotRefused(SpotRefusal.NO_MARK);
        int side = level.compareTo(market.mark());
        var waiting = AdvancedOrder.firesBelow(terms) ? side < 0 : side > 0;
        var low = level.compareTo(market.mark().multiply(HIGHEST_TRIGGER)) < 0;
        if (!waiting || !low) throw new SpotRefused(SpotRefusal.TRIGGER_PASSED);
    }
}
