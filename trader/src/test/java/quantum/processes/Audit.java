package quantum.processes;

import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;

/** What was published, held against what was sent and against the exchange's books. Taken while the account is flat. */
final class Audit {

    private final Installation at;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, JsonNode> endings = new TreeMap<>();
    private final Map<String, JsonNode> closed = new TreeMap<>();
    private final Map<String, JsonNode> byClientId = new HashMap<>();
    private final Set<String> deadMessages = new HashSet<>();
    private int repeats;
    private int duplicates;
    private int lost;
    private int entryOrders;

    private Audit(Installation at) {
        this.at = at;
    }

    static Audit of(Installation at, Load load) {
        Audit audit = new Audit(at);
        audit.readReports();
        audit.readDeadLetters();
        audit.readClosed();
        audit.everythingEndedOnce(load);
        audit.entriesHaveOneCause();
        audit.entriesAreSentOnce();
        audit.livesAreToldOnce();
        audit.nothingRests();
        audit.moneyAddsUp();
        return audit;
    }

    /** Empty if every promise was kept. */
    List<String> violations() {
        return violations;
    }

    /** Entries of a stream that repeat an earlier one, byte for byte. */
    int repeats() {
        return repeats;
    }

    /** Entry orders beyond the first of an intent. */
    int duplicates() {
        return duplicates;
    }

    /** Messages without an ending. */
    int lost() {
        return lost;
    }

    int entryOrders() {
        return entryOrders;
    }

    /** How the intents ended: by status, or by the reason of a refusal. */
    Map<String, Integer> ends() {
        Map<String, Integer> ends = new TreeMap<>();
        endings.values().forEach(ending -> {
            String reason = text(ending, "reason");
            ends.merge(reason.isEmpty() ? text(ending, "status") : reason, 1, Integer::sum);
        });
        return ends;
    }

    /** Each event once; a repeat must have the same bytes. */
    private List<JsonNode> events(String kind) {
        Map<String, Map<String, String>> known = new HashMap<>();
        List<JsonNode> events = new ArrayList<>();
        for (StreamEntry entry : at.entries(kind)) {
            String id = Objects.requireNonNull(entry.getFields().get("event_id"));
            Map<String, String> before = known.putIfAbsent(id, entry.getFields());
            if (before == null) {
                events.add(Installation.payload(entry));
            } else {
                repeats++;
                expect(before.equals(entry.getFields()), "event " + id + " came again with other bytes");
            }
        }
        return events;
    }

    private void readReports() {
        for (JsonNode report : events("trade.execution.res")) {
            if (report.has("client_order_id")) {
                byClientId.put(text(report, "client_order_id"), report);
            }
            if (report.has("terminal_state")) {
                JsonNode before = endings.put(text(report, "intent_id"), report);
                expect(before == null, "two endings: " + before + " and " + report);
            }
        }
    }

    private void readDeadLetters() {
        for (JsonNode letter : events("trade.intent.dead")) {
            expect(deadMessages.add(text(letter, "message_id")), "two dead letters: " + letter);
        }
    }

    private void readClosed() {
        int number = 0;
        for (JsonNode end : events("trade.closed")) {
            closed.put(text(end, "symbol") + " " + number++, end);
        }
    }

    private void everythingEndedOnce(Load load) {
        Set<String> without = load.intents();
        without.removeAll(endings.keySet());
        Set<String> unread = load.unreadable();
        unread.removeAll(deadMessages);
        lost = without.size() + unread.size();
        expect(lost == 0, "without an ending: " + without + unread);
        expect(load.unreadable().containsAll(deadMessages), "dead letters of readable messages: " + deadMessages);
        expect(load.intents().containsAll(endings.keySet()), "endings of what nobody sent");
    }

    /** At most one accepted entry order an intent, and the report tells of it what the exchange does (law 1). */
    private void entriesHaveOneCause() {
        Set<String> seen = new HashSet<>();
        Set<String> intents = new HashSet<>();
        for (JsonNode order : at.exchange().ledger().path("orders")) {
            if (order.has("algoId") || order.path("reduceOnly").asBoolean()) {
                continue;
            }
            entryOrders++;
            String id = text(order, "clientOrderId");
            JsonNode report = byClientId.get(id);
            expect(report != null, "an order that no report names: " + order);
            boolean first = seen.add(id) && (report == null || intents.add(text(report, "intent_id")));
            duplicates += first ? 0 : 1;
            expect(first, "a second entry order: " + order);
            BigDecimal executed = decimal(order, "executed");
            BigDecimal told = report == null || !report.has("quantity") ? BigDecimal.ZERO : decimal(report, "quantity");
            expect(told.compareTo(executed) == 0, "told " + report + " of " + order);
        }
    }

    /** Whatever became of it, the bytes of an entry leave once (law 2). */
    private void entriesAreSentOnce() {
        Set<String> asked = new HashSet<>();
        for (String id : at.sentEntries().ids()) {
            expect(asked.add(id), "an entry order was sent twice: " + id);
        }
    }

    /** Flat means that no stop and no target of ours is left. */
    private void nothingRests() {
        List<JsonNode> resting = at.exchange().rows("protections", p -> "NEW".equals(text(p, "status")));
        expect(resting.isEmpty(), "left behind: " + resting);
    }

    /** From flat to flat is one life, by the exchange's own fills. */
    private void livesAreToldOnce() {
        Map<String, BigDecimal> held = new HashMap<>();
        Map<String, Integer> lives = new TreeMap<>();
        at.exchange()
                .ledger()
                .path("fills")
                .valueStream()
                .sorted(Comparator.comparingLong(f -> f.path("tradeId").asLong()))
                .forEach(fill -> {
                    BigDecimal quantity = decimal(fill, "quantity");
                    BigDecimal by = "BUY".equals(text(fill, "side")) ? quantity : quantity.negate();
                    BigDecimal now = held.merge(text(fill, "symbol"), by, BigDecimal::add);
                    if (now.signum() == 0) {
                        lives.merge(text(fill, "symbol"), 1, Integer::sum);
                    }
                });
        Map<String, Integer> told = new TreeMap<>();
        closed.values().forEach(end -> told.merge(text(end, "symbol"), 1, Integer::sum));
        expect(lives.equals(told), "lives " + lives + ", told " + told);
    }

    /** Start balance plus everything told as won or lost is the exchange's wallet. */
    private void moneyAddsUp() {
        BigDecimal sum = closed.values().stream()
                .map(end -> decimal(end, "pnl_usd"))
                .reduce(Installation.BALANCE, BigDecimal::add);
        BigDecimal wallet = decimal(at.exchange().ledger().path("balances").path(0), "wallet");
        expect(
                sum.subtract(wallet).abs().compareTo(new BigDecimal("0.000001")) < 0,
                "told " + sum + ", wallet " + wallet);
    }

    private void expect(boolean kept, String otherwise) {
        if (!kept) {
            violations.add(otherwise);
        }
    }
}
