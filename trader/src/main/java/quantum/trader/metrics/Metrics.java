package quantum.trader.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.desk.DeskView;
import quantum.desk.TradingState;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.venue.Call;

/**
 * Counts and measures from the effects of every turn, so that the desk needs to know nothing of it. Call {@link
 * #observe} and {@link #view} from the desk's thread; the rest from any.
 */
public final class Metrics implements AutoCloseable {

    private static final String NONE = "none";
    /** Of the exchange: prices, and what it says of our orders. */
    private static final Set<String> STREAMS = Set.of("MARKET", "PRIVATE");

    /** Gauges as last seen; the gap grows between views, because a desk that stands still protects nothing. */
    private record Seen(
            long atNanos,
            Duration longestGap,
            int positions,
            int unprotected,
            TradingState state,
            Set<String> streamsDown,
            double freeMargin) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final LongSupplier nanoClock;
    private final JvmGcMetrics process;

    private final Series<Refusal> rejected = new Series<>(Refusal.class, why -> meters.intents("rejected", why.name()));
    private final Series<Refusal> dead = new Series<>(Refusal.class, why -> meters.intents("dead_letter", why.name()));
    private final Series<Guard> blocks = new Series<>(Guard.class, guard -> meters.block(Meters.word(guard)));
    private final Series<Closed.Reason> exits =
            new Series<>(Closed.Reason.class, reason -> meters.exit(Meters.word(reason)));
    private final Series<Notice.Severity> alerts =
            new Series<>(Notice.Severity.class, severity -> meters.alert(Meters.word(severity)));
    private final Counter filled = meters.intents("filled", NONE);
    private final Counter partial = meters.intents("partial", NONE);
    private final Counter updated = meters.intents("updated", NONE);
    private final Counter duplicate = meters.intents("duplicate", NONE);
    private final Counter opens = meters.orders("open");
    private final Counter closes = meters.orders("close");
    private final Counter rests = meters.orders("protect");
    private final Counter immediate = meters.immediateFills();
    private final Counter pending = meters.pendingFills();
    private final Counter trimmed = meters.trimmed();
    private final Counter taken = meters.taken();
    private final Timer gaps = meters.gaps();
    private final Stages stages = new Stages(meters::stage);
    private final FillWaits waits = new FillWaits(meters.fillWait(), meters.fillPolls());

    private volatile double lag;
    private volatile double weightRatio;
    private volatile Seen seen;

    public Metrics(Build build) {
        this(build, System::nanoTime);
    }

    Metrics(Build build, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        seen = new Seen(nanoClock.getAsLong(), Duration.ZERO, 0, 0, TradingState.STARTING, STREAMS, Double.NaN);
        meters.request("accepted");
        meters.build(build);
        meters.gauge(
                "quantum_position_unprotected_seconds",
                "How long the position that has been without a live stop longest has been so; 0 if all are protected.",
                this::unprotectedSeconds);
        meters.gauge("quantum_positions", "Positions held.", () -> seen.positions);
        meters.gauge("quantum_positions_unprotected", "Positions without a live stop now.", () -> seen.unprotected);
        meters.gauge(
                "quantum_stream_lag_messages",
                "Intents in the stream that were not read yet; NaN while Redis cannot say it.",
                () -> lag);
        meters.gauge(
                "quantum_exchange_weight_used_ratio",
                "Share of the exchange's request weight used in its current window.",
                () -> weightRatio);
        meters.gauge(
                "quantum_free_margin_usd",
                "What the account may use for new positions, of the dollar that most of its money is in, less what"
                        + " orders in flight will use; NaN until the exchange has said it.",
                () -> seen.freeMargin);
        for (TradingState state : TradingState.values()) {
            meters.state(state, () -> seen.state == state ? 1 : 0);
        }
        for (String stream : STREAMS) {
            check("stream_" + stream.toLowerCase(Locale.ROOT), () -> !seen.streamsDown.contains(stream));
        }
        process = ProcessMeters.bind(registry);
    }

    /** After every turn, on the desk's thread. */
    public void observe(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Write(Entry.IntentRow row) -> stages.written(row);
                case Effect.Write(Entry.OrderRow row) -> waits.written(row, nanoClock.getAsLong());
                case Effect.Publish(Notice notice) -> published(notice);
                case Effect.Ask(Call call) -> asked(call);
                case Effect.CountDuplicate _ -> {
                    duplicate.increment();
                    blocks.count(Guard.IDEMPOTENCY);
                }
                case Effect.MeasuredGap(var _, Duration gap) -> gaps.record(gap);
                case Effect.Log(Marker marker, Map<String, String> fields) -> logged(marker, fields);
                case Effect.Write _,
                        Effect.Acknowledge _,
                        Effect.Wake _,
                        Effect.Mirror _,
                        Effect.AdmitIntents _,
                        Effect.GiveUp _ -> {}
            }
        }
    }

    private void published(Notice notice) {
        switch (notice) {
            case Notice.Reported(Report report, var _) -> reported(report);
            case Notice.TradeClosed(Closed closed, var _) -> exits.count(closed.reason());
            case Notice.DeadLetter letter -> dead.count(letter.why());
            case Notice.Alert alert -> alerts.count(alert.severity());
        }
    }

    private void reported(Report report) {
        switch (report) {
            case Report.Filled _ -> filled.increment();
            case Report.Partial _ -> partial.increment();
            case Report.Updated _ -> updated.increment();
            case Report.PendingFill _ -> pending.increment();
            case Report.Rejected refused -> {
                rejected.count(refused.why());
                Guard guard = Guard.behind(refused.why());
                if (guard != null) {
                    blocks.count(guard);
                }
            }
        }
    }

    private void asked(Call call) {
        switch (call) {
            case Call.Open open -> {
                opens.increment();
                waits.sent(open.id(), nanoClock.getAsLong());
            }
            case Call.Close close -> {
                closes.increment();
                waits.sent(close.id(), nanoClock.getAsLong());
            }
            case Call.PlaceConditional _ -> rests.increment();
            case Call.PlacePair _ -> rests.increment(2);
            case Call.QueryOrder question -> waits.asked(question.id());
            case Call.CancelOpen _,
                    Call.CancelConditional _,
                    Call.QueryConditional _,
                    Call.ReadPositions _,
                    Call.ReadAccount _,
                    Call.ReadConditionals _,
                    Call.ReadOrders _,
                    Call.ReadTrades _,
                    Call.ReadIncome _,
                    Call.ReadRules _ -> {}
        }
    }

    private void logged(Marker marker, Map<String, String> fields) {
        if (marker == Marker.ORDER_RESPONSE && "FILLED".equals(fields.get("status"))) {
            immediate.increment();
        }
    }

    /** What the gauges show; on the desk's thread, at least every few seconds. */
    public void view(DeskView view) {
        Duration longest = Duration.ZERO;
        for (DeskView.PositionView position : view.positions()) {
            if (position.unprotectedFor().compareTo(longest) > 0) {
                longest = position.unprotectedFor();
            }
        }
        seen = new Seen(
                nanoClock.getAsLong(),
                longest,
                view.positions().size(),
                view.counts().unprotected(),
                TradingState.of(view),
                view.status().ready() ? view.status().contact().streamsDown() : STREAMS,
                view.status().freeMargin().values().stream()
                        .mapToDouble(BigDecimal::doubleValue)
                        .findFirst()
                        .orElse(Double.NaN));
    }

    private double unprotectedSeconds() {
        Seen last = seen;
        long nanos = last.longestGap.isZero() ? 0 : last.longestGap.toNanos() + nanoClock.getAsLong() - last.atNanos;
        return nanos / 1e9;
    }

    /** One request to the exchange; the outcome is one of a few words. */
    public void requestTook(Duration time, String outcome) {
        meters.request(outcome).record(time);
    }

    /** Whether a part that the service depends on is as it should be, asked at each scrape. */
    public void check(String name, BooleanSupplier ok) {
        meters.check(name, () -> ok.getAsBoolean() ? 1 : 0);
    }

    /** Messages in the intent stream that were not read yet; not a number where nobody knows. */
    public void streamLag(double messages) {
        lag = messages;
    }

    /** So many messages were cut off the intent stream before they could be read. */
    public void trimmed(long messages) {
        trimmed.increment((double) messages);
    }

    /** So many messages were read and acknowledged by another consumer of the group. */
    public void taken(long messages) {
        taken.increment((double) messages);
    }

    /** What the exchange's answer said of the weight used in its window, and what the window allows. */
    public void weightUsed(long used, long limit) {
        weightRatio = (double) used / limit;
    }

    /** The text that Prometheus reads. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        process.close();
        registry.close();
    }
}
