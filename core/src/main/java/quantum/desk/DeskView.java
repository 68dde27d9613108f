package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.ExitCounts;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.intent.Closed.Reason;
import quantum.market.Price;
import quantum.position.ExitPlan;
import quantum.position.ExitRules;
import quantum.position.WatchRules;
import quantum.protection.ProtectiveOrder;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.venue.Call.Level;
import quantum.venue.VenueEvent.Unclear;

/**
 * What the desk knows at one moment, for people and their tools. An immutable copy. While the exchange is gone it is
 * what was seen last.
 */
public record DeskView(
        Instant at,
        Status status,
        List<PositionView> positions,
        List<Unclear> unclear,
        List<Entry.OrderRow> ordersInFlight,
        List<Entry.IntentRow> endings,
        List<Entry.IntentRow> refusals,
        Entry.GuardRow guards,
        Counts counts) {

    /**
     * Whether intents are taken, and how old what we know is. {@code admitting}: what is held is protected, and intents
     * are read. {@code degraded}: several positions are without a stop, or the exchange halts opens.
     * {@code freeMargin}: by asset, that of most of the account's money first; less than the exchange's figure by what
     * orders in flight will use.
     */
    public record Status(
            boolean ready,
            boolean admitting,
            boolean stopping,
            boolean ledgerBehind,
            boolean degraded,
            Map<String, BigDecimal> freeMargin,
            Ages ages,
            Contact contact) {}

    /** When the exchange was last heard, by its time; whether it is gone; which of its streams are down. */
    public record Contact(@Nullable Instant heardAt, boolean lost, Set<String> streamsDown) {}

    /** When the exchange's positions and any price were last seen, by exchange time. Null before the first. */
    public record Ages(
            @Nullable Instant exchangeSync, @Nullable Instant price) {}

    /**
     * Totals since start. {@code exits} leaves out those of other hands. {@code unprotected} is of now, and no total:
     * positions without a live stop, and rows that are not clear.
     */
    public record Counts(long exits, long targets, long stops, long trailings, int unprotected) {}

    /**
     * One position. {@code unprotectedFor} is zero while its stop is live; {@code unlisted} where the exchange's rules
     * do not list its symbol. {@code mark} and {@code unrealised} (before fees and funding) are null before the first
     * price, {@code trailing} until the position was far enough in profit. {@code found}: none of our orders opened it.
     */
    public record PositionView(
            String symbol,
            String direction,
            BigDecimal quantity,
            BigDecimal entryPrice,
            @Nullable BigDecimal mark,
            @Nullable Instant markAt,
            int leverage,
            LevelView stop,
            LevelView target,
            @Nullable BigDecimal trailing,
            WatchView watch,
            Duration unprotectedFor,
            @Nullable BigDecimal unrealised,
            Instant openedAt,
            boolean found,
            boolean unlisted,
            @Nullable String intentId) {}

    /**
     * What only the watch carries out: the price from which the stop covers the fees, until it does; when the position
     * has lasted long enough; the ladder.
     */
    public record WatchView(
            @Nullable BigDecimal breakEvenFrom, @Nullable Instant deadline, List<RungView> ladder) {}

    /** A rung of a ladder; the fraction is of the largest quantity that the position had. */
    public record RungView(BigDecimal price, BigDecimal fraction, boolean reached) {}

    /**
     * A protective level and where its resting order stands. {@code id} is the exchange's, null where it is not known.
     */
    public record LevelView(
            BigDecimal price, String state, @Nullable String id) {}

    /** Taken on the desk's thread: the books change with every decision. */
    static DeskView of(Books books, quantum.desk.Contact contact, quantum.venue.Moment now) {
        List<PositionView> positions =
                books.positions().all().stream().map(l -> view(l, books, now)).toList();
        List<Entry.OrderRow> inFlight =
                books.unfinished().stream().map(LiveOrder::toRow).toList();
        // What an unclear row shows may be a position, and nobody here protects it (I-F8).
        int unprotected = (int) books.positions().all().stream()
                        .filter(l -> books.isNaked(l))
                        .count()
                + books.unclear().rows().size();
        ExitCounts exits = books.exits();
        return new DeskView(
                now.exchange(),
                new Status(
                        books.readiness().isReady(),
                        books.readiness().isAdmitting(),
                        books.readiness().isStopping(),
                        books.readiness().isLedgerBehind(),
                        books.readiness().isDegraded() || books.halts().isHalted(now.exchange()),
                        books.margin().free(),
                        new Ages(
                                books.readiness().positionsReadAt(),
                                books.readiness().pricedAt()),
                        new Contact(contact.heardAt(), contact.isLost(), contact.down())),
                positions,
                books.unclear().rows(),
                inFlight,
                books.intents().endings(),
                books.intents().refusals(),
                GuardRows.of(books.guards()),
                new Counts(
                        exits.ours(),
                        exits.of(Reason.TP),
                        exits.of(Reason.SL),
                        exits.of(Reason.TRAILING),
                        unprotected));
    }

    private static PositionView view(LivePosition position, Books books, quantum.venue.Moment now) {
        Markets.Mark mark = books.markets().mark(position.symbol());
        Price price = mark == null ? null : mark.price();
        BigDecimal unrealised = price == null
                ? null
                : price.value()
                        .subtract(position.entryPrice().value())
                        .multiply(position.quantity())
                        .multiply(BigDecimal.valueOf(position.direction().sign()));
        return new PositionView(
                position.symbol().name(),
                position.direction().name(),
                position.quantity(),
                position.entryPrice().value(),
                price == null ? null : price.value(),
                mark == null ? null : now.exchange().minus(now.since(mark.atNanos())),
                position.birth().leverage(),
                view(position.orderAt(Level.STOP), position.plan().stop()),
                view(position.orderAt(Level.TARGET), position.plan().target()),
                ExitRules.trailing(
                                position.direction(),
                                position.entryPrice(),
                                position.plan(),
                                position.progress().extremes())
                        .map(Price::value)
                        .orElse(null),
                watch(position),
                books.isNaked(position) ? now.since(position.protection().nakedSinceNanos()) : Duration.ZERO,
                unrealised,
                position.birth().openedAt(),
                position.isAdopted(),
                !books.markets().isListed(position.symbol()),
                position.birth().intentId());
    }

    /** Break-even is shown until the stop itself covers the fees; from then on there is nothing to wait for. */
    private static WatchView watch(LivePosition position) {
        WatchRules rules = position.plan().watch();
        Price covered = ExitPlan.gained(position.entryPrice(), rules.breakEven().feesPct(), position.direction());
        boolean awaits = rules.breakEven().isOn()
                && position.direction().gains(position.plan().stop(), covered);
        List<RungView> ladder = new ArrayList<>();
        for (WatchRules.Step step : rules.ladder()) {
            ladder.add(new RungView(
                    step.at().value(),
                    step.fraction(),
                    ladder.size() < position.progress().rungs()));
        }
        return new WatchView(
                awaits
                        ? ExitPlan.gained(
                                        position.entryPrice(), rules.breakEven().fromPct(), position.direction())
                                .value()
                        : null,
                position.deadline(),
                ladder);
    }

    private static LevelView view(ProtectiveOrder order, Price price) {
        return new LevelView(price.value(), order.state().name(), order.conditionalId());
    }
}
