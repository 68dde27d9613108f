package quantum.desk.protect;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.position.ExitPlan;
import quantum.record.Notice;
import quantum.venue.Call.Level;
import quantum.venue.VenueEvent.Held;

/**
 * A stop behind the price at which the exchange liquidates never fires, and protects nothing (X-F10): it is moved to
 * within the share of the way to liquidation that is asked of every open.
 */
public final class UnreachableStops {

    private final Books books;
    private final Protecting protecting;
    /** Epochs whose stop lies behind now: one alert until it does not. */
    private final Set<String> alerted = new HashSet<>();

    public UnreachableStops(Books books, Protecting protecting) {
        this.books = books;
        this.protecting = protecting;
    }

    /**
     * The plan of a found position, with a stop that is reached before liquidation. The default levels know nothing of
     * its leverage.
     */
    public ExitPlan reached(ExitPlan plan, Held held, Instrument instrument) {
        Price liquidation = held.liquidation();
        return liquidation == null || !isBehind(held.direction(), plan.stop(), liquidation)
                ? plan
                : plan.withStop(inside(held.direction(), held.mark(), liquidation, instrument));
    }

    /** A reading shows a position: margin may have been taken out, or its leverage changed, since its stop was placed. */
    public void judge(LivePosition position, Held held, Decision decision) {
        Price liquidation = held.liquidation();
        Price stop = position.plan().stop();
        if (liquidation == null || !isBehind(position.direction(), stop, liquidation)) {
            alerted.remove(position.epoch());
            return;
        }
        @Nullable Instrument instrument = books.markets().instrument(position.symbol());
        // Without the symbol's rules no tick is known; a position that is left alone is only alarmed.
        boolean isMoved = instrument != null && !books.isLeftAlone(position);
        Price level = instrument == null ? stop : inside(position.direction(), held.mark(), liquidation, instrument);
        if (alerted.add(position.epoch())) {
            decision.alert(
                    "stop-behind-liquidation:" + position.epoch(),
                    Notice.Severity.CRITICAL,
                    "the stop at " + stop + " lies behind the liquidation price " + liquidation
                            + " and would never fire" + (isMoved ? "; moving it to " + level : ""),
                    position.symbol().name());
        }
        // A stop is never loosened, and a producer's move goes first.
        if (isMoved && position.direction().gains(stop, level) && position.update() == null) {
            protecting.move(position, Level.STOP, level, decision);
        }
    }

    /** On the liquidation price itself it comes too late as well (INV-10). */
    private static boolean isBehind(Direction direction, Price stop, Price liquidation) {
        return !direction.gains(liquidation, stop);
    }

    /** As far from the mark as an open may place its stop ({@code limits.liquidation_share_pct}). */
    private Price inside(Direction direction, Price mark, Price liquidation, Instrument instrument) {
        BigDecimal share =
                books.rules().limits().exposure().liquidationSharePct().movePointLeft(2);
        BigDecimal way = liquidation.value().subtract(mark.value()).multiply(share);
        return instrument.raisedStopTick(mark.value().add(way), direction, mark);
    }
}
