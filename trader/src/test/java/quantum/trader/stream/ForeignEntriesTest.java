package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Intent;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.Rung;
import quantum.market.Price;

/** Entries as the libraries of producers write them; what cannot be read says what was found. */
class ForeignEntriesTest {

    private static final String NOW = "2026-01-05T10:00:00Z";

    private static Reading.Unreadable dead(Map<String, String> entry) {
        Reading reading = IntentCodec.read(entry);
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return (Reading.Unreadable) reading;
    }

    private static Intent understood(Map<String, String> entry) {
        Reading reading = IntentCodec.read(entry);
        assertThat(reading).as(entry + " " + reading).isInstanceOf(Reading.Understood.class);
        return ((Reading.Understood) reading).intent();
    }

    private static Map<String, String> flat(String... more) {
        Map<String, String> entry = new LinkedHashMap<>(
                Map.of("intent_id", "i", "symbol", "BTCUSDT", "action", "BUY", "quantity", "1", "timestamp", NOW));
        for (int i = 0; i < more.length; i += 2) {
            entry.put(more[i], more[i + 1]);
        }
        return entry;
    }

    private static String json(String more) {
        return "{\"intent_id\":\"i\",\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"quantity\":1,\"timestamp\":\"" + NOW
                + "\"" + more + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void s29_j7_aTokenThatIsNoNumberIsNamedWithItsPlaceAndField(String token) {
        String payload = json(",\"stop_loss\":" + token + ",\"leverage\":2");
        Reading.Unreadable dead = dead(Map.of("payload", payload));
        assertThat(dead.field()).isEqualTo("payload");
        assertThat(dead.detail()).contains(token + " at character " + (payload.indexOf(token) + 1), "stop_loss");
    }

    @Test
    void s32_j7_aPythonDictionaryIsNamed() {
        assertThat(dead(Map.of("payload", "{'symbol': 'BTCUSDT', 'stop_loss': None}"))
                        .detail())
                .contains("Python", "json.dumps");
        assertThat(dead(Map.of("data", "{\"symbol\": \"BTCUSDT\", \"reduceOnly\": True}"))
                        .detail())
                .contains("json.dumps");
    }

    @Test
    void s33_j7_jsonEncodedTwiceIsNamed() {
        assertThat(dead(Map.of("payload", "\"{\\\"symbol\\\":\\\"BTCUSDT\\\"}\""))
                        .detail())
                .contains("encoded twice");
        assertThat(dead(Map.of("payload", "\"text\"")).detail()).contains("must be a JSON object");
    }

    @Test
    void j7_namesThatASerializerChangedAreNamed() {
        assertThat(dead(Map.of("\ufffd\ufffd\u0000\u0005t\u0000\u0006symbol", "x"))
                        .detail())
                .contains("Java-serialized", "StringRedisTemplate");
        assertThat(dead(Map.of("\u0003symbo\ufffd", "BTCUSDT")).detail()).contains("string codec");
        assertThat(dead(Map.of("\"symbol\"", "\"BTCUSDT\"")).detail()).contains("quotes", "string serializer");
    }

    @Test
    void j7_typedJsonIsNamed() {
        Reading reading = IntentCodec.read(
                Map.of("payload", json(",\"@class\":\"a.Intent\",\"stop_loss\":[\"java.math.BigDecimal\",90]")));
        assertThat(reading).isInstanceOfSatisfying(Reading.Refusable.class, refused -> {
            assertThat(refused.field()).isEqualTo("stop_loss");
            assertThat(refused.detail()).contains("java.math.BigDecimal", "default typing");
        });
    }

    @Test
    void s27_jsonInAnotherFieldIsNamed() {
        assertThat(dead(Map.of("signal", json(""))).detail()).contains("field signal holds JSON");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(understood(Map.of("payload", "\ufeff" + json("")))).isInstanceOf(Intent.Open.class);
    }

    @Test
    void j2_aMapperThatLaysObjectsFlatKeepsItsExits() {
        Intent.Open open = (Intent.Open) understood(flat(
                "ladder.[0].at_pct",
                "1",
                "ladder.[0].fraction",
                "0.5",
                "ai_harvest_policy.max_time_sec",
                "60",
                "stopLoss.triggerPrice",
                "0.9"));
        assertThat(open.levels().software().ladder())
                .containsExactly(Rung.ofEntry(BigDecimal.ONE, new BigDecimal("0.5")));
        assertThat(open.levels().software().maxTime()).hasSeconds(60);
        assertThat(open.levels().stop()).isEqualTo(Price.of("0.9"));
    }

    @ParameterizedTest
    @CsvSource({
        "reduceOnly, reduce_only",
        "REDUCE_ONLY, reduceOnly",
        "closeOrder, closeOrder",
    })
    void aFlagBesideTheJsonCountsInEverySpelling(String outer, String inner) {
        assertThat(understood(Map.of("payload", json(""), outer, "true"))).isInstanceOf(Intent.Close.class);
        assertThat(IntentCodec.read(Map.of("payload", json(",\"" + inner + "\":false"), outer, "true")))
                .isNotInstanceOf(Reading.Understood.class);
    }

    @Test
    void theEnvelopesTimeGivesWayToEveryNameOfATime() {
        for (String name : new String[] {"ts", "timeStamp", "timenow", "created_at"}) {
            String payload =
                    "{\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"quantity\":1,\"" + name + "\":\"" + NOW + "\"}";
            assertThat(understood(Map.of("payload", payload, "timestamp", "2026-02-02T00:00:00Z"))
                            .origin()
                            .intentId())
                    .as(name)
                    .isEqualTo("BTCUSDT_" + NOW);
        }
    }

    @Test
    void flagsInAnObjectOfAFlatEntryAreSeen() {
        assertThat(understood(flat("action", "SELL", "params", "{\"reduceOnly\": true}")))
                .isInstanceOf(Intent.Close.class);
        assertThat(IntentCodec.read(flat("type", "LIMIT")))
                .isInstanceOfSatisfying(
                        Reading.Refusable.class,
                        refused -> assertThat(refused.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED));
    }
}
