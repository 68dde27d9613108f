package quantum.book;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.intent.Intent;
import quantum.intent.Report;
import quantum.intent.Stage;
import quantum.market.Direction;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.record.Entry;
import quantum.record.Kept;
import quantum.venue.Moment;

/**
 * One intent from its arrival to its ending, with the times of its stages. Every one ends in exactly one terminal
 * report (INV-04).
 */
public final class LiveIntent implements Kept {

    private final String intentId;
    private final String traceId;
    /** Of its content: the same identity with another one is refused and never carried out. */
    private final String digest;

    private final Symbol symbol;
    private final Intent.Action action;
    /** The bus's id of the message that it came with first. */
    private final String messageId;

    private final Instant receivedAt;
    /** Monotonic, so that no stage moves where the wall clock jumps (reliability F49). */
    private final long receivedNanos;
    /** Fields that are not read: the report names them. */
    private final List<String> ignored;
    /** By their words, so that those of another version stay as they are. */
    private final Map<String, Long> stages = new LinkedHashMap<>();

    /** By a flag beside BUY or SELL; the word CLOSE says it by itself. */
    private boolean exit;
    /** Null where no order carries it out, as where it only moves levels. */
    private @Nullable ClientOrderId clientOrderId;
    /** Null while it has no ending. */
    private @Nullable String terminalState;

    private @Nullable String reason;
    private @Nullable String detail;

    public LiveIntent(quantum.intent.Origin origin, Symbol symbol, Intent.Action action, String messageId, Moment now) {
        this.intentId = origin.intentId();
        this.traceId = origin.traceId();
        this.digest = origin.digest();
        this.symbol = symbol;
        this.action = action;
        this.messageId = messageId;
        this.receivedAt = now.exchange();
        this.receivedNanos = now.nanos();
        this.ignored = origin.ignored();
    }

    /** Its stages go on from where they were: time passed while no process lived. */
    private LiveIntent(Entry.IntentRow row, Moment now) {
        this.intentId = row.intentId();
        this.traceId = row.traceId();
        this.digest = row.digest();
        this.symbol = new Symbol(row.symbol());
        this.action = Intent.Action.valueOf(row.action());
        this.messageId = row.messageId();
        this.receivedAt = row.receivedAt();
        this.receivedNanos =
                now.nanos() - Duration.between(row.receivedAt(), now.exchange()).toNanos();
        this.ignored = row.ignored() == null ? List.of() : List.copyOf(row.ignored());
        this.stages.putAll(row.stages());
        this.clientOrderId = row.clientOrderId() == null ? null : new ClientOrderId(row.clientOrderId());
        this.terminalState = row.terminalState();
        this.reason = row.reason();
        this.detail = row.detail();
    }

    /** As the ledger knew it. The first message that bore it stays its own. */
    public static LiveIntent restored(Entry.IntentRow row, Moment now) {
        return new LiveIntent(row, now);
    }

    public String id() {
        return intentId;
    }

    public String messageId() {
        return messageId;
    }

    public String traceId() {
        return traceId;
    }

    public String digest() {
        return digest;
    }

    public Symbol symbol() {
        return symbol;
    }

    /** Of the position that its action opens; null where it says only CLOSE. */
    @Nullable
    public Direction direction() {
        return switch (action) {
            case BUY -> Direction.LONG;
            case SELL -> Direction.SHORT;
            case CLOSE -> null;
        };
    }

    /** It is to close what is held, whichever word it used. Whatever refuses it is alarmed while something is held. */
    public void closes() {
        exit = true;
    }

    public boolean isExit() {
        return exit || action == Intent.Action.CLOSE;
    }

    public boolean isEnded() {
        return terminalState != null;
    }

    /** The one order of an intent (INV-01); its id is the same in every life of the process. */
    public void carriedBy(ClientOrderId id) {
        clientOrderId = id;
    }

    @Nullable
    public ClientOrderId clientOrderId() {
        return clientOrderId;
    }

    public boolean hasReached(Stage stage) {
        return stages.containsKey(stage.word());
    }

    /** The first time a stage is reached counts. Counted in microseconds since it was received, also over a restart. */
    public void reached(Stage stage, Moment now) {
        stages.putIfAbsent(stage.word(), Math.max(0, now.nanos() - receivedNanos) / 1000);
    }

    /** Set with its terminal report, in one decision. The reason is null where it was carried out. */
    public void ended(String state, @Nullable String why, @Nullable String words) {
        terminalState = state;
        reason = why;
        detail = words;
    }

    /** What each of its reports begins with, dated by the exchange's time. */
    public Report.Subject subject(Moment now) {
        return new Report.Subject(intentId, traceId, symbol, action, now.exchange(), ignored);
    }

    @Override
    public String rowName() {
        return "intent " + id();
    }

    @Override
    public Entry.IntentRow toRow() {
        return new Entry.IntentRow(
                intentId,
                traceId,
                digest,
                symbol.name(),
                action.name(),
                clientOrderId == null ? null : clientOrderId.value(),
                terminalState,
                reason,
                detail,
                messageId,
                receivedAt,
                new LinkedHashMap<>(stages),
                ignored.isEmpty() ? null : ignored);
    }
}
