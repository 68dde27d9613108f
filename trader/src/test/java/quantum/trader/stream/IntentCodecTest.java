package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.Rung;
import quantum.intent.Size;
import quantum.intent.SoftwareExits;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;

class IntentCodecTest {

    private static Intent understood(Map<String, String> entry) {
        Reading reading = IntentCodec.read(entry);
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        return ((Reading.Understood) reading).intent();
    }

    private static void isOpen(String golden, Consumer<Intent.Open> meaning) {
        assertThat(understood(Golden.entry(golden))).isInstanceOfSatisfying(Intent.Open.class, meaning);
    }

    private static void isClose(String golden, Consumer<Intent.Close> meaning) {
        assertThat(understood(Golden.entry(golden))).isInstanceOfSatisfying(Intent.Close.class, meaning);
    }

    private static void isUnreadable(Map<String, String> entry, Refusal why, String field) {
        assertThat(IntentCodec.read(entry)).isInstanceOfSatisfying(Reading.Unreadable.class, reading -> {
            assertThat(reading.why()).isEqualTo(why);
            assertThat(reading.field()).isEqualTo(field);
        });
    }

    @Test
    void aiEngineByItsContract() {
        isOpen("ai-engine-v1.1", open -> {
            assertThat(open.origin().intentId()).isEqualTo("SOLUSDT_2026-01-21T09:15:02.120394Z");
            assertThat(open.origin().source()).isEqualTo("ai-engine");
            assertThat(open.symbol()).isEqualTo(new Symbol("SOLUSDT"));
            assertThat(open.side()).isEqualTo(Side.BUY);
            assertThat(open.size()).isEqualTo(new Size.Notional(new BigDecimal("100.0")));
            assertThat(open.terms().leverage()).isEqualTo(10);
            assertThat(open.terms().confidence()).isEqualByComparingTo("0.85");
            assertThat(open.levels().stop()).isEqualTo(Price.of("124.64"));
            assertThat(open.levels().target()).isEqualTo(Price.of("129.7"));
            assertThat(open.levels().trailingPct()).isEqualTo(new BigDecimal("1.5"));
            assertThat(open.levels().software())
                    .isEqualTo(new SoftwareExits(
                            null,
                            Duration.ofHours(2),
                            List.of(new Rung(new BigDecimal("50"), Rung.Measure.OF_WAY, new BigDecimal("0.3")))));
        });
    }

    @Test
    void b7_equalNumbersAreOneIdentityAndOneContentInEveryNotation() {
        String form =
                "{\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"position_size_usd\":%s,\"leverage\":%s,\"timestamp\":%s}";
        Intent whole = understood(Map.of("payload", form.formatted("50", "5", "1795914125048")));
        assertThat(whole.origin().intentId()).startsWith("BTCUSDT_2026-");
        for (String time : List.of("1795914125048.0", "1.795914125048E12", "\"1.795914125048E12\"", "1795914125.048")) {
            Intent other = understood(Map.of("payload", form.formatted("50.0", "5.00", time)));
            assertThat(other.origin()).isEqualTo(whole.origin());
        }
        Map<String, String> beside = Map.of(
                "payload",
                form.formatted("\"50.0\"", "5", "1795914125048"),
                "leverage",
                "5.0",
                "position_size_usd",
                "50");
        assertThat(understood(beside).origin()).isEqualTo(whole.origin());
        Reading refused = IntentCodec.read(Map.of("payload", form.formatted("50", "500", "1795914125048")));
        Reading again = IntentCodec.read(Map.of("payload", form.formatted("50.0", "500.0", "1795914125048.0")));
        assertThat(refused).isInstanceOf(Reading.Refusable.class).isEqualTo(again);
    }

    @Test
    void listsAndObjectsAreJsonInTheirTextWhereTheFormIsFlat() {
        Map<String, String> entry = new HashMap<>(Golden.entry("autonomous-trader-flat"));
        entry.put("ladder", "[{\"at_pct\": 1, \"fraction\": \"0.5\"}]");
        entry.put("ai_harvest_policy", "{\"mode\": \"swing\", \"max_time_sec\": 60}");
        assertThat(understood(entry))
                .isInstanceOfSatisfying(
                        Intent.Open.class,
                        open -> assertThat(open.levels().software())
                                .isEqualTo(new SoftwareExits(null, Duration.ofMinutes(1), Rung.ladder("1:0.5"))));
        entry.put("ladder", "[{\"at_pct\": 1, \"fraction\": NaN}]");
        assertThat(IntentCodec.read(entry))
                .isInstanceOfSatisfying(
                        Reading.Refusable.class,
                        refused -> assertThat(refused.why()).isEqualTo(Refusal.LADDER_INVALID));
    }

    @Test
    void aiEngineAsItReallySends() {
        isOpen("ai-engine-2026-03", open -> {
            assertThat(open.origin().intentId()).isEqualTo("9f3a1c77");
            assertThat(open.origin().timestamp()).isEqualTo(Instant.parse("2026-03-10T11:42:07.918273Z"));
            assertThat(open.side()).isEqualTo(Side.SELL);
            assertThat(open.terms().leverage()).isEqualTo(5);
            assertThat(open.terms().expectedPrice()).isEqualTo(Price.of("2143.11"));
        });
    }

    @Test
    void autonomousTraderFlat() {
        isOpen("autonomous-trader-flat", open -> {
            assertThat(open.origin().timestamp()).isEqualTo(Instant.ofEpochSecond(1773142927));
            assertThat(open.size()).isEqualTo(new Size.Notional(new BigDecimal("75.0")));
            assertThat(open.levels())
                    .isEqualTo(new Levels(
                            null, null, new BigDecimal("1.0"), new BigDecimal("2.0"), null, SoftwareExits.NONE));
        });
    }

    @Test
    void exitMonitorCloses() {
        isClose("exit-monitor-close", close -> {
            assertThat(close.direction()).isEqualTo(Direction.LONG);
            assertThat(close.quantity()).isEqualByComparingTo("41.3");
            assertThat(close.origin().reason()).isEqualTo("TP_HIT");
            assertThat(close.origin().timestamp()).isEqualTo(Instant.parse("2026-01-22T09:48:55.001Z"));
        });
    }

    @Test
    void bridge() {
        isOpen("bridge-w2", open -> {
            assertThat(open.origin().intentId()).isEqualTo("DASHUSDT_2026-01-20T23:44:10Z");
            assertThat(open.origin().source()).isEqualTo("strategy-router");
        });
    }

    @Test
    void oldDataField() {
        isOpen(
                "old-w3-data",
                open -> assertThat(open.origin().intentId()).isEqualTo("XRPUSDT_2026-01-20T23:44:10.123Z"));
    }

    @Test
    void flat() {
        isClose("flat-w4", close -> {
            assertThat(close.origin().intentId()).isEqualTo("harvest-71f0");
            assertThat(close.fraction()).isEqualByComparingTo("0.25");
            assertThat(close.direction()).isNull();
        });
    }

    @Test
    void flatWithDetails() {
        isOpen("flat-details-w5", open -> {
            assertThat(open.origin().intentId()).isEqualTo("a1b2c3d4e5f60718");
            assertThat(open.origin().timestamp()).isEqualTo(Instant.parse("2026-01-27T17:03:11Z"));
            assertThat(open.symbol()).isEqualTo(new Symbol("TRXUSDT"));
            assertThat(open.size()).isEqualTo(new Size.Units(Quantity.of("8944.5")));
        });
    }

    @Test
    void seed002Sample() {
        isOpen("seed-002-sample", open -> {
            assertThat(open.origin().intentId()).isEqualTo("AVAXUSDT_2026-01-01T18:47:38.785347Z");
            assertThat(open.terms().leverage()).isEqualTo(2);
            assertThat(open.levels().stop()).isEqualTo(Price.of("12.45075"));
        });
    }

    @Test
    void tradingView() {
        isOpen("trading-view-flat", open -> {
            assertThat(open.origin().intentId()).isEqualTo("tv-BTCUSDT-2026-11-20T10:15");
            assertThat(open.symbol()).isEqualTo(new Symbol("BTCUSDT"));
            assertThat(open.levels().stopPct()).isEqualByComparingTo("1.5");
        });
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameWishIsTheSameIntentInEveryForm(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, String> wish = wish(random);
        String json = json(wish, random);
        Map<String, String> details = new LinkedHashMap<>();
        Map<String, String> rest = new LinkedHashMap<>();
        wish.forEach((name, value) -> (random.nextBoolean() ? details : rest).put(name, value));
        Map<String, String> envelope = Map.of("timestamp", "2026-05-05T05:05:05Z", "source", "", "trace_id", "");

        List<Reading> readings = List.of(
                IntentCodec.read(with(Map.of("payload", json, "event_type", "trade.intent"), envelope)),
                IntentCodec.read(Map.of("payload", json)),
                IntentCodec.read(Map.of("data", json)),
                IntentCodec.read(wish),
                IntentCodec.read(with(rest, Map.of("details", json(details, random)))),
                IntentCodec.read(with(wish, Map.of("details", json(wish, random)))));

        assertThat(readings).allSatisfy(reading -> assertThat(reading).isInstanceOf(Reading.Understood.class));
        assertThat(readings)
                .extracting(r -> ((Reading.Understood) r).intent().origin().intentId())
                .containsOnly(((Reading.Understood) readings.getFirst())
                        .intent()
                        .origin()
                        .intentId());
        assertThat(readings)
                .extracting(r -> ((Reading.Understood) r).intent().origin().digest())
                .containsOnly(((Reading.Understood) readings.getFirst())
                        .intent()
                        .origin()
                        .digest());
    }

    private static Map<String, String> wish(SplittableRandom random) {
        Map<String, String> wish = new LinkedHashMap<>();
        wish.put("symbol", random.nextBoolean() ? "BTCUSDT" : "ETHUSDT");
        wish.put("action", random.nextBoolean() ? "BUY" : "SELL");
        wish.put(
                "timestamp",
                Instant.ofEpochSecond(random.nextLong(1_700_000_000, 1_800_000_000), 5_000_000)
                        .toString());
        if (random.nextBoolean()) {
            wish.put("intent_id", "id-" + random.nextInt(1000));
        }
        if (random.nextBoolean()) {
            wish.put("trace_id", "trace-" + random.nextInt(1000));
        }
        if (random.nextInt(3) == 0) {
            wish.put("reduceOnly", "true");
        } else {
            wish.put("position_size_usd", number(random));
            wish.put("leverage", String.valueOf(random.nextInt(1, 126)));
            wish.put("stop_loss", number(random));
            wish.put("take_profit", number(random));
        }
        return wish;
    }

    private static String number(SplittableRandom random) {
        return BigDecimal.valueOf(random.nextLong(1, 1_000_000_000), random.nextInt(0, 8))
                .toPlainString();
    }

    private static String json(Map<String, String> fields, SplittableRandom random) {
        StringBuilder json = new StringBuilder("{");
        fields.forEach((name, value) -> {
            boolean bare = value.matches("[0-9.]+|true") && random.nextBoolean();
            json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":");
            json.append(bare ? value : '"' + value + '"');
        });
        return json.append('}').toString();
    }

    private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new LinkedHashMap<>(one);
        other.forEach(both::putIfAbsent);
        return both;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"text\"",
                "7",
                "{} {}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":1e999999999}",
                "{\"a\":1e99999999999999999999}",
                "{\"a\":-1E-999999999}",
                "{\"a\":{}",
                "{'symbol':'A'}",
                "\u0000"
            })
    void whatIsNoJsonObjectIsUnreadable(String payload) {
        isUnreadable(Map.of("payload", payload), Refusal.SCHEMA_INVALID, "payload");
    }

    @Test
    void nothingCostsMoreThanItsLength() {
        List<String> hostile = List.of(
                "{\"a\":" + "9".repeat(10_000) + "}",
                "{\"a\":" + "[".repeat(8_000) + "}",
                "[".repeat(16_000),
                "{\"a\":".repeat(3_000),
                "{" + "\"a\":1,".repeat(2_000) + "}",
                "{\"" + "x".repeat(10_000) + "\":1}");

        Assertions.assertThatCode(() -> org.junit.jupiter.api.Assertions.assertTimeout(
                        Duration.ofSeconds(5),
                        () -> hostile.forEach(payload ->
                                isUnreadable(Map.of("payload", payload), Refusal.SCHEMA_INVALID, "payload"))))
                .doesNotThrowAnyException();
    }

    @Test
    void anAbsurdNumberInAFlatFieldIsRefusedByName() {
        Reading reading = IntentCodec.read(Map.of(
                "intent_id",
                "i",
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "timestamp",
                "2026-01-01T00:00:00Z",
                "position_size_usd",
                "1e999999999"));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Refusable.class, r -> assertThat(r.detail()).contains("position_size_usd"));
    }

    @Test
    void aMessageAboveTheLimitIsADeadLetter() {
        Map<String, String> entry = Map.of("symbol", "BTCUSDT", "action", "BUY", "note", "\u00e9".repeat(8_200));

        assertThat(IntentCodec.read(entry))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class, r -> assertThat(r.why()).isEqualTo(Refusal.MESSAGE_TOO_LARGE));
    }

    @Test
    void anEmptyEntryIsUnreadable() {
        assertThat(IntentCodec.read(Map.of())).isInstanceOfSatisfying(Reading.Unreadable.class, unreadable -> {
            assertThat(unreadable.why()).isEqualTo(Refusal.SCHEMA_INVALID);
            assertThat(unreadable.field()).isNull();
            assertThat(unreadable.detail()).contains("trimmed");
        });
    }

    @Test
    void theEnvelopesTimeCountsOnlyWhereThePayloadHasNone() {
        String payload = "{\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"quantity\":1%s}";
        Map<String, String> without =
                Map.of("payload", payload.formatted(",\"timestamp\":\"\""), "timestamp", "2026-01-01T00:00:00Z");
        Map<String, String> with =
                Map.of("payload", payload.formatted(",\"ts\":1767225601"), "timestamp", "2026-01-01T00:00:00Z");

        assertThat(understood(without).origin().timestamp()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(understood(with).origin().timestamp()).isEqualTo(Instant.parse("2026-01-01T00:00:01Z"));
    }

    @Test
    void theEnvelopesTraceIdNamesTheIntentOnlyWhereThePayloadDoesNot() {
        String payload = "{\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"quantity\":1,\"timestamp\":1767225601%s}";

        assertThat(understood(Map.of("payload", payload.formatted(""), "trace_id", "outer"))
                        .origin()
                        .intentId())
                .isEqualTo("outer");
        assertThat(understood(Map.of("payload", payload.formatted(",\"trace_id\":\"inner\""), "trace_id", "outer"))
                        .origin()
                        .intentId())
                .isEqualTo("inner");
    }

    @Test
    void incI43_aCloseFlagBesideThePayloadIsNotLost() {
        String payload = "{\"symbol\":\"BTCUSDT\",\"action\":\"SELL\",\"quantity\":1,\"timestamp\":1767225601%s}";

        assertThat(understood(Map.of("payload", payload.formatted(""), "reduceOnly", "True")))
                .isInstanceOf(Intent.Close.class);
        isUnreadable(
                Map.of("payload", payload.formatted(",\"reduceOnly\":false"), "reduceOnly", "True"),
                Refusal.SCHEMA_INVALID,
                "reduceOnly");
    }

    @Test
    void twoWrappingsAreRefused() {
        isUnreadable(Map.of("payload", "{}", "data", "{}"), Refusal.SCHEMA_INVALID, "data");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noBytesBreakIt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String start = Golden.entry("ai-engine-v1.1").getOrDefault("payload", "");
        StringBuilder text = new StringBuilder(start);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(0x20, 0x7f));
                case 1 -> text.deleteCharAt(at);
                default -> text.insert(at, (char) random.nextInt(0x10000));
            }
        }
        assertThat(IntentCodec.read(Map.of("payload", text.toString()))).isNotNull();
        assertThat(IntentCodec.read(Map.of("details", text.toString(), "symbol", "X")))
                .isNotNull();
    }
}
