package quantum.processes;

import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** Compares what the service shows of itself with the exchange's own books; every difference is a line. */
final class Agreement {

    private static final Set<String> UNFINISHED =
            Set.of("Pending", "Submitted", "Unconfirmed", "Working", "PartlyFilled");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Installation installation;
    private final Instance instance;

    Agreement(Installation installation, Instance instance) {
        this.installation = installation;
        this.instance = instance;
    }

    /** How long after its start a process agreed, and what differed until when. */
    record Reached(Duration took, Map<String, Long> differedUntilMillis) {}

    /** Waits until there is no difference. */
    Reached reached() {
        AtomicReference<List<String>> last = new AtomicReference<>(List.of());
        AtomicReference<Duration> age = new AtomicReference<>(Duration.ZERO);
        Map<String, Long> until = new LinkedHashMap<>();
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                Duration before = instance.age();
                last.set(differences());
                last.get().forEach(difference -> until.put(kind(difference), before.toMillis()));
                age.set(before);
                return last.get().isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "no agreement: " + last.get() + "\n" + instance.command().output(), e);
        }
        return new Reached(age.get(), until);
    }

    /** Without the books of both sides. */
    private static String kind(String difference) {
        return difference.replaceFirst(" \\{.*", "");
    }

    /** Orders whose fate is open here, without those the exchange never saw: their absence takes its time to prove. */
    List<String> differences() {
        List<String> found = new ArrayList<>();
        JsonNode positions = instance.json("/api/v1/positions").orElse(null);
        JsonNode orders = instance.json("/api/v1/orders?limit=500").orElse(null);
        if (!instance.isReady() || positions == null || orders == null) {
            return List.of("not ready");
        }
        if (!installation.isDrained()) {
            found.add("messages wait");
        }
        JsonNode books = installation.exchange().ledger();
        Set<String> known = ids(books.path("orders"), "clientOrderId");
        for (JsonNode order : orders.path("orders")) {
            if (UNFINISHED.contains(text(order, "state")) && known.contains(text(order, "client_order_id"))) {
                found.add("unfinished " + text(order, "client_order_id"));
            }
        }
        Map<String, BigDecimal> ours = new TreeMap<>();
        Map<String, String> ourStops = new TreeMap<>();
        for (JsonNode position : positions.path("positions")) {
            BigDecimal quantity = decimal(position, "quantity");
            boolean isLong = "LONG".equals(text(position, "direction"));
            ours.put(text(position, "symbol"), normal(isLong ? quantity : quantity.negate()));
            ourStops.put(text(position, "symbol"), text(position.path("stop"), "id"));
        }
        Map<String, BigDecimal> theirs = new TreeMap<>();
        for (JsonNode position : books.path("positions")) {
            if (decimal(position, "amount").signum() != 0) {
                theirs.put(text(position, "symbol"), normal(decimal(position, "amount")));
            }
        }
        if (!ours.equals(theirs)) {
            found.add("positions " + ours + " here, " + theirs + " there");
        }
        Map<String, String> theirStops = liveStops(books);
        if (!ourStops.equals(theirStops)) {
            found.add("stops " + ourStops + " here, " + theirStops + " there");
        }
        return found;
    }

    /** Orders recorded here that the exchange never saw and whose absence is not proven yet (INV-40). */
    Set<String> unproven() {
        Set<String> known = ids(installation.exchange().ledger().path("orders"), "clientOrderId");
        Set<String> unproven = new TreeSet<>();
        instance.json("/api/v1/orders?limit=500").ifPresent(answer -> {
            for (JsonNode order : answer.path("orders")) {
                String id = text(order, "client_order_id");
                if (UNFINISHED.contains(text(order, "state")) && !known.contains(id)) {
                    unproven.add(id);
                }
            }
        });
        return unproven;
    }

    /** By symbol; several of one symbol are joined, so that they differ from one. */
    private static Map<String, String> liveStops(JsonNode books) {
        return books.path("protections")
                .valueStream()
                .filter(p -> "NEW".equals(text(p, "status")) && "STOP_MARKET".equals(text(p, "type")))
                .collect(Collectors.toMap(
                        p -> text(p, "symbol"), p -> text(p, "algoId"), (a, b) -> a + "+" + b, TreeMap::new));
    }

    private static Set<String> ids(JsonNode rows, String field) {
        return rows.valueStream().map(row -> text(row, field)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static BigDecimal normal(BigDecimal value) {
        return value.stripTrailingZeros();
    }
}
