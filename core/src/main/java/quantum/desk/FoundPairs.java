package quantum.desk;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.book.ToldAmounts;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.intent.Levels;
import quantum.intent.SoftwareExits;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.ProtectionForm;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.position.ExitPlan;
import quantum.record.Notice;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.VenueEvent.Held;

/**
 * Positions of coins that the ledger does not know, because it was lost or an older one was put in its place. No reading
 * shows whose coins there are; a pair of ours that rests when the process starts does. Every pair of a life that this process
 * knows has its row, so that another one is of a life that was forgotten (docs/decisions/0010).
 */
final class FoundPairs {

    private final Books books;
    private final PositionChanges positionChanges;
    /** By the ids of their stops. */
    private final Set<ClientOrderId> found = new LinkedHashSet<>();

    private @Nullable Long firstNanos;

    FoundPairs(Books books, PositionChanges positionChanges) {
        this.books = books;
        this.positionChanges = positionChanges;
    }

    /**
     * Of the first list alone: later a pair that nobody knows came late for a position that has ended. A list may lag behind
     * such an end as well, so that a second one has to show it too. What is left of the list is for others to judge.
     */
    List<ConditionalUpdate> listed(List<ConditionalUpdate> rests, long askedNanos, Decision decision) {
        if (firstNanos == null) {
            firstNanos = askedNanos;
            rests.stream()
                    .filter(stop -> isForgotten(stop) && targetOf(stop, rests) != null)
                    .forEach(stop -> found.add(stop.clientId()));
            if (!found.isEmpty()) {
                decision.wake(Timer.Kind.RESTS, "", ToldAmounts.LAG);
            }
        } else if (!found.isEmpty() && askedNanos - firstNanos >= ToldAmounts.LAG.toNanos()) {
            found.removeIf(id -> isOver(id, rests, decision));
        }
        return rests.stream()
                .filter(rest -> found.stream().noneMatch(id -> isOf(id, rest)))
                .toList();
    }

    private static boolean isOf(ClientOrderId stop, ConditionalUpdate rest) {
        return rest.clientId().equals(stop) || rest.clientId().isBesideOf(stop);
    }

    /** It is a position now, or it was gone already, or it came late for a life that the ledger knows as ended. While something else is held there, it stays as it is. */
    private boolean isOver(ClientOrderId id, List<ConditionalUpdate> rests, Decision decision) {
        ConditionalUpdate stop = rests.stream()
                .filter(rest -> rest.clientId().equals(id))
                .findFirst()
                .orElse(null);
        ConditionalUpdate target = stop == null ? null : targetOf(stop, rests);
        if (stop == null || target == null || !books.readiness().mayHaveForgotten()) {
            return true;
        }
        Instrument instrument = books.markets().instrument(stop.symbol());
        if (instrument == null || !isForgotten(stop)) {
            return false;
        }
        adopt(stop, target, instrument, decision);
        return true;
    }

    /**
     * The pair goes for one of the position's own, at the same levels. How the coins were bought nobody knows: the price of
     * now stands for it.
     */
    private void adopt(ConditionalUpdate stop, ConditionalUpdate target, Instrument instrument, Decision decision) {
        Quantity quantity =
                Objects.requireNonNull(Objects.requireNonNull(stop.shape()).quantity());
        Markets.Mark known = books.markets().mark(stop.symbol());
        Price price = known == null ? stop.trigger() : known.price();
        ExitPlan plan = ExitPlan.of(
                new Levels(stop.trigger(), target.trigger(), null, null, null, SoftwareExits.NONE),
                Direction.LONG,
                price,
                price,
                instrument,
                books.rules().exits().of(stop.symbol()));
        LivePosition position = PositionChanges.found(
                new Held(stop.symbol(), Direction.LONG, quantity, price, price, null, 1), plan, decision);
        decision.alert(
                "adopted:" + position.epoch(),
                Notice.Severity.CRITICAL,
                "a pair of ours protects " + quantity
                        + ", and the ledger, which was lost or replaced, knows no position."
                        + " It is one from now on, with the same stop and target, and the price of now as its entry",
                stop.symbol().name());
        positionChanges.begin(position, decision);
    }

    private boolean isForgotten(ConditionalUpdate stop) {
        return rests(stop, Level.STOP)
                && books.form(stop.symbol()) == ProtectionForm.PAIR
                && books.positions().in(stop.symbol()).isEmpty()
                && !books.mayBegin(stop.clientId())
                && books.allPositions().stream().noneMatch(position -> knows(position, stop.clientId()));
    }

    private static boolean knows(LivePosition position, ClientOrderId rest) {
        return position.protection().levelOf(rest) != null;
    }

    private static boolean rests(ConditionalUpdate order, Level level) {
        ConditionalUpdate.Shape shape = order.shape();
        return order.status() == ConditionalUpdate.Status.NEW
                && order.clientId().isOurs()
                && shape != null
                && shape.level() == level
                && shape.quantity() != null;
    }

    private static @Nullable ConditionalUpdate targetOf(ConditionalUpdate stop, List<ConditionalUpdate> rests) {
        return rests.stream()
                .filter(order -> rests(order, Level.TARGET) && order.clientId().isBesideOf(stop.clientId()))
                .findFirst()
                .orElse(null);
    }
}
