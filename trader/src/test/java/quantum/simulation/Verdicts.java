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
    private final Testimony testimony;

    Verdicts(Simulator exchange, MemoryLedger ledger, Gate gate, Orders operator, Judge judge) {
        this.exchange = exchange;
        this.ledger = ledger;
        this.gate = gate;
        this.operator = operator;
        this.judge = judge;
        this.testimony = new Testimony(ledger, judge);
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
        Map<String, Testimony.Executed> orders = new HashMap<>();
        account()
                .orders()
                .all()
                .forEach(order -> orders.put(
                        order.terms().clientId(),
                        new Testimony.Executed(order.executed(), order.averagePrice(), HAIR)));
        orders();
        exits();
        testimony.endings(owed, closes, NOTHING_TO_CLOSE, orders);
        positions(view);
        testimony.quiet(view);
        protection();
        new Ends(exchange, ledger, judge).judge(testimony.ends());
    }

    /** Exits leave before they are recorded; one whose record died with the process and whose message is lost has none. */
    private void orders() {
        List<String> ids = new ArrayList<>();
        for (Order order : account().orders().all()) {
            String id = order.terms().clientId();
            if (isTheirs(id)) {
                continue;
            }
            ids.add(id);
            boolean rested = id.startsWith("qs-") || id.startsWith("qt-") || id.startsWith("qb-");
            judge.check(Law.NO_ORDER_WITHOUT_CAUSE, rested || ledger.order(id) != null || gate.hasDecidedExit(id), id);
        }
        testimony.entries(ids);
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
}
