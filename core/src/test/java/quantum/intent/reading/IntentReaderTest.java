package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.Size;
import quantum.intent.SoftwareExits;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;

/** What a message means, in every spelling producers use; what cannot be read is refused with its field. */
class IntentReaderTest {

    private static final String TIME = "2026-01-05T10:00:00Z";

    private static Map<String, Object> fields(Object... more) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "intent_id", "a", "symbol", "BTCUSDT", "action", "BUY", "position_size_usd", "100", "timestamp", TIME));
        for (int i = 0; i < more.length; i += 2) {
            fields.put((String) more[i], more[i + 1]);
        }
        return fields;
    }

    private static Reading read(Object... more) {
        return IntentReader.read(fields(more), null);
    }

    private static Intent.Open open(Object... more) {
        return (Intent.Open) ((Reading.Understood) read(more)).intent();
    }

    private static Intent understood(Map<String, ?> fields, @Nullable String envelope) {
        return ((Reading.Understood) IntentReader.read(fields, envelope)).intent();
    }

    private static Map<String, Object> without(String name, Object... more) {
        Map<String, Object> fields = fields(more);
        fields.remove(name);
        return fields;
    }

    @ParameterizedTest
    @CsvSource({"action, BUY, BUY", "action, buy, BUY", "action, LONG, BUY", "side, SELL, SELL", "side, short, SELL"})
    void directionInEverySpelling(String field, String value, Side side) {
        Map<String, Object> fields = without("action", field, value);
        fields.putIfAbsent(field, value);
        assertThat(((Intent.Open) understood(fields, null)).side()).isEqualTo(side);
    }

    @Test
    void contradictingDirectionsAndFlagsAreRefused() {
        assertThat(read("side", "SELL")).isInstanceOf(Reading.Unreadable.class);
        assertThat(read("reduceOnly", "true", "reduce_only", "false")).isInstanceOf(Reading.Refusable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "position_size_usd, 100",
        "position_usd, 100.0",
        "ai_size_usd, 1e2",
        "position_size_usd, ' 100 '",
    })
    void notionalInEverySpellingHasOneDigest(String field, String value) {
        Map<String, Object> fields = without("position_size_usd", field, value);
        fields.put(field, value);
        Intent intent = understood(fields, null);
        assertThat(intent).isEqualTo(open());
        assertThat(intent.origin().digest()).isEqualTo(open().origin().digest());
    }

    @Test
    void numbersAsJsonNumbersAndAsTextAreTheSame() {
        Intent text = open("leverage", "5", "stop_loss", "90.50", "take_profit_pct", "2.0", "confidence", "0.70");
        Intent numbers = open(
                "leverage", new BigDecimal("5"),
                "stop_loss", new BigDecimal("90.5"),
                "tp_pct", new BigDecimal("2"),
                "confidence", new BigDecimal("0.7"));
        assertThat(numbers).isEqualTo(text);
    }

    @Test
    void otherWishesHaveOtherDigests() {
        List<Intent> others = List.of(
                open(),
                open("position_size_usd", "101"),
                open("action", "SELL"),
                open("stop_loss", "90"),
                open("stop_loss_pct", "90"),
                open("take_profit", "90"),
                open("leverage", "2"),
                open("timestamp", "2026-01-05T10:00:01Z"),
                open("symbol", "ETHUSDT"));
        assertThat(others.stream().map(i -> i.origin().digest()).distinct()).hasSize(others.size());
    }

    @Test
    void levelsAndTermsInEverySpelling() {
        Intent.Open open = open(
                "quantity",
                "3",
                "leverage",
                "7",
                "entry_price",
                "100",
                "stop_loss",
                "95",
                "take_profit",
                "110",
                "sl_pct",
                "1.5",
                "tp_pct",
                "2.5",
                "trail_pct",
                "1",
                "max_slippage_pct",
                "0.5",
                "confidence",
                "0.9");
        assertThat(open.terms().leverage()).isEqualTo(7);
        assertThat(open.terms().expectedPrice()).isEqualTo(Price.of("100"));
        assertThat(open.levels())
                .isEqualTo(new Levels(
                        Price.of("95"),
                        Price.of("110"),
                        new BigDecimal("1.5"),
                        new BigDecimal("2.5"),
                        BigDecimal.ONE,
                        SoftwareExits.NONE));
        Map<String, Object> units = without("position_size_usd", "qty", "3");
        assertThat(((Intent.Open) understood(units, null)).size()).isEqualTo(new Size.Units(Quantity.of("3")));
    }

    @ParameterizedTest
    @CsvSource({
        "reduceOnly, true",
        "reduce_only, True",
        "reduceOnly, 1",
        "reduce_only, YES",
        "close_position, true",
        "closePosition, true",
        "action, CLOSE",
        "action, close",
    })
    void closeInEverySpelling(String field, String value) {
        Map<String, Object> fields = fields("action", "SELL");
        fields.put(field, value);
        Intent.Close close = (Intent.Close) understood(fields, null);
        assertThat(close.direction()).isEqualTo("action".equals(field) ? null : Direction.LONG);
        assertThat(close.fraction()).isEqualByComparingTo("1");
    }

    @Test
    void closeNeedsNeitherTimeNorSize() {
        assertThat(understood(Map.of("symbol", "BTCUSDT", "action", "CLOSE", "trace_id", "t"), null))
                .isInstanceOf(Intent.Close.class);
    }

    @ParameterizedTest
    @CsvSource({
        "reason, TP_HIT",
        "reason, sl_hit",
        "reason, Trailing Stop",
        "reason, exit by model",
        "reason, close it",
        "source, exit_monitor",
        "meta_strategy, EXIT",
        "intent_type, AUTONOMOUS_EXIT",
        "intent_type, REDUCE",
    })
    void incI43SignOfAnExitWithoutAFlagIsRefusedAndNeverOpened(String field, String value) {
        assertThat(read(field, value))
                .isInstanceOfSatisfying(
                        Reading.Refusable.class, r -> assertThat(r.why()).isEqualTo(Refusal.CLOSE_UNMARKED));
        assertThat(read(field, value, "reduceOnly", "false")).isInstanceOf(Reading.Refusable.class);
        assertThat(read(field, value, "reduceOnly", "true")).isInstanceOf(Reading.Understood.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "2", "", "None", "null", "tru", "-1", "[]"})
    void unreadableFlagIsRefused(String value) {
        assertThat(read("reduceOnly", value)).isInstanceOfSatisfying(Reading.Refusable.class, r -> {
            assertThat(r.why()).isEqualTo(Refusal.SCHEMA_INVALID);
            assertThat(r.detail()).startsWith("reduceOnly");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-1",
                "1e999999",
                "1e-99",
                "0x10",
                "1,000",
                "ten",
                "1e30",
                "١٠",
                "0.0000000000000000001",
                "1e",
            })
    void figureThatIsNoneIsRefusedWithItsField(String value) {
        for (String field : List.of("position_size_usd", "leverage", "stop_loss", "take_profit_pct", "entry_price")) {
            assertThat(read(field, value))
                    .as(field)
                    .isInstanceOfSatisfying(
                            Reading.Refusable.class, r -> assertThat(r.detail()).startsWith(field));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "0e3"})
    void aSizeOrALeverageOfNothingIsRefused(String value) {
        for (String field : List.of("position_size_usd", "leverage", "max_slippage_pct", "trailing_pct")) {
            assertThat(read(field, value)).as(field).isInstanceOf(Reading.Refusable.class);
        }
    }

    @Test
    void absurdlyPreciseOrHugeNumbersAreRefusedQuickly() {
        assertThat(read("position_size_usd", "1".repeat(10_000))).isInstanceOf(Reading.Refusable.class);
        assertThat(read("position_size_usd", new BigDecimal("1e999999"))).isInstanceOf(Reading.Refusable.class);
        assertThat(read("position_size_usd", new BigDecimal("1e-999999"))).isInstanceOf(Reading.Refusable.class);
        assertThat(IntentReader.read(without("timestamp", "timestamp", new BigDecimal("1e999999")), null))
                .isNotInstanceOf(Reading.Understood.class);
        assertThat(read("intent_id", new BigDecimal("1e999999"))).isInstanceOf(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "leverage, 126",
        "leverage, 1.5",
        "stop_loss_pct, 100",
        "take_profit_pct, 250",
        "confidence, 1.1",
        "confidence, -0.1",
        "expires_at, tomorrow",
    })
    void valueOutOfItsBoundsIsRefused(String field, String value) {
        assertThat(read(field, value)).isInstanceOf(Reading.Refusable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T10:00:00Z",
        "2026-01-05T10:00:00",
        "2026-01-05 10:00:00",
        "2026-01-05T12:00:00+02:00",
        "2026-01-05T10:00:00.000000",
        "1767607200",
        "1767607200000",
        "1767607200.000",
        "1767607200.0",
    })
    void timesWithAndWithoutZoneAndEpochs(String text) {
        assertThat(open("timestamp", text).origin().timestamp()).isEqualTo(Instant.parse(TIME));
    }

    @Test
    void epochAsANumberInAnyScale() {
        assertThat(open("timestamp", new BigDecimal("1.7676072E+9")).origin().timestamp())
                .isEqualTo(Instant.parse(TIME));
    }

    @Test
    void identityInItsOrder() {
        Map<String, Object> both = fields("trace_id", "t");
        assertThat(understood(both, "e").origin().intentId()).isEqualTo("a");
        assertThat(understood(both, "e").origin().traceId()).isEqualTo("t");
        both.put("intent_id", "  ");
        assertThat(understood(both, "e").origin().intentId()).isEqualTo("t");
        both.remove("trace_id");
        assertThat(understood(both, "e").origin().intentId()).isEqualTo("e");
        assertThat(understood(both, " ").origin().intentId()).isEqualTo("BTCUSDT_" + TIME);
        assertThat(understood(both, null).origin().intentId()).isEqualTo("BTCUSDT_" + TIME);
        both.put("timestamp", "2026-01-05T12:00:00+02:00");
        assertThat(understood(both, null).origin().intentId()).isEqualTo("BTCUSDT_" + TIME);
    }

    @Test
    void identityThatIsNoPrintableNameIsUnreadable() {
        assertThat(read("intent_id", "x".repeat(201))).isInstanceOf(Reading.Unreadable.class);
        assertThat(read("intent_id", "a\nb")).isInstanceOf(Reading.Unreadable.class);
        Map<String, Object> fields = without("intent_id");
        assertThat(IntentReader.read(fields, "x".repeat(201))).isInstanceOf(Reading.Unreadable.class);
        assertThat(IntentReader.read(fields, "a\nb")).isInstanceOf(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbol", "action"})
    void withoutSymbolOrActionItIsUnreadable(String missing) {
        assertThat(IntentReader.read(without(missing), null))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class, r -> assertThat(r.field()).isEqualTo(missing));
    }

    @Test
    void openWithoutATimeOrASizeIsRefused() {
        assertThat(IntentReader.read(without("timestamp"), null)).isInstanceOf(Reading.Refusable.class);
        assertThat(IntentReader.read(without("position_size_usd"), null)).isInstanceOf(Reading.Refusable.class);
    }

    @Test
    void nothingAMessageHoldsEscapesAsAnException() {
        Random random = new Random(17);
        List<String> names = List.of(
                "symbol",
                "action",
                "side",
                "intent_id",
                "trace_id",
                "timestamp",
                "reduceOnly",
                "reason",
                "leverage",
                "position_size_usd",
                "quantity",
                "stop_loss",
                "tp_pct",
                "close_fraction",
                "expires_at",
                "source");
        List<Object> values = List.of(
                "BTCUSDT",
                "BUY",
                "CLOSE",
                "",
                "1",
                "-1",
                "true",
                "1e5",
                "NaN",
                TIME,
                "\ud800",
                "\u0000",
                "9".repeat(300),
                new BigDecimal("1e999999"),
                BigDecimal.TEN,
                true,
                List.of("a"),
                Map.of("b", "c"),
                5,
                2.5);
        for (int i = 0; i < 20_000; i++) {
            Map<String, Object> fields = random.nextBoolean() ? fields() : new HashMap<>();
            for (int j = 0; j < 4; j++) {
                fields.put(names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
            }
            assertThat(IntentReader.read(fields, random.nextBoolean() ? "e" : null))
                    .isNotNull();
        }
    }

    @Test
    void namesThePositionOfACloseInHedgeMode() {
        assertThat(read("action", "CLOSE", "position_side", "short"))
                .isInstanceOfSatisfying(
                        Reading.Understood.class,
                        r -> assertThat(((Intent.Close) r.intent()).direction()).isEqualTo(Direction.SHORT));
        assertThat(read("action", "SELL", "reduceOnly", "true", "positionSide", "LONG"))
                .isInstanceOf(Reading.Understood.class);
        assertThat(read("action", "CLOSE", "position_side", "BOTH"))
                .isInstanceOfSatisfying(
                        Reading.Understood.class,
                        r -> assertThat(((Intent.Close) r.intent()).direction()).isNull());
    }

    @Test
    void aPositionSideThatMakesTheActionAnExitIsASignOfAnExit() {
        assertThat(read("action", "BUY", "position_side", "SHORT"))
                .isInstanceOfSatisfying(
                        Reading.Refusable.class, r -> assertThat(r.why()).isEqualTo(Refusal.CLOSE_UNMARKED));
        assertThat(read("action", "SELL", "position_side", "LONG"))
                .isInstanceOfSatisfying(
                        Reading.Refusable.class, r -> assertThat(r.why()).isEqualTo(Refusal.CLOSE_UNMARKED));
        assertThat(read("action", "BUY", "position_side", "LONG")).isInstanceOf(Reading.Understood.class);
    }

    @Test
    void aPositionSideThatACloseWouldEnlargeIsRefused() {
        assertThat(read("action", "BUY", "reduceOnly", "true", "position_side", "LONG"))
                .isInstanceOfSatisfying(
                        Reading.Refusable.class,
                        r -> assertThat(r.detail()).contains("position_side").contains("enlarge"));
        assertThat(read("action", "CLOSE", "position_side", "left")).isInstanceOf(Reading.Refusable.class);
    }
}
