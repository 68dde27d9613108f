package quantum.simulation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantum.desk.DeskView;
import quantum.desk.Entry;
import quantum.desk.Notice;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.order.Fill;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoStatus;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.Simulator;

/** Holds what the service did against the exchange's own books; the numbers are those of the reliability notes. */
final class Judge {

    /** What may never be otherwise. */
    enum Law {
        ONE_ENTRY_AN_INTENT,
        NO_ORDER_WITHOUT_CAUSE,
        WRITTEN_BEFORE_SENT,
        ONE_ENDING_AN_INTENT,
        FILLED_IS_TRUE,
        REJECTED_MEANS_NO_FILL,
        POSITIONS_AGREE,
        NOTHING_IN_FLIGHT,
        EVERY_POSITION_HAS_ITS_STOP,
        NOTHING_RESTS_FOR_NOTHING,
        ONE_END_A_LIFE,
        MONEY_AGREES,
        ACKNOWLEDGED_IS_RECORDED,
        REPLAY_CREATES_NOTHING,
        NOTHING_UNFORESEEN,
        READY_IN_THE_END
    }

    private static final Pattern PLACED = Pattern.compile("newClientOrderId\\W+(qo-[0-9a-f]{20})");
    private static final BigDecimal HAIR = new BigDecimal("0.000001");

    private final Simulator exchange;
    private final MemoryLedger ledger;
    private final Bus bus;
    private final Map<Law, Long> checks = new EnumMap<>(Law.class);
    private final List<String> violations = new ArrayList<>();

    Judge(Simulator exchange, MemoryLedger ledger, Bus bus) {
        this.exchange = exchange;
        this.ledger = ledger;
        this.bus = bus;
    }

    Map<Law, Long> checks() {
        return checks;
    }

    List<String> violations() {
        return violations;
    }

    void check(Law law, boolean holds, String words) {
        checks.merge(law, 1L, Long::sum);
        if (!holds && violations.size() < 20) {
            violations.add(law + ": " + words);
        }
    }

    /** A request leaves the process. */
    void leaves(String text) {
        boolean places = text.startsWith("POST /fapi/v1/order?") || text.contains("order.place");
        Matcher id = PLACED.matcher(text);
        if (places && id.find()) {
            check(Law.WRITTEN_BEFORE_SENT, ledger.hasOrder(id.group(1)), id.group(1));
        }
    }

    private Account account() {
        return exchange.accounts().iterator().next();
    }

    private Map<String, Order> ordersByClientId() {
        Map<String, Order> orders = new HashMap<>();
        account().orders().all().forEach(order -> orders.put(order.terms().clientId(), order));
        return orders;
    }

    long orders() {
        return account().orders().all().size();
    }

    /** After everything came to rest. */
    void atRest(DeskView view, Set<String> intents) {
        orders(ordersByClientId());
        endings(intents, ordersByClientId());
        positions(view);
        protection();
        ends();
        acknowledged();
    }

    private void orders(Map<String, Order> byId) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Order order : account().orders().all()) {
            String id = order.terms().clientId();
            counts.merge(id, 1, Integer::sum);
            check(Law.NO_ORDER_WITHOUT_CAUSE, id.startsWith("q"), id);
        }
        counts.forEach((id, count) -> {
            if (id.startsWith("qo-")) {
                check(Law.ONE_ENTRY_AN_INTENT, count == 1, id + " " + count + " times");
            }
        });
        check(Law.ONE_ENTRY_AN_INTENT, byId.size() <= orders(), "ids");
    }

    private void endings(Set<String> intents, Map<String, Order> orders) {
        Map<String, Set<String>> endings = new HashMap<>();
        Map<String, Report> reports = new HashMap<>();
        for (Notice notice : ledger.outbox()) {
            if (notice instanceof Notice.Reported(Report report, String eventId)
                    && report.isTerminal()
                    && !eventId.startsWith("reused:")) {
                String intent = report.subject().intentId();
                endings.computeIfAbsent(intent, _ -> new HashSet<>()).add(eventId);
                Report before = reports.put(intent, report);
                check(Law.ONE_ENDING_AN_INTENT, before == null, intent + " reported twice: " + before + " / " + report);
            }
        }
        for (String intent : intents) {
            check(Law.ONE_ENDING_AN_INTENT, endings.containsKey(intent), intent + " has no ending");
        }
        reports.values().forEach(report -> truth(report, orders));
    }

    private void truth(Report report, Map<String, Order> orders) {
        switch (report) {
            case Report.Filled filled -> executed(filled.orders(), filled.fill(), orders);
            case Report.Partial partial -> executed(partial.orders(), partial.fill(), orders);
            case Report.Rejected rejected -> {
                Order order = rejected.clientId() == null
                        ? null
                        : orders.get(rejected.clientId().value());
                check(
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
            check(Law.FILLED_IS_TRUE, false, ids.clientId() + " is not on the exchange");
            return;
        }
        boolean sameSize = order.executed().compareTo(fill.quantity().value()) == 0;
        boolean samePrice =
                order.averagePrice().subtract(fill.price().value()).abs().compareTo(HAIR) <= 0;
        check(
                Law.FILLED_IS_TRUE,
                sameSize && samePrice,
                ids.clientId() + " told " + fill + ", was " + order.executed() + " at " + order.averagePrice());
    }

    private static String place(String symbol, boolean isLong) {
        return symbol + (isLong ? " LONG" : " SHORT");
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
        check(Law.POSITIONS_AGREE, known.equals(held), "known " + known + ", held " + held);
        check(
                Law.NOTHING_IN_FLIGHT,
                view.ordersInFlight().isEmpty(),
                view.ordersInFlight().toString());
        check(
                Law.READY_IN_THE_END,
                view.status().ready()
                        && view.status().admitting()
                        && !view.status().ledgerBehind(),
                view.status().toString());
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.stripTrailingZeros();
    }

    private void protection() {
        Map<String, Long> stops = new TreeMap<>();
        Set<String> held = new HashSet<>();
        for (Position position : account().positions().held()) {
            held.add(place(position.symbol(), position.amount().signum() > 0));
        }
        for (AlgoOrder algo : account().algos().open()) {
            boolean guardsLong = algo.terms().side() == quantum.simulator.Side.SELL;
            String place = place(algo.terms().symbol(), guardsLong);
            check(
                    Law.NOTHING_RESTS_FOR_NOTHING,
                    held.contains(place),
                    algo.terms().clientId() + " for " + place);
            if (algo.status() == AlgoStatus.NEW && algo.terms().type() == OrderType.STOP_MARKET) {
                stops.merge(place, 1L, Long::sum);
            }
        }
        for (String place : held) {
            check(Law.EVERY_POSITION_HAS_ITS_STOP, stops.getOrDefault(place, 0L) == 1, place + " " + stops.get(place));
        }
    }

    private void ends() {
        Set<String> epochs = new HashSet<>();
        Map<String, BigDecimal> told = new TreeMap<>();
        for (Notice notice : ledger.outbox()) {
            if (notice instanceof Notice.TradeClosed(Closed closed, String epoch)) {
                check(Law.ONE_END_A_LIFE, epochs.add(epoch), epoch);
                told.merge(closed.symbol().name(), closed.result().pnl(), BigDecimal::add);
            }
        }
        for (Entry.PositionRow row : ledger.all(Entry.PositionRow.class)) {
            check(Law.ONE_END_A_LIFE, !"SETTLING".equals(row.state()), row.epoch() + " is not settled");
        }
        Set<String> open = new HashSet<>();
        account().positions().held().forEach(position -> open.add(position.symbol()));
        Map<String, BigDecimal> real = new TreeMap<>();
        account()
                .fills()
                .forEach(fill -> real.merge(
                        fill.order().terms().symbol(), fill.realized().subtract(fill.commission()), BigDecimal::add));
        real.forEach((symbol, money) -> {
            if (!open.contains(symbol)) {
                BigDecimal said = told.getOrDefault(symbol, BigDecimal.ZERO);
                check(
                        Law.MONEY_AGREES,
                        money.subtract(said).abs().compareTo(new BigDecimal("0.0001")) <= 0,
                        symbol + " told " + said + ", was " + money);
            }
        });
    }

    private void acknowledged() {
        Set<String> dead = new HashSet<>();
        for (Notice notice : ledger.outbox()) {
            if (notice instanceof Notice.DeadLetter letter) {
                dead.add(letter.messageId());
            }
        }
        for (Bus.Message message : bus.all()) {
            if (bus.isAcknowledged(message.id())) {
                String intent = String.valueOf(message.fields().get("intent_id"));
                check(
                        Law.ACKNOWLEDGED_IS_RECORDED,
                        ledger.intent(intent) != null || dead.contains(message.id()),
                        message.id() + " " + intent);
            }
        }
    }
}
