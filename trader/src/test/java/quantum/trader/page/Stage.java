package quantum.trader.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.decision.Event;
import quantum.desk.DeskView;
import quantum.intent.Closed;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.record.Notice;
import quantum.record.Recorded;
import quantum.trader.ledger.Batch;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.LedgerView;
import quantum.trader.metrics.Build;
import quantum.trader.metrics.Metrics;
import quantum.trader.page.Liveness.Check;
import quantum.trader.stream.NoticeCodec;

/** A page server on a free port before a real ledger, and a client that asks it. */
final class Stage implements PageSource, Operator, AutoCloseable {

    final Scene scene;
    final Ledger ledger;
    final PageServer server;
    private final Metrics metrics = new Metrics(new Build("0.1.0", "0.1.0+test", "simulated", "binance"));
    private final HttpClient client = HttpClient.newHttpClient();
    volatile @Nullable DeskView view;
    final List<Event.Command> orders = new CopyOnWriteArrayList<>();
    volatile boolean answers = true;
    volatile boolean ledgerIsGone;
    volatile Liveness liveness = alive(Duration.ofMillis(20));

    Stage(Path directory, Instant at) {
        this(directory, at, "simulated");
    }

    Stage(Path directory, Instant at, String mode) {
        scene = new Scene(at);
        view = scene.calm();
        ledger = Ledger.open(directory, new NoticeCodec("simulated"), _ -> {});
        server = PageServer.start(
                new PageOptions("127.0.0.1", 0, mode, "binance", "BTCUSDT", "0.1.0", directory), this, this);
    }

    static Liveness alive(Duration loopAge) {
        return new Liveness(
                Check.aged(loopAge, Duration.ofSeconds(10)),
                Check.told(null),
                Check.aged(Duration.ofMillis(400), Duration.ofSeconds(5)),
                Check.aged(Duration.ofMillis(400), Duration.ofSeconds(5)),
                Check.aged(Duration.ofSeconds(9), Duration.ofSeconds(90)),
                Check.known(true),
                Check.known(true),
                3L);
    }

    @Override
    public @Nullable DeskView view() {
        return view;
    }

    /** Remembers what was ordered. */
    @Override
    public @Nullable Done order(Event.Command command) {
        DeskView now = view;
        if (now == null || !answers) {
            return null;
        }
        orders.add(command);
        return new Done(now, true);
    }

    /** The answer to an order, with this header if it is not empty. */
    HttpResponse<String> post(String path, String body, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The answer to an order of a caller that waits until then and no longer. */
    HttpResponse<String> postUntil(String path, String body, String authorization, String until)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", authorization)
                .header(Operator.UNTIL, until)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public LedgerView ledger() {
        return ledgerIsGone ? LedgerView.open(Path.of("no-such-directory")) : ledger.view();
    }

    @Override
    public Liveness liveness() {
        return liveness;
    }

    @Override
    public String metrics() {
        return metrics.scrape();
    }

    /** Makes effects durable, and tells the page of the notices among them as if they were published. */
    void record(Recorded... records) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        ledger.append(new Batch(List.of(records), scene.at, done::complete));
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The ledger of the scene: an intent with its order, refusals, a closed trade and alerts. */
    void furnish() {
        record(scene.filled(), scene.order());
        DeskView calm = scene.calm();
        calm.endings().forEach(row -> record(row));
        record(
                trade("AXSUSDT", Direction.LONG, "2.4190", "2.4795", "4.7610", Closed.Reason.TP, 1),
                trade("BTCUSDT", Direction.SHORT, "96900.0", "97120.5", "-4.21", Closed.Reason.SL, 2),
                alert(Notice.Severity.INFO, "the service started; self-test 5 of 5", null),
                alert(
                        Notice.Severity.WARNING,
                        "the answer to an order was lost (connection reset); asking the exchange until it is proven",
                        "NEARUSDT"));
    }

    Notice.TradeClosed trade(
            String symbol,
            Direction direction,
            String entry,
            String exit,
            String pnl,
            Closed.Reason reason,
            int number) {
        return new Notice.TradeClosed(
                new Closed(
                        new Symbol(symbol),
                        direction,
                        new Price(Scene.decimal(entry)),
                        new Price(Scene.decimal(exit)),
                        new Quantity(Scene.decimal("0.02")),
                        new Closed.Result(Scene.decimal(pnl), Scene.decimal("0.50"), Scene.decimal("0.0000001"), null),
                        reason,
                        scene.at.minusSeconds(300),
                        scene.at.minusSeconds(100),
                        "i-" + number,
                        List.of("1", "2")),
                "epoch-" + number);
    }

    Notice.Alert alert(Notice.Severity severity, String text, @Nullable String symbol) {
        return new Notice.Alert("k" + text.hashCode(), severity, text, symbol, scene.at.minusSeconds(30));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        ledger.close();
        metrics.close();
        client.close();
    }
}
