package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
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
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.SpotOrder;

/** Holds what the service told and kept against the exchange's own books of coins, after everything came to rest. */
final class SpotVerdicts {

    private static final BigDecimal HAIR = new BigDecimal("0.000001");

    /** The exchange refused the sale itself, for want of free coins or of room for one more order. */
    private static final Set<Refusal> SAID_BY_EXCHANGE = Set.of(Refusal.EXCHANGE_MARGIN, Refusal.EXCHANGE_LIMITS);

    private final SpotBooks books;
    private final MemoryLedger ledger;
    private final SpotGate gate;
    private final Orders operator;
    private final Judge judge;

    SpotVerdicts(SpotBooks books, MemoryLedger ledger, SpotGate gate, Orders operator, Judge judge) {
        this.books = books;
        this.ledger = ledger;
        this.gate = gate;
        this.operator = operator;
        this.judge = judge;
    }

    void atRest(DeskView view, Map<String, String> disagreement, Set<String> owed, Set<String> closes) {
        Map<String, SpotOrder> orders = new HashMap<>();
        for (SpotOrder order : books.account().orders()) {
            orders.put(SpotBooks.idOf(order), order);
        }
        orders();
        exits();
        endings(owed, closes, orders);
        judge.check(Law.POSITIONS_AGREE, disagreement.isEmpty(), disagreement.toString());
        books.held().stream()
                .filter(operator::isHalted)
                .forEach(symbol -> judge.check(
                        Law.FLAT_WHEN_ORDERED,
                        books.wasShort(symbol),
                        symbol + " was flattened, held " + books.lots()));
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
        protection(view);
        ends();
    }

    /** Exits leave before they are recorded; one whose record died with the process and whose message is lost has none. */
    private void orders() {
        Map<String, Integer> counts = new TreeMap<>();
        for (SpotOrder order : books.account().orders()) {
            String id = SpotBooks.idOf(order);
            if (!SpotBooks.isOurs(id)) {
                continue;
            }
            counts.merge(id, 1, Integer::sum);
            judge.check(
                    Law.NO_ORDER_WITHOUT_CAUSE,
                    order.origin() != null || ledger.order(id) != null || gate.hasDecidedExit(id),
                    id);
        }
        counts.forEach((id, count) -> {
            if (id.startsWith("qo-")) {
                judge.check(Law.ONE_ENTRY_AN_INTENT, count == 1, id + " " + count + " times");
            }
        });
    }

    /** What we sold we had bought, except where a close came late and was told as what it is (docs/decisions/0016). */
    private void exits() {
        for (long i = books.exits() - books.oversold().size(); i > 0; i--) {
            judge.check(Law.EXITS_ONLY_REDUCE, true, "");
        }
        for (SpotBooks.Oversold sale : books.oversold()) {
            judge.check(Law.EXITS_ONLY_REDUCE, isToldTwice(sale), sale.toString());
        }
    }

    boolean isToldTwice(SpotBooks.Oversold sale) {
        return ledger.outbox().stream()
                .anyMatch(notice -> notice instanceof Notice.Alert alert
                        && alert.key().startsWith("closed-twice:")
                        && sale.symbol().equals(alert.symbol()));
    }

    private void endings(Set<String> owed, Set<String> closes, Map<String, SpotOrder> orders) {
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
                Refusal why = rejected.why();
                judge.check(
                        Law.NO_EXIT_REFUSED,
                        Verdicts.NOTHING_TO_CLOSE.contains(why) || SAID_BY_EXCHANGE.contains(why),
                        close + " " + why);
            }
        }
    }

    private void truth(Report report, Map<String, SpotOrder> orders) {
        switch (report) {
            case Report.Filled filled -> executed(filled.orders(), filled.fill(), orders);
            case Report.Partial partial -> executed(partial.orders(), partial.fill(), orders);
            case Report.Rejected rejected -> {
                var id = rejected.clientId();
                SpotOrder order = id == null ? null : orders.get(id.value());
                judge.check(
                        Law.REJECTED_MEANS_NO_FILL,
                        order == null || order.executed().signum() == 0,
                        rejected.subject().intentId() + " " + rejected.why());
            }
            case Report.PendingFill _, Report.Updated _ -> {}
        }
    }

    private void executed(Report.Orders ids, Fill fill, Map<String, SpotOrder> orders) {
        SpotOrder order = orders.get(ids.clientId().value());
        if (order == null) {
            judge.check(Law.FILLED_IS_TRUE, false, ids.clientId() + " is not on the exchange");
            return;
        }
        // The exchange tells a mean price rounded to the tick.
        BigDecimal near = order.terms().instrument().priceTick().max(HAIR);
        boolean sameSize = order.executed().compareTo(fill.quantity().value()) == 0;
        boolean samePrice =
                order.averagePrice().subtract(fill.price().value()).abs().compareTo(near) <= 0;
        judge.check(
                Law.FILLED_IS_TRUE,
                sameSize && samePrice,
                ids.clientId() + " told " + fill + ", was " + order.executed() + " at " + order.averagePrice());
    }

    /** Each lot has one pair of its whole size, to the step; nothing of ours rests beside. */
    private void protection(DeskView view) {
        Map<String, BigDecimal> known = new TreeMap<>();
        view.positions().forEach(position -> known.put(position.symbol(), position.quantity()));
        Map<String, List<String>> rests = new TreeMap<>();
        for (AdvancedOrder order : books.account().openAdvanced()) {
            if (SpotBooks.isOurs(order.terms().clientId())) {
                rests.computeIfAbsent(order.terms().instrument().symbol(), _ -> new ArrayList<>())
                        .add(order.terms().type() + " "
                                + left(order).stripTrailingZeros().toPlainString());
            }
        }
        for (String symbol : SpotSetup.SYMBOLS) {
            BigDecimal lot = known.getOrDefault(symbol, BigDecimal.ZERO);
            List<String> legs =
                    rests.getOrDefault(symbol, List.of()).stream().sorted().toList();
            if (books.isDust(symbol, lot)) {
                judge.check(Law.NOTHING_RESTS_FOR_NOTHING, legs.isEmpty() || !isNothing(symbol, lot), symbol + legs);
                continue;
            }
            BigDecimal tick = books.instrument(symbol).quantityTick();
            String size = lot.setScale(16, RoundingMode.DOWN)
                    .divideToIntegralValue(tick)
                    .multiply(tick)
                    .stripTrailingZeros()
                    .toPlainString();
            judge.check(
                    Law.EVERY_POSITION_HAS_ITS_STOP,
                    legs.equals(List.of("LIMIT " + size, "STOP_LOSS " + size)),
                    symbol + " of " + size + " has " + legs);
        }
    }

    private static boolean isNothing(String symbol, BigDecimal lot) {
        return lot.signum() == 0 && !symbol.isEmpty();
    }

    private static BigDecimal left(AdvancedOrder order) {
        BigDecimal asked = order.terms().size().quantity();
        BigDecimal size = asked == null ? BigDecimal.ZERO : asked;
        SpotOrder child = order.child();
        return child == null ? size : size.subtract(child.executed());
    }

    private void ends() {
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
        new SpotEnds(books, judge).judge(told);
    }
}
