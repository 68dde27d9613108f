package quantum.simulator.control;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import quantum.simulator.spot.SpotBalance;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotFees;
import quantum.simulator.spot.SpotMarket;
import tools.jackson.databind.JsonNode;

/** Moves the prices of the spot exchange, changes how its pairs trade, and gives its accounts coins. */
final class SpotControl {

    private static final String SYMBOL = "symbol";

    private final SpotExchange spot;

    SpotControl(SpotExchange spot) {
        this.spot = spot;
    }

    /** True when the control is about one of its pairs. */
    boolean concerns(String body) {
        try {
            return spot.find(Json.parse(body).path(SYMBOL).asString("")) != null;
        } catch (InvalidInput _) {
            return false;
        }
    }

    JsonNode price(String body) {
        var fields = Fields.read(body, SYMBOL, "price", "mark", "hold");
        var market = market(fields, SYMBOL);
        var price = positive(fields, "price");
        var mark = positive(fields, "mark");
        if (price == null && mark == null && !fields.has("hold")) {
            throw fields.bad("price", "price, mark or hold is required");
        }
        var tick = market.instrument().priceTick();
        if (price != null && price.remainder(tick).signum() != 0) {
            throw fields.bad("price", "must be a multiple of the tick " + tick.toPlainString());
        }
        if (fields.has("hold")) spot.markets().hold(market, fields.requireFlag("hold"));
        if (price != null && mark != null) spot.markets().set(market, price, mark);
        else if (price != null) spot.markets().set(market, price);
        else if (mark != null) spot.markets().setMark(market, mark);
        return json(market);
    }

    private SpotMarket market(Fields fields, String name) {
        var symbol = fields.requireText(name);
        var market = spot.find(symbol);
        if (market == null) throw fields.bad(name, symbol + " is not listed");
        return market;
    }

    private static @Nullable BigDecimal positive(Fields fields, String name) {
        if (!fields.has(name)) return null;
        var value = fields.requireDecimal(name);
        if (value.signum() <= 0) throw fields.bad(name, "must be positive");
        return value;
    }

    /** Changes whether a pair trades and how deep its book is. */
    JsonNode symbol(String body) {
        var fields = Fields.read(body, SYMBOL, "tradable", "depth");
        var market = market(fields, SYMBOL);
        if (fields.has("tradable")) market.allow(fields.requireFlag("tradable"));
        if (fields.has("depth")) {
            var given = Fields.of(fields.node("depth"), "depth", "quantity", "levels", "ticks");
            long levels = given.getLong("levels", 1);
            if (levels < 1 || levels > 1_000) throw given.bad("levels", "1 to 1000 is expected");
            long ticks = given.getLong("ticks", 1);
            if (ticks < 0 || ticks > 1_000_000) throw given.bad("ticks", "0 to 1000000 is expected");
            market.deepen(given.requireNotNegative("quantity"), (int) levels, (int) ticks);
        }
        return json(market);
    }

    private static JsonNode json(SpotMarket market) {
        return Json.object()
                .put(SYMBOL, market.instrument().symbol())
                .put("tradable", market.tradable())
                .put("last", market.last().toPlainString())
                .put("mark", market.mark().toPlainString())
                .put("bid", market.bid().toPlainString())
                .put("ask", market.ask().toPlainString())
                .put("hold", market.held());
    }

    /** Sets what an account has of some coins, seen at once, and what it pays. */
    JsonNode account(String body) {
        var fields = Fields.read(body, "apiKey", "coins", "fees", "pair");
        var key = fields.has("apiKey") ? fields.requireText("apiKey") : Simulator.API_KEY;
        var owner = spot.simulator().account(key);
        if (owner == null) throw fields.bad("apiKey", "no such account: /sim/account opens one");
        var account = spot.account(owner);
        if (fields.has("coins")) {
            var names = fields.node("coins").propertyNames().toArray(String[]::new);
            var given = Fields.of(fields.node("coins"), "coins", names);
            for (var coin : names) given.requireNotNegative(coin);
            for (var coin : names) spot.deposit(account, coin, given.requireDecimal(coin));
        }
        if (fields.has("fees")) {
            var given = Fields.of(fields.node("fees"), "fees", "maker", "taker");
            var fees = new SpotFees(given.requireDecimal("maker"), given.requireDecimal("taker"));
            if (fields.has("pair")) spot.promote(account, market(fields, "pair"), fees);
            else spot.charge(account, fees);
        }
        var answer = Json.object().put("account", key);
        var coins = answer.putObject("coins");
        for (SpotBalance balance : account.balances())
            coins.put(balance.coin(), balance.amount().toPlainString());
        return answer;
    }
}
