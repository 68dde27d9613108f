package quantum.binance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quantum.market.Instrument;
import quantum.market.Instrument.PriceRule;
import quantum.market.LotRule;
import quantum.market.Symbol;

/** One contract of exchangeInfo: its rules and the asset that its fees are told in. */
record Listing(Instrument instrument, String quoteAsset) {

    /** All listings whose rules can be read; what cannot be read is not tradable, and not a reason to refuse the rest. */
    static List<Listing> all(Json exchangeInfo) {
        List<Listing> listings = exchangeInfo.list("symbols").stream()
                .map(Listing::readable)
                .flatMap(Optional::stream)
                .toList();
        if (listings.isEmpty()) {
            throw new Malformed("no symbol has readable rules");
        }
        return listings;
    }

    private static Optional<Listing> readable(Json symbol) {
        try {
            return Optional.of(of(symbol));
        } catch (Malformed | IllegalArgumentException _) {
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
        Instrument instrument = new Instrument(symbol, trading, priceRule, lots, marketLots, minNotional);
        return new Listing(instrument, json.text("quoteAsset"));
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
