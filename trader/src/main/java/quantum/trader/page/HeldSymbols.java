package quantum.trader.page;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import quantum.desk.DeskView;
import quantum.market.Symbol;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.trader.settings.Nearest;

/** What an order to close one symbol can be about. */
public final class HeldSymbols {

    /** Knowledge that is older refuses nothing: a position may have come since. */
    private static final Duration FRESH = Duration.ofSeconds(150);

    private HeldSymbols() {}

    /**
     * Why a symbol cannot be closed: nothing of it is held or on its way, most likely because another one was meant.
     * Empty where it can, and where what is known is too old to say.
     */
    public static Optional<String> refusal(DeskView view, Symbol symbol) {
        Instant seen = view.status().ages().exchangeSync();
        boolean known = seen != null && seen.plus(FRESH).isAfter(view.at());
        NavigableSet<String> held = of(view);
        boolean ordered = GuardRows.guards(view.guards()).standing().flattened().containsKey(symbol);
        if (!known || ordered || held.contains(symbol.name())) {
            return Optional.empty();
        }
        if (held.isEmpty()) {
            return Optional.of(symbol + " is not held, and nothing else is");
        }
        return Optional.of(symbol + " is not held; held: " + String.join(", ", held)
                + Nearest.to(symbol.name(), held.stream())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse(""));
    }

    private static NavigableSet<String> of(DeskView view) {
        NavigableSet<String> held = new TreeSet<>();
        view.positions().forEach(position -> held.add(position.symbol()));
        view.unclear().forEach(row -> held.add(row.symbol()));
        view.ordersInFlight().stream().map(Entry.OrderRow::symbol).forEach(held::add);
        return held;
    }
}
