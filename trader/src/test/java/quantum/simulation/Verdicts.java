package quantum.simulation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.order.Fill;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoStatus;
import quantum.simulator.NewOrder;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.PositionSide;
import quantum.simulator.Side;
import quantum.simulator.Simulator;

/** Holds what the service told and kept against the exchange's own books, after everything came to rest. */
final class Verdicts {

    private static final BigDecimal HAIR = new BigDecimal("0.000001");
    /** Nothing but these ends a close without closing (law 5). */
    static final Set<Refusal> NOTHING_TO_CLOSE = Set.of(
            Refusal.NO_POSITION,
            Refusal.CLOSE_IN_FLIGHT,
            Refusal.CLOSE_TOO_SMALL,
            Refusal.POSITION_SIDE_MISSING,
            Refusal.EXCHANGE_REJECTED,
            Refusal.NOT_SENT,
            Refusal.NOT_FILLED,
            Refusal.OUTCOME_UNKNOWN_EXPIRED,
            Refusal.IDENTITY_REUSED);

    private final Simulator exchange;
    private final MemoryLedger ledger;
    private final Gate gate;
    private final Orders operator;
    private final Judge judge;

    Verdicts(Simulator exchange, MemoryLedger ledger, Gate gate, Orders operator, Judge judge) {
        this.exchange = exchange;
        this.ledger = ledger;
        this.gate = gate;
        this.operator = operator;
        this.judge = judge;
    }

    private Account account() {
        return exchange.accounts().iterator().next();
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.stripTrailingZeros();
    }

    private static String place(String symbol, boolean isLong) {
        return symbol + (isLong ? " LONG" : " SHORT");
    }

    /** Everything that must be so at rest; the intents are those that somebody can be held to, and those that close. */
    void atRest(DeskView view, Set<String> owed, Set<String> closes) {
        Map<String, Order> orders = new HashMap<>();
        account().orders().all().forEach(order -> orders.put(order.terms().clientId(), order));
        orders();
        exits();
        endings(owed, closes, orders);
        positions(view);
        protection();
        ends();
    }

    /** Exits leave before they are recorded; one whose record died with the process and whose message is lost has none. */
    private void orders() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Order order : account().orders().all()) {
            String id = order.terms().clientId();
            if (isTheirs(id)) {
                continue;
            }
            counts.merge(id, 1, Integer::sum);
            boolean rested = id.startsWith("qs-") || id.startsWith("qt-") || id.startsWith("qb-");
            judge.check(Law.NO_ORDER_WITHOUT_CAUSE, rested || ledger.order(id) != null || gate.hasDecidedExit(id), id);
        }
        counts.forEach((id, count) -> {
            if (id.startsWith("qo-")) {
                judge.check(Law.ONE_ENTRY_AN_INTENT, count == 1, id + " " + count + " times");
            }
        });
    }

    /** Of a hand, or of the exchange itself. */
    private static boolean isTheirs(String id) {
        return id.startsWith("web_") || id.contains("autoclose");
    }

    /** The trades in their order: what an exit of ours trades makes its position smaller and never turns it. */
    private void exits() {
        Map<String, BigDecimal> amounts = new HashMap<>();
        for (quantum.simulator.Fill fill : account().fills()) {
            Order order = fill.order();
            PositionSide side = order.terms().positionSide();
            BigDecimal before = amounts.getOrDefault(order.terms().symbol() + side, BigDecimal.ZERO);
            BigDecimal change = order.terms().side() == Side.BUY
                    ? fill.quantity()
                    : fill.quantity().negate();
            BigDecimal after = before.add(change);
            amounts.put(order.terms().symbol() + side, after);
            if (Gate.isExit(order)) {
                boolean smaller = after.abs().compareTo(before.abs()) < 0;
                boolean turned = after.signum() * before.signum() < 0;
                judge.check(
                        Law.EXITS_ONLY_REDUCE,
                        smaller && !turned,
                        order.terms().clientId() + " " + before + " -> " + after);
            }
        }
    }

    private void endings(Set<String> owed, Set<String> closes, Map<String, Order> orders) {
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
                judge.check(
                        Law.NO_EXIT_REFUSED, NOTHING_TO_CLOSE.contains(rejected.why()), close + " " + rejected.why());
            }
        }
    }

    private void truth(Report report, Map<String, Order> orders) {
        switch (report) {
            case Report.Filled filled -> executed(filled.orders(), filled.fill(), orders);
            case Report.Partial partial -> executed(partial.orders(), partial.fill(), orders);
            case Report.Rejected rejected -> {
                var id = rejected.clientId();
                Order order = id == null ? null : orders.get(id.value());
                judge.check(
                        Law.REJECTED_MEANS_NO_FILL,
                        order == null || order.executed().signum() == 0,
                        rejected.subject().intentId() + " " + rejected.why());
            }
            case Report.PendingFill _, Report.Updated _ -> {}
        }
    }

    private void executed(Report.Orders ids, Fill fill, Map<String, Order> orders) {
        Order order = orders.get(ids.clientId().value());
        if (order == null) {
            judge.check(Law.FILLED_IS_TRUE, false, ids.clientId() + " is not on the exchange");
            return;
        }
        boolean sameSize = order.executed().compareTo(fill.quantity().value()) == 0;
        boolean samePrice =
                order.averagePrice().subtract(fill.price().value()).abs().compareTo(HAIR) <= 0;
        judge.check(
                Law.FILLED_IS_TRUE,
                sameSize && samePrice,
                ids.clientId() + " told " + fill + ", was " + order.executed() + " at " + order.averagePrice());
    }

    private void positions(DeskView view) {
        Map<String, BigDecimal> known = new TreeMap<>();
        view.positions().forEach(p -> known.put(place(p.symbol(), "LONG".equals(p.direction())), plain(p.quantity())));
        Map<String, BigDecimal> held = new TreeMap<>();
        for (Position position : account().positions().held()) {
            held.put(
                    place(position.symbol(), position.amount().signum() > 0),
                    plain(position.amount().abs()));
        }
        for (Position position : account().positions().held()) {
            if (operator.isHalted(position.symbol())) {
                judge.check(
                        Law.FLAT_WHEN_ORDERED,
                        isOthersSince(position, operator.flattenedAt(position.symbol())),
                        position.symbol() + " was flattened, held " + held);
            }
        }
        judge.check(Law.POSITIONS_AGREE, known.equals(held), "known " + known + ", held " + held);
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

    /** True where an order of another hand, which a flatten names and leaves on the book, opened it afterwards. */
    private boolean isOthersSince(Position position, long flattenedAt) {
        BigDecimal held = BigDecimal.ZERO;
        quantum.simulator.@Nullable Fill opening = null;
        for (quantum.simulator.Fill fill : account().fills()) {
            NewOrder terms = fill.order().terms();
            if (terms.symbol().equals(position.symbol()) && terms.positionSide() == position.side()) {
                BigDecimal next = terms.side() == Side.BUY ? held.add(fill.quantity()) : held.subtract(fill.quantity());
                opening = held.signum() == next.signum() ? opening : fill;
                held = next;
            }
        }
        return opening != null
                && opening.at() >= flattenedAt
                && OtherOrders.isOther(opening.order().terms().clientId());
    }

    private void protection() {
        Map<String, Long> stops = new TreeMap<>();
        Set<String> held = new HashSet<>();
        for (Position position : account().positions().held()) {
            held.add(place(position.symbol(), position.amount().signum() > 0));
        }
        for (AlgoOrder algo : account().algos().open()) {
            String place = place(algo.terms().symbol(), algo.terms().side() == Side.SELL);
            if (OtherOrders.isOther(algo.terms().clientId())) {
                continue;
            }
            judge.check(
                    Law.NOTHING_RESTS_FOR_NOTHING,
                    held.contains(place),
                    algo.terms().clientId() + " for " + place);
            if (algo.status() == AlgoStatus.NEW && algo.terms().type() == OrderType.STOP_MARKET) {
                stops.merge(place, 1L, Long::sum);
            }
        }
        for (String place : held) {
            judge.check(
                    Law.EVERY_POSITION_HAS_ITS_STOP,
                    stops.getOrDefault(place, 0L) == 1,
                    place + " " + stops.get(place));
        }
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
        new Ends(exchange, ledger, judge).judge(told);
    }
}
