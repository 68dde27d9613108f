package quantum.trader.page;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.desk.TradingState;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.OutboxRow;

/** Serves the page and the interfaces from the moment it is started until it is closed. */
public final class PageServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PageServer.class);

    /** More wait until one ends: a file descriptor of each would be missing where orders are sent. */
    private static final int MOST_CONNECTIONS = 256;
    /** Once there are so many, those that say nothing for this long make room: health and flatten must get through. */
    private static final Duration IDLE_AT_THE_LIMIT = Duration.ofSeconds(2);

    private final PageOptions options;
    private final PageSource source;
    private final Controls controls;
    private final Events events;
    private final Javalin http;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread clock =
            Thread.ofPlatform().name("page-events").daemon().unstarted(this::run);

    private PageServer(PageOptions options, PageSource source, Controls controls) {
        this.options = options;
        this.source = source;
        this.controls = controls;
        this.events = new Events(source, options);
        Assets assets = new Assets();
        this.http = Javalin.create(config -> configure(config, assets));
    }

    /**
     * Serves from now on.
     *
     * @throws PageUnavailable if the address is not a loopback one or its port is taken
     */
    public static PageServer start(PageOptions options, PageSource source, Operator operator) {
        Visitors.requireLoopback(options.bind());
        OperatorToken token = OperatorToken.in(options.data());
        PageServer server = new PageServer(options, source, new Controls(source, operator, token, options));
        try {
            server.http.start(options.bind(), options.port());
        } catch (JavalinBindException e) {
            server.close();
            throw new PageUnavailable(
                    "port " + options.port() + " on " + options.bind()
                            + " is in use; stop what listens there, or choose another http.port",
                    e);
        }
        server.clock.start();
        return server;
    }

    public int port() {
        return http.port();
    }

    /** A notice has reached its stream; the row names its entry there. From any thread; only queues. */
    public void published(OutboxRow row) {
        events.published(row);
    }

    @Override
    public void close() {
        closed.countDown();
        events.close();
        http.stop();
    }

    private void run() {
        try {
            while (!closed.await(Events.TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                tick();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without this a single failure would make the page stand still without a word. */
    private void tick() {
        try {
            events.tick();
        } catch (RuntimeException e) {
            log.warn("event=PAGE_EVENT_FAILED cause=\"{}\"", e.toString());
        }
    }

    private void configure(JavalinConfig config, Assets assets) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = 16_384;
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new Malformed());
            NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, server);
            limit.setEndPointIdleTimeout(IDLE_AT_THE_LIMIT.toMillis());
            server.addBean(limit);
        });
        config.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(new Malformed()));
        RoutesConfig routes = config.routes;
        routes.before(context -> {
            secure(context, assets.policy());
            Visitors.requireOurHost(context);
        });
        assets.serve(routes);
        routes.get("/health", this::health);
        routes.get("/health/live", this::live);
        routes.get("/health/ready", this::ready);
        routes.get("/metrics", this::metrics);
        routes.get("/api/v1/events", events::stream);
        new Interfaces(source, options).serve(routes);
        controls.serve(routes);
        problems(routes);
    }

    private static void problems(RoutesConfig routes) {
        routes.exception(
                Problem.Raised.class, (raised, context) -> raised.problem().answer(context));
        routes.exception(
                LedgerException.class,
                (e, context) ->
                        Problem.unreadableLedger(String.valueOf(e.getMessage())).answer(context));
        routes.exception(HttpResponseException.class, (e, context) -> {
            switch (e.getStatus()) {
                case 404 -> Problem.notFound("there is no " + context.path()).answer(context);
                case 405 -> methodNotAllowed(context);
                default ->
                    new Problem("Request refused", e.getStatus(), "REQUEST_REFUSED", String.valueOf(e.getMessage()))
                            .answer(context);
            }
        });
        routes.exception(RuntimeException.class, (e, context) -> {
            log.error("event=PAGE_REQUEST_FAILED path={}", context.path(), e);
            new Problem("Failed", 500, "INTERNAL", "the log of the service has the cause").answer(context);
        });
    }

    private static void methodNotAllowed(Context context) {
        boolean orders = context.path().startsWith(Controls.ROOT);
        String words = context.path() + (orders ? " is ordered with POST" : " is read with GET");
        new Problem("Method not allowed", 405, "METHOD_NOT_ALLOWED", words)
                .answer(context.header("Allow", orders ? "POST" : "GET"));
    }

    private static void secure(Context context, String policy) {
        context.header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }

    private void health(Context context) {
        Health health = Health.of(source.view(), source.liveness(), options);
        answer(context, health.isHealthy(), health);
    }

    private record Verdict(String status) {}

    private void live(Context context) {
        boolean live = source.liveness().isLive();
        answer(context, live, new Verdict(live ? "live" : "the loop stands still"));
    }

    private void ready(Context context) {
        Liveness liveness = source.liveness();
        TradingState state = TradingState.of(source.view());
        boolean ready = state.isWorking() && liveness.allOk();
        answer(context, ready, new Verdict(ready ? "ready" : "not ready: " + state));
    }

    private static void answer(Context context, boolean ok, Object body) {
        context.status(ok ? 200 : 503)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(Json.bytes(body));
    }

    private void metrics(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(source.metrics());
    }
}
