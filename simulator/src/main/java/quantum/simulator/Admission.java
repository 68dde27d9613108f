package quantum.simulator;

import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;

/** Decides whether a regular order is taken at all; throws {@link Refused} when not. */
final class Admission {

    private static final long SHORTEST_GOOD_TILL = TimeUnit.SECONDS.toMillis(600);
    private static final long LATEST_GOOD_TILL = 253_402_300_799_000L;

    private final Simulator exchange;

    Admission(Simulator exchange) {
        this.exchange = exchange;
    }

    void check(Account account, NewOrder terms) {
        var market = exchange.prices().quoted(terms.symbol());
        checkSide(account, terms.positionSide());
        checkState(account, market, terms.closing());
        market.instrument().check(terms, market.mark());
        checkName(account, terms.clientId());
        if (terms.closing()) checkPosition(account, terms);
        if (account.orders().in(terms.symbol()).limits() >= market.instrument().maxOrders()) {
            throw new Refused(Refusal.TOO_MANY_ORDERS);
        }
        checkBook(terms, market);
        checkMargin(account, terms, market);
    }

    /** Both sides in hedge mode must be named, and none in one-way mode (binance-usdm 3.4). */
    static void checkSide(Account account, PositionSide side) {
        if (account.hedged() == (side == PositionSide.BOTH)) throw new Refused(Refusal.POSITION_SIDE_MISMATCH);
    }

    void checkState(Account account, Market market, boolean closing) {
        account.rights().admit(closing, exchange.now());
        market.status().admit(closing);
    }

    private void checkName(Account account, String clientId) {
        var earlier = account.orders().find(clientId);
        if (earlier == null) return;
        if (earlier.status().open() || !exchange.settings().on(Setting.FINISHED_CLIENT_ID_REUSABLE)) {
            throw new Refused(Refusal.DUPLICATE_CLIENT_ID);
        }
    }

    /** What rests already takes its part of the position (binance-usdm 3.4, 11 P5). */
    private void checkPosition(Account account, NewOrder terms) {
        var held = account.position(terms).amount();
        if (!terms.side().reduces(held)) throw new Refused(Refusal.REDUCE_ONLY);
        var answer = exchange.settings().get(Setting.REDUCE_ONLY_CONFLICT_CODE);
        if (answer == 0) return;
        var resting = account.orders().in(terms.symbol()).closing(terms.positionSide(), terms.side());
        var wanted = terms.quantity().min(held.abs());
        if (resting.add(wanted).compareTo(held.abs()) <= 0 || resting.signum() == 0) return;
        throw new Refused(answer == 2022 ? Refusal.REDUCE_ONLY : Refusal.REDUCE_ONLY_CONFLICT);
    }

    private void checkBook(NewOrder terms, Market market) {
        if (terms.type() == OrderType.MARKET) {
            var best = market.best(terms.side());
            if (terms.side().worse(best, market.bound(terms.side()))) throw new Refused(Refusal.MARKET_BEYOND_BOUND);
            return;
        }
        var fillable = Matching.fillable(market, terms, terms.quantity());
        switch (terms.timeInForce()) {
            case GTX -> {
                if (Matching.crosses(terms, market)) throw new Refused(Refusal.WOULD_TAKE);
            }
            case FOK -> {
                if (fillable.compareTo(terms.quantity()) < 0) throw new Refused(Refusal.CANNOT_FILL_WHOLLY);
            }
            case GTD -> checkEnd(terms.goodTill());
            case GTC, IOC -> {}
        }
    }

    private void checkEnd(long goodTill) {
        if (goodTill <= exchange.serverMillis() + SHORTEST_GOOD_TILL || goodTill >= LATEST_GOOD_TILL) {
            throw new Refused(Refusal.GOOD_TILL_DATE);
        }
    }

    void checkMargin(Account account, NewOrder terms, Market market) {
        var margins = exchange.marginsOf(account, terms.symbol());
        var required = margins.required(terms);
        if (required.signum() == 0) return;
        var after = account.position(terms)
                .amount()
                .add(terms.side().signed(terms.quantity()))
                .abs();
        var cap = Bracket.cap(market.instrument(), account.terms(terms.symbol()).leverage());
        if (notional(after, market).compareTo(cap) > 0) throw new Refused(Refusal.POSITION_TOO_LARGE);
        if (required.compareTo(margins.available()) > 0) throw new Refused(Refusal.MARGIN_INSUFFICIENT);
    }

    private static BigDecimal notional(BigDecimal amount, Market market) {
        return amount.multiply(market.mark());
    }
}
