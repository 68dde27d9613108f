package quantum.simulator.control;

import java.math.BigDecimal;
import quantum.simulator.Json;
import quantum.simulator.Market;
import quantum.simulator.MarketHours;
import quantum.simulator.Simulator;
import quantum.simulator.SymbolStatus;
import tools.jackson.databind.JsonNode;

/** Moves prices and changes how a symbol trades. */
final class MarketControl {

    private static final String SYMBOL = "symbol";

    private final Simulator exchange;

    MarketControl(Simulator exchange) {
        this.exchange = exchange;
    }

    private Market market(Fields fields, String name) {
        var symbol = fields.requireText(name);
        if (!exchange.prices().lists(symbol)) throw fields.bad(name, symbol + " is not listed");
        return exchange.prices().market(symbol);
    }

    /** What the file of prices holds and how far it was played; an empty object without one. */
    JsonNode recorded() {
        var prices = exchange.prices();
        var recording = prices.recording();
        var json = Json.object();
        if (recording == null) return json;
        return json.put(SYMBOL, recording.symbol())
                .put("bars", recording.bars())
                .put("intervalMillis", recording.interval())
                .put("played", prices.barsPlayed())
                .put("words", prices.recorded());
    }

    JsonNode price(String body) {
        var fields = Fields.read(body, SYMBOL, "price", "mark", "hold");
        var market = market(fields, SYMBOL);
        if (!fields.has("price") && !fields.has("mark") && !fields.has("hold")) {
            throw fields.bad("price", "price, mark or hold is required");
        }
        var price = fields.has("price") ? priceOf(fields, "price") : null;
        var rule = market.instrument().price();
        if (price != null && !rule.onTick(price)) {
            throw fields.bad("price", "must be a multiple of the tick " + rule.tick());
        }
        var mark = fields.has("mark") ? priceOf(fields, "mark") : null;
        if (fields.has("hold")) exchange.prices().hold(market, fields.requireFlag("hold"));
        if (price != null && mark != null) exchange.prices().set(market, price, mark);
        else if (price != null) exchange.prices().set(market, price);
        else if (mark != null) exchange.prices().setMark(market, mark);
        return json(market);
    }

    private static BigDecimal priceOf(Fields fields, String name) {
        var price = fields.requireDecimal(name);
        if (price.signum() <= 0) throw fields.bad(name, "must be positive");
        return price;
    }

    /** Lists a symbol with the rules of another, or changes status, book, bound and funding of one. */
    JsonNode symbol(String body) {
        var fields = Fields.read(body, SYMBOL, "like", "status", "depth", "marketTakeBound", "fundingRate", "hours");
        var symbol = fields.requireText(SYMBOL);
        var listed = exchange.prices().lists(symbol);
        if (listed && fields.has("like")) throw fields.bad("like", symbol + " is already listed");
        var like = listed ? null : fields.has("like") ? market(fields, "like") : null;
        if (!listed && like == null) throw fields.bad(SYMBOL, symbol + " is not listed: name one it is like");
        var status = fields.has("status") ? fields.requireOne("status", SymbolStatus.class) : null;
        var depth = fields.has("depth") ? depth(fields) : null;
        var bound = fields.has("marketTakeBound") ? fields.requireNotNegative("marketTakeBound") : null;
        var rate = fields.has("fundingRate") ? fields.requireDecimal("fundingRate") : null;
        var hours = fields.has("hours") ? hours(fields) : null;
        var market = like == null
                ? exchange.prices().market(symbol)
                : exchange.markets().list(symbol, like);
        if (depth != null) exchange.markets().deepen(market, depth.quantity, depth.levels, depth.ticks);
        if (bound != null) exchange.markets().bound(market, bound);
        if (rate != null) exchange.markets().fund(market, rate);
        if (hours != null) exchange.markets().keep(market, hours);
        if (status != null) exchange.liquidation().change(market, status);
        return json(market);
    }

    private static MarketHours hours(Fields fields) {
        var text = fields.node("hours").asString("");
        if (text.isEmpty()) return MarketHours.ALWAYS;
        var hours = MarketHours.of(text);
        if (hours == null) throw fields.bad("hours", "hours of the day in UTC are expected, like 13:30-20:00");
        return hours;
    }

    /** A quantity a level of 0 stands for a book without bottom. */
    private record Levels(BigDecimal quantity, int levels, int ticks) {}

    private static Levels depth(Fields fields) {
        var given = Fields.of(fields.node("depth"), "depth", "quantity", "levels", "ticks");
        var quantity = given.requireNotNegative("quantity");
        long levels = given.getLong("levels", 1);
        if (levels < 1 || levels > 1_000) throw given.bad("levels", "1 to 1000 is expected");
        long ticks = given.getLong("ticks", 1);
        if (ticks < 0 || ticks > 1_000_000) throw given.bad("ticks", "0 to 1000000 is expected");
        return new Levels(quantity, (int) levels, (int) ticks);
    }

    /** Settles funding now: of one symbol, at this rate if one is given, or of all. */
    JsonNode fund(String body) {
        var fields = Fields.read(body, SYMBOL, "rate");
        if (fields.has(SYMBOL)) {
            var market = market(fields, SYMBOL);
            if (fields.has("rate")) exchange.markets().fund(market, fields.requireDecimal("rate"));
            exchange.funding().settle(market);
            return json(market);
        }
        if (fields.has("rate")) throw fields.bad("rate", "a rate is for one symbol");
        exchange.prices().markets().forEach(exchange.funding()::settle);
        return Json.object().put("settled", true);
    }

    private static JsonNode json(Market market) {
        var json = Json.object()
                .put(SYMBOL, market.instrument().symbol())
                .put("status", market.statusText())
                .put("last", market.last().toPlainString())
                .put("mark", market.mark().toPlainString())
                .put("bid", market.bid().toPlainString())
                .put("ask", market.ask().toPlainString())
                .put("hold", market.held())
                .put("hours", market.hours().text())
                .put("marketTakeBound", market.instrument().marketTakeBound().toPlainString())
                .put("fundingRate", market.fundingRate().toPlainString());
        json.putObject("depth")
                .put("quantity", market.depth().perLevel().toPlainString())
                .put("levels", market.depth().levels());
        return json;
    }
}
