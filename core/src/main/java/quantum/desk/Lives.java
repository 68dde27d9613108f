package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.LiveOrder;
import quantum.book.Succession;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.decision.Turn;
import quantum.desk.entry.Moving;
import quantum.desk.exit.Settling;
import quantum.desk.protect.Protecting;
import quantum.desk.protect.UnreachableStops;
import quantum.desk.protect.Watching;
import quantum.intent.Closed.Reason;
import quantum.intent.Levels;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.position.ExitDefaults;
import quantum.position.ExitPlan;
import quantum.position.PositionEvent;
import quantum.position.Settlement;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.VenueEvent.Held;

/** Begins, changes and ends the lives of positions, from real fills or from what the exchange shows. */
final class Lives {

    private final Books books;
    private final Protecting protecting;
    private final Moving moving;
    private final Settling settling;
    private final UnreachableStops unreachable;

    Lives(Books books, Protecting protecting, Moving moving, Settling settling) {
        this.unreachable = new UnreachableStops(books, protecting);
        this.books = books;
        this.protecting = protecting;
        this.moving = moving;
        this.settling = settling;
    }

    /** More of an entry was executed: a partial fill is a position (law 1). */
    void entered(
            LiveOrder order,
            OrderId orderId,
            @Nullable Fill before,
            BigDecimal by,
            BigDecimal notional,
            Instant at,
            Turn turn) {
        Quantity grown = new Quantity(by);
        Direction direction = order.task().direction();
        Life life = books.lives().at(books.place(order));
        Life ending = life == null ? books.unsettledOf(order, orderId) : null;
        if (ending != null && wasFoundBefore(ending, order)) {
            // It was found, and had ended, before its order was proven (seed 69348).
            life = ending;
        } else if (ending != null) {
            // The exchange executed the rest before what closed the first part: it never held nothing.
            resume(ending, new PositionEvent.Executed(), grown, notional, turn);
            life = ending;
        } else if (life == null) {
            begin(born(order, before, grown, notional, at, turn), turn);
            life = books.lives().at(books.place(order));
        } else if (life.direction() == direction && !isPerhapsCounted(life, order)) {
            life.enlarge(grown, notional, turn.now().nanos());
            protecting.resized(life, turn);
        } else {
            // It was found on the exchange before its order was proven, or the account turned meanwhile.
            if (life.direction() == direction && !life.isReadSince(order.decidedNanos())) {
                // Whether an earlier process counted it before it was proven is not written down.
                life.heard().perhapsCounted(by, turn.now().nanos());
            }
            turn.ask(new Call.ReadPositions());
        }
        if (life != null && life.direction() == direction) {
            if (wasFoundBefore(life, order)) {
                life.claimedBy(order.task().cause().intentId(), order.sentAt());
            }
            life.openedBy(orderId);
            life.heard().entry(orderId, by);
            turn.changed(life);
        }
    }

    /** What was found is what the order executed, whatever was closed of it before or since (seeds 10955, 79124). */
    private static boolean wasFoundBefore(Life life, LiveOrder order) {
        Settlement.Found found = life.birth().found();
        return found != null
                && Books.mayHaveMade(life, order)
                && found.quantity().value().compareTo(order.filledQuantity()) <= 0;
    }

    /** After its fill wait an order delays no reading of the positions, which may then have shown its execution first. */
    private static boolean isPerhapsCounted(Life life, LiveOrder order) {
        return order.pendingReported()
                && (life.isAdopted() || !isBornOf(life, order))
                && (order.isRestored() || life.isReadSince(order.decidedNanos()));
    }

    private Life born(
            LiveOrder order, @Nullable Fill before, Quantity grown, BigDecimal notional, Instant at, Turn turn) {
        Direction direction = order.task().direction();
        Price price = Fill.mean(notional, grown);
        // The rest of an order may be executed after the life of its first part was settled: that is another life.
        String epoch = before == null ? order.id().value() : order.id() + Life.REST + before.quantity();
        return new Life(
                new Life.Birth(
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
                turn.now().nanos());
    }

    private ExitPlan plan(LiveOrder order, Direction direction, Price entry) {
        Books.Mark mark = books.mark(order.task().symbol());
        return ExitPlan.of(
                order.task().cause().levels(),
                direction,
                entry,
                mark == null ? entry : mark.price(),
                books.instrumentOr(order.task().symbol(), entry),
                books.rules().exits().of(order.task().symbol()));
    }

    private void begin(Life life, Turn turn) {
        books.lives().put(life);
        turn.changed(life);
        turn.log(
                Marker.POSITION_ADDED,
                "symbol",
                life.symbol().name(),
                "side",
                life.direction().name(),
                "qty",
                life.quantity().toPlainString(),
                "entry",
                life.entryPrice().toString());
        turn.log(
                Marker.TRACKING,
                "symbol",
                life.symbol().name(),
                "side",
                life.direction().entry().name(),
                "Entry",
                life.entryPrice().toString(),
                "TP",
                life.plan().target().toString(),
                "SL",
                life.plan().stop().toString(),
                "Qty",
                life.quantity().toPlainString());
        protecting.begin(life, turn);
        Watching.awaitDeadline(life, turn);
    }

    /** Part of a position was closed by an order with a reason. */
    void reduced(Life life, OrderId orderId, Reason reason, BigDecimal by, Turn turn) {
        life.endedBy(orderId, reason);
        Quantity more = by.compareTo(life.quantity()) >= 0 ? moreThanKnown(life, turn) : null;
        if (more != null) {
            // What is left keeps its stop.
            life.enlarge(more, life.entryPrice().times(more), turn.now().nanos());
        }
        boolean crossed = life.reduce(by, turn.now().nanos());
        if (reason == Reason.LADDER) {
            life.watch().paid(by);
        }
        turn.changed(life);
        if (crossed) {
            turn.alert(
                    "crossed:" + life.epoch(),
                    Notice.Severity.CRITICAL,
                    "more was closed than was known to be held; reading the positions",
                    life.symbol().name());
            turn.ask(new Call.ReadPositions());
        }
        if (life.quantity().signum() == 0) {
            ended(life, reason, turn);
        } else {
            protecting.resized(life, turn);
        }
    }

    /**
     * Another hand's order may have been executed just before, and the stream told of it; or what an order of ours added
     * was proven, and no reading has counted it since (seed 34441). If one had counted it before, the next ones show that
     * nothing is held.
     */
    private @Nullable Quantity moreThanKnown(Life life, Turn turn) {
        Quantity told = books.told().moreThan(life);
        BigDecimal uncounted = life.heard().uncounted();
        if (told != null || uncounted.signum() == 0) {
            return told;
        }
        life.heard().counted(turn.now().nanos());
        return new Quantity(uncounted);
    }

    /** Nothing is held any more. */
    void ended(Life life, @Nullable Reason reason, Turn turn) {
        ended(life, reason, turn.now().exchange(), turn);
    }

    private void ended(Life life, @Nullable Reason reason, Instant closedAt, Turn turn) {
        if (life.isOpen()) {
            if (books.isNaked(life)) {
                // A gap that ends with its position was one all the same (law 4).
                Duration gap = turn.now().since(life.protection().nakedSinceNanos());
                turn.add(new Effect.MeasuredGap(life.symbol().name(), gap));
            }
            settling.begin(life, reason, closedAt, turn);
            protecting.end(life, turn);
        }
    }

    /** Its trades end it. What they show to be held since then, by orders that were to add to it, is the next life. */
    void succeeded(Life life, Settlement end, @Nullable Succession next, Turn turn) {
        if (next == null || next.held().signum() <= 0) {
            ended(life, null, end.closedAt(), turn);
            return;
        }
        settling.begin(life, null, turn);
        begin(next.begin(), turn);
        // What rests of the ended one may be all that protects the next until its own does.
        protecting.end(life, turn);
    }

    /** A reading shows what is held. */
    void shown(Life life, Held held, long askedNanos, Turn turn) {
        life.heard().shown();
        life.heard().counted(askedNanos);
        Instant asked = turn.now().exchange().minus(turn.now().since(askedNanos));
        if (!asked.isBefore(life.birth().openedAt().plus(books.rules().reading().absence()))) {
            life.heard().confirmed();
        }
        unreachable.judge(life, held, turn);
        protecting.resized(life, turn);
        protecting.held(life, askedNanos, turn);
    }

    /** True if a position that shows is one that was taken for ended: more had been added than anybody heard (seed 15701). */
    boolean goesOn(Held held, Turn turn) {
        Life ending = books.heldAfterAll(held.symbol(), held.direction());
        if (ending == null) {
            return false;
        }
        resume(
                ending,
                new PositionEvent.Shown(),
                held.quantity(),
                held.entryPrice().times(held.quantity()),
                turn);
        return true;
    }

    private void resume(Life life, PositionEvent event, Quantity held, BigDecimal notional, Turn turn) {
        settling.resume(life, event, held, notional, turn);
        protecting.resume(life, turn);
    }

    /** A position that we did not open: protected, shown, never closed by the rule of the missing stop. */
    void adopt(Held held, Instrument instrument, Turn turn) {
        // Its stop is the worse of the entry-based and the mark-based level, so that adopting does not close it at
        // once.
        Price anchor = held.direction().gains(held.entryPrice(), held.mark()) ? held.entryPrice() : held.mark();
        ExitDefaults defaults = books.rules().exits().of(held.symbol());
        ExitPlan fromEntry =
                ExitPlan.of(Levels.NONE, held.direction(), held.entryPrice(), held.mark(), instrument, defaults);
        ExitPlan fromAnchor = ExitPlan.of(Levels.NONE, held.direction(), anchor, held.mark(), instrument, defaults);
        Price target = held.direction().gains(held.mark(), fromEntry.target()) ? fromEntry.target() : null;
        ExitPlan mixed = fromAnchor.withTarget(
                target == null
                        ? ExitPlan.of(Levels.NONE, held.direction(), held.mark(), held.mark(), instrument, defaults)
                                .target()
                        : target);
        ExitPlan plan = unreachable.reached(mixed, held, instrument);
        Life life = new Life(
                new Life.Birth(
                        "found-" + held.symbol() + "-" + held.direction() + "-"
                                + turn.now().exchange().toEpochMilli(),
                        held.symbol(),
                        held.direction(),
                        held.leverage(),
                        null,
                        turn.now().exchange(),
                        new Settlement.Found(held.quantity(), held.entryPrice())),
                held.quantity(),
                held.entryPrice(),
                plan,
                turn.now().nanos());
        boolean leftAlone = books.isLeftAlone(life) && !books.rules().observe();
        turn.alert(
                "adopted:" + life.epoch(),
                leftAlone ? Notice.Severity.CRITICAL : Notice.Severity.WARNING,
                "found a " + held.direction() + " position of " + held.quantity()
                        + (books.rules().observe()
                                ? "; observing it"
                                : leftAlone ? "; it is left alone: nobody here protects it" : "; protecting it"),
                held.symbol().name());
        begin(life, turn);
    }

    /** An entry is over that enlarged a position; true if it moves a level of it. */
    boolean joined(LiveOrder order, Turn turn) {
        Life life = books.lives().at(books.place(order));
        return life != null
                && life.direction() == order.task().direction()
                && !isBornOf(life, order)
                && moving.follow(life, order.task().cause().levels(), turn);
    }

    static boolean isBornOf(Life life, LiveOrder order) {
        return Objects.equals(life.birth().intentId(), order.task().cause().intentId());
    }
}
