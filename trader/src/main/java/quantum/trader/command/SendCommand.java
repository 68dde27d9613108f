package quantum.trader.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quantum.trader.settings.Settings;
import quantum.trader.stream.StreamNames;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes an intent, waits, prints its ending. */
@Command(
        name = "send",
        description = "Publish an intent, wait, print its ending: send BUY BTCUSDT 100usdt --sl 1.5%% --tp 2.5%%",
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?)(usdt|usd)?");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,6})?)%?");

    @Mixin
    Configured configured = new Configured();

    @Parameters(index = "0", description = "BUY, SELL or CLOSE.")
    String action = "";

    @Parameters(index = "1", description = "Symbol, such as BTCUSDT.")
    String symbol = "";

    @Parameters(index = "2", arity = "0..1", description = "Size: 100usdt of worth, or 0.5 units. Not for CLOSE.")
    @Nullable
    String size;

    @Option(names = "--sl", description = "Stop distance, such as 1.5%%.")
    @Nullable
    String stop;

    @Option(names = "--tp", description = "Target distance, such as 2.5%%.")
    @Nullable
    String target;

    @Option(names = "--leverage", description = "Leverage.")
    @Nullable
    Integer leverage;

    @Option(names = "--position-side", description = "long or short: which position a CLOSE means in hedge mode.")
    @Nullable
    String positionSide;

    @Option(names = "--timeout", description = "How long to wait (default ${DEFAULT-VALUE}).", defaultValue = "25s")
    Duration timeout = Duration.ofSeconds(25);

    @Override
    public Integer call() {
        Settings settings = configured.settings();
        ObjectNode intent = intent();
        Terminal terminal = configured.terminal();
        try (IntentClient client = new IntentClient(
                Stores.redis(settings), new StreamNames(settings.redis().prefix()))) {
            client.publish(intent);
            terminal.line("sent " + intent.path("intent_id").asString() + "; waiting for its ending");
            Optional<JsonNode> ending = client.ending(intent.path("intent_id").asString(), timeout);
            if (ending.isEmpty()) {
                throw new NotProven("no terminal report within " + timeout.toSeconds()
                        + " s. Is the service running? Try: ./quantum status");
            }
            terminal.line(words(ending.get()));
            if (ending.get() instanceof ObjectNode report) {
                terminal.object(report);
            }
            return "rejected".equals(ending.get().path("status").asString()) ? ExitCode.NOT_PROVEN : ExitCode.OK;
        }
    }

    private ObjectNode intent() {
        ObjectNode intent = Json.object()
                .put("intent_id", "cli-" + UUID.randomUUID())
                .put("symbol", symbol.toUpperCase(Locale.ROOT))
                .put("action", action.toUpperCase(Locale.ROOT))
                .put("timestamp", Instant.now().toString());
        if ("CLOSE".equalsIgnoreCase(action)) {
            intent.put("reason", "manual");
            if (positionSide != null) {
                intent.put("position_side", positionSide.toUpperCase(Locale.ROOT));
            }
            return intent.put("reduceOnly", true);
        }
        if (size == null) {
            throw new UsageError("a size is missing. Try: ./quantum send " + action + " " + symbol + " 100usdt");
        }
        Matcher matcher = SIZE.matcher(size.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new UsageError("'" + size + "' is not a size. Try 100usdt, or 0.5 for units.");
        }
        intent.put(matcher.group(2) == null ? "quantity" : "position_size_usd", new BigDecimal(matcher.group(1)));
        percent(intent, "stop_loss_pct", stop);
        percent(intent, "take_profit_pct", target);
        if (leverage != null) {
            intent.put("leverage", leverage);
        }
        return intent;
    }

    private static void percent(ObjectNode intent, String field, @Nullable String text) {
        if (text == null) {
            return;
        }
        Matcher matcher = PERCENT.matcher(text);
        if (!matcher.matches()) {
            throw new UsageError("'" + text + "' is not a percentage such as 1.5%");
        }
        intent.put(field, new BigDecimal(matcher.group(1)));
    }

    private static String words(JsonNode report) {
        StringBuilder words = new StringBuilder(report.path("status").asString());
        for (String field : new String[] {
            "symbol", "quantity", "entry_price", "reason", "order_id", "stop_order_id", "target_order_id", "fee_usd"
        }) {
            if (report.has(field)) {
                words.append("   ")
                        .append(field)
                        .append(' ')
                        .append(report.path(field).asString());
            }
        }
        return words.toString();
    }
}
