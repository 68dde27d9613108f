package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.intent.Intent;
import quantum.intent.Reading;
import quantum.intent.Refusal;

/** A key that stands twice in JSON counts as a field that stands twice in an entry does. */
class DuplicateKeysTest {

    private static final String OPEN = "\"intent_id\":\"a\",\"symbol\":\"BTCUSDT\",\"action\":\"BUY\","
            + "\"timestamp\":\"2026-01-05T10:00:00Z\",\"position_size_usd\":50";
    private static final String CLOSE = "\"intent_id\":\"a\",\"symbol\":\"BTCUSDT\",\"action\":\"CLOSE\"";

    private static Reading read(String fields, String more) {
        return IntentCodec.read(Map.of("payload", "{" + fields + "," + more + "}"));
    }

    private static Intent understood(String fields, String more) {
        Reading reading = read(fields, more);
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        return ((Reading.Understood) reading).intent();
    }

    private static Reading.Refusable refused(String fields, String more) {
        Reading reading = read(fields, more);
        assertThat(reading).isInstanceOf(Reading.Refusable.class);
        return (Reading.Refusable) reading;
    }

    @Test
    void whatIsEqualCountsOnce() {
        Intent once = understood(OPEN, "\"stop_loss\":90");
        assertThat(understood(OPEN, "\"stop_loss\":90,\"stop_loss\":90")).isEqualTo(once);
        assertThat(understood(OPEN, "\"stop_loss\":90,\"position_size_usd\":50.0,\"stop_loss\":\"90.00\""))
                .isEqualTo(once);
        assertThat(understood(OPEN, "\"ladder\":[{\"at_pct\":1,\"fraction\":0.5,\"fraction\":0.5}]"))
                .isEqualTo(understood(OPEN, "\"ladder\":[{\"at_pct\":1,\"fraction\":0.5}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stop_loss | \"stop_loss\":90,\"stop_loss\":80",
                "stop_loss | \"stop_loss\":null,\"stop_loss\":80",
                "comment | \"comment\":\"a\",\"comment\":\"b\"",
                "reduceOnly | \"reduceOnly\":true,\"reduceOnly\":false",
                "position_size_usd | \"position_size_usd\":60",
                "timestamp | \"timestamp\":\"2026-01-05T11:00:00Z\"",
                "params.leverage | \"params\":{\"leverage\":2,\"leverage\":3}",
                "ladder.[0].at_pct | \"ladder\":[{\"at_pct\":1,\"at_pct\":2,\"fraction\":0.5}]",
                "stop_loss.triggerPrice | \"stop_loss\":{\"triggerPrice\":90,\"triggerPrice\":80}",
                "meta.a.b | \"meta\":{\"a\":{\"b\":1,\"b\":2}}",
            })
    void anOpenIsRefusedByTheNameOfTheKey(String field, String more) {
        Reading.Refusable refused = refused(OPEN, more);
        assertThat(refused.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.detail()).startsWith(field + " stands twice in the message, as '");
        assertThat(refused.origin().intentId()).isEqualTo("a");
    }

    @Test
    void aCloseIsHeldBackByThatAloneWhichChangesIt() {
        Intent close = understood(
                CLOSE,
                "\"stop_loss\":1,\"stop_loss\":2,\"reduceOnly\":true,\"reduceOnly\":false,"
                        + "\"ladder\":[{\"at_pct\":1,\"at_pct\":2}],\"meta\":{\"a\":1,\"a\":2}");
        assertThat(close).isInstanceOf(Intent.Close.class);
        assertThat(close.origin().ignored()).contains("stop_loss", "reduceOnly", "ladder", "meta");
        assertThat(refused(CLOSE, "\"close_fraction\":1,\"close_fraction\":0.1").field())
                .isEqualTo("close_fraction");
        assertThat(refused(CLOSE, "\"params\":{\"close_fraction\":1,\"close_fraction\":0.1}")
                        .field())
                .isEqualTo("params.close_fraction");
    }

    @Test
    void aCloseLeavesWhereAFieldStandsBesideThePayloadToo() {
        Map<String, String> entry = Map.of(
                "payload", "{" + CLOSE + ",\"stop_loss\":1,\"stop_loss\":2,\"source\":\"x\",\"source\":\"y\"}",
                "stop_loss", "3",
                "source", "z");
        assertThat(IntentCodec.read(entry)).isInstanceOf(Reading.Understood.class);
    }

    @ParameterizedTest
    @CsvSource({"symbol, ETHUSDT", "action, SELL", "intent_id, b"})
    void whatSaysWhoseEndingItIsEndsAsADeadLetter(String name, String other) {
        Reading reading = read(OPEN, "\"" + name + "\":\"" + other + "\"");
        assertThat(reading).isInstanceOfSatisfying(Reading.Unreadable.class, dead -> {
            assertThat(dead.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
            assertThat(dead.field()).isEqualTo(name);
            assertThat(dead.detail()).contains("stands twice in the message");
        });
    }

    /** An object that stands twice differs in the keys that are not in both with one value. */
    @Test
    void anObjectThatStandsTwiceDiffersByItsKeys() {
        String sell = CLOSE.replace("CLOSE", "SELL") + ",\"params\":{\"reduceOnly\":true}";
        Intent close = understood(sell, "\"params\":{\"reduceOnly\":\"true\",\"note\":\"x\"}");
        assertThat(close).isInstanceOf(Intent.Close.class);
        Reading.Refusable doubt = refused(sell, "\"params\":{}");
        assertThat(doubt.field()).isEqualTo("params.reduceOnly");
        assertThat(doubt.exit()).isTrue();
        assertThat(refused(CLOSE, "\"params\":{\"close_fraction\":0.1},\"params\":{}")
                        .field())
                .isEqualTo("params.close_fraction");
        assertThat(refused(OPEN, "\"params\":{},\"params\":{\"a\":{\"b\":1}}").field())
                .isEqualTo("params.a");
    }

    /** What was meant as an exit is alarmed as one also where a field that stands twice refuses it. */
    @Test
    void aRefusedExitIsStillSeenAsOne() {
        String sell = CLOSE.replace("CLOSE", "SELL") + ",\"reason\":\"TP_HIT\"";
        assertThat(refused(sell, "\"stop_loss\":1,\"stop_loss\":2").exit()).isTrue();
        assertThat(refused(OPEN, "\"stop_loss\":1,\"stop_loss\":2").exit()).isFalse();
    }

    @Test
    void flatFieldsWithJsonInThemDoTheSame() {
        Map<String, String> entry = Map.of(
                "intent_id", "a",
                "symbol", "BTCUSDT",
                "action", "BUY",
                "timestamp", "2026-01-05T10:00:00Z",
                "position_size_usd", "50",
                "ladder", "[{\"at_pct\":1,\"at_pct\":2,\"fraction\":0.5}]");
        assertThat(IntentCodec.read(entry))
                .isInstanceOfSatisfying(
                        Reading.Refusable.class, r -> assertThat(r.field()).isEqualTo("ladder.[0].at_pct"));
    }

    @Test
    void keysByTheThousandCostNoMoreThanTheirLength() {
        String large = "{\"b\":\"" + "x".repeat(4_000) + "\"}";
        List<String> hostile = List.of(
                "\"a\":1,\"a\":2,".repeat(1_300) + "\"a\":1",
                "\"a\":" + large + ",\"a\":" + large + ",\"a\":1".repeat(1_000),
                "\"a\":{\"a\":1,".repeat(18) + "\"a\":2" + "}".repeat(18));
        assertTimeout(
                Duration.ofSeconds(5),
                () -> hostile.forEach(
                        more -> assertThat(refused(OPEN, more).why()).isEqualTo(Refusal.FIELD_UNSUPPORTED)));
    }
}
