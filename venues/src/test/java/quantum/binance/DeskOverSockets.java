package quantum.binance;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceRequest.Http;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.intent.Report;
import quantum.intent.reading.IntentReader;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;

/** A desk above a session on sockets, with the trader's order of things and without its ledger. */
final class DeskOverSockets implements AutoCloseable {

    /** How many requests a close found before it in its own turn: none, or it was not the first to leave. */
    record Left(Call.Close close, List<String> requests) {}

    /** An answer of the exchange by whichever door, and what it says of the limits. */
    record Answered(int status, Usage usage) {}

    private final Desk desk;
    private final BinanceSession session;
    private final BinanceConnection connection;
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<Effect> effects = new CopyOnWriteArrayList<>();
    private final AtomicLong messages = new AtomicLong();
    final List<Answered> answers = new CopyOnWriteArrayList<>();
    final List<Left> closes = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile @Nullable DeskView view;

    DeskOverSockets(BinanceSettings settings, Rules rules) {
        desk = new Desk(rules);
        session = new BinanceSession(settings);
        connection = new BinanceConnection(settings, this::take, this::wake);
        queue.add(() -> {
            handle(new Event.Restored(Snapshot.EMPTY));
            carry(session.start(now()));
        });
        thread = Thread.ofPlatform().name("desk").start(this::run);
    }

    void open(String id, String symbol, String usd) {
        intent(Map.of("intent_id", id, "symbol", symbol, "action", "BUY", "position_size_usd", usd));
    }

    void close(String id, String symbol) {
        intent(Map.of("intent_id", id, "symbol", symbol, "action", "CLOSE"));
    }

    private void intent(Map<String, String> fields) {
        queue.add(() -> {
            Map<String, String> all = new HashMap<>(fields);
            all.put("timestamp", now().exchange().toString());
            handle(new Event.IntentArrived(
                    messages.incrementAndGet() + "-0", all, IntentReader.read(all, null), null, 1));
        });
    }

    void command(Event.Command command) {
        queue.add(() -> handle(new Event.Commanded(command)));
    }

    /** A call that the desk knows nothing of. */
    void call(Call call) {
        queue.add(() -> ask(call));
    }

    private void take(BinanceInput input) {
        switch (input) {
            case BinanceInput.Replied replied -> answers.add(new Answered(replied.status(), replied.usage()));
            case BinanceInput.FrameReceived frame
            when frame.stream() == StreamName.ORDERS -> {
                Json json = Json.parse(frame.text());
                answers.add(new Answered((int) json.integer("status"), Usage.of(json)));
            }
            default -> {}
        }
        queue.add(() -> carry(session.input(input, now())));
    }

    private void wake(long atNanos, BinanceInput input) {
        later(atNanos, () -> carry(session.input(input, now())));
    }

    private void later(long atNanos, Runnable turn) {
        ScheduledFuture<?> _ =
                timers.schedule(() -> queue.add(turn), atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private Moment now() {
        long nanos = System.nanoTime();
        Instant exchange = session.exchangeTime(nanos);
        return new Moment(nanos, exchange == null ? Instant.now() : exchange);
    }

    private void handle(Event event) {
        for (Effect effect : desk.on(event, now())) {
            effects.add(effect);
            switch (effect) {
                case Effect.Ask(Call call) -> ask(call);
                case Effect.Wake(var timer, long at) -> later(at, () -> handle(new Event.Woken(timer)));
                default -> {}
            }
        }
    }

    private void ask(Call call) {
        Output<BinanceRequest> output = session.call(call, now());
        if (call instanceof Call.Close close) {
            closes.add(new Left(
                    close,
                    output.requests().stream().flatMap(DeskOverSockets::text).toList()));
        }
        carry(output);
    }

    private static Stream<String> text(BinanceRequest request) {
        return switch (request) {
            case Http http -> Stream.of(http.query());
            case BinanceRequest.SendFrame frame -> Stream.of(frame.text());
            default -> Stream.of();
        };
    }

    private void carry(Output<BinanceRequest> output) {
        connection.perform(output.requests());
        for (VenueEvent said : output.events()) {
            handle(new Event.FromVenue(said));
        }
    }

    private void run() {
        try {
            while (true) {
                queue.take().run();
                view = desk.view(now());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the desk holds by its last turn. */
    @Nullable
    DeskView view() {
        return view;
    }

    boolean isAdmitting() {
        DeskView last = view;
        return last != null && last.status().admitting();
    }

    <N> List<N> notices(Function<Notice, Stream<N>> wanted) {
        return effects.stream()
                .flatMap(effect -> effect instanceof Effect.Publish(Notice notice) ? wanted.apply(notice) : Stream.of())
                .toList();
    }

    /** The reasons of refused intents and the statuses of the others, in the order of their reports. */
    List<String> outcomes() {
        return notices(notice -> notice instanceof Notice.Reported(Report report, var _)
                ? Stream.of(
                        report instanceof Report.Rejected refused
                                ? refused.why().name()
                                : report.status())
                : Stream.of());
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        timers.shutdownNow();
        connection.close();
    }
}
