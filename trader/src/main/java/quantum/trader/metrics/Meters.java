package quantum.trader.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import quantum.desk.TradingState;

/** The names, labels, bounds and help texts of docs/operations.md, each in one place. */
final class Meters {

    private static final Duration[] FAST = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000);
    private static final Duration[] SLOW = millis(10, 50, 100, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000);
    private static final double[] POLLS = {1, 2, 3, 5, 10, 20, 40};

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Duration[] millis(long... bounds) {
        Duration[] durations = new Duration[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            durations[i] = Duration.ofMillis(bounds[i]);
        }
        return durations;
    }

    Counter intents(String outcome, String reason) {
        return Counter.builder("quantum_intents")
                .description("Messages by their one ending; the reason is that of a refusal.")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry);
    }

    Counter orders(String purpose) {
        return Counter.builder("quantum_orders")
                .description("Orders handed to the exchange session: market orders that open or close, and resting"
                        + " orders that protect.")
                .tag("purpose", purpose)
                .register(registry);
    }

    Counter immediateFills() {
        return Counter.builder("quantum_immediate_fills")
                .description("Orders whose own answer already said FILLED.")
                .register(registry);
    }

    Counter trimmed() {
        return Counter.builder("quantum_stream_trimmed_messages")
                .description("Intents that were cut off their stream before they could be read.")
                .register(registry);
    }

    Counter taken() {
        return Counter.builder("quantum_stream_taken_messages")
                .description("Intents that another consumer of the group read and acknowledged.")
                .register(registry);
    }

    Counter pendingFills() {
        return Counter.builder("quantum_pending_fills")
                .description("Orders that were reported as pending because the fill wait ended without a proof.")
                .register(registry);
    }

    Counter exit(String reason) {
        return Counter.builder("quantum_exits")
                .description("Positions that ended, by reason.")
                .tag("reason", reason)
                .register(registry);
    }

    Counter block(String guard) {
        return Counter.builder("quantum_guard_blocks")
                .description("Messages held back, by guard.")
                .tag("guard", guard)
                .register(registry);
    }

    Counter alert(String severity) {
        return Counter.builder("quantum_alerts")
                .description("Alerts raised, by severity.")
                .tag("severity", severity)
                .register(registry);
    }

    Timer stage(String stage) {
        return timer("quantum_intent_stage", "Time from reading an intent until it reached the stage.", FAST)
                .tag("stage", stage)
                .register(registry);
    }

    Timer fillWait() {
        return timer(
                        "quantum_order_fill_wait",
                        "Time from the decision to send an order to the proof of its end.",
                        SLOW)
                .register(registry);
    }

    Timer gaps() {
        return timer("quantum_unprotected_interval", "Each time span that a position had no live stop.", FAST)
                .register(registry);
    }

    Timer request(String outcome) {
        return timer("quantum_exchange_request", "Time from sending a request to the exchange to its outcome.", FAST)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Timer.Builder timer(String name, String help, Duration[] bounds) {
        return Timer.builder(name).description(help).serviceLevelObjectives(bounds);
    }

    DistributionSummary fillPolls() {
        return DistributionSummary.builder("quantum_order_fill_polls")
                .description("How often the exchange was asked about an order before its execution was proven.")
                .serviceLevelObjectives(POLLS)
                .register(registry);
    }

    void state(TradingState state, Supplier<Number> value) {
        Gauge.builder("quantum_state", value)
                .description("1 for what the service does with intents now; opens go through in active alone.")
                .tag("state", word(state))
                .strongReference(true)
                .register(registry);
    }

    void check(String name, Supplier<Number> value) {
        Gauge.builder("quantum_check_ok", value)
                .description("1 while a part that the service depends on is as it should be, 0 while it is not.")
                .tag("check", name)
                .strongReference(true)
                .register(registry);
    }

    void gauge(String name, String help, Supplier<Number> value) {
        Gauge.builder(name, value).description(help).strongReference(true).register(registry);
    }

    void build(Build build) {
        Gauge.builder("quantum.build.info", () -> 1)
                .description("What is running; always 1.")
                .tag("version", build.version())
                .tag("build", build.build())
                .tag("mode", build.mode())
                .tag("venue", build.venue())
                .register(registry);
    }
}
