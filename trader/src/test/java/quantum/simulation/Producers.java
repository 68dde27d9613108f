package quantum.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import quantum.intent.Report;
import quantum.record.Notice;

/** What producers put on the bus, and what somebody can be held to of it. */
final class Producers {

    private final World world;
    private final Bus bus;
    private final Supplier<MemoryLedger> books;
    private final Map<String, String> intents = new HashMap<>();
    private final Map<String, Map<String, String>> sent = new HashMap<>();
    private final Set<String> unclear = new HashSet<>();

    /** The ledger is asked for when something is seen, because it is made later. */
    Producers(World world, Bus bus, Supplier<MemoryLedger> books) {
        this.world = world;
        this.bus = bus;
        this.books = books;
    }

    /** An intent that was sent before is the same again, its date too; {@code first} hears of one that was not. */
    void send(Map<String, String> intent, Consumer<Map<String, String>> first) {
        String id = String.valueOf(intent.get("intent_id"));
        Map<String, String> message = sent.computeIfAbsent(id, _ -> {
            Map<String, String> dated = new HashMap<>(intent);
            dated.put("timestamp", world.instant().toString());
            first.accept(dated);
            return dated;
        });
        intents.put(bus.add(message, world.now()), id);
    }

    /** The intents that somebody can be held to: not those that the bus itself lost before anybody recorded them. */
    Set<String> owed() {
        Set<String> owed = new HashSet<>();
        intents.forEach((message, intent) -> {
            if (!bus.isLost(message) || books.get().known(intent) != null) {
                owed.add(intent);
            }
        });
        return owed;
    }

    void mayEndUnclear(String intent) {
        unclear.add(intent);
    }

    /** A row is odd from now on: what was sent before and waits may meet it, as after a restart (seed 74369). */
    void undecidedMayEndUnclear() {
        Set<String> open = new HashSet<>(sent.keySet());
        for (Notice notice : books.get().outbox()) {
            if (notice instanceof Notice.Reported(Report report, var _) && report.isTerminal()) {
                open.remove(report.subject().intentId());
            }
        }
        unclear.addAll(open);
    }

    /** The intents that were meant to close, whatever became of them. */
    Set<String> closes() {
        Set<String> closes = new HashSet<>();
        sent.forEach((id, fields) -> {
            if ("CLOSE".equals(fields.get("action")) && !unclear.contains(id)) {
                closes.add(id);
            }
        });
        return closes;
    }
}
