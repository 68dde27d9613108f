package quantum.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the exchange's answer to leverageBracket: of all symbols a list, of one symbol the object alone. */
final class BracketFile {

    private BracketFile() {}

    /** The tables by symbol; none without a file. */
    static Map<String, List<Bracket>> read(@Nullable Path file) {
        var tables = new LinkedHashMap<String, List<Bracket>>();
        if (file == null) return tables;
        try {
            var answer = Json.file(file);
            if (answer.isObject() && answer.has("brackets")) {
                table(answer, tables);
            } else if (answer.isArray() && !answer.isEmpty()) {
                for (var each : answer) table(each, tables);
            } else {
                throw new InvalidInput("not an answer to leverageBracket: a list of {symbol, brackets} is expected");
            }
        } catch (IOException unreadable) {
            throw new InvalidInput("Cannot read brackets " + file + ": " + unreadable);
        } catch (InvalidInput refused) {
            throw new InvalidInput("Cannot read brackets " + file + ": " + refused.getMessage());
        }
        return tables;
    }

    private static void table(JsonNode table, Map<String, List<Bracket>> tables) {
        var symbol = table.path("symbol").asString("");
        if (symbol.isEmpty()) throw new InvalidInput("entry " + (tables.size() + 1) + " has no symbol");
        var factor = table.has("notionalCoef") ? figure(table, "notionalCoef", symbol) : BigDecimal.ONE;
        var tiers = new ArrayList<Bracket>();
        for (var tier : table.path("brackets")) tiers.add(tier(tier, factor, symbol));
        if (tiers.isEmpty()) throw new InvalidInput("a symbol without brackets: " + symbol);
        tables.put(symbol, List.copyOf(tiers));
    }

    /** The factor is the account's own: it widens every tier alike. */
    private static Bracket tier(JsonNode tier, BigDecimal factor, String symbol) {
        return new Bracket(
                whole(tier, "bracket", symbol),
                whole(tier, "initialLeverage", symbol),
                Decimals.shorten(figure(tier, "notionalFloor", symbol).multiply(factor)),
                Decimals.shorten(figure(tier, "notionalCap", symbol).multiply(factor)),
                figure(tier, "maintMarginRatio", symbol),
                Decimals.shorten(figure(tier, "cum", symbol).multiply(factor)));
    }

    private static int whole(JsonNode tier, String name, String symbol) {
        try {
            return figure(tier, name, symbol).intValueExact();
        } catch (ArithmeticException fraction) {
            throw new InvalidInput(symbol + ": " + name + " is not a whole number");
        }
    }

    private static BigDecimal figure(JsonNode node, String name, String symbol) {
        var value = node.path(name);
        try {
            if (value.isNumber()) return Decimals.shorten(value.decimalValue());
            if (value.isString()) return Decimals.shorten(new BigDecimal(value.asString()));
        } catch (NumberFormatException malformed) {
            throw new InvalidInput(symbol + ": " + name + " is not a number");
        }
        throw new InvalidInput(symbol + ": " + name + " is not a number");
    }
}
