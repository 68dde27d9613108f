package quantum.binance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quantum.json.Malformed;
import quantum.market.Contract;
import quantum.market.Instrument;
import quantum.market.Instrument.PriceRule;
import quantum.market.LotRule;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;

/** One contract of exchangeInfo: its rules, and how far from the mark it trades. */
record Listing(Instrument instrument, @Nullable Band band) {

    /** PERCENT_PRICE: a buy at most at the mark times up, a sell at least at the mark times down (binance-usdm 6.1). */
    record Band(BigDecimal up, BigDecimal down) {

        /** The price that leaves this share of the way from the mark to the edge behind, on the side that gives in. */
        Price within(Side side, Price mark, BigDecimal share, Instrument instrument) {
            BigDecimal edge = side == Side.BUY ? up : down;
            BigDecimal factor = BigDecimal.ONE.add(edge.subtract(BigDecimal.ONE).multiply(share));
            return instrument.nearestTick(mark.value().multiply(factor));
        }
    }

    /** All listings whose rules can be read; what cannot be read is not tradable, and not a reason to refuse the rest. */
    static List<Listing> all(Json exchangeInfo, Odd odd) {
        List<Listing> listings = exchangeInfo.list("symbols").stream()
                .map(symbol -> readable(symbol, odd))
                .flatMap(Optional::stream)
                .toList();
        if (listings.isEmpty()) {
            throw new Malformed("no symbol has readable rules");
        }
        return listings;
    }

    private static Optional<Listing> readable(Json symbol, Odd odd) {
        try {
            return Optional.of(of(symbol));
        } catch (Malformed | IllegalArgumentException e) {
            odd.tell("rules of " + symbol.words("symbol"), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Listing of(Json json) {
        Symbol symbol = json.symbol("symbol");
        Map<String, Json> filters = new HashMap<>();
        json.list("filters").forEach(filter -> filters.put(filter.text("filterType"), filter));
        Json prices = filter(filters, "PRICE_FILTER");
        PriceRule priceRule =
                new PriceRule(prices.decimal("tickSize"), prices.decimal("minPrice"), prices.decimal("maxPrice"));
        LotRule lots = lots(filter(filters, "LOT_SIZE"));
        LotRule marketLots = lots(filter(filters, "MARKET_LOT_SIZE"));
        // On futures the field is "notional", not spot's "minNotional" (binance-usdm 6.1).
        BigDecimal minNotional = filter(filters, "MIN_NOTIONAL").decimal("notional");
        boolean trading = json.text("status").equals("TRADING");
        Instrument instrument =
                new Instrument(symbol, trading, contract(json), priceRule, lots, marketLots, minNotional);
        return new Listing(instrument, band(filters.get("PERCENT_PRICE")));
    }

    /** What does not say what it is counted in can be closed, and cannot be opened. */
    private static Contract contract(Json json) {
        BigDecimal delivered = json.optionalDecimal("deliveryDate");
        return new Contract.Future(
                asset(json, "quoteAsset"),
                asset(json, "marginAsset"),
                delivered == null || delivered.signum() <= 0 ? null : Instant.ofEpochMilli(delivered.longValue()));
    }

    private static String asset(Json json, String name) {
        return Objects.requireNonNullElse(json.optionalText(name), "");
    }

    private static @Nullable Band band(@Nullable Json filter) {
        return filter == null ? null : new Band(filter.decimal("multiplierUp"), filter.decimal("multiplierDown"));
    }

    /** The same rules, for exits alone. */
    Listing closed() {
        Instrument was = instrument;
        return new Listing(
                new Instrument(
                        was.symbol(),
                        false,
                        was.contract(),
                        was.prices(),
                        was.lots(),
                        was.marketLots(),
                        was.minNotional()),
                band);
    }

    private static Json filter(Map<String, Json> filters, String type) {
        Json filter = filters.get(type);
        if (filter == null) {
            throw new Malformed("filter " + type + " is missing");
        }
        return filter;
    }

    private static LotRule lots(Json filter) {
        return new LotRule(filter.decimal("minQty"), filter.decimal("maxQty"), filter.decimal("stepSize"));
    }
}
