package quantum.trader;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.desk.DeskView;
import quantum.guard.GuardName;
import quantum.record.GuardRows;
import quantum.record.Notice;
import quantum.trader.ledger.AccountOwned;
import quantum.trader.ledger.BehindListener;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.loop.DeskLoop;
import quantum.trader.loop.LoopOutputs;
import quantum.trader.metrics.Metrics;
import quantum.trader.page.Liveness;
import quantum.trader.stream.AccountLease;
import quantum.trader.stream.HandSetKeys;
import quantum.trader.stream.IntentSource;
import quantum.trader.stream.KeyMirror;
import quantum.trader.stream.Publisher;
import quantum.trader.stream.StreamNames;
import quantum.trader.venue.Venue;
import quantum.venue.Load;

/** Where what the parts of a service say goes to; created before them, connected once they exist. */
final class Wiring implements LoopOutputs, AccountLease.Listener {

    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<RuntimeException> ended = new CompletableFuture<>();
    private final List<Consumer<OutboxRow>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Parts parts;
    private volatile @Nullable DeskView view;
    private final RedisNews redis = new RedisNews(() -> parts != null, this::noticed);
    private final HeldOpens heldOpens = new HeldOpens(this::tell, System::nanoTime);
    private final LedgerHealth ledgerHealth = new LedgerHealth(this::tell);
    private final Producers producers;
    private final Metrics metrics;
    private final Venue venue;
    private final LogPlaces places;

    /** {@code silence} is how long no message may come, zero for ever. */
    Wiring(Metrics metrics, Venue venue, String mode, Duration silence) {
        this.producers = new Producers(silence, this::tell);
        this.metrics = metrics;
        this.venue = venue;
        places = new LogPlaces(mode);
    }

    /** Where orders go and prices come from, for the log lines about them. */
    void exchangeIs(Setup.Exchange exchange, String rest) {
        places.exchangeIs(exchange, rest);
    }

    private record Parts(
            DeskLoop<?, ?> loop, IntentSource source, Publisher publisher, KeyMirror mirror, Health health) {}

    /** From here on what was said finds its way; returned is how the whole does. */
    Health connect(DeskLoop<?, ?> loop, IntentSource source, Publisher publisher, KeyMirror mirror) {
        Health health = new Health(loop, source, producers, ledgerHealth, redis, ready, this::view);
        parts = new Parts(loop, source, publisher, mirror, health);
        health.liveness().checks().keySet().forEach(name -> metrics.check(name, () -> isOk(health, name)));
        return health;
    }

    private static boolean isOk(Health health, String check) {
        Liveness.Check now = health.liveness().checks().get(check);
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

    /** Tells the desk what a person should look at. */
    void noticed(String key, Notice.Severity severity, String text) {
        tell(new Event.Noticed(key, severity, text));
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
        heldOpens.blocked(stream, cause);
    }

    /** Whether another service may own the account: what is held is protected on, and nothing opens. */
    @Override
    public void certain(boolean certain) {
        heldOpens.certain(certain);
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
        OutboxRow published = new OutboxRow(
                row.id(), row.eventId(), row.kind(), row.traceId(), row.at(), row.payload(), true, entryId);
        listeners.forEach(listener -> listener.accept(published));
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
        Logs.write(places.placed(line), venue);
    }

    @Override
    public void observe(List<Effect> effects) {
        metrics.observe(effects);
    }

    @Override
    public void view(DeskView next, Load load) {
        view = next;
        metrics.view(next);
        producers.look();
        metrics.weightUsed(load.used(), load.limit());
        Parts connected = parts;
        if (connected != null) {
            heldOpens.look();
            Long lag = connected.health().lag();
            metrics.streamLag(lag == null ? Double.NaN : lag);
        }
    }

    /** A picture that is newer than the loop's last. */
    void show(DeskView newer) {
        view = newer;
    }

    @Nullable
    DeskView view() {
        return view;
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
}
