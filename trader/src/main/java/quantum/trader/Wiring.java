package quantum.trader;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.desk.DeskView;
import quantum.guard.GuardName;
import quantum.intent.Refusal;
import quantum.record.GuardRows;
import quantum.record.Notice;
import quantum.trader.ledger.AccountOwned;
import quantum.trader.ledger.Batch;
import quantum.trader.ledger.BehindListener;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.LedgerView;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.loop.DeskLoop;
import quantum.trader.loop.LoopOutputs;
import quantum.trader.metrics.Metrics;
import quantum.trader.page.Liveness;
import quantum.trader.page.Operator;
import quantum.trader.page.PageSource;
import quantum.trader.stream.AccountLease;
import quantum.trader.stream.HandSetKeys;
import quantum.trader.stream.IntentSource;
import quantum.trader.stream.KeyMirror;
import quantum.trader.stream.Publisher;
import quantum.trader.stream.StreamNames;
import quantum.venue.Load;

/** Joins the parts that must hear of each other; created before them, connected once they exist. */
final class Wiring implements LoopOutputs, PageSource, Operator, AccountLease.Listener {

    private static final Logger log = LoggerFactory.getLogger(Wiring.class);
    private static final Duration LOOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration READER_LIMIT = Duration.ofSeconds(10);
    private static final Duration CONTACT_LIMIT = Duration.ofSeconds(5);
    private static final Duration PRICE_LIMIT = Duration.ofSeconds(10);
    private static final Duration ORDER_WAIT = Duration.ofSeconds(5);
    private static final Duration RECORD_WAIT = Duration.ofSeconds(2);
    /** So long reports may wait for their stream before opens wait with them. */
    private static final Duration REPORT_PATIENCE = Duration.ofSeconds(3);

    private static final Duration SYNC_LIMIT = Duration.ofSeconds(150);

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<RuntimeException> ended = new CompletableFuture<>();
    private final List<Consumer<OutboxRow>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Parts parts;
    private volatile @Nullable DeskView view;
    private final RedisNews redis = new RedisNews(this::hasBegun, this::noticed);
    private final Map<String, Long> blockedSince = new ConcurrentHashMap<>();
    private final Map<Refusal, String> held = new ConcurrentHashMap<>();
    private final Map<Refusal, String> heldTold = new ConcurrentHashMap<>();
    private final Producers producers;
    private final Metrics metrics;
    private final LogPlaces places;
    private final LedgerHealth ledgerHealth = new LedgerHealth(this::tell);

    /** {@code silence} is how long no message may come, zero for ever. */
    Wiring(Metrics metrics, String mode, Duration silence) {
        this.producers = new Producers(silence, this::tell);
        this.metrics = metrics;
        places = new LogPlaces(mode);
    }

    /** Where orders go and prices come from, for the log lines about them. */
    void exchangeIs(Setup.Exchange exchange, String rest) {
        places.exchangeIs(exchange, rest);
    }

    private record Parts(
            DeskLoop<?, ?> loop, IntentSource source, Publisher publisher, KeyMirror mirror, Ledger ledger) {}

    void connect(DeskLoop<?, ?> loop, IntentSource source, Publisher publisher, KeyMirror mirror, Ledger ledger) {
        parts = new Parts(loop, source, publisher, mirror, ledger);
        liveness().checks().keySet().forEach(name -> metrics.check(name, () -> isOk(name)));
    }

    private boolean isOk(String check) {
        Liveness.Check now = liveness().checks().get(check);
        return now != null && now.ok();
    }

    private Parts parts() {
        Parts connected = parts;
        if (connected == null) {
            throw new IllegalStateException("used before it was connected");
        }
        return connected;
    }

    BehindListener ledgerListener() {
        return ledgerHealth;
    }

    /** To the desk, once there is one. */
    private void tell(Event event) {
        Parts connected = parts;
        if (connected != null) {
            connected.loop().tell(event);
        }
    }

    /** One user of Redis lost it or has it back. */
    void redis(String user, boolean up) {
        Parts connected = parts;
        if (up && connected != null) {
            connected.publisher().doubt();
        }
        redis.heard(user, up);
    }

    /** Why one user of Redis cannot use it now. */
    void redisFails(String user, String cause) {
        redis.because(user, cause);
    }

    /** A stream alone takes nothing: a report that nobody can read is held against opens after a while. */
    void blocked(String stream, String cause) {
        if (cause.isEmpty()) {
            blockedSince.remove(stream);
            noticed(
                    "stream-free:" + stream,
                    Notice.Severity.INFO,
                    stream + " takes notices again; what it missed follows");
        } else {
            blockedSince.put(stream, System.nanoTime());
            noticed(
                    "stream-blocked:" + stream,
                    Notice.Severity.CRITICAL,
                    "the key " + stream + " takes no notices: " + cause + "; they wait, opens too if they are reports."
                            + " Put it right: redis-cli DEL or RENAME it");
        }
    }

    private boolean hasBegun() {
        return parts != null;
    }

    /** Tells the desk what a person should look at. */
    void noticed(String key, Notice.Severity severity, String text) {
        tell(new Event.Noticed(key, severity, text));
    }

    /** Something that opens wait for began or, without words, ended; a desk that has not begun hears of it then. */
    private void hold(Refusal why, String words) {
        held.put(why, words);
        Parts connected = parts;
        if (connected != null && view != null) {
            tellHeld(connected.loop());
        }
    }

    private synchronized void tellHeld(DeskLoop<?, ?> loop) {
        held.forEach((why, words) -> {
            if (!words.equals(heldTold.put(why, words))) {
                loop.tell(new Event.OpensHeld(why, words));
            }
        });
    }

    /** Looked at with each picture of the desk: what is late is late although nothing happens. */
    private void judgeReports() {
        String late = blockedSince.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("trade.execution.res")
                        || entry.getKey().endsWith("trade.closed"))
                .filter(entry -> System.nanoTime() - entry.getValue() > REPORT_PATIENCE.toNanos())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        hold(Refusal.REPORTS_BLOCKED, late.isEmpty() ? "" : "the key " + late + " takes no reports");
    }

    /** Whether another service may own the account: what is held is protected on, and nothing opens. */
    @Override
    public void certain(boolean certain) {
        hold(
                Refusal.ACCOUNT_UNCERTAIN,
                certain ? "" : "the lease of the account in Redis is not held; another service may own it");
    }

    /** It is another service's: this one ends, and leaves its stops to it. */
    @Override
    public void lost(String owner) {
        AccountOwned cause = new AccountOwned(owner);
        ready.completeExceptionally(cause);
        ended.complete(cause);
    }

    /** So many messages were lost before they could be read. */
    void trimmed(long count) {
        metrics.trimmed(count);
    }

    void taken(long count) {
        metrics.taken(count);
    }

    HandSetKeys handSetKeys(StreamNames names) {
        return new HandSetKeys(names, this::isActive, this::keyWithoutEffect);
    }

    /** Whether the guard that a mirrored key shows is active; before anything is known of it, it is taken to be. */
    private boolean isActive(Effect.MirrorKey key) {
        DeskView known = view;
        return known == null
                || GuardRows.guards(known.guards())
                        .active(known.at())
                        .containsKey(new GuardName(GuardName.Kind.valueOf(key.name()), null));
    }

    /** Somebody set the key of a guard by hand. */
    private void keyWithoutEffect(String key, String words) {
        noticed("key-without-effect:" + key, Notice.Severity.WARNING, words);
    }

    void messageRead() {
        producers.heard();
    }

    void published(OutboxRow row, String entryId) {
        OutboxRow told = new OutboxRow(
                row.id(), row.eventId(), row.kind(), row.traceId(), row.at(), row.payload(), true, entryId);
        listeners.forEach(listener -> listener.accept(told));
    }

    void listen(Consumer<OutboxRow> listener) {
        listeners.add(listener);
    }

    @Override
    public void acknowledge(String messageId) {
        parts().source().ack(messageId);
    }

    @Override
    public void credit() {
        parts().source().credit(1);
    }

    @Override
    public void mirror(Effect.Mirror mirror) {
        parts().mirror().apply(mirror);
    }

    @Override
    public void log(Effect.Log line) {
        Logs.write(places.placed(line));
    }

    @Override
    public void observe(List<Effect> effects) {
        metrics.observe(effects);
    }

    @Override
    public void view(DeskView next, Load load) {
        view = next;
        judgeReports();
        metrics.view(next);
        producers.look();
        metrics.weightUsed(load.used(), load.limit());
        Parts connected = parts;
        if (connected != null) {
            tellHeld(connected.loop());
            Long lag = lag(connected);
            metrics.streamLag(lag == null ? Double.NaN : lag);
        }
    }

    @Override
    public void admitIntents() {
        parts().source().start();
        ready.complete(null);
    }

    @Override
    public void giveUp(Effect.GiveUp why) {
        ExchangeUnusable cause = new ExchangeUnusable(why.cause(), why.nextStep());
        ready.completeExceptionally(cause);
        ended.complete(cause);
    }

    @Override
    public void failed(RuntimeException cause) {
        log.error("INTERNAL_ERROR a turn of the desk failed; it goes on", cause);
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    CompletableFuture<RuntimeException> ended() {
        return ended;
    }

    @Override
    public @Nullable DeskView view() {
        return view;
    }

    @Override
    public @Nullable Done order(Event.Command command) {
        Parts connected = parts();
        try {
            DeskView after = connected.loop().order(command).get(ORDER_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            view = after;
            return new Done(after, isRecorded(connected.ledger(), after.at()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            log.warn("an operator's order was not answered: {}", e.toString());
            return null;
        }
    }

    /** What is appended last is durable after everything before it. */
    private static boolean isRecorded(Ledger ledger, Instant at) throws InterruptedException {
        CompletableFuture<Boolean> durable = new CompletableFuture<>();
        ledger.append(new Batch(List.of(), at, durable::complete));
        try {
            return durable.get(RECORD_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }

    @Override
    public LedgerView ledger() {
        return parts().ledger().view();
    }

    @Override
    public String metrics() {
        return metrics.scrape();
    }

    /** The ages are judged against limits several times the pace at which each part moves by itself. */
    @Override
    public Liveness liveness() {
        Parts connected = parts();
        DeskView seen = view;
        boolean reading = connected.source().sinceLastTurn().compareTo(READER_LIMIT) <= 0 || !ready.isDone();
        return new Liveness(
                Liveness.Check.aged(connected.loop().idleFor(), LOOP_LIMIT),
                producers.check(),
                Liveness.Check.aged(
                        age(seen, seen == null ? null : seen.status().ages().price()), PRICE_LIMIT),
                exchange(seen),
                Liveness.Check.aged(
                        age(seen, seen == null ? null : seen.status().ages().exchangeSync()), SYNC_LIMIT),
                Liveness.Check.known(ledgerHealth.isSound()),
                Liveness.Check.known(reading && redis.isUp()),
                lag(connected));
    }

    private static Liveness.Check exchange(@Nullable DeskView seen) {
        DeskView.Contact contact = seen == null ? null : seen.status().contact();
        return new Liveness.Check(
                contact != null && contact.heardAt() != null && !contact.lost(),
                age(seen, contact == null ? null : contact.heardAt()),
                CONTACT_LIMIT);
    }

    /** What was measured before Redis fell silent says nothing of now. */
    private @Nullable Long lag(Parts connected) {
        boolean measured = connected.source().sinceLastTurn().compareTo(READER_LIMIT) <= 0 && redis.isUp();
        return measured ? Math.max(0, connected.source().backlog().waiting()) : null;
    }

    private static @Nullable Duration age(@Nullable DeskView seen, @Nullable Instant then) {
        return seen == null || then == null ? null : Duration.between(then, seen.at());
    }
}
