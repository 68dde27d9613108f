package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.util.List;
import quantum.simulator.Instrument;
import quantum.simulator.Json;
import quantum.simulator.Lot;
import quantum.simulator.Market;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The wire form of what may be traded and how: exchangeInfo and leverage brackets (binance-usdm 6.1, 7). */
final class ExchangeRules {

    private static final List<String> ORDER_TYPES = List.of(
            "LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET");

    private ExchangeRules() {}

    static ObjectNode json(Simulator exchange) {
        var rules = Json.object()
                .put("timezone", "UTC")
                .put("serverTime", exchange.serverMillis())
                .put("futuresType", "U_MARGINED");
        var settings = exchange.settings();
        rules.putArray("rateLimits")
                .add(rateLimit("REQUEST_WEIGHT", "MINUTE", 1, settings.get(Setting.WEIGHT_PER_MINUTE)))
                .add(rateLimit("ORDERS", "MINUTE", 1, settings.get(Setting.ORDERS_PER_MINUTE)))
                .add(rateLimit("ORDERS", "SECOND", 10, settings.get(Setting.ORDERS_PER_10_SECONDS)));
        rules.putArray("exchangeFilters");
        var assets = rules.putArray("assets");
        for (var asset : exchange.prices().assets()) {
            assets.addObject().put("asset", asset).put("marginAvailable", true).put("autoAssetExchange", "0");
        }
        var symbols = rules.putArray("symbols");
        for (var market : exchange.prices().markets()) {
            if (!exchange.forgets(market)) symbols.add(symbol(market));
        }
        return rules;
    }

    private static ObjectNode rateLimit(String type, String interval, int number, long limit) {
        return Json.object()
                .put("rateLimitType", type)
                .put("interval", interval)
                .put("intervalNum", number)
                .put("limit", limit);
    }

    private static ObjectNode symbol(Market market) {
        var instrument = market.instrument();
        var contract = instrument.contract();
        var symbol = Json.object()
                .put("symbol", instrument.symbol())
                .put("pair", contract.pair())
                .put("contractType", contract.type())
                .put("deliveryDate", contract.deliveryDate())
                .put("onboardDate", contract.onboardDate())
                .put("status", market.statusText())
                .put("maintMarginPercent", "2.5000")
                .put("requiredMarginPercent", "5.0000")
                .put("baseAsset", instrument.baseAsset())
                .put("quoteAsset", contract.quoteAsset())
                .put("marginAsset", contract.marginAsset())
                .put("pricePrecision", instrument.price().precision())
                .put("quantityPrecision", instrument.lot().precision())
                .put("baseAssetPrecision", 8)
                .put("quotePrecision", 8)
                .put("underlyingType", contract.underlyingType())
                .put("settlePlan", 0)
                .put("triggerProtect", text(instrument.price().triggerProtect()))
                .put("liquidationFee", text(instrument.liquidationFee()))
                .put("marketTakeBound", text(instrument.marketTakeBound()));
        symbol.putArray("underlyingSubType");
        symbol.set("filters", filters(instrument));
        var types = symbol.putArray("orderTypes");
        ORDER_TYPES.forEach(types::add);
        symbol.putArray("timeInForce")
                .add("GTC")
                .add("IOC")
                .add("FOK")
                .add("GTX")
                .add("GTD");
        return symbol;
    }

    private static ArrayNode filters(Instrument instrument) {
        var price = instrument.price();
        var filters = Json.array()
                .add(filter("PRICE_FILTER")
                        .put("minPrice", text(price.minimum()))
                        .put("maxPrice", text(price.maximum()))
                        .put("tickSize", text(price.tick())))
                .add(lot("LOT_SIZE", instrument.lot()))
                .add(lot("MARKET_LOT_SIZE", instrument.marketLot()))
                .add(filter("MAX_NUM_ORDERS").put("limit", instrument.maxOrders()))
                .add(filter("MIN_NOTIONAL").put("notional", text(instrument.minNotional())));
        if (price.multiplierUp().signum() > 0) {
            filters.add(filter("PERCENT_PRICE")
                    .put("multiplierUp", text(price.multiplierUp()))
                    .put("multiplierDown", text(price.multiplierDown()))
                    .put("multiplierDecimal", "4"));
        }
        return filters;
    }

    private static ObjectNode lot(String type, Lot lot) {
        return filter(type)
                .put("minQty", text(lot.minimum()))
                .put("maxQty", text(lot.maximum()))
                .put("stepSize", text(lot.step()));
    }

    private static ObjectNode filter(String type) {
        return Json.object().put("filterType", type);
    }

    static ObjectNode brackets(Instrument instrument) {
        var answer = Json.object().put("symbol", instrument.symbol());
        var tiers = answer.putArray("brackets");
        for (var tier : instrument.brackets()) {
            tiers.addObject()
                    .put("bracket", tier.number())
                    .put("initialLeverage", tier.leverage())
                    .put("notionalCap", tier.cap())
                    .put("notionalFloor", tier.floor())
                    .put("maintMarginRatio", tier.maintenance())
                    .put("cum", tier.cumulative());
        }
        return answer;
    }
}
