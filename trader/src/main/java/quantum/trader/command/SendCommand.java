package quantum.trader.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quantum.intent.Refusal;
import quantum.trader.redis.RedisUnavailable;
import quantum.trader.settings.Settings;
import quantum.trader.stream.StreamNames;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes an intent, waits, prints its ending as the ledger or the service tells it. */
@Command(
        name = "send",
        description = "Publish an intent, wait, print its ending: send BUY BTCUSDT 100usdt --sl 1.5%% --tp 2.5%%",
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    @Mixin
    Configured configured = new Configured();

    @Parameters(index = "0", description = "BUY, SELL or CLOSE.")
    String action = "";

    @Parameters(index = "1", description = "Symbol, such as BTCUSDT.")
    String symbol = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            description =
                    "Size: 100usdt of worth, 0.5btc or 0.5units. For CLOSE a part: 50%%, 0.5btc; nothing for all.")
    @Nullable
    String size;

    @Option(names = "--sl", description = "Stop: a distance such as 1.5%%, or a price such as 95000usdt.")
    @Nullable
    String stop;

    @Option(names = "--tp", description = "Target: a distance such as 2.5%%, or a price such as 99000usdt.")
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
    public Integer call() throws InterruptedException {
        SentIntent intent =
                SentIntent.of(new SentIntent.Arguments(action, symbol, size, stop, target, leverage, positionSide));
        Settings settings = configured.settings();
        Terminal terminal = configured.terminal();
        terminal.line(intent.words());
        try (IntentClient client = client(settings, intent)) {
            String message = client.publish(intent.payload());
            terminal.line("sent " + intent.id() + " as message " + message + "; waiting for its ending");
            return await(settings, intent, message, client, terminal);
        } catch (RedisUnavailable e) {
            throw withoutRedis(e, intent);
        }
    }

    private static IntentClient client(Settings settings, SentIntent intent) {
        try {
            return new IntentClient(
                    Stores.redis(settings), new StreamNames(settings.redis().prefix()));
        } catch (RedisUnavailable e) {
            throw withoutRedis(e, intent);
        }
    }

    /** Whoever cannot send a close must learn what closes without Redis. */
    private static RedisUnavailable withoutRedis(RedisUnavailable e, SentIntent intent) {
        String symbol = intent.payload().path("symbol").asString();
        return new RedisUnavailable(
                Terminal.printable(String.valueOf(e.getMessage())) + " To close " + symbol
                        + " without Redis: ./quantum flatten " + symbol + " --yes",
                e);
    }

    private Integer await(Settings settings, SentIntent intent, String message, IntentClient client, Terminal terminal)
            throws InterruptedException {
        try (Endings endings = new Endings(settings, intent.id(), message)) {
            Optional<Endings.Ending> ending = endings.await(timeout);
            if (ending.isEmpty()) {
                throw new NotProven(withoutEnding(settings, intent, message, endings, client));
            }
            tell(ending.get(), intent, terminal);
            return ending.get().refused() ? ExitCode.NOT_PROVEN : ExitCode.OK;
        }
    }

    /** An intent without an ending lives on in the stream: whoever sent it must know for how long. */
    private String withoutEnding(
            Settings settings, SentIntent intent, String message, Endings endings, IntentClient client) {
        String what = "no ending within " + timeout.toMillis() / 1000 + " s. ";
        if (endings.received()) {
            return what + "The service has it and settles it. Look: ./quantum explain " + intent.id();
        }
        Instant sent = Instant.parse(intent.payload().path("timestamp").asString());
        String until = intent.closes()
                ? "and will be carried out whenever the service reads it, because exits do not expire"
                : "and will be carried out if the service reads it until "
                        + CLOCK.format(sent.plus(settings.rules().limits().openMaxAge())) + " UTC";
        String who = endings.asked() ? "" : unasked(settings, intent, client);
        return what + who + "Message " + message + " is still in the stream " + until
                + ". Is the service running? Try: ./quantum status";
    }

    /** What lies in the stream is shown as what it is: somebody's word. */
    private static String unasked(Settings settings, SentIntent intent, IntentClient client) {
        String said = client.ending(intent.id(), Duration.ofMillis(500))
                .map(report -> "A report in the stream says "
                        + report.path("status").asString() + ", which anybody may have written. ")
                .orElse("");
        return "Neither the ledger in " + settings.data() + " nor a service could be asked. "
                + Terminal.printable(said);
    }

    private static void tell(Endings.Ending ending, SentIntent intent, Terminal terminal) {
        JsonNode payload = ending.payload();
        terminal.line(Terminal.printable(words(ending)));
        if (ending.refused()) {
            terminal.line("means    " + meaning(payload.path("reason").asString()));
            terminal.line(
                    "detail   " + Terminal.printable(payload.path("detail").asString("")));
        }
        if (payload.has("ignored")) {
            terminal.line(
                    "ignored  " + Terminal.printable(payload.path("ignored").toString()));
        }
        if (!ending.dead()) {
            terminal.line("story    ./quantum explain " + intent.id());
        }
        if (payload instanceof ObjectNode object) {
            terminal.object(object);
        }
    }

    private static String meaning(String reason) {
        for (Refusal refusal : Refusal.values()) {
            if (refusal.name().equals(reason)) {
                return refusal.meaning();
            }
        }
        return "";
    }

    private static String words(Endings.Ending ending) {
        JsonNode payload = ending.payload();
        StringBuilder words = new StringBuilder(
                ending.dead() ? "dead letter" : payload.path("status").asString());
        for (String field : new String[] {
            "symbol",
            "quantity",
            "entry_price",
            "reason",
            "field",
            "order_id",
            "stop_order_id",
            "target_order_id",
            "fee_usd"
        }) {
            if (payload.has(field)) {
                words.append("   ")
                        .append(field)
                        .append(' ')
                        .append(payload.path(field).asString());
            }
        }
        return words.toString();
    }
}
