package quantum.trader;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Event;
import quantum.desk.DeskView;
import quantum.trader.ledger.Batch;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.LedgerView;
import quantum.trader.loop.DeskLoop;
import quantum.trader.metrics.Metrics;
import quantum.trader.page.Liveness;
import quantum.trader.page.Operator;
import quantum.trader.page.PageSource;

/** What the page asks of the running service, and what a person orders there. */
final class PageAnswers implements PageSource, Operator {

    private static final Logger log = LoggerFactory.getLogger(PageAnswers.class);
    private static final Duration ORDER_WAIT = Duration.ofSeconds(5);
    private static final Duration RECORD_WAIT = Duration.ofSeconds(2);

    private final DeskLoop<?, ?> loop;
    private final Ledger ledger;
    private final Health health;
    private final Metrics metrics;
    private final Wiring wiring;

    PageAnswers(DeskLoop<?, ?> loop, Ledger ledger, Health health, Metrics metrics, Wiring wiring) {
        this.loop = loop;
        this.ledger = ledger;
        this.health = health;
        this.metrics = metrics;
        this.wiring = wiring;
    }

    @Override
    public @Nullable DeskView view() {
        return wiring.view();
    }

    @Override
    public LedgerView ledger() {
        return ledger.view();
    }

    @Override
    public Liveness liveness() {
        return health.liveness();
    }

    @Override
    public String metrics() {
        return metrics.scrape();
    }

    @Override
    public @Nullable Done order(Event.Command command) {
        try {
            DeskView after = loop.order(command).get(ORDER_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            wiring.show(after);
            return new Done(after, isRecorded(after.at()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            log.warn("an operator's order was not answered: {}", e.toString());
            return null;
        }
    }

    /** What is appended last is durable after everything before it. */
    private boolean isRecorded(Instant at) throws InterruptedException {
        CompletableFuture<Boolean> durable = new CompletableFuture<>();
        ledger.append(new Batch(List.of(), at, durable::complete));
        try {
            return durable.get(RECORD_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }
}
