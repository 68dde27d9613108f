package quantum.trader;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.trader.loop.DeskLoop;
import quantum.trader.page.Liveness;
import quantum.trader.stream.IntentSource;

/** Whether each part of the service moves: ages against limits several times the pace at which it moves by itself. */
final class Health {

    private static final Duration LOOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration READER_LIMIT = Duration.ofSeconds(10);
    private static final Duration CONTACT_LIMIT = Duration.ofSeconds(5);
    private static final Duration PRICE_LIMIT = Duration.ofSeconds(10);
    private static final Duration SYNC_LIMIT = Duration.ofSeconds(150);

    private final DeskLoop<?, ?> loop;
    private final IntentSource source;
    private final Producers producers;
    private final LedgerHealth ledger;
    private final RedisNews redis;
    private final CompletableFuture<Void> ready;
    private final Supplier<@Nullable DeskView> view;

    Health(
            DeskLoop<?, ?> loop,
            IntentSource source,
            Producers producers,
            LedgerHealth ledger,
            RedisNews redis,
            CompletableFuture<Void> ready,
            Supplier<@Nullable DeskView> view) {
        this.loop = loop;
        this.source = source;
        this.producers = producers;
        this.ledger = ledger;
        this.redis = redis;
        this.ready = ready;
        this.view = view;
    }

    Liveness liveness() {
        DeskView seen = view.get();
        boolean reading = isReading() || !ready.isDone();
        return new Liveness(
                Liveness.Check.aged(loop.idleFor(), LOOP_LIMIT),
                producers.check(),
                Liveness.Check.aged(
                        age(seen, seen == null ? null : seen.status().ages().price()), PRICE_LIMIT),
                exchange(seen),
                Liveness.Check.aged(
                        age(seen, seen == null ? null : seen.status().ages().exchangeSync()), SYNC_LIMIT),
                Liveness.Check.known(ledger.isSound()),
                Liveness.Check.known(reading && redis.isUp()),
                lag());
    }

    /** How many messages wait in the stream; null while it is not measured: what was, before Redis fell silent, is old. */
    @Nullable
    Long lag() {
        return isReading() && redis.isUp() ? Math.max(0, source.backlog().waiting()) : null;
    }

    private boolean isReading() {
        return source.sinceLastTurn().compareTo(READER_LIMIT) <= 0;
    }

    private static Liveness.Check exchange(@Nullable DeskView seen) {
        DeskView.Contact contact = seen == null ? null : seen.status().contact();
        return new Liveness.Check(
                contact != null && contact.heardAt() != null && !contact.lost(),
                age(seen, contact == null ? null : contact.heardAt()),
                CONTACT_LIMIT);
    }

    private static @Nullable Duration age(@Nullable DeskView seen, @Nullable Instant then) {
        return seen == null || then == null ? null : Duration.between(then, seen.at());
    }
}
