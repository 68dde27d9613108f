package quantum.trader;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.binance.BinanceConnection;
import quantum.binance.BinanceSession;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.desk.Effect;
import quantum.desk.Event;
import quantum.desk.Marker;
import quantum.position.PositionMode;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.SimulatorOptions.PriceSource;
import quantum.simulator.server.SimulatorServer;
import quantum.trader.ledger.Ledger;
import quantum.trader.loop.DeskLoop;
import quantum.trader.metrics.Metrics;
import quantum.trader.page.PageOptions;
import quantum.trader.page.PageServer;
import quantum.trader.paper.LiveExchange;
import quantum.trader.paper.QuotesUnavailable;
import quantum.trader.stream.EmbeddedRedis;
import quantum.trader.stream.IntentSource;
import quantum.trader.stream.KeyMirror;
import quantum.trader.stream.NoticeCodec;
import quantum.trader.stream.Publisher;
import quantum.trader.stream.RedisAddress;
import quantum.trader.stream.RedisCheck;
import quantum.trader.stream.RedisUnavailable;
import quantum.trader.stream.StreamNames;

/** One running service, wired in one place: what is opened here is closed in the reverse order. */
public final class Trader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Trader.class);
    /** Where a service with an exchange inside says where that is, in its data directory. */
    public static final String EXCHANGE_ADDRESS = "exchange.url";

    private static final int CREDIT = 64;
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Ledger ledger;
    private final RedisAddress redis;
    private final BinanceSettings exchange;
    private final DeskLoop loop;
    private final Wiring wiring;
    private final PageServer page;

    /** Starts everything; intents are read once the positions are protected. What fails is closed again. */
    public static Trader start(Setup setup) {
        return new Trader(setup);
    }

    private Trader(Setup setup) {
        boolean complete = false;
        try {
            Metrics metrics = open(new Metrics(new Metrics.Build(Program.version(), setup.mode(), "binance")));
            wiring = new Wiring(metrics, setup.mode());
            ledger = open(Ledger.open(setup.data(), new NoticeCodec(setup.mode()), wiring::ledgerBehind));
            open(ledger.processStarts());
            BinanceSettings chosen = exchange(setup);
            exchange = setup.rules().observe() ? chosen.withOrderEntry(OrderEntry.NONE) : chosen;
            wiring.ordersGoTo(exchange.endpoints().rest());
            redis = redis(setup);
            StreamNames names = new StreamNames(setup.store().prefix());
            Publisher publisher = open(new Publisher(
                    redis,
                    names,
                    setup.store().maxLength(),
                    new Published(ledger, wiring),
                    up -> wiring.redis("publisher", up)));
            KeyMirror mirror = open(new KeyMirror(redis, names));
            loop = new DeskLoop(new Desk(setup.rules()), new BinanceSession(exchange), ledger, wiring);
            RequestTimes times = new RequestTimes(metrics);
            BinanceConnection connection = open(new BinanceConnection(
                    exchange,
                    input -> {
                        times.received(input);
                        loop.received(input);
                    },
                    loop::wake));
            open(loop::stop);
            IntentSource source =
                    open(new IntentSource(redis, names, setup.store().consumer(), new Intake(ledger, loop, wiring)));
            wiring.connect(loop, source, publisher, mirror, ledger);
            page = open(PageServer.start(
                    new PageOptions(
                            setup.page().bind(), setup.page().port(), setup.mode(), "binance", Program.version()),
                    wiring));
            wiring.listen(page::published);
            publisher.start();
            mirror.start();
            ledger.publishTo(publisher::publish);
            source.credit(CREDIT);
            loop.start(ledger.load(), requests -> {
                times.sent(requests);
                connection.perform(requests);
            });
            complete = true;
        } finally {
            if (!complete) {
                closeAll();
            }
        }
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private BinanceSettings exchange(Setup setup) {
        return switch (setup.exchange()) {
            case Setup.Exchange.Outside(BinanceSettings settings) -> settings;
            case Setup.Exchange.Inside(Path prices, Path filters, int speed, long seed) ->
                inside(
                        setup,
                        simulator(
                                "exchange.json",
                                setup,
                                options -> options.withSeed(seed)
                                        .withSpeed(speed)
                                        .withPrices(prices)
                                        .withFilters(filters)));
            case Setup.Exchange.Paper(BinanceSettings.Endpoints live) -> inside(setup, paper(live, setup));
        };
    }

    private SimulatorServer simulator(String books, Setup setup, UnaryOperator<SimulatorOptions> chosen) {
        return open(SimulatorServer.start(chosen.apply(SimulatorOptions.defaults()
                .withPort(0)
                .withStartBalance(BigDecimal.valueOf(10_000))
                .withHedged(setup.rules().positions() == PositionMode.HEDGE)
                .withStateFile(setup.data().resolve(books)))));
    }

    private SimulatorServer paper(BinanceSettings.Endpoints endpoints, Setup setup) {
        try {
            LiveExchange live = open(new LiveExchange(endpoints));
            Path rules = live.rules(setup.data().resolve("paper-rules.json"));
            SimulatorServer server = simulator(
                    "paper.json", setup, options -> options.withFilters(rules).withPriceSource(PriceSource.OUTSIDE));
            live.follow(server::quote);
            return server;
        } catch (QuotesUnavailable e) {
            String cause = String.valueOf(e.getMessage());
            Logs.write(new Effect.Log(Marker.FATAL, Map.of("cause", cause, "next", e.nextStep())));
            throw new ExchangeUnusable(cause, e.nextStep());
        }
    }

    private static BinanceSettings inside(Setup setup, SimulatorServer server) {
        tellAddress(setup.data().resolve(EXCHANGE_ADDRESS), server.baseUrl());
        return BinanceSettings.simulator(server.baseUrl())
                .withPositions(setup.rules().positions());
    }

    /** Commands beside the service find the inside exchange by this file; it is on another port at each start. */
    private static void tellAddress(Path file, String url) {
        try {
            Files.writeString(file, url + "\n");
        } catch (IOException e) {
            log.warn("the address of the inside exchange could not be written to {}: {}", file, e.getMessage());
        }
    }

    private RedisAddress redis(Setup setup) {
        Setup.Store store = setup.store();
        String url = store.url();
        if (url == null) {
            EmbeddedRedis embedded = open(EmbeddedRedis.start(setup.data(), store.embeddedPort(), store.password()));
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
    public CompletableFuture<ExchangeUnusable> ended() {
        return wiring.ended();
    }

    public RedisAddress redis() {
        return redis;
    }

    public BinanceSettings exchange() {
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
        command(new Event.Command.Stop());
        long until = System.nanoTime() + SETTLE.toNanos();
        while (hasOrdersInFlight() && System.nanoTime() < until) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(50).toNanos());
        }
        closeAll();
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

    private void closeAll() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("closing {} failed: {}", part, e.getMessage());
            }
        }
    }
}
