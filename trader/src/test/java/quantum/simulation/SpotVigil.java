package quantum.simulation;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import quantum.desk.DeskView;
import quantum.record.Entry;
import quantum.simulation.Judge.Law;
import quantum.simulator.spot.AdvancedOrder;
import quantum.simulator.spot.SpotOrder;
import quantum.simulator.spot.SpotStatus;
import quantum.simulator.spot.SpotType;

/**
 * Looks at the exchange ten times a second for what must not last: coins of ours without a live stop, a pair that rests for
 * nothing, a service that does not come to rest. Only time counts in which the process ran and the exchange could be reached.
 */
final class SpotVigil {

    private static final long NAKED_MILLIS = 30_000;
    /**
     * A close whose answer was lost may be taken for a minute, and no other may leave: where the stop's level has been passed
     * meanwhile, no pair can rest either (docs/decisions/0016).
     */
    private static final long UNPROVEN_MILLIS = 75_000;

    private static final long LEFT_OVER_MILLIS = 40_000;
    /** An order whose answer was lost may be taken for a minute, and is believed absent a little later. */
    private static final long CONVERGENCE_MILLIS = 110_000;

    private static final Set<String> OVER = Set.of("Filled", "Ended", "Rejected");

    private final SpotBooks books;
    private final Supplier<MemoryLedger> ledger;
    private final Lasting naked;
    private final Lasting unproven;
    private final Lasting leftOver;
    private final Convergence convergence;

    SpotVigil(SpotBooks books, Judge judge, Supplier<MemoryLedger> ledger) {
        this.books = books;
        this.ledger = ledger;
        naked = new Lasting(judge, Law.NOT_NAKED_FOR_LONG, NAKED_MILLIS);
        unproven = new Lasting(judge, Law.NOT_NAKED_FOR_LONG, NAKED_MILLIS + UNPROVEN_MILLIS);
        leftOver = new Lasting(judge, Law.NOTHING_RESTS_FOR_NOTHING, LEFT_OVER_MILLIS);
        convergence = new Convergence(judge, CONVERGENCE_MILLIS);
    }

    private static String symbolOf(AdvancedOrder order) {
        return order.terms().instrument().symbol();
    }

    void look(boolean able, World world) {
        Set<String> held = books.held();
        Set<String> guarded = new HashSet<>();
        Set<String> orphans = new HashSet<>();
        Set<String> locked = new HashSet<>();
        for (AdvancedOrder order : books.account().openAdvanced()) {
            String id = order.terms().clientId();
            if (!SpotBooks.isOurs(id)) {
                locked.add(order.terms().instrument().base());
            } else if (!held.contains(symbolOf(order))) {
                orphans.add(id);
            } else if (isStop(order)) {
                guarded.add(symbolOf(order));
            }
        }
        // A close on its way is as good as a stop.
        for (SpotOrder order : books.account().open()) {
            if (SpotBooks.idOf(order).startsWith("qc-") || SpotBooks.idOf(order).startsWith("qx-")) {
                guarded.add(order.terms().instrument().symbol());
            }
        }
        Set<String> bare = new HashSet<>(held);
        bare.removeAll(guarded);
        for (String symbol : held) {
            boolean isTaken = locked.contains(books.instrument(symbol).base()) || books.isShort(symbol);
            if (able && bare.contains(symbol) && isTaken) {
                naked.excuse(symbol);
                unproven.excuse(symbol);
            }
        }
        Set<String> closing = new HashSet<>();
        ledger.get().all(Entry.OrderRow.class).stream()
                .filter(row -> "CLOSE".equals(row.purpose()) && !OVER.contains(row.state()))
                .forEach(row -> closing.add(row.symbol()));
        Set<String> awaiting = new HashSet<>(bare);
        awaiting.retainAll(closing);
        unproven.count(awaiting, able, world);
        bare.removeAll(closing);
        naked.count(bare, able, world);
        leftOver.count(orphans, able, world);
    }

    static boolean isStop(AdvancedOrder order) {
        boolean rests = order.status() == SpotStatus.NEW || order.status() == SpotStatus.ACTIVE;
        return rests && order.terms().type() == SpotType.STOP_LOSS;
    }

    /** A look after the weather cleared. */
    void converge(DeskView view) {
        convergence.look(view, disagreement(view).isEmpty());
    }

    /** It may never have come to rest at all. */
    void end() {
        convergence.end();
    }

    /**
     * In which symbols the desk knows of other coins than the exchange's trades say; empty where it agrees. Of a coin that
     * another hand took from us the desk may hold less than its trades say, and never more than there is.
     */
    Map<String, String> disagreement(DeskView view) {
        Map<String, BigDecimal> known = new TreeMap<>();
        view.positions().forEach(p -> known.put(p.symbol(), p.quantity().stripTrailingZeros()));
        Map<String, BigDecimal> lots = books.lots();
        Map<String, String> words = new TreeMap<>();
        for (String symbol : SpotSetup.SYMBOLS) {
            var knows = known.getOrDefault(symbol, BigDecimal.ZERO);
            var holds = lots.getOrDefault(symbol, BigDecimal.ZERO);
            boolean unsure = books.wasShort(symbol) || books.isMixed(symbol);
            var most = unsure
                    ? holds.min(books.account().amount(books.instrument(symbol).base()))
                    : holds;
            if (unsure ? knows.compareTo(most) > 0 && !books.isMixed(symbol) : knows.compareTo(holds) != 0) {
                words.put(symbol, "known " + knows + ", held " + holds);
            }
        }
        return words;
    }
}
