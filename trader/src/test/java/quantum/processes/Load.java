package quantum.processes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import quantum.trader.Floor;
import quantum.trader.WireForm;

/**
 * A producer at work: opens on many symbols, moved levels, closes, the same message again, and some that nobody can
 * read. What it sends follows from its seed; when it sends, from the clock.
 */
final class Load implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(70);

    private final Installation installation;
    private final RandomGenerator random;
    private final List<String> symbols;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final List<Map<String, String>> sent = new ArrayList<>();
    private final Set<String> intents = new LinkedHashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private final Set<String> reserved = new HashSet<>();
    private boolean running;
    private int messages;

    Load(Installation installation, List<String> symbols, RandomGenerator random) {
        this.installation = installation;
        this.symbols = symbols;
        this.random = random;
        var _ = pace.scheduleAtFixedRate(this::tick, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void resume() {
        running = true;
    }

    synchronized void pause() {
        running = false;
    }

    private synchronized void tick() {
        if (running) {
            some(1);
        }
    }

    /** So many messages at once. */
    synchronized void some(int count) {
        for (int i = 0; i < count; i++) {
            message();
        }
    }

    private void message() {
        String id = "k" + messages;
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> open(id, pick(symbols));
            case 3, 4 -> open(id, pick(symbols), "stop_loss_pct", random.nextBoolean() ? "1.2" : "0.9");
            case 5, 6, 7 -> close(id, pick(symbols));
            case 8 -> again();
            default -> {
                messages++;
                unreadable.add(installation.send(Map.of("payload", "{\"symbol\":\"BTCUSDT\",\"action\":")));
            }
        }
    }

    private void again() {
        if (!sent.isEmpty()) {
            messages++;
            installation.send(form().wrap(pick(sent)));
        }
    }

    /** An open of now, unless somebody reserved the symbol; further fields as name, value. */
    private void open(String id, String symbol, String... more) {
        if (!reserved.contains(symbol)) {
            Map<String, String> fields = Floor.fields(id, symbol, "BUY", more);
            fields.put("position_size_usd", "150");
            send(fields);
        }
    }

    private void close(String id, String symbol) {
        if (!reserved.contains(symbol)) {
            send(Floor.fields(id, symbol, "CLOSE", "reduceOnly", "true"));
        }
    }

    /** Sends an intent of its own making, counted like every other. */
    synchronized String send(String symbol, String action) {
        String id = "p" + messages;
        Map<String, String> fields = new LinkedHashMap<>(Floor.fields(id, symbol, action));
        fields.put(
                action.equals("CLOSE") ? "reduceOnly" : "position_size_usd", action.equals("CLOSE") ? "true" : "150");
        send(fields);
        return id;
    }

    private void send(Map<String, String> fields) {
        messages++;
        sent.add(fields);
        intents.add(fields.getOrDefault("intent_id", ""));
        installation.send(form().wrap(fields));
    }

    /** Keeps the load off a symbol. */
    synchronized void reserve(String symbol) {
        reserved.add(symbol);
    }

    synchronized void release(String symbol) {
        reserved.remove(symbol);
    }

    private WireForm form() {
        return pick(List.of(WireForm.values()));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Identities of everything that can be read. */
    synchronized Set<String> intents() {
        return new LinkedHashSet<>(intents);
    }

    /** Stream ids of what nobody can read. */
    synchronized Set<String> unreadable() {
        return new HashSet<>(unreadable);
    }

    synchronized int messages() {
        return messages;
    }

    @Override
    public void close() {
        pace.shutdownNow();
    }
}
