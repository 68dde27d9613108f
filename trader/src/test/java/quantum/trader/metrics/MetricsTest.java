package quantum.trader.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.desk.DeskView;
import quantum.intent.Closed;
import quantum.intent.Intent;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.venue.Call;

class MetricsTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? [-+0-9.eEINaf]+");

    private long nanos = 1_000_000_000L;
    private final Metrics metrics = new Metrics(new Build("0.1.0", "0.1.0+test", "simulated", "binance"), () -> nanos);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void everySeriesOfTheContractExistsBeforeAnythingHappened() {
        assertThat(metrics.scrape())
                .contains("quantum_intents_total{outcome=\"rejected\",reason=\"SAFE_MODE\"} 0.0")
                .contains("quantum_intents_total{outcome=\"filled\",reason=\"none\"} 0.0")
                .contains("quantum_intent_stage_seconds_bucket{stage=\"protected\"")
                .contains("quantum_order_fill_wait_seconds_bucket{")
                .contains("quantum_order_fill_polls_bucket{")
                .contains("quantum_orders_total{purpose=\"open\"} 0.0")
                .contains("quantum_immediate_fills_total 0.0")
                .contains("quantum_position_unprotected_seconds 0.0")
                .contains("quantum_unprotected_interval_seconds_bucket{")
                .contains("quantum_exits_total{reason=\"tp\"} 0.0")
                .contains("quantum_guard_blocks_total{guard=\"margin\"} 0.0")
                .contains("quantum_stream_lag_messages 0.0")
                .contains("quantum_exchange_request_seconds_bucket{outcome=\"accepted\"")
                .contains("quantum_exchange_weight_used_ratio 0.0")
                .contains(
                        "quantum_build_info{build=\"0.1.0+test\",mode=\"simulated\",venue=\"binance\",version=\"0.1.0\"} 1")
                .contains("jvm_memory_used_bytes")
                .contains("process_uptime_seconds");
    }

    @Test
    void m6_freeMarginIsAGaugeAndUnknownIsNotZero() {
        assertThat(metrics.scrape()).contains("quantum_free_margin_usd NaN");
        metrics.view(view(Duration.ZERO, Map.of("USDT", new BigDecimal("0.68"))));
        assertThat(value("quantum_free_margin_usd")).isEqualTo(0.68, within(1e-9));
    }

    @Test
    void anIntentIsCountedOnceByItsEndingAndItsReason() {
        Report.Subject subject = new Report.Subject("i1", "t1", BTC, Intent.Action.BUY, NOW, List.of());
        metrics.observe(List.of(
                reported(new Report.PendingFill(subject, ClientOrderId.open("i1"), null, null)),
                reported(filled(subject)),
                reported(new Report.Rejected(
                        subject, Refusal.COOLDOWN_SYMBOL, null, "allowed again at 2026-01-05T10:04:12Z", null)),
                reported(new Report.Rejected(subject, Refusal.SYMBOL_UNKNOWN, null, "not listed", null)),
                new Effect.Publish(new Notice.DeadLetter("1-0", Map.of(), Refusal.SCHEMA_INVALID, null, "symbol", 1)),
                new Effect.CountDuplicate("i1")));

        assertThat(value("quantum_intents_total{outcome=\"filled\",reason=\"none\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_intents_total{outcome=\"rejected\",reason=\"COOLDOWN_SYMBOL\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_intents_total{outcome=\"dead_letter\",reason=\"SCHEMA_INVALID\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_intents_total{outcome=\"duplicate\",reason=\"none\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_pending_fills_total")).isEqualTo(1);
        assertThat(value("quantum_guard_blocks_total{guard=\"cooldown_symbol\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_guard_blocks_total{guard=\"idempotency\"}")).isEqualTo(1);
    }

    @Test
    void eachStageOfAnIntentIsRecordedOnceThoughItsRowIsWrittenAgain() {
        Map<String, Long> stages = new LinkedHashMap<>(Map.of("filled", 176_000L));
        metrics.observe(List.of(new Effect.Write(intent("i1", null, stages))));
        stages.put("reported", 180_000L);
        metrics.observe(List.of(new Effect.Write(intent("i1", "FILLED", stages))));
        stages.put("protected", 240_000L);
        metrics.observe(List.of(new Effect.Write(intent("i1", "FILLED", stages))));
        metrics.observe(List.of(new Effect.Write(intent("i2", "REJECTED_SAFETY", Map.of("reported", 90L)))));

        assertThat(value("quantum_intent_stage_seconds_count{stage=\"filled\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_intent_stage_seconds_sum{stage=\"filled\"}")).isEqualTo(0.176, within(1e-9));
        assertThat(value("quantum_intent_stage_seconds_count{stage=\"reported\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_intent_stage_seconds_count{stage=\"protected\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_intent_stage_seconds_count{stage=\"refused\"}"))
                .isEqualTo(1);
    }

    @Test
    void aFillIsWaitedForFromTheDecisionAndPolledUntilItsProof() {
        ClientOrderId id = ClientOrderId.open("i1");
        metrics.observe(List.of(new Effect.Ask(new Call.Open(id, BTC, Side.BUY, quantity("0.015"), 1))));
        nanos += Duration.ofMillis(500).toNanos();
        metrics.observe(List.of(new Effect.Ask(new Call.QueryOrder(id, BTC, null))));
        nanos += Duration.ofMillis(100).toNanos();
        metrics.observe(List.of(new Effect.Write(order(id, "Filled"))));
        metrics.observe(List.of(new Effect.Write(order(id, "Filled"))));
        metrics.observe(List.of(
                new Effect.Log(Marker.ORDER_RESPONSE, Map.of("orderId", "1", "status", "NEW")),
                new Effect.Log(Marker.ORDER_RESPONSE, Map.of("orderId", "2", "status", "FILLED"))));

        assertThat(value("quantum_orders_total{purpose=\"open\"}")).isEqualTo(1);
        assertThat(value("quantum_order_fill_wait_seconds_count")).isEqualTo(1);
        assertThat(value("quantum_order_fill_wait_seconds_sum")).isEqualTo(0.6, within(1e-9));
        assertThat(value("quantum_order_fill_polls_sum")).isEqualTo(1);
        assertThat(value("quantum_immediate_fills_total")).isEqualTo(1);
    }

    @Test
    void aGapIsShownWhileItLastsAndMeasuredWhenItEnds() {
        metrics.view(view(Duration.ofMillis(1500)));
        assertThat(value("quantum_position_unprotected_seconds")).isEqualTo(1.5, within(1e-9));
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(value("quantum_position_unprotected_seconds"))
                .as("a desk that stands still protects nothing")
                .isEqualTo(3.5, within(1e-9));
        metrics.observe(List.of(new Effect.MeasuredGap("BTCUSDT", Duration.ofMillis(3600))));
        metrics.view(view(Duration.ZERO));
        assertThat(value("quantum_position_unprotected_seconds")).isZero();
        assertThat(value("quantum_unprotected_interval_seconds_sum")).isEqualTo(3.6, within(1e-9));
    }

    @Test
    void exitsLagRequestsAndWeightAreTold() {
        metrics.observe(List.of(new Effect.Publish(new Notice.TradeClosed(closed(), "e1"))));
        metrics.streamLag(7);
        metrics.requestTook(Duration.ofMillis(12), "no_answer");
        metrics.weightUsed(600, 2400);

        assertThat(value("quantum_exits_total{reason=\"trailing\"}")).isEqualTo(1);
        assertThat(value("quantum_stream_lag_messages")).isEqualTo(7);
        assertThat(value("quantum_exchange_request_seconds_count{outcome=\"no_answer\"}"))
                .isEqualTo(1);
        assertThat(value("quantum_exchange_weight_used_ratio")).isEqualTo(0.25);
    }

    /** The rules of {@code promtool check metrics} that apply to us. */
    @Test
    void namesFollowTheConventions() {
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, String> helps = new LinkedHashMap<>();
        for (String line : metrics.scrape().lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# TYPE ")) {
                types.put(words[2], words[3]);
            } else if (line.startsWith("# HELP ")) {
                helps.put(words[2], words.length > 3 ? words[3] : "");
            } else if (!line.startsWith("#")) {
                assertThat(line).matches(SAMPLE);
            }
        }
        types.keySet().removeIf(name -> !name.startsWith("quantum_"));
        assertThat(types).hasSizeGreaterThan(15);
        types.forEach((name, type) -> {
            assertThat(helps.get(name)).as("help of " + name).isNotBlank();
            assertThat(name).matches("[a-z][a-z0-9_]*").doesNotContain("_ms", "_millis", "_micros", "_nanos");
            assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
        });
    }

    @Test
    void promtoolHasNothingToSay() throws IOException, InterruptedException {
        Path promtool = Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, "promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(promtool != null, "promtool is not installed (Debian package prometheus)");
        Process check = new ProcessBuilder(String.valueOf(promtool), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var in = check.getOutputStream()) {
            in.write(metrics.scrape().getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    private double value(String series) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series));
    }

    private static Effect reported(Report report) {
        return new Effect.Publish(new Notice.Reported(report, report.subject().intentId() + ":x"));
    }

    private static Quantity quantity(String value) {
        return new Quantity(new BigDecimal(value));
    }

    private static Report filled(Report.Subject subject) {
        return new Report.Filled(
                subject,
                new Report.Orders(ClientOrderId.open("i1"), new OrderId("1"), null, null),
                new Fill(new Price(new BigDecimal("96412.0")), quantity("0.015"), null),
                new Report.Extras(1, null, null));
    }

    private static Closed closed() {
        return new Closed(
                BTC,
                Direction.LONG,
                new Price(new BigDecimal("96412.0")),
                new Price(new BigDecimal("97000.0")),
                quantity("0.015"),
                new Closed.Result(new BigDecimal("8.0"), new BigDecimal("0.55"), new BigDecimal("1.1"), null),
                Closed.Reason.TRAILING,
                NOW,
                NOW.plusSeconds(60),
                "i1",
                List.of("1", "2"));
    }

    private static Entry.IntentRow intent(String id, @Nullable String ending, Map<String, Long> stages) {
        return new Entry.IntentRow(
                id,
                "t",
                "d",
                "BTCUSDT",
                "BUY",
                null,
                ending,
                null,
                null,
                "1-0",
                NOW,
                new LinkedHashMap<>(stages),
                null);
    }

    private static Entry.OrderRow order(ClientOrderId id, String state) {
        BigDecimal quantity = new BigDecimal("0.015");
        return new Entry.OrderRow(
                id.value(),
                "BTCUSDT",
                "BUY",
                "OPEN",
                quantity,
                1,
                "i1",
                null,
                null,
                state,
                "1",
                new BigDecimal("96412.0"),
                quantity,
                null,
                null,
                NOW,
                null,
                Entry.PlanRow.NONE,
                null);
    }

    private static DeskView view(Duration unprotectedFor) {
        return view(unprotectedFor, Map.of());
    }

    private static DeskView view(Duration unprotectedFor, Map<String, BigDecimal> free) {
        DeskView.LevelView level = new DeskView.LevelView(new BigDecimal("94966"), "PLACING", null);
        return new DeskView(
                NOW,
                new DeskView.Status(
                        true,
                        true,
                        false,
                        false,
                        false,
                        free,
                        new DeskView.Ages(NOW, NOW),
                        new DeskView.Contact(NOW, false, Set.of())),
                List.of(new DeskView.PositionView(
                        "BTCUSDT",
                        "LONG",
                        new BigDecimal("0.015"),
                        new BigDecimal("96412.0"),
                        null,
                        null,
                        1,
                        level,
                        level,
                        null,
                        new DeskView.WatchView(null, null, List.of()),
                        unprotectedFor,
                        null,
                        NOW,
                        false,
                        false,
                        "i1")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Entry.GuardRow(Map.of(), List.of(), Map.of(), null, List.of(), null, false, null),
                new DeskView.Counts(0, 0, 0, 0, unprotectedFor.isZero() ? 0 : 1));
    }
}
