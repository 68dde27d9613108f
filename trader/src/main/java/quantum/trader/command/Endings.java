package quantum.trader.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.LedgerView;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.settings.Settings;
import tools.jackson.databind.JsonNode;

/**
 * The ending of one's own message, from those who know it: the ledger, or where that is not on this machine the service
 * that answers for it. What lies in a stream anybody may have put there.
 */
final class Endings implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration ASK = Duration.ofSeconds(1);

    private final Settings settings;
    private final RunningTrader service;
    private final String intentId;
    private final String messageId;
    private @Nullable LedgerView ledger;
    private boolean received;
    private boolean answered;

    /** How a message ended: as the payload of its report, or of its dead letter. */
    record Ending(JsonNode payload, boolean dead) {
        boolean refused() {
            return dead || "rejected".equals(payload.path("status").asString());
        }
    }

    Endings(Settings settings, String intentId, String messageId) {
        this.settings = settings;
        this.service = new RunningTrader(settings);
        this.intentId = intentId;
        this.messageId = messageId;
    }

    Optional<Ending> await(Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        long askAt = System.nanoTime();
        do {
            Ending ending = recorded();
            if (ending == null && ledger == null && System.nanoTime() - askAt >= 0) {
                ending = told();
                askAt = System.nanoTime() + ASK.toNanos();
            }
            if (ending != null) {
                return Optional.of(ending);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        } while (System.nanoTime() - until < 0);
        return Optional.empty();
    }

    private @Nullable Ending recorded() {
        try {
            LedgerView view = ledger;
            if (view == null) {
                view = Stores.ledger(settings);
                ledger = view;
            }
            Optional<OutboxRow> report = view.notice(intentId + ":terminal");
            if (report.isPresent()) {
                return new Ending(Json.read(report.get().payload()), false);
            }
            received = received || view.intent(intentId).isPresent();
            return view.notice("dead:" + messageId)
                    .map(dead -> new Ending(Json.read(dead.payload()), true))
                    .orElse(null);
        } catch (LedgerException _) {
            close();
            return null;
        }
    }

    private @Nullable Ending told() throws InterruptedException {
        try {
            JsonNode story = service.get("/api/v1/intents/" + intentId);
            answered = true;
            received = received || story.has("intent");
            for (JsonNode chapter : story.path("story")) {
                if ((intentId + ":terminal").equals(chapter.path("key").asString())) {
                    return new Ending(chapter.path("body"), false);
                }
            }
        } catch (NotProven _) {
            // No service answers now; one may soon.
        }
        return null;
    }

    /** Whether the service has taken the intent in. */
    boolean received() {
        return received;
    }

    /** Whether anybody who knows endings could be asked. */
    boolean asked() {
        return answered || ledger != null;
    }

    @Override
    public void close() {
        LedgerView view = ledger;
        ledger = null;
        if (view != null) {
            view.close();
        }
    }
}
