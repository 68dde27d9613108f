package quantum.trader;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.desk.DeskView;
import quantum.desk.Effect;
import quantum.desk.Event;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.loop.DeskLoop;
import quantum.trader.loop.Surroundings;
import quantum.trader.stream.IntentSource;
import quantum.trader.stream.KeyMirror;

/** Joins the parts that must hear of each other; created before them, connected once they exist. */
final class Wiring implements Surroundings {

    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<ExchangeUnusable> ended = new CompletableFuture<>();
    private final List<Consumer<OutboxRow>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Parts parts;
    private volatile @Nullable DeskView view;
    private volatile long lastMessageNanos = System.nanoTime();
    private volatile boolean redisUp = true;
    private volatile boolean ledgerBehind;
    private volatile boolean reading;

    private record Parts(DeskLoop loop, IntentSource source, KeyMirror mirror, Ledger ledger) {}

    void connect(DeskLoop loop, IntentSource source, KeyMirror mirror, Ledger ledger) {
        parts = new Parts(loop, source, mirror, ledger);
    }

    private Parts parts() {
        Parts connected = parts;
        if (connected == null) {
            throw new IllegalStateException("used before it was connected");
        }
        return connected;
    }

    void ledgerBehind(boolean behind) {
        ledgerBehind = behind;
        Parts connected = parts;
        if (connected != null) {
            connected.loop().tell(new Event.LedgerBehind(behind));
        }
    }

    void redis(String user, boolean up) {
        redisUp = up;
        if (up) {
            log.info("redis is back for {}", user);
        } else {
            log.warn("redis is lost for {}; protection and exits go on, publications wait", user);
        }
    }

    void messageRead() {
        lastMessageNanos = System.nanoTime();
    }

    void published(OutboxRow row, String entryId) {
        OutboxRow told = new OutboxRow(
                row.id(), row.eventId(), row.kind(), row.traceId(), row.at(), row.payload(), true, entryId);
        listeners.forEach(listener -> listener.accept(told));
    }

    void listen(Consumer<OutboxRow> listener) {
        listeners.add(listener);
    }

    void stopReading() {
        reading = false;
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
        Logs.write(line);
    }

    @Override
    public void observe(List<Effect> effects) {}

    @Override
    public void view(DeskView next) {
        view = next;
    }

    @Override
    public void admitIntents() {
        reading = true;
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

    CompletableFuture<ExchangeUnusable> ended() {
        return ended;
    }

    @Nullable
    DeskView view() {
        return view;
    }

    boolean isReading() {
        return reading;
    }

    boolean redisUp() {
        return redisUp;
    }

    boolean isLedgerBehind() {
        return ledgerBehind;
    }

    Duration sinceMessage() {
        return Duration.ofNanos(System.nanoTime() - lastMessageNanos);
    }
}
