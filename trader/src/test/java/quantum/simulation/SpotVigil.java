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
    private static final long CONVERGED_MILLIS = 1_000;

    private final SpotBooks books;
    private final Judge judge;
    private final Supplier<MemoryLedger> ledger;
    private final Lasting naked;
    private final Lasting unproven;
    private final Lasting leftOver;
    private long fairMillis;
    private long atRestMillis;
    private boolean converged;

    SpotVigil(SpotBooks books, Judge judge, Supplier<MemoryLedger> ledger) {
        this.books = books;
        this.ledger = ledger;
        this.judge = judge;
        naked = new Lasting(judge, Law.NOT_NAKED_FOR_LONG, NAKED_MILLIS);
        unproven = new Lasting(judge, Law.NOT_NAKED_FOR_LONG, NAKED_MILLIS + UNPROVEN_MILLIS);
        leftOver = new Lasting(judge, Law.NOTHING_RESTS_FOR_NOTHING, LEFT_OVER_MILLIS);
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

    boolean hasConverged() {
        return converged;
    }

    /** After the weather cleared: how long until everything agrees, and stays so. */
    void converge(DeskView view) {
        fairMillis += Vigil.STEP_MILLIS;
        boolean settled = view.status().ready()
                && view.status().admitting()
                && view.ordersInFlight().isEmpty()
                && view.counts().unprotected() == 0
                && disagreement(view).isEmpty();
        atRestMillis = settled ? atRestMillis + Vigil.STEP_MILLIS : 0;
        if (atRestMillis >= CONVERGED_MILLIS) {
            converged = true;
            judge.within(Law.CONVERGED_IN_TIME, fairMillis - atRestMillis, CONVERGENCE_MILLIS, "agreed");
        }
    }

    void end() {
        if (!converged) {
            judge.within(Law.CONVERGED_IN_TIME, fairMillis, CONVERGENCE_MILLIS, "not agreed");
        }
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
