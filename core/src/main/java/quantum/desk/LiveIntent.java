package quantum.desk;

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
import quantum.venue.Moment;

/** One intent from its arrival to its ending, with the times of its stages. */
final class LiveIntent implements Turn.Kept {

    private final String intentId;
    private final String traceId;
    private final String digest;
    private final Symbol symbol;
    private final Intent.Action action;
    private final String messageId;
    private final Instant receivedAt;
    private final long receivedNanos;
    private final List<String> ignored;
    /** By their words, so that those of another version stay as they are. */
    private final Map<String, Long> stages = new LinkedHashMap<>();

    private boolean exit;
    private @Nullable ClientOrderId clientOrderId;
    private @Nullable String terminalState;
    private @Nullable String reason;
    private @Nullable String detail;

    LiveIntent(quantum.intent.Origin origin, Symbol symbol, Intent.Action action, String messageId, Turn turn) {
        this.intentId = origin.intentId();
        this.traceId = origin.traceId();
        this.digest = origin.digest();
        this.symbol = symbol;
        this.action = action;
        this.messageId = messageId;
        this.receivedAt = turn.now().exchange();
        this.receivedNanos = turn.now().nanos();
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

    static LiveIntent restored(Entry.IntentRow row, Moment now) {
        return new LiveIntent(row, now);
    }

    String id() {
        return intentId;
    }

    String messageId() {
        return messageId;
    }

    String traceId() {
        return traceId;
    }

    String digest() {
        return digest;
    }

    Symbol symbol() {
        return symbol;
    }

    /** Of the position that its action opens; null where it says only CLOSE. */
    @Nullable
    Direction direction() {
        return switch (action) {
            case BUY -> Direction.LONG;
            case SELL -> Direction.SHORT;
            case CLOSE -> null;
        };
    }

    /** It is to close what is held, whichever word it used. */
    void closes() {
        exit = true;
    }

    boolean isExit() {
        return exit || action == Intent.Action.CLOSE;
    }

    boolean isEnded() {
        return terminalState != null;
    }

    void carriedBy(ClientOrderId id) {
        clientOrderId = id;
    }

    @Nullable
    ClientOrderId clientOrderId() {
        return clientOrderId;
    }

    boolean hasReached(Stage stage) {
        return stages.containsKey(stage.word());
    }

    /** The first time a stage is reached counts. */
    void reached(Stage stage, Turn turn) {
        stages.putIfAbsent(stage.word(), Math.max(0, turn.now().nanos() - receivedNanos) / 1000);
    }

    void ended(String state, @Nullable String why, @Nullable String words) {
        terminalState = state;
        reason = why;
        detail = words;
    }

    Report.Subject subject(Turn turn) {
        return new Report.Subject(intentId, traceId, symbol, action, turn.now().exchange(), ignored);
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
