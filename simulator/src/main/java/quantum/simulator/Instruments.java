package quantum.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads the instruments: from the own table, or from an exchange's exchangeInfo file. */
final class Instruments {

    private static final Logger LOG = LoggerFactory.getLogger(Instruments.class);
    private static final int UNKNOWN_LEVERAGE = 20;

    private Instruments() {}

    static List<Instrument> load(SimulatorOptions options) {
        var own = ownTable();
        var filters = options.files().filters();
        var brackets = BracketFile.read(options.files().brackets());
        own.replaceAll((symbol, instrument) -> instrument.withBrackets(brackets(symbol, instrument, brackets)));
        var all = filters == null ? List.copyOf(own.values()) : fromFilters(filters, own, brackets);
        var chosen = options.symbols();
        for (var symbol : chosen) {
            if (all.stream().noneMatch(instrument -> instrument.symbol().equals(symbol))) {
                throw new InvalidInput("symbols: " + symbol + " is not listed");
            }
        }
        return all.stream()
                .filter(instrument -> chosen.isEmpty() || chosen.contains(instrument.symbol()))
                .toList();
    }

    private static Map<String, Instrument> ownTable() {
        var instruments = new LinkedHashMap<String, Instrument>();
        try (var resource = Instruments.class.getResourceAsStream("symbols.csv")) {
            if (resource == null) throw new IllegalStateException("symbols.csv is missing from the class path");
            new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(Instruments::row)
                    .forEach(instrument -> instruments.put(instrument.symbol(), instrument));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return instruments;
    }

    private static Instrument row(String line) {
        var column = List.of(line.split(",", -1));
        var symbol = column.getFirst();
        var numbers = column.stream().skip(1).map(BigDecimal::new).toList();
        var price = new PriceRule(
                numbers.get(3),
                numbers.get(4),
                numbers.get(1),
                numbers.get(2).intValueExact(),
                numbers.get(10),
                numbers.get(11),
                numbers.get(12));
        var step = numbers.get(5);
        var minimum = numbers.get(6);
        return new Instrument(
                symbol,
                symbol.substring(0, symbol.length() - "USDT".length()),
                price,
                new Lot(minimum, numbers.get(7), step, step.scale()),
                new Lot(minimum, numbers.get(8), step, step.scale()),
                numbers.get(9),
                Instrument.STANDARD_MAX_ORDERS,
                Instrument.STANDARD_TAKE_BOUND,
                Instrument.STANDARD_LIQUIDATION_FEE,
                Bracket.standard(numbers.get(13).intValueExact()),
                price.round(numbers.getFirst()),
                Contract.perpetual(symbol));
    }

    private static List<Instrument> fromFilters(
            Path file, Map<String, Instrument> own, Map<String, List<Bracket>> brackets) {
        var info = read(file);
        var instruments = new ArrayList<Instrument>();
        var leftOut = new ArrayList<String>();
        for (var symbol : info.path("symbols")) {
            try {
                instruments.add(instrument(symbol, own, brackets, file));
            } catch (InvalidInput | ArithmeticException unusable) {
                // One odd row is odd alone: the rest of the file is served.
                leftOut.add(
                        unusable instanceof InvalidInput
                                ? String.valueOf(unusable.getMessage())
                                : file + ", " + symbol.path("symbol").asString("") + ": " + unusable.getMessage());
            }
        }
        leftOut.forEach(why -> LOG.warn("event=SYMBOL_LEFT_OUT why=\"{}\"", why));
        if (instruments.isEmpty()) {
            throw new InvalidInput(
                    "No symbol in " + file + " can be served" + (leftOut.isEmpty() ? "" : ": " + leftOut.getFirst()));
        }
        return instruments;
    }

    private static List<Bracket> brackets(
            String symbol, @Nullable Instrument known, Map<String, List<Bracket>> recorded) {
        var own = known == null ? Bracket.standard(UNKNOWN_LEVERAGE) : known.brackets();
        return recorded.getOrDefault(symbol, own);
    }

    private static BigDecimal optional(JsonNode node, String name, BigDecimal absent, String where) {
        return node.has(name) ? number(node, name, where) : absent;
    }

    private static Instrument instrument(
            JsonNode symbol, Map<String, Instrument> own, Map<String, List<Bracket>> brackets, Path file) {
        var name = symbol.path("symbol").asString("");
        var where = file + ", " + name + ": ";
        if (name.isEmpty()) throw new InvalidInput(where + "no symbol");
        // As for whoever trades by these rules: what a row need not have does not keep it from being listed.
        var percent = optionalFilter(symbol, "PERCENT_PRICE");
        var bounds = filter(symbol, "PRICE_FILTER", where);
        var price = new PriceRule(
                number(bounds, "minPrice", where),
                number(bounds, "maxPrice", where),
                number(bounds, "tickSize", where),
                symbol.path("pricePrecision").asInt(8),
                optional(percent, "multiplierUp", BigDecimal.ZERO, where),
                optional(percent, "multiplierDown", BigDecimal.ZERO, where),
                optional(symbol, "triggerProtect", BigDecimal.ZERO, where));
        int precision = symbol.path("quantityPrecision").asInt(8);
        var known = own.get(name);
        return new Instrument(
                name,
                symbol.path("baseAsset").asString(name),
                price,
                lot(filter(symbol, "LOT_SIZE", where), precision, where),
                lot(filter(symbol, "MARKET_LOT_SIZE", where), precision, where),
                number(filter(symbol, "MIN_NOTIONAL", where), "notional", where),
                optionalFilter(symbol, "MAX_NUM_ORDERS").path("limit").asInt(Instrument.STANDARD_MAX_ORDERS),
                optional(symbol, "marketTakeBound", Instrument.STANDARD_TAKE_BOUND, where),
                optional(symbol, "liquidationFee", Instrument.STANDARD_LIQUIDATION_FEE, where),
                brackets(name, known, brackets),
                startPrice(price, known == null ? BigDecimal.ZERO : known.startPrice(), where),
                contract(symbol, name));
    }

    /** What a row does not tell is as with a perpetual contract against USDT. */
    private static Contract contract(JsonNode symbol, String name) {
        var standard = Contract.perpetual(name);
        var quote = symbol.path("quoteAsset").asString(standard.quoteAsset());
        return new Contract(
                symbol.path("contractType").asString(standard.type()),
                symbol.path("pair").asString(name),
                quote,
                symbol.path("marginAsset").asString(quote),
                symbol.path("deliveryDate").asLong(standard.deliveryDate()),
                symbol.path("onboardDate").asLong(standard.onboardDate()),
                symbol.path("underlyingType").asString(standard.underlyingType()));
    }

    /** The status of a row, by the exchange's own word; no word at all is TRADING. */
    static Map<String, String> statuses(SimulatorOptions options) {
        var statuses = new LinkedHashMap<String, String>();
        var filters = options.files().filters();
        if (filters == null) return statuses;
        for (var symbol : read(filters).path("symbols")) {
            statuses.put(
                    symbol.path("symbol").asString(""), symbol.path("status").asString("TRADING"));
        }
        return statuses;
    }

    private static JsonNode read(Path file) {
        try {
            return Json.file(file);
        } catch (IOException | InvalidInput unreadable) {
            throw new InvalidInput("Cannot read filters " + file + ": " + unreadable.getMessage());
        }
    }

    /** The bounds of a price filter lie about as far below as above the market: their geometric mean is plausible. */
    private static BigDecimal startPrice(PriceRule rule, BigDecimal known, String where) {
        var inside = known.signum() > 0 && known.compareTo(rule.minimum()) > 0 && known.compareTo(rule.maximum()) < 0;
        var plausible = inside ? known : rule.minimum().multiply(rule.maximum()).sqrt(MathContext.DECIMAL64);
        var start = rule.round(plausible.max(rule.tick()));
        if (start.signum() <= 0) throw new InvalidInput(where + "its PRICE_FILTER leaves no price above zero");
        return start;
    }

    private static Lot lot(JsonNode filter, int precision, String where) {
        return new Lot(
                number(filter, "minQty", where),
                number(filter, "maxQty", where),
                number(filter, "stepSize", where),
                precision);
    }

    private static JsonNode filter(JsonNode symbol, String type, String where) {
        var filter = optionalFilter(symbol, type);
        if (filter.isMissingNode()) throw new InvalidInput(where + "no filter " + type);
        return filter;
    }

    private static JsonNode optionalFilter(JsonNode symbol, String type) {
        for (var filter : symbol.path("filters")) {
            if (filter.path("filterType").asString("").equals(type)) return filter;
        }
        return MissingNode.getInstance();
    }

    private static BigDecimal number(JsonNode node, String name, String where) {
        try {
            return new BigDecimal(node.path(name).asString(""));
        } catch (NumberFormatException malformed) {
            throw new InvalidInput(where + name + " is not a number");
        }
    }
}
