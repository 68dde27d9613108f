package quantum.binance;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import quantum.binance.MarketOrders.Placing;
import quantum.binance.Reply.Refused;
import quantum.market.Price;
import quantum.position.PositionMode;
import quantum.venue.Call;

/**
 * Closes: market orders, and where the book is too thin for one or the symbol takes none, the same order at a price
 * within the exchange's band, for what is there at once. Each step follows a refusal, so that one client id stands for
 * one order at most; what a step leaves open is the matter of the next close (binance-usdm 9, -4131 and -5025).
 */
final class CloseOrders {

    /** Shares of the way to the edge of the band; less of it after a refusal, because the mark moves meanwhile. */
    private static final List<BigDecimal> STEPS =
            List.of(new BigDecimal("0.9"), new BigDecimal("0.7"), new BigDecimal("0.4"));

    private static final Set<Integer> NO_MARKET_ORDER =
            Set.of(BinanceError.MARKET_REJECTED, BinanceError.LIMIT_ORDERS_ONLY);
    private static final Set<Integer> OUTSIDE_THE_BAND = Set.of(BinanceError.MARKET_REJECTED, -4016, -4024);

    private final PositionMode mode;
    private final MarketOrders orders;
    private final Listings listings;

    CloseOrders(PositionMode mode, MarketOrders orders, Listings listings) {
        this.mode = mode;
        this.orders = orders;
        this.listings = listings;
    }

    void close(Call.Close call) {
        Placing market = new Placing(call.id(), call.symbol(), Endpoints.close(call, mode));
        orders.place(market, reply -> {
            if (isOneOf(NO_MARKET_ORDER, reply)) {
                step(call, 0, reply);
            } else {
                orders.answer(market, reply);
            }
        });
    }

    private void step(Call.Close call, int step, Reply<OrderReport> refusal) {
        Price limit =
                step < STEPS.size() ? listings.priceWithinBand(call.symbol(), call.side(), STEPS.get(step)) : null;
        if (limit == null) {
            orders.answer(new Placing(call.id(), call.symbol(), Endpoints.close(call, mode)), refusal);
            return;
        }
        Placing placing = new Placing(call.id(), call.symbol(), Endpoints.close(call, limit, mode));
        orders.place(placing, reply -> {
            if (isOneOf(OUTSIDE_THE_BAND, reply)) {
                step(call, step + 1, reply);
            } else {
                orders.answer(placing, reply);
            }
        });
    }

    private static boolean isOneOf(Set<Integer> codes, Reply<OrderReport> reply) {
        return reply instanceof Refused<OrderReport>(BinanceError error, var _) && codes.contains(error.code());
    }
}
