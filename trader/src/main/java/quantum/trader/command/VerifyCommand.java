package quantum.trader.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quantum.market.Side;
import quantum.record.Entry;
import quantum.trader.Market;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;
import quantum.trader.stream.StreamNames;
import quantum.trader.venue.Access;
import quantum.trader.venue.Venue;
import quantum.venue.Lookup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Proves the main job on a running service: three intents in, three orders found on the exchange itself, written to the
 * proof file of seed 002.
 */
@Command(
        name = "verify",
        description = "Inject three intents, check each on the exchange, write the proof file, close them again.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int WANTED = 3;

    @Mixin
    Configured configured = new Configured();

    @Option(names = "--out", description = "The proof file (default ${DEFAULT-VALUE}).", defaultValue = "proof.json")
    Path out = Path.of("proof.json");

    @Option(names = "--size", description = "Worth of each order (default ${DEFAULT-VALUE}).", defaultValue = "100")
    BigDecimal size = new BigDecimal("100");

    @Option(names = "--keep", description = "Leave open what was opened; otherwise it is closed at the end.")
    boolean keep;

    @Option(names = "--yes", description = "Needed in mode live: real orders are placed.")
    boolean yes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = configured.settings();
        if (settings.mode() == Mode.LIVE && !yes) {
            throw new UsageError("mode live places three real orders. Add --yes if that is meant.");
        }
        requireWritable();
        Access exchange = exchange(settings);
        Terminal terminal = configured.terminal();
        StreamNames names = new StreamNames(settings.redis().prefix());
        try (IntentClient client = new IntentClient(Stores.redis(settings), names);
                Lookup lookup = exchange.lookup()) {
            Map<String, String> messages =
                    inject(client, Venue.of(settings), symbols(settings, lookup, terminal), terminal);
            ArrayNode verified = Json.MAPPER.createArrayNode();
            List<JsonNode> endings = endings(client, messages);
            for (JsonNode ending : endings) {
                check(ending, messages, lookup, terminal).ifPresent(verified::add);
            }
            write(settings, exchange, names, verified);
            terminal.line(verified.size() + "/" + messages.size() + " orders verified on " + exchange.rest()
                    + "   proof in " + out);
            terminal.object(Json.object()
                    .put("verified", verified.size())
                    .put("of", messages.size())
                    .put("proof", out.toString()));
            boolean ended = end(client, lookup, endings, terminal);
            if (endings.size() < messages.size()) {
                terminal.line((messages.size() - endings.size()) + " intents have no ending yet and may still open;"
                        + " look: ./quantum positions");
            }
            return verified.size() == WANTED && ended ? ExitCode.OK : ExitCode.NOT_PROVEN;
        }
    }

    /** Before the first order: a proof that cannot be kept proves nothing. */
    private void requireWritable() throws IOException {
        boolean existed = Files.exists(out);
        try {
            Files.newOutputStream(out, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new UsageError("the proof cannot be written to " + out + " (" + reason(e)
                    + "); nothing was injected. Choose another --out");
        }
        if (!existed) {
            Files.delete(out);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "its directory does not exist";
            case AccessDeniedException _ -> "it may not be written";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Closes what was opened, or says that it stays. */
    private boolean end(IntentClient client, Lookup lookup, List<JsonNode> endings, Terminal terminal)
            throws InterruptedException {
        List<String> opened = endings.stream()
                .filter(ending -> ending.has("order_id"))
                .map(ending -> ending.path("symbol").asString())
                .sorted()
                .toList();
        if (opened.isEmpty()) {
            return true;
        }
        String names = String.join(", ", opened);
        if (keep) {
            terminal.line("left open: " + names + ". To close one: ./quantum flatten " + opened.getFirst() + " --yes");
            return true;
        }
        Map<String, String> closes = new LinkedHashMap<>();
        for (String symbol : opened) {
            String id = "verify-" + UUID.randomUUID();
            closes.put(
                    id,
                    client.publish(Json.object()
                            .put("intent_id", id)
                            .put("symbol", symbol)
                            .put("action", "CLOSE")
                            .put("reduceOnly", true)
                            .put("timestamp", Instant.now().toString())));
        }
        endings(client, closes);
        List<String> held = lookup.heldSymbols();
        List<String> open = opened.stream().filter(held::contains).toList();
        terminal.line(
                open.isEmpty()
                        ? "closed again: " + names
                        : terminal.bad("still open") + ": " + String.join(", ", open) + ". Look: ./quantum positions");
        terminal.object(Json.object().put("closed", opened.size() - open.size()).put("still_open", open.size()));
        return open.isEmpty();
    }

    /** Where the service sends its orders; the one inside a running service is found by the file it left. */
    private static Access exchange(Settings settings) throws IOException {
        Access outside = Configured.exchange(settings);
        if (outside != null) {
            return outside;
        }
        String address = Market.addressIn(settings.data())
                .orElseThrow(() -> new UsageError("no service has run in " + settings.data()
                        + ". Start one with ./quantum run, or name the exchange with simulator.url."));
        return Venue.of(settings).simulated(address, settings.rules().positions());
    }

    /** Three symbols that the account holds nothing of and that may be opened now. */
    private static List<String> symbols(Settings settings, Lookup lookup, Terminal terminal)
            throws InterruptedException {
        OpeningRoom room = new OpeningRoom(settings, terminal);
        Entry.GuardRow guards = room.await(WANTED);
        List<String> held = lookup.heldSymbols();
        return Venue.of(settings).samples().stream()
                .filter(symbol -> !held.contains(symbol) && room.isFree(guards, symbol))
                .limit(WANTED)
                .toList();
    }

    /** Message ids by intent id. */
    private Map<String, String> inject(IntentClient client, Venue venue, List<String> symbols, Terminal terminal) {
        Map<String, String> messages = new LinkedHashMap<>();
        List<Side> sides = venue.opens();
        for (String symbol : symbols) {
            String id = "verify-" + UUID.randomUUID();
            String message = client.publish(Json.object()
                    .put("intent_id", id)
                    .put("symbol", symbol)
                    .put("action", sides.get(messages.size() % sides.size()).name())
                    .put("position_size_usd", size)
                    .put("timestamp", Instant.now().toString()));
            messages.put(id, message);
            terminal.line("injected " + symbol + " as " + message);
        }
        return messages;
    }

    private static List<JsonNode> endings(IntentClient client, Map<String, String> messages) {
        Map<String, JsonNode> endings = new LinkedHashMap<>();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (endings.size() < messages.size() && System.nanoTime() < until) {
            for (JsonNode report : client.reports(Duration.ofMillis(500))) {
                String id = report.path("intent_id").asString();
                if (messages.containsKey(id) && report.has("terminal_state")) {
                    endings.put(id, report);
                }
            }
        }
        return List.copyOf(endings.values());
    }

    private static Optional<ObjectNode> check(
            JsonNode ending, Map<String, String> messages, Lookup lookup, Terminal terminal)
            throws InterruptedException {
        String symbol = ending.path("symbol").asString();
        String orderId = ending.path("order_id").asString("");
        if (orderId.isEmpty()) {
            terminal.line(terminal.bad("not verified") + " " + symbol + ": "
                    + ending.path("reason").asString());
            return Optional.empty();
        }
        Optional<Lookup.Found> found = lookup.order(symbol, orderId);
        if (found.isEmpty()) {
            terminal.line(
                    terminal.bad("not verified") + " " + symbol + ": the exchange does not know order " + orderId);
            return Optional.empty();
        }
        boolean same = found.get()
                        .executed()
                        .compareTo(new BigDecimal(ending.path("quantity").asString()))
                == 0;
        if (!same) {
            terminal.line(terminal.bad("not verified") + " " + symbol + ": the exchange executed "
                    + found.get().executed().toPlainString());
            return Optional.empty();
        }
        terminal.line(terminal.good("verified") + " " + symbol + " order " + orderId + " "
                + found.get().status());
        return Optional.of(Json.object()
                .put("symbol", symbol)
                .put("orderId", new java.math.BigInteger(orderId))
                .put("side", found.get().side())
                .put("status", found.get().status())
                .put("timestamp", found.get().time())
                .put("message_id", messages.get(ending.path("intent_id").asString())));
    }

    private void write(Settings settings, Access exchange, StreamNames names, ArrayNode verified) throws IOException {
        ObjectNode proof = Json.object()
                .put("timestamp", Instant.now().toString())
                .put("mode", settings.mode().name())
                .put("endpoint", exchange.api())
                .put("stream", names.intents());
        proof.set("verified_orders", verified);
        Files.writeString(out, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(proof) + "\n");
    }
}
