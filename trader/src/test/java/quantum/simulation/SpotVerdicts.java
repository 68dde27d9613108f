package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantum.desk.DeskView;
import quantum.intent.Refusal;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.SpotOrder;

/** Holds what the service told and kept against the exchange's own books of coins, after everything came to rest. */
final class SpotVerdicts {

    private static final BigDecimal HAIR = new BigDecimal("0.000001");

    /** The exchange refused the sale itself, for want of free coins or of room for one more order. */
    private static final Set<Refusal> SAID_BY_EXCHANGE = Set.of(Refusal.EXCHANGE_MARGIN, Refusal.EXCHANGE_LIMITS);

    private static final Set<Refusal> HARMLESS = Stream.concat(
                    Verdicts.NOTHING_TO_CLOSE.stream(), SAID_BY_EXCHANGE.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final SpotBooks books;
    private final MemoryLedger ledger;
    private final SpotGate gate;
    private final Orders operator;
    private final Judge judge;
    private final Testimony testimony;

    SpotVerdicts(SpotBooks books, MemoryLedger ledger, SpotGate gate, Orders operator, Judge judge) {
        this.books = books;
        this.ledger = ledger;
        this.gate = gate;
        this.operator = operator;
        this.judge = judge;
        this.testimony = new Testimony(ledger, judge);
    }

    void atRest(DeskView view, Map<String, String> disagreement, Set<String> owed, Set<String> closes) {
        Map<String, Testimony.Executed> orders = new HashMap<>();
        for (SpotOrder order : books.account().orders()) {
            // The exchange tells a mean price rounded to the tick.
            BigDecimal near = order.terms().instrument().priceTick().max(HAIR);
            orders.put(SpotBooks.idOf(order), new Testimony.Executed(order.executed(), order.averagePrice(), near));
        }
        orders();
        exits();
        testimony.endings(owed, closes, HARMLESS, orders);
        judge.check(Law.POSITIONS_AGREE, disagreement.isEmpty(), disagreement.toString());
        books.held().stream()
                .filter(operator::isHalted)
                .forEach(symbol -> judge.check(
                        Law.FLAT_WHEN_ORDERED,
                        books.wasShort(symbol),
                        symbol + " was flattened, held " + books.lots()));
        testimony.quiet(view);
        protection(view);
        new SpotEnds(books, judge).judge(testimony.ends());
    }

    /** Exits leave before they are recorded; one whose record died with the process and whose message is lost has none. */
    private void orders() {
        List<String> ids = new ArrayList<>();
        for (SpotOrder order : books.account().orders()) {
            String id = SpotBooks.idOf(order);
            if (!SpotBooks.isOurs(id)) {
                continue;
            }
            ids.add(id);
            judge.check(
                    Law.NO_ORDER_WITHOUT_CAUSE,
                    order.origin() != null || ledger.order(id) != null || gate.hasDecidedExit(id),
                    id);
        }
        testimony.entries(ids);
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
                judge.check(Law.NOTHING_RESTS_FOR_NOTHING, legs.isEmpty() || lot.signum() != 0, symbol + legs);
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

    private static BigDecimal left(AdvancedOrder order) {
        BigDecimal asked = order.terms().size().quantity();
        BigDecimal size = asked == null ? BigDecimal.ZERO : asked;
        SpotOrder child = order.child();
        return child == null ? size : size.subtract(child.executed());
    }
}
