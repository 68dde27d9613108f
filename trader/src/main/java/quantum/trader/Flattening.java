package quantum.trader;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.guard.OperatorState;
import quantum.market.Symbol;
import quantum.record.GuardRows;
import quantum.record.Snapshot;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.LedgerException;
import quantum.trader.loop.DeskLoop;
import quantum.trader.loop.LoopOutputs;
import quantum.trader.page.HeldSymbols;
import quantum.trader.stream.NoticeCodec;
import quantum.trader.venue.Access;
import quantum.trader.venue.Venue;
import quantum.venue.Load;

/**
 * Flattens without a service: desk, exchange and ledger, under the ledger's lock, and neither Redis nor page nor
 * intents. What is told waits in the ledger until the next service publishes it; so does the halt, or the latch
 * of the symbol.
 */
public final class Flattening implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Flattening.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    /** After the proof what rests for nothing is read and taken off: so long at least, and so long at most. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(5);

    private final Resources resources = new Resources();
    private final Alone alone;
    private final DeskLoop<?, ?> loop;
    private final @Nullable Symbol symbol;
    private boolean ordered;

    /** How far it has come; before the exchange is met nobody knows what is held. */
    public record Progress(boolean met, int positions, List<String> unclear, int ordersInFlight) {
        public String words() {
            String cannot = unclear.isEmpty() ? "" : "; cannot close " + String.join("; ", unclear);
            return met
                    ? positions + " positions held, " + ordersInFlight + " orders in flight" + cannot
                    : "meeting the exchange";
        }
    }

    /** Indicates that the symbol is not held; nothing was ordered. The message says what is. */
    public static final class NotHeld extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotHeld(String words) {
            super(words, null, false, false);
        }
    }

    /**
     * Begins to meet the exchange and orders it: everything, and a symbol that the ledger knows as held, at once; another
     * one when the exchange has told whether it is held.
     *
     * @param symbol null for everything
     * @throws LedgerException.Owned if another process has the ledger
     */
    public static Flattening begin(Setup setup, @Nullable Symbol symbol) {
        return new Flattening(setup, symbol);
    }

    private Flattening(Setup setup, @Nullable Symbol symbol) {
        this.symbol = symbol;
        alone = new Alone(setup.venue());
        boolean complete = false;
        try {
            Ledger ledger =
                    resources.add(Ledger.openUnproven(setup.data(), new NoticeCodec(setup.mode()), this::behind));
            Accounts.take(setup, resources);
            resources.add(ledger.processStarts());
            Access exchange = resources.add(Market.open(setup)).access();
            AccountDesk<?, ?> account =
                    resources.add(new AccountDesk<>(setup.rules(), exchange.exchange(), ledger, alone, (_, _) -> {}));
            loop = account.loop();
            alone.told = true;
            Snapshot remembered = ledger.load();
            account.start(remembered);
            if (symbol == null || isHeld(remembered, symbol)) {
                order();
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private static boolean isHeld(Snapshot remembered, Symbol symbol) {
        return remembered.positions().stream().anyMatch(row -> row.symbol().equals(symbol.name()));
    }

    private void order() {
        loop.tell(new Event.Commanded(new Event.Command.Flatten(symbol)));
        ordered = true;
    }

    private void behind(boolean behind) {
        if (alone.told) {
            loop.tell(new Event.LedgerBehind(behind));
        }
    }

    /**
     * Waits for the exchange's proof that nothing is held, and a moment for what rests for nothing.
     *
     * @return false if there is none in this time
     * @throws ExchangeUnusable if the exchange cannot be used
     * @throws NotHeld if the symbol is not held
     */
    public boolean await(Duration time, Consumer<Progress> progress) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        Long flatSince = null;
        Progress before = null;
        while (System.nanoTime() - until < 0) {
            ExchangeUnusable unusable = alone.unusable.getNow(null);
            if (unusable != null) {
                throw unusable;
            }
            DeskView view = alone.view;
            if (view != null && !ordered) {
                orderIfHeld(view);
            }
            Progress now = progress(view);
            if (!now.equals(before)) {
                progress.accept(now);
                before = now;
            }
            if (view != null && isFlat(view)) {
                flatSince = flatSince == null ? Long.valueOf(System.nanoTime()) : flatSince;
                long swept = System.nanoTime() - flatSince;
                if (swept >= LONGEST_SWEEP.toNanos() || (swept >= SWEEP.toNanos() && isSwept())) {
                    return true;
                }
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return false;
    }

    private void orderIfHeld(DeskView view) {
        if (!view.status().ready() || view.status().ages().exchangeSync() == null || symbol == null) {
            return;
        }
        HeldSymbols.refusal(view, symbol).ifPresent(words -> {
            throw new NotHeld(words);
        });
        order();
    }

    private Progress progress(@Nullable DeskView view) {
        if (view == null || !view.status().ready()) {
            return new Progress(false, 0, List.of(), 0);
        }
        return new Progress(
                true,
                (int) view.positions().stream().filter(p -> isMeant(p.symbol())).count()
                        + (int) view.unclear().stream()
                                .filter(row -> isMeant(row.symbol()))
                                .count(),
                view.unclear().stream()
                        .filter(row -> isMeant(row.symbol()))
                        .map(row -> row.words() + " (" + row.why() + ")")
                        .toList(),
                (int) view.ordersInFlight().stream()
                        .filter(o -> isMeant(o.symbol()))
                        .count());
    }

    private boolean isMeant(String name) {
        return symbol == null || symbol.name().equals(name);
    }

    private boolean isFlat(DeskView view) {
        OperatorState standing = GuardRows.guards(view.guards()).standing();
        boolean ordered = symbol == null
                ? standing.state() == OperatorState.State.HALTED
                : standing.flattened().containsKey(symbol);
        return ordered && (symbol == null ? !standing.isFlattening() : !standing.isFlattening(symbol));
    }

    /** Nothing of an ended position is left to be taken off or to be told. */
    private boolean isSwept() throws InterruptedException {
        try {
            return loop.ask(Desk::isSettled).get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }

    @Override
    public void close() {
        resources.close();
    }

    /** Nobody else is there: no stream, no keys, no page. */
    private static final class Alone implements LoopOutputs {

        private final CompletableFuture<ExchangeUnusable> unusable = new CompletableFuture<>();
        private final Venue venue;
        private volatile boolean told;
        private volatile @Nullable DeskView view;

        private Alone(Venue venue) {
            this.venue = venue;
        }

        @Override
        public void acknowledge(String messageId) {}

        @Override
        public void credit() {}

        @Override
        public void mirror(Effect.Mirror mirror) {}

        @Override
        public void log(Effect.Log line) {
            Logs.write(line, venue);
        }

        @Override
        public void observe(List<Effect> effects) {}

        @Override
        public void view(DeskView next, Load load) {
            view = next;
        }

        @Override
        public void admitIntents() {}

        @Override
        public void giveUp(Effect.GiveUp why) {
            unusable.complete(new ExchangeUnusable(why.cause(), why.nextStep()));
        }

        @Override
        public void failed(RuntimeException cause) {
            log.error("INTERNAL_ERROR a turn of the desk failed; it goes on", cause);
        }
    }
}
