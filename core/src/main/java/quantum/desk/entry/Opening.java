package quantum.desk.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.desk.report.Reporting;
import quantum.guard.GuardName;
import quantum.guard.Limits;
import quantum.guard.Margin;
import quantum.guard.Verdict;
import quantum.intent.Intent;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderEvent;
import quantum.order.Purpose;
import quantum.record.Notice;
import quantum.venue.Call;

/**
 * Turns an open into an order, or into a refusal with a reason. First come the questions whether it makes sense at
 * all, then those whether it is allowed now: the reason that a producer reads is the first thing that it can mend.
 */
public final class Opening {

    /**
     * How long scripts see the lock of a symbol and side. What really locks is the order in flight, which ends by
     * proof and not by a clock (M11).
     */
    private static final Duration LOCK = Duration.ofSeconds(30);
    /** The window of the overall rate, as the mirrored key shows it. */
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final Books books;
    private final PreTradeChecks checks;
    private final Reporting reporting;

    public Opening(Books books, Reporting reporting) {
        this.books = books;
        this.checks = new PreTradeChecks(books);
        this.reporting = reporting;
    }

    /** Where nothing is held. It may have waited until then, so that its age counts again. */
    void open(Intent.Open open, LiveIntent intent, Decision decision) {
        if (checks.age(open, decision.now()) instanceof Verdict.Refused(Refusal why, String detail)) {
            reporting.reject(intent, why, detail, decision);
            return;
        }
        if (isFree(open, intent, decision)) {
            proceed(checks.sense(open, decision.now()), open, intent, decision);
        }
    }

    /** Adds to a position; its stop and target close what is held, and so follow by themselves (binance-usdm 4.6). */
    void enlarge(LivePosition held, Intent.Open open, LiveIntent intent, Decision decision) {
        // What is added beside a close would be held when that is done, though somebody wanted less.
        if (!books.closesOf(held).isEmpty()) {
            reporting.reject(intent, Refusal.CLOSE_IN_FLIGHT, "the position is being closed", decision);
        } else if (isFree(open, intent, decision)) {
            proceed(checks.sense(open, held, decision.now()), open, intent, decision);
        }
    }

    /**
     * False, and refused, while the exchange is read again after a stall (reliability F4), or while another open in
     * the place has no proven end: two plans of one read batch once doubled a position (INC-I63).
     */
    private boolean isFree(Intent.Open open, LiveIntent intent, Decision decision) {
        if (books.readiness().isRereading()) {
            reporting.reject(intent, Refusal.STALLED, "the exchange is being read again", decision);
            return false;
        }
        LiveOrder other = books.openInFlight(books.positions().place(open.symbol(), open.direction()));
        if (other == null) {
            return true;
        }
        decision.log(
                Marker.LOCK_SKIP,
                "symbol",
                open.symbol().name(),
                "side",
                open.side().name());
        reporting.reject(intent, Refusal.SYMBOL_LOCKED, "order " + other.id() + " is in flight", decision);
        return false;
    }

    private void proceed(Sense sense, Intent.Open open, LiveIntent intent, Decision decision) {
        switch (sense) {
            case Sense.Unsound(Refusal why, String detail) -> reporting.reject(intent, why, detail, decision);
            case Sense.Sound sound -> admit(open, sound, intent, decision);
        }
    }

    /**
     * Asks margin and guards. The margin is checked also where a guard refuses anyway, because failures count while
     * opens cool down (docs/decisions/0004).
     */
    private void admit(Intent.Open open, Sense.Sound sound, LiveIntent intent, Decision decision) {
        reserveRestored();
        BigDecimal required = checks.marginFor(sound);
        String asset = sound.instrument().contract().marginAsset();
        BigDecimal free = books.margin().free(asset);
        decision.log(
                Marker.MARGIN_CHECK,
                "symbol",
                open.symbol().name(),
                "available",
                free == null ? "unknown" : free.setScale(2, RoundingMode.DOWN).toPlainString(),
                "required",
                required.setScale(2, RoundingMode.UP).toPlainString(),
                "asset",
                asset);
        Verdict margin = books.margin().admit(asset, required);
        // Judged before the failure is counted: the first failure is reported as one of margin, the next as a
        // cooldown.
        Verdict verdict = checks.allowed(open, sound, margin, decision.now());
        // MARGIN_UNKNOWN is no failure: an account that was not read yet says nothing of its money.
        if (margin instanceof Verdict.Refused(Refusal why, String detail) && why == Refusal.MARGIN_INSUFFICIENT) {
            decision.log(
                    Marker.INSUFFICIENT_MARGIN,
                    "symbol",
                    open.symbol().name(),
                    "side",
                    open.side().name(),
                    "detail",
                    detail);
            MarginFailure.count(books, open.symbol(), decision);
        }
        switch (verdict) {
            case Verdict.Refused(Refusal why, String detail) -> refused(open, why, detail, intent, decision);
            case Verdict.Pass _ when books.rules().observe() -> observed(open, sound, intent, decision);
            case Verdict.Pass _ -> submit(open, sound, required, intent, decision);
        }
    }

    /**
     * Opens of an earlier life of the process, still in flight: their margin is not free either. After a restart
     * nothing is reserved, and two opens would spend the same margin (INV-15).
     */
    private void reserveRestored() {
        for (LiveOrder order : books.unfinished()) {
            Markets.Mark mark = books.markets().mark(order.task().symbol());
            Instrument instrument = books.markets().instrument(order.task().symbol());
            boolean missing =
                    order.task().purpose() == Purpose.OPEN && !books.margin().isReserved(order.id());
            // Without a mark its worth is not known; the next open looks again.
            if (missing && mark != null && instrument != null) {
                BigDecimal needed = Margin.required(
                        mark.price().times(order.task().quantity()),
                        order.task().leverage(),
                        books.rules().limits().margin().bufferFactor());
                books.setMargin(books.margin()
                        .reserved(order.id(), instrument.contract().marginAsset(), needed));
            }
        }
    }

    /**
     * What a refusal means beside its report: a breach of the overall rate cools down every open, and a circle
     * latches its symbol.
     */
    private void refused(Intent.Open open, Refusal why, String detail, LiveIntent intent, Decision decision) {
        if (why == Refusal.RATE_SYMBOL) {
            decision.log(Marker.RATE_LIMIT_SKIP, "symbol", open.symbol().name(), "detail", detail);
        } else if (why == Refusal.RATE_GLOBAL) {
            // Whoever breaches the rate goes on sending: nothing opens for a while, not only the one too many (seed
            // 003).
            decision.log(Marker.GLOBAL_RATE_LIMIT, "symbol", open.symbol().name(), "detail", detail);
            Limits.Rates rates = books.rules().limits().rates();
            books.setGuards(books.guards().rateBreached(decision.now().exchange(), rates));
            decision.changed(books);
            MarginFailure.mirrorUntil(
                    Effect.MirrorKey.COOLDOWN_GLOBAL, "", books.guards().globalCooldown(), decision);
        } else if (why == Refusal.SYMBOL_LATCHED) {
            latch(open.symbol(), detail, decision);
        }
        reporting.reject(intent, why, detail, decision);
    }

    /**
     * Alerted once: what it refuses from now on repeats nothing. A producer in a circle made 150 trades and 7 turns
     * in 11 minutes (INC-I43), so only a person ends it (C11).
     */
    private void latch(Symbol symbol, String detail, Decision decision) {
        if (books.guards().standing().latched().contains(symbol)) {
            return;
        }
        books.setGuards(books.guards().latched(symbol));
        decision.changed(books);
        decision.alert(
                "breaker:" + symbol,
                Notice.Severity.CRITICAL,
                detail + "; the symbol opens no more until safety clear "
                        + new GuardName(GuardName.Kind.BREAKER, symbol),
                symbol.name());
    }

    /** It counts for the rates as if it had been sent, so that what follows is decided as it would be. */
    private void observed(Intent.Open open, Sense.Sound sound, LiveIntent intent, Decision decision) {
        Limits.Rates rates = books.rules().limits().rates();
        books.setGuards(books.guards()
                .opened(open.symbol(), open.direction(), decision.now().exchange(), rates));
        decision.changed(books);
        String words = "would " + open.side() + " " + sound.quantity() + " " + open.symbol() + " at mark "
                + sound.mark() + " with leverage " + sound.leverage();
        reporting.reject(intent, Refusal.OBSERVED, words, decision);
    }

    /**
     * The one place where an entry is decided. Intent, order and guards are durable before the call leaves (INV-03),
     * and its id is made of the intent: the same in every life of the process (law 2).
     */
    private void submit(
            Intent.Open open, Sense.Sound sound, BigDecimal required, LiveIntent intent, Decision decision) {
        ClientOrderId id = ClientOrderId.open(intent.id());
        LiveOrder order = new LiveOrder(
                new LiveOrder.Task(
                        id,
                        open.symbol(),
                        open.side(),
                        Purpose.OPEN,
                        sound.quantity(),
                        sound.leverage(),
                        new LiveOrder.Cause(intent.id(), enlarged(open), null, open.levels(), reference(open, sound))),
                decision.now());
        // As sent from its record on: after a crash it is asked about and never sent again (INV-01).
        order.learn(new OrderEvent.Sent());
        books.add(order);
        // Kept back until a reading that was asked for after its fill, so that no two opens spend the same margin.
        books.setMargin(
                books.margin().reserved(id, sound.instrument().contract().marginAsset(), required));
        Limits.Rates rates = books.rules().limits().rates();
        // Counted with the decision: opens of one batch see each other, before any of them is answered (INC-I56).
        books.setGuards(books.guards()
                .opened(open.symbol(), open.direction(), decision.now().exchange(), rates));
        intent.carriedBy(id);
        intent.reached(Stage.JUDGED, decision.now());
        decision.changed(intent);
        decision.changed(order);
        decision.changed(books);
        decision.log(
                Marker.ORDER_SUBMIT,
                "symbol",
                open.symbol().name(),
                "side",
                open.side().name(),
                "qty",
                sound.quantity().toString(),
                "type",
                "MARKET",
                "leverage",
                Integer.toString(sound.leverage()),
                "clientOrderId",
                id.value());
        // It waits for the records above. One that waited over 2 s for them does not leave: its price is gone.
        decision.ask(new Call.Open(id, open.symbol(), open.side(), sound.quantity(), sound.leverage()));
        mirror(open.symbol(), open, rates, decision);
    }

    /**
     * The epoch of the position that it adds to, null for a new one. Recorded with the order: after a restart nothing
     * else says whether its fill belongs to a position that has ended meanwhile.
     */
    private @Nullable String enlarged(Intent.Open open) {
        LivePosition position = books.positions().at(books.positions().place(open.symbol(), open.direction()));
        return position == null || position.direction() != open.direction() ? null : position.epoch();
    }

    /**
     * What the reported slippage is counted from: the price that the producer expected, else the mark of the
     * decision.
     */
    private static Price reference(Intent.Open open, Sense.Sound sound) {
        Price expected = open.terms().expectedPrice();
        return expected == null ? sound.mark() : expected;
    }

    /**
     * Keys for scripts, with the lifetimes of docs/streams.md. Nothing here reads them: a key that somebody forges or
     * deletes permits and stops nothing (INC-I61).
     */
    private void mirror(Symbol symbol, Intent.Open open, Limits.Rates rates, Decision decision) {
        decision.mirror(Effect.MirrorKey.LOCK, symbol.name() + ":" + open.side().name(), "1", LOCK);
        decision.mirror(Effect.MirrorKey.RATE_SYMBOL, symbol.name(), "1", rates.symbolInterval());
        decision.mirror(
                Effect.MirrorKey.RATE_GLOBAL,
                "",
                Integer.toString(books.guards().openedAt().size()),
                MINUTE);
    }
}
