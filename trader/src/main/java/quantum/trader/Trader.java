package quantum.trader;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.OwnFiles;
import quantum.trader.loop.DeskLoop;
import quantum.trader.metrics.Build;
import quantum.trader.metrics.Metrics;
import quantum.trader.page.PageOptions;
import quantum.trader.page.PageServer;
import quantum.trader.redis.EmbeddedRedis;
import quantum.trader.redis.RedisAddress;
import quantum.trader.redis.RedisCheck;
import quantum.trader.redis.RedisUnavailable;
import quantum.trader.stream.AccountLease;
import quantum.trader.stream.IntentSource;
import quantum.trader.stream.KeyMirror;
import quantum.trader.stream.NoticeCodec;
import quantum.trader.stream.Publisher;
import quantum.trader.stream.StreamNames;
import quantum.trader.venue.Access;

/** One running service, wired in one place: what is opened here is closed in the reverse order. */
public final class Trader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Trader.class);
    private static final int CREDIT = 64;
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration START_UP = Duration.ofSeconds(30);

    private final Resources resources = new Resources();
    private final Ledger ledger;
    private final RedisAddress redis;
    private final Access exchange;
    private final DeskLoop<?, ?> loop;
    private final Wiring wiring;
    private final PageServer page;

    /** Starts everything; intents are read once the positions are protected. What fails is closed again. */
    public static Trader start(Setup setup) {
        return new Trader(setup);
    }

    private Trader(Setup setup) {
        boolean complete = false;
        try {
            String venue = setup.venue().word();
            Metrics metrics =
                    resources.add(new Metrics(new Build(Program.version(), Program.build(), setup.mode(), venue)));
            wiring = new Wiring(
                    metrics, setup.venue(), setup.mode(), setup.store().silence());
            ledger = own(setup, wiring);
            exchange = resources.add(Market.open(setup)).access();
            wiring.exchangeIs(setup.exchange(), exchange.rest());
            redis = redis(setup);
            StreamNames names = new StreamNames(setup.store().prefix());
            AccountLease lease = resources.add(new AccountLease(redis, names, ledger.ownerId(), wiring));
            lease.start();
            Published published = new Published(ledger, wiring);
            Publisher publisher =
                    resources.add(new Publisher(redis, names, setup.store().maxLength(), published, published));
            KeyMirror mirror = resources.add(new KeyMirror(redis, names, wiring.handSetKeys(names)));
            AccountDesk<?, ?> account = resources.add(
                    new AccountDesk<>(setup.rules(), exchange.exchange(), ledger, wiring, metrics::requestTook));
            loop = account.loop();
            IntentSource source = resources.add(
                    new IntentSource(redis, names, setup.store().consumer(), new Intake(ledger, loop, wiring, lease)));
            Health health = wiring.connect(loop, source, publisher, mirror);
            PageAnswers answers = new PageAnswers(loop, ledger, health, metrics, wiring);
            page = resources.add(PageServer.start(
                    new PageOptions(
                            setup.page().bind(),
                            setup.page().port(),
                            setup.mode(),
                            venue,
                            setup.venue().samples().getFirst(),
                            Program.build(),
                            setup.data()),
                    answers,
                    answers));
            wiring.listen(page::published);
            publisher.start();
            mirror.start();
            ledger.publishTo(publisher::publish);
            source.credit(CREDIT);
            account.start(ledger.load());
            complete = true;
        } finally {
            if (!complete) {
                resources.close();
            }
        }
    }

    /** Directory, ledger and account are this process's before anything is asked of the exchange. */
    private Ledger own(Setup setup, Wiring wiring) {
        Ledger own = resources.add(Ledger.open(setup.data(), new NoticeCodec(setup.mode()), wiring.ledgerListener()));
        requirePrivate(setup);
        Accounts.take(setup, resources);
        resources.add(own.processStarts());
        return own;
    }

    /** Ledger, token and passwords lie there: with real money nobody else may enter. */
    private static void requirePrivate(Setup setup) {
        try {
            if (OwnFiles.closeDirectory(setup.data()) && setup.mode().equals("live")) {
                throw new LedgerException(
                        "others may enter the data directory " + setup.data() + ": chmod 700 it, or name another",
                        null);
            }
        } catch (IOException e) {
            throw new LedgerException("the data directory " + setup.data() + " cannot be judged", e);
        }
    }

    private RedisAddress redis(Setup setup) {
        Setup.Store store = setup.store();
        String url = store.url();
        if (url == null) {
            EmbeddedRedis embedded =
                    resources.add(EmbeddedRedis.start(setup.data(), store.embeddedPort(), store.password()));
            embedded.keepAlive();
            return embedded.address();
        }
        RedisAddress address = RedisAddress.of(url);
        try {
            RedisCheck.Findings found = RedisCheck.run(address);
            if (setup.mode().equals("live")) {
                found.requireLossless();
            }
            found.losses().forEach(loss -> log.warn("redis: {}", loss));
            found.warnings().forEach(warning -> log.warn("redis: {}", warning));
        } catch (RedisUnavailable.Away e) {
            if (ledger.load().positions().isEmpty() && ledger.load().orders().isEmpty()) {
                throw e;
            }
            // Law 5: what is held is watched and closed without Redis; intents and publications wait for it.
            log.error("{}; positions are protected without it, intents and publications wait", e.getMessage());
        }
        return address;
    }

    /** Completes when intents are read; fails with the cause if the exchange cannot be used. */
    public CompletableFuture<Void> ready() {
        return wiring.ready();
    }

    /** Completes with the cause if the service cannot go on. */
    public CompletableFuture<RuntimeException> ended() {
        return wiring.ended();
    }

    /** Tells in the log where the service can be seen. */
    public void announce(String mode) {
        log.info(
                "SERVICE_STARTED version={} build={} mode={} endpoint={} redis={} page={}",
                Program.version(),
                Program.build(),
                mode,
                exchange.rest(),
                redis,
                "http://127.0.0.1:" + pagePort());
    }

    /**
     * Waits until intents are read.
     *
     * @throws ExchangeUnusable if the exchange cannot be used, or is not ready in time
     */
    public void awaitReady() throws InterruptedException {
        try {
            ready().get(START_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ExchangeUnusable unusable) {
                throw unusable;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException _) {
            throw new ExchangeUnusable(
                    "the exchange did not become ready within " + START_UP.toSeconds() + " s",
                    "Check the network and the addresses under endpoints.");
        }
    }

    public RedisAddress redis() {
        return redis;
    }

    /** Where its orders go. */
    public Access exchange() {
        return exchange;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The page's port. */
    public int pagePort() {
        return page.port();
    }

    /** Tells every notice once it is in its stream, on the publisher's thread. */
    public void listen(java.util.function.Consumer<quantum.trader.ledger.OutboxRow> listener) {
        wiring.listen(listener);
    }

    /** The latest picture of the desk; null before the first. */
    public @Nullable DeskView view() {
        return wiring.view();
    }

    /** Orders the desk something, as an operator. */
    public void command(Event.Command command) {
        loop.tell(new Event.Commanded(command));
    }

    /** Stops opens, settles what is in flight for at most 10 s and leaves the stops on the exchange. */
    @Override
    public void close() {
        DeskView seen = view();
        log.info(
                "STOPPING positions={} orders_in_flight={}",
                seen == null ? 0 : seen.positions().size(),
                seen == null ? 0 : seen.ordersInFlight().size());
        command(new Event.Command.Stop());
        long until = System.nanoTime() + SETTLE.toNanos();
        while (hasOrdersInFlight() && System.nanoTime() < until) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(50).toNanos());
        }
        DeskView last = view();
        resources.close();
        List<DeskView.PositionView> held = last == null ? List.of() : last.positions();
        log.info(
                "STOPPED positions={} stops_resting={}",
                held.size(),
                held.stream()
                        .filter(position -> position.unprotectedFor().isZero())
                        .count());
    }

    private boolean hasOrdersInFlight() {
        try {
            return loop.ask(Desk::hasOrdersInFlight).get(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }
}
