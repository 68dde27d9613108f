package quantum.trader.command;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.intent.reading.Ticker;
import quantum.market.Symbol;
import tools.jackson.databind.node.ObjectNode;

/** What the words of a command line ask for: the payload of an intent, and the same in words to be read again. */
record SentIntent(ObjectNode payload, String words, boolean closes) {

    private static final Pattern FIGURE = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?)([a-z%]*)");
    private static final List<String> MONEY = List.of("usdt", "usdc", "usd");
    private static final List<String> QUOTES = List.of("USDT", "USDC", "USD");
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    /** The words as they were typed; those that are absent are null. */
    record Arguments(
            String action,
            String symbol,
            @Nullable String size,
            @Nullable String stop,
            @Nullable String target,
            @Nullable Integer leverage,
            @Nullable String positionSide) {}

    /**
     * Reads them.
     *
     * @throws UsageError if one cannot be meant, or would have no effect
     */
    static SentIntent of(Arguments given) {
        String action = given.action().toUpperCase(Locale.ROOT);
        if (!List.of("BUY", "SELL", "CLOSE").contains(action)) {
            throw new UsageError("'" + given.action() + "' is no action. Write BUY, SELL or CLOSE.");
        }
        Symbol symbol = Ticker.read(given.symbol());
        if (symbol == null) {
            throw new UsageError("'" + given.symbol() + "' is no symbol. Write one such as BTCUSDT.");
        }
        ObjectNode payload = Json.object()
                .put("intent_id", "cli-" + UUID.randomUUID())
                .put("symbol", symbol.name())
                .put("action", action)
                .put("timestamp", Instant.now().toString());
        return action.equals("CLOSE") ? close(payload, symbol, given) : open(payload, symbol, given);
    }

    private static SentIntent close(ObjectNode payload, Symbol symbol, Arguments given) {
        unused("--sl", given.stop());
        unused("--tp", given.target());
        unused("--leverage", given.leverage());
        payload.put("reason", "manual").put("reduceOnly", true);
        String what = "all";
        if (given.size() != null) {
            Matcher figure = figure(given.size(), closeForms(symbol));
            BigDecimal value = new BigDecimal(figure.group(1));
            if (figure.group(2).equals("%") && value.compareTo(HUNDRED) <= 0) {
                payload.put("close_fraction", value.movePointLeft(2));
                what = value.toPlainString() + " %";
            } else if (isUnits(figure.group(2), symbol)) {
                payload.put("quantity", value);
                what = "at most " + value.toPlainString() + " units";
            } else {
                throw new UsageError("'" + given.size() + "' is no part to close. " + closeForms(symbol));
            }
        }
        String side = "";
        if (given.positionSide() != null) {
            side = given.positionSide().toUpperCase(Locale.ROOT);
            if (!side.equals("LONG") && !side.equals("SHORT")) {
                throw new UsageError("'" + given.positionSide() + "' is no position. Write long or short.");
            }
            payload.put("position_side", side);
        }
        return new SentIntent(payload, "CLOSE " + what + " of the " + symbol + " position " + side, true);
    }

    private static SentIntent open(ObjectNode payload, Symbol symbol, Arguments given) {
        String action = payload.path("action").asString();
        unused("--position-side", given.positionSide());
        if (given.size() == null) {
            throw new UsageError("a size is missing. Try: ./quantum send " + action + " " + symbol + " 100usdt");
        }
        Matcher figure = figure(given.size(), openForms(symbol));
        BigDecimal value = new BigDecimal(figure.group(1));
        List<String> words = new ArrayList<>();
        if (MONEY.contains(figure.group(2))) {
            payload.put("position_size_usd", value);
            words.add(action + " " + symbol + " worth " + value.toPlainString() + " USD");
        } else if (isUnits(figure.group(2), symbol)) {
            payload.put("quantity", value);
            words.add(action + " " + value.toPlainString() + " units of " + symbol);
        } else {
            throw new UsageError("'" + given.size() + "' is no size. " + openForms(symbol));
        }
        level(payload, words, "stop_loss", "--sl", given.stop());
        level(payload, words, "take_profit", "--tp", given.target());
        if (given.leverage() != null) {
            payload.put("leverage", given.leverage());
            words.add("leverage " + given.leverage());
        }
        return new SentIntent(payload, String.join(", ", words), false);
    }

    private static void level(
            ObjectNode payload, List<String> words, String field, String option, @Nullable String text) {
        if (text == null) {
            words.add(field.replace('_', ' ') + " as configured");
            return;
        }
        String forms = "Write percent of the entry as " + option + " 1.5%, or a price as " + option + " 95000usdt.";
        Matcher figure = figure(text, forms);
        BigDecimal value = new BigDecimal(figure.group(1));
        if (figure.group(2).equals("%") && value.compareTo(HUNDRED) < 0) {
            payload.put(field + "_pct", value);
            words.add(field.replace('_', ' ') + " " + value.toPlainString() + " % from the entry");
        } else if (MONEY.contains(figure.group(2))) {
            payload.put(field, value);
            words.add(field.replace('_', ' ') + " at " + value.toPlainString());
        } else {
            throw new UsageError("'" + text + "' is no level. " + forms);
        }
    }

    /** A figure with its unit: without one it is asked for, because 50 is worth or units, 0.4 percent or a price. */
    private static Matcher figure(String text, String forms) {
        Matcher figure = FIGURE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!figure.matches()) {
            throw new UsageError("'" + text + "' cannot be read. " + forms);
        }
        if (figure.group(2).isEmpty()) {
            throw new UsageError("'" + text + "' has no unit. " + forms);
        }
        return figure;
    }

    private static boolean isUnits(String unit, Symbol symbol) {
        return unit.equals("units") || unit.equalsIgnoreCase(base(symbol));
    }

    private static String base(Symbol symbol) {
        for (String quote : QUOTES) {
            if (symbol.name().endsWith(quote)) {
                return symbol.name().substring(0, symbol.name().length() - quote.length());
            }
        }
        return "units";
    }

    private static String openForms(Symbol symbol) {
        return "Write a worth as 100usdt, or units as 0.5" + base(symbol).toLowerCase(Locale.ROOT) + " or 0.5units.";
    }

    private static String closeForms(Symbol symbol) {
        return "Write a part as 50%, or units as 0.5" + base(symbol).toLowerCase(Locale.ROOT)
                + " or 0.5units; nothing for all.";
    }

    private static void unused(String option, @Nullable Object value) {
        if (value != null) {
            throw new UsageError(option + " has no effect here and is refused. Leave it away.");
        }
    }

    String id() {
        return payload.path("intent_id").asString();
    }
}
