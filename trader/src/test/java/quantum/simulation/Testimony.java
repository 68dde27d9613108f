package quantum.simulation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quantum.desk.DeskView;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.order.Fill;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;

/** What the service told and kept, whichever the venue: held against what the exchange has of each order. */
final class Testimony {

    /** Of one order; its mean price is told to within {@code near}. */
    record Executed(BigDecimal quantity, BigDecimal meanPrice, BigDecimal near) {}

    private final MemoryLedger ledger;
    private final Judge judge;

    Testimony(MemoryLedger ledger, Judge judge) {
        this.ledger = ledger;
        this.judge = judge;
    }

    /** The client ids of all orders of ours, as often as the exchange has them. */
    void entries(Collection<String> ids) {
        Map<String, Integer> counts = new TreeMap<>();
        ids.forEach(id -> counts.merge(id, 1, Integer::sum));
        counts.forEach((id, count) -> {
            if (id.startsWith("qo-")) {
                judge.check(Law.ONE_ENTRY_AN_INTENT, count == 1, id + " " + count + " times");
            }
        });
    }

    /**
     * One ending for each intent, and a true one. The intents are those that somebody can be held to, and those that close;
     * a close ends without closing for {@code harmless} reasons alone (law 5).
     */
    void endings(Set<String> owed, Set<String> closes, Set<Refusal> harmless, Map<String, Executed> orders) {
        Map<String, Report> reports = new HashMap<>();
        for (Notice notice : ledger.outbox()) {
            if (notice instanceof Notice.Reported(Report report, String eventId)
                    && report.isTerminal()
                    && !eventId.startsWith("reused:")) {
                String intent = report.subject().intentId();
                Report before = reports.put(intent, report);
                judge.check(
                        Law.ONE_ENDING_AN_INTENT, before == null, intent + " told twice: " + before + " / " + report);
            }
        }
        for (String intent : owed) {
            judge.check(Law.ONE_ENDING_AN_INTENT, reports.containsKey(intent), intent + " has no ending");
        }
        reports.values().forEach(report -> truth(report, orders));
        for (String close : closes) {
            if (reports.get(close) instanceof Report.Rejected rejected) {
                judge.check(Law.NO_EXIT_REFUSED, harmless.contains(rejected.why()), close + " " + rejected.why());
            }
        }
    }

    private void truth(Report report, Map<String, Executed> orders) {
        switch (report) {
            case Report.Filled filled -> executed(filled.orders(), filled.fill(), orders);
            case Report.Partial partial -> executed(partial.orders(), partial.fill(), orders);
            case Report.Rejected rejected -> {
                var id = rejected.clientId();
                Executed order = id == null ? null : orders.get(id.value());
                judge.check(
                        Law.REJECTED_MEANS_NO_FILL,
                        order == null || order.quantity().signum() == 0,
                        rejected.subject().intentId() + " " + rejected.why());
            }
            case Report.PendingFill _, Report.Updated _ -> {}
        }
    }

    private void executed(Report.Orders ids, Fill fill, Map<String, Executed> orders) {
        Executed order = orders.get(ids.clientId().value());
        if (order == null) {
            judge.check(Law.FILLED_IS_TRUE, false, ids.clientId() + " is not on the exchange");
            return;
        }
        boolean sameSize = order.quantity().compareTo(fill.quantity().value()) == 0;
        boolean samePrice =
                order.meanPrice().subtract(fill.price().value()).abs().compareTo(order.near()) <= 0;
        judge.check(
                Law.FILLED_IS_TRUE,
                sameSize && samePrice,
                ids.clientId() + " told " + fill + ", was " + order.quantity() + " at " + order.meanPrice());
    }

    /** Nothing is on its way any more, and the service takes intents. */
    void quiet(DeskView view) {
        judge.check(
                Law.NOTHING_IN_FLIGHT,
                view.ordersInFlight().isEmpty(),
                view.ordersInFlight().toString());
        judge.check(
                Law.READY_IN_THE_END,
                view.status().ready()
                        && view.status().admitting()
                        && !view.status().ledgerBehind(),
                view.status().toString());
    }

    /** Every end that was told, each life once; none is left that is not settled. */
    List<Notice.TradeClosed> ends() {
        Set<String> epochs = new HashSet<>();
        List<Notice.TradeClosed> told = new ArrayList<>();
        for (Notice notice : ledger.outbox()) {
            if (notice instanceof Notice.TradeClosed closed) {
                judge.check(Law.ONE_END_A_LIFE, epochs.add(closed.epoch()), closed.epoch());
                told.add(closed);
            }
        }
        for (Entry.PositionRow row : ledger.all(Entry.PositionRow.class)) {
            judge.check(Law.ONE_END_A_LIFE, !"SETTLING".equals(row.state()), row.epoch() + " is not settled");
        }
        return told;
    }
}
