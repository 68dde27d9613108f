package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.book.Succession;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.desk.entry.LevelUpdates;
import quantum.desk.exit.ClosedTrades;
import quantum.desk.protect.PriceWatch;
import quantum.desk.protect.Protecting;
import quantum.desk.protect.UnreachableStops;
import quantum.intent.Closed.Reason;
import quantum.intent.Levels;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.ProtectionForm;
import quantum.market.Quantity;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.position.ExitDefaults;
import quantum.position.ExitPlan;
import quantum.position.PositionEvent;
import quantum.position.RoundTrip;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.VenueEvent.Held;

/**
 * Begins, changes and ends the lives of positions, from real fills or from what the exchange shows. An order and a
 * reading may both speak of the same execution, in either order: it is counted once.
 */
final class PositionChanges {

    private final Books books;
    private final Protecting protecting;
    private final LevelUpdates levelUpdates;
    private final ClosedTrades closedTrades;
    private final UnreachableStops unreachable;

    PositionChanges(Books books, Protecting protecting, LevelUpdates levelUpdates, ClosedTrades closedTrades) {
        this.unreachable = new UnreachableStops(books, protecting);
        this.books = books;
        this.protecting = protecting;
        this.levelUpdates = levelUpdates;
        this.closedTrades = closedTrades;
    }

    /** More of an entry was executed: a partial fill is a position (law 1). */
    void entered(
            LiveOrder order,
            OrderId orderId,
            @Nullable Fill before,
            BigDecimal by,
            BigDecimal notional,
            Instant at,
            Decision decision) {
        Quantity grown = new Quantity(by);
        Direction direction = order.task().direction();
        LivePosition position = books.positions().at(books.place(order));
        LivePosition ending = position == null ? books.unsettledOf(order, orderId) : null;
        if (ending != null && wasFoundBefore(ending, order)) {
            // It was found, and had ended, before its order was proven (seed 69348).
            position = ending;
        } else if (ending != null) {
            // The exchange executed the rest before what closed the first part: it never held nothing.
            resume(ending, new PositionEvent.Executed(), grown, notional, decision);
            position = ending;
        } else if (position == null) {
            begin(born(order, before, grown, notional, at, decision), decision);
            position = books.positions().at(books.place(order));
        } else if (position.direction() == direction && !isPerhapsCounted(position, order)) {
            // No reading can have counted it: a close under way would hide it from the next one too.
            position.enlarge(grown, notional, decision.now().nanos());
            protecting.resized(position, decision);
        } else {
            // It was found on the exchange before its order was proven, or the account turned meanwhile.
            if (position.direction() == direction && !position.isReadSince(order.decidedNanos())) {
                // Whether an earlier process counted it before it was proven is not written down.
                position.heard().perhapsCounted(by, decision.now().nanos());
            }
            decision.ask(new Call.ReadPositions());
        }
        if (position != null && position.direction() == direction) {
            if (wasFoundBefore(position, order)) {
                // Ours after all: it is added up from its own entry, fee and all (INV-28).
                position.claimedBy(order.task().cause().intentId(), order.sentAt());
            }
            position.openedBy(orderId);
            position.heard().entry(orderId, by);
            decision.changed(position);
        }
    }

    /** What was found is what the order executed, whatever was closed of it before or since (seeds 10955, 79124). */
    private static boolean wasFoundBefore(LivePosition position, LiveOrder order) {
        RoundTrip.Found found = position.birth().found();
        return found != null
                && Books.mayHaveMade(position, order)
                && found.quantity().value().compareTo(order.filledQuantity()) <= 0;
    }

    /**
     * After its fill wait an order delays no reading of the positions, which may then have shown its execution first. Of
     * coins no reading shows more than is known here: what was bought is told by its order alone.
     */
    private boolean isPerhapsCounted(LivePosition position, LiveOrder order) {
        return books.form(order.task().symbol()) != ProtectionForm.PAIR
                && order.pendingReported()
                && (position.isAdopted() || !isBornOf(position, order))
                && (order.isRestored() || position.isReadSince(order.decidedNanos()));
    }

    /**
     * A position begins with the first execution of an order, whose id is its epoch: every life of the process knows
     * it, and its stop, by the same names.
     */
    private LivePosition born(
            LiveOrder order,
            @Nullable Fill before,
            Quantity grown,
            BigDecimal notional,
            Instant at,
            Decision decision) {
        Direction direction = order.task().direction();
        Price price = Fill.mean(notional, grown);
        // The rest of an order may be executed after the life of its first part was settled: that is another position.
        String epoch = before == null ? order.id().value() : order.id() + LivePosition.REST + before.quantity();
        return new LivePosition(
                new LivePosition.Birth(
                        epoch,
                        order.task().symbol(),
                        direction,
                        order.task().leverage(),
                        order.task().cause().intentId(),
                        at,
                        null),
                grown,
                price,
                plan(order, direction, price),
                decision.now().nanos());
    }

    /**
     * Levels in percent count from the fill and not from the price that the intent expected. Rounding never carries one
     * onto the mark; without a mark the entry stands in for it.
     */
    private ExitPlan plan(LiveOrder order, Direction direction, Price entry) {
        Markets.Mark mark = books.markets().mark(order.task().symbol());
        return ExitPlan.of(
                order.task().cause().levels(),
                direction,
                entry,
                mark == null ? entry : mark.price(),
                books.markets().instrumentOr(order.task().symbol(), entry),
                books.rules().exits().of(order.task().symbol()));
    }

    /** A life whose beginning nobody here saw. */
    static LivePosition found(Held held, ExitPlan plan, Decision decision) {
        return new LivePosition(
                new LivePosition.Birth(
                        "found-" + held.symbol() + "-" + held.direction() + "-"
                                + decision.now().exchange().toEpochMilli(),
                        held.symbol(),
                        held.direction(),
                        held.leverage(),
                        null,
                        decision.now().exchange(),
                        new RoundTrip.Found(held.quantity(), held.entryPrice())),
                held.quantity(),
                held.entryPrice(),
                plan,
                decision.now().nanos());
    }

    /** From here on something is held: its row, its stop and its target leave with this decision (law 4). */
    void begin(LivePosition position, Decision decision) {
        books.positions().put(position);
        decision.changed(position);
        decision.log(
                Marker.POSITION_ADDED,
                "symbol",
                position.symbol().name(),
                "side",
                position.direction().name(),
                "qty",
                position.quantity().toPlainString(),
                "entry",
                position.entryPrice().toString());
        decision.log(
                Marker.TRACKING,
                "symbol",
                position.symbol().name(),
                "side",
                position.direction().entry().name(),
                "Entry",
                position.entryPrice().toString(),
                "TP",
                position.plan().target().toString(),
                "SL",
                position.plan().stop().toString(),
                "Qty",
                position.quantity().toPlainString());
        protecting.begin(position, decision);
        PriceWatch.awaitDeadline(position, decision);
    }

    /** Part of a position was closed by an order with a reason. */
    void reduced(LivePosition position, OrderId orderId, Reason reason, BigDecimal by, Decision decision) {
        position.endedBy(orderId, reason);
        Quantity more = by.compareTo(position.quantity()) >= 0 ? moreThanKnown(position, decision) : null;
        if (more != null) {
            // What is left keeps its stop.
            position.enlarge(
                    more, position.entryPrice().times(more), decision.now().nanos());
        }
        boolean crossed = position.reduce(by, decision.now().nanos());
        if (reason == Reason.LADDER) {
            // Only what was executed is paid; the rest of the rung stays owed (docs/decisions/0009).
            position.progress().paid(by);
        }
        decision.changed(position);
        if (crossed) {
            decision.alert(
                    "crossed:" + position.epoch(),
                    Notice.Severity.CRITICAL,
                    "more was closed than was known to be held; reading the positions",
                    position.symbol().name());
            // A close can only reduce, so that what it closed was there: less was known than was held.
            decision.ask(new Call.ReadPositions());
        }
        if (position.quantity().signum() == 0) {
            ended(position, reason, decision);
        } else {
            protecting.resized(position, decision);
        }
    }

    /**
     * Another hand's order may have been executed just before, and the stream told of it; or what an order of ours added
     * was proven, and no reading has counted it since (seed 34441). If one had counted it before, the next ones show that
     * nothing is held.
     */
    private @Nullable Quantity moreThanKnown(LivePosition position, Decision decision) {
        Quantity told = books.told().moreThan(position);
        BigDecimal uncounted = position.heard().uncounted();
        if (told != null || uncounted.signum() == 0) {
            return told;
        }
        position.heard().counted(decision.now().nanos());
        return new Quantity(uncounted);
    }

    /** Nothing is held any more. */
    void ended(LivePosition position, @Nullable Reason reason, Decision decision) {
        ended(position, reason, decision.now().exchange(), decision);
    }

    /** Once, though an order and a reading may both say so. Its trades are asked for before its stop is taken off. */
    private void ended(LivePosition position, @Nullable Reason reason, Instant closedAt, Decision decision) {
        if (position.isOpen()) {
            if (books.isNaked(position)) {
                // A gap that ends with its position was one all the same (law 4).
                Duration gap = decision.now().since(position.protection().nakedSinceNanos());
                decision.add(new Effect.MeasuredGap(position.symbol().name(), gap));
            }
            closedTrades.begin(position, reason, closedAt, decision);
            protecting.end(position, decision);
        }
    }

    /**
     * Its trades end it. What they show to be held since then, by orders that were to add to it, is the next position.
     * Its end is dated by its last trade, which the exchange may date later than our clock (seed 94659).
     */
    void succeeded(LivePosition position, RoundTrip end, @Nullable Succession next, Decision decision) {
        if (next == null || next.held().signum() <= 0) {
            ended(position, null, end.closedAt(), decision);
            return;
        }
        closedTrades.begin(position, null, decision);
        begin(next.begin(), decision);
        // What rests of the ended one may be all that protects the next until its own does.
        protecting.end(position, decision);
    }

    /**
     * A reading shows what is held. Levels stay ours (INC-I01). It says whether the stop is still reached before the
     * liquidation, whether an order by quantity still fits, and that what the exchange ended is to be placed again.
     */
    void shown(LivePosition position, Held held, long askedNanos, Decision decision) {
        position.heard().shown();
        position.heard().counted(askedNanos);
        Instant asked = decision.now().exchange().minus(decision.now().since(askedNanos));
        // Lists may lag for seconds: one that is much later confirms a position that one list alone showed (X-F7).
        if (!asked.isBefore(
                position.birth().openedAt().plus(books.rules().reading().absence()))) {
            position.heard().confirmed();
        }
        unreachable.judge(position, held, decision);
        protecting.resized(position, decision);
        protecting.held(position, askedNanos, decision);
    }

    /** True if a position that shows is one that was taken for ended: more had been added than anybody heard (seed 15701). */
    boolean goesOn(Held held, Decision decision) {
        LivePosition ending = books.heldAfterAll(held.symbol(), held.direction());
        if (ending == null) {
            return false;
        }
        resume(
                ending,
                new PositionEvent.Shown(),
                held.quantity(),
                held.entryPrice().times(held.quantity()),
                decision);
        return true;
    }

    /**
     * What was taken for over is held, while its stop was perhaps taken off: it counts as naked from here on (law 4).
     */
    private void resume(
            LivePosition position, PositionEvent event, Quantity held, BigDecimal notional, Decision decision) {
        closedTrades.resume(position, event, held, notional, decision);
        protecting.begin(position, decision);
    }

    /**
     * A position that none of our orders opened. It is protected, or only shown, by {@code adoption.policy}; the rule
     * of the missing stop closes it only with {@code adoption.close_unprotected}. Its entry is the exchange's
     * (INC-L09).
     */
    void adopt(Held held, Instrument instrument, Decision decision) {
        // Its stop is the worse of the entry-based and the mark-based level, so that adopting does not close it at
        // once.
        Price anchor = held.direction().gains(held.entryPrice(), held.mark()) ? held.entryPrice() : held.mark();
        ExitDefaults defaults = books.rules().exits().of(held.symbol());
        ExitPlan fromEntry =
                ExitPlan.of(Levels.NONE, held.direction(), held.entryPrice(), held.mark(), instrument, defaults);
        ExitPlan fromAnchor = ExitPlan.of(Levels.NONE, held.direction(), anchor, held.mark(), instrument, defaults);
        // A target that the mark has passed already would close it at once as well: another is laid ahead of the mark.
        Price target = held.direction().gains(held.mark(), fromEntry.target()) ? fromEntry.target() : null;
        ExitPlan mixed = fromAnchor.withTarget(
                target == null
                        ? ExitPlan.of(Levels.NONE, held.direction(), held.mark(), held.mark(), instrument, defaults)
                                .target()
                        : target);
        ExitPlan plan = unreachable.reached(mixed, held, instrument);
        LivePosition position = found(held, plan, decision);
        // Left alone by policy it is critical: nobody protects it. In observe mode that is so for every position.
        boolean leftAlone = books.isLeftAlone(position) && !books.rules().observe();
        decision.alert(
                "adopted:" + position.epoch(),
                leftAlone ? Notice.Severity.CRITICAL : Notice.Severity.WARNING,
                "found a " + held.direction() + " position of " + held.quantity()
                        + (books.rules().observe()
                                ? "; observing it"
                                : leftAlone ? "; it is left alone: nobody here protects it" : "; protecting it"),
                held.symbol().name());
        begin(position, decision);
    }

    /** An entry is over that enlarged a position; true if it moves a level of it. */
    boolean joined(LiveOrder order, Decision decision) {
        LivePosition position = books.positions().at(books.place(order));
        return position != null
                && position.direction() == order.task().direction()
                && !isBornOf(position, order)
                && levelUpdates.follow(position, order.task().cause().levels(), decision);
    }

    /** Whether this order's intent opened the position, and did not enlarge it. */
    static boolean isBornOf(LivePosition position, LiveOrder order) {
        return Objects.equals(position.birth().intentId(), order.task().cause().intentId());
    }
}
