package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static quantum.trader.Exchange.decimal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operators of the seeds type and grep finds what it looks for (seeds 000 to 003). */
class SeedCommandsTest {

    private static Floor floor;

    @BeforeAll
    static void theDayOfTheSeeds(@TempDir Path data) {
        floor = Floor.open(data, Floor.quickRules());
        Exchange exchange = floor.exchange();
        // The ask lies a tick above: entries are exactly those of seed 001.
        exchange.price("AXSUSDT", "2.4189");
        exchange.price("MANTAUSDT", "0.0831");
        floor.open("axs", "AXSUSDT", "BUY", "200", "confidence", "0.72");
        floor.open("manta", "MANTAUSDT", "BUY", "202");
        floor.open("near", "NEARUSDT", "SELL", "100");
        floor.ending("axs");
        floor.ending("manta");
        floor.ending("near");
        slowFill(exchange);
        exchange.fault("http", "POST /fapi/v1/order", "DOTUSDT", ",\"status\":400,\"code\":-2010,\"msg\":\"refused\"");
        floor.open("refused", "DOTUSDT", "BUY", "100");
        floor.ending("refused");
        exchange.price("AXSUSDT", "2.4795");
        exchange.price("MANTAUSDT", "0.0820");
        floor.closed("AXSUSDT");
        floor.closed("MANTAUSDT");
        floor.close("near-end", "NEARUSDT");
        floor.ending("near-end");
        zeroMargin(exchange);
    }

    private static void slowFill(Exchange exchange) {
        exchange.fillsAfter(1_500);
        floor.open("slow", "LINKUSDT", "BUY", "100");
        floor.ending("slow");
        exchange.fillsAfter(20);
    }

    private static void zeroMargin(Exchange exchange) {
        exchange.balance("0");
        await().atMost(Floor.PATIENCE).until(() -> floor.isOutOfMargin());
        for (int i = 0; i < 5; i++) {
            floor.open("poor" + i, "OPUSDT", "BUY", "40");
            floor.ending("poor" + i);
        }
    }

    @AfterAll
    static void close() {
        floor.close();
    }

    @Test
    void seedVectorsAreTrackedToTheTick() {
        assertThat(floor.lines("TRACKING symbol=AXSUSDT"))
                .singleElement()
                .asString()
                .contains("side=BUY", "Entry=2.419", "TP=2.4795", "SL=2.3827", "Qty=82");
        assertThat(floor.lines("TRACKING symbol=MANTAUSDT"))
                .singleElement()
                .asString()
                .contains("Entry=0.0832", "TP=0.0853", "SL=0.082 ");
        List<String> levels = floor.exchange().rows("protections", p -> true).stream()
                .filter(p -> p.path("symbol").asString().matches("AXSUSDT|MANTAUSDT"))
                .map(p -> decimal(p, "triggerPrice").stripTrailingZeros().toPlainString())
                .toList();
        assertThat(levels).containsExactlyInAnyOrder("2.3827", "2.4795", "0.082", "0.0853");
    }

    @Test
    void eachMarkerOfTheSeedsIsFoundOncePerEvent() {
        assertOnce("INTENT_RECEIVED stream_id=", "symbol=AXSUSDT side=BUY confidence=0.72");
        assertOnce("ORDER_SUBMIT symbol=AXSUSDT side=BUY qty=82 type=MARKET", "endpoint=127.0.0.1:");
        assertOnce("ORDER_SUBMIT symbol=NEARUSDT side=SELL", "mode=SIMULATED");
        assertOnce("ORDER_RESPONSE orderId=", "status=NEW symbol=AXSUSDT updateTime=");
        assertOnce("ORDER_ERROR symbol=DOTUSDT", "-2010");
        // Of the order that really waits: another may be filled before its answer is read.
        assertOnce("WAITING_FOR_FILL orderId=", "symbol=LINKUSDT");
        assertOnce("FILL_CONFIRMED orderId=", "symbol=AXSUSDT avgPrice=2.419 executedQty=82");
        assertOnce("Position added symbol=AXSUSDT", "entry=2.419");
        assertOnce("TP_HIT symbol=AXSUSDT", "price=2.4795");
        assertOnce("SL_HIT symbol=MANTAUSDT", "price=0.082");
        assertOnce("Close order sent symbol=NEARUSDT", "reason=SIGNAL");
        assertOnce("Fill timeout symbol=LINKUSDT", "clientOrderId=");
        assertOnce("RECONCILED symbol=LINKUSDT", "status=FILLED");
        assertThat(floor.lines("[FILL_POLL] orderId="))
                .anySatisfy(line -> assertThat(line)
                        .matches(".*status=\\w+ executedQty=\\S+( avgPrice=\\S+)? elapsed=[0-9]+\\.[0-9]s"));
        assertOnce("TERMINAL STATE: REJECTED_EXCHANGE symbol=DOTUSDT", "intent_id=refused");
        assertOnce("MARGIN CHECK symbol=AXSUSDT", "required=");
        assertThat(floor.lines("INSUFFICIENT MARGIN symbol=OPUSDT side=BUY")).hasSize(5);
        assertOnce("SAFE MODE TRIGGERED", "5 margin failures in 5 minutes");
        assertThat(floor.lines("TERMINAL STATE: REJECTED_MARGIN symbol=OPUSDT")).hasSize(1);
    }

    @Test
    void theStartUpSaysWhatItFound() {
        assertOnce("Server time", "17");
        assertOnce("symbols available", "22");
        assertOnce("Account balance 10000", "USDT");
        assertOnce("Startup self-test PASSED", "127.0.0.1");
        assertOnce("BOOTSTRAP COMPLETE", "positions=0");
    }

    /** One line for one event: seed 003 had every line twice. */
    private static void assertOnce(String marker, String field) {
        assertThat(floor.lines(marker).stream().filter(line -> line.contains(field)))
                .as(marker + " ... " + field)
                .hasSize(1);
    }

    @Test
    void theReadingCommandsOfTheSeedsFindWhatTheyLookFor() {
        assumeTrue(!cli("--version").isEmpty(), "SKIPPED: redis-cli is not installed");
        assertThat(String.join("\n", cli("XREVRANGE", "quantum:stream:trade.execution.res", "+", "-", "COUNT", "3")))
                .contains("\"symbol\":\"OPUSDT\"", "\"terminal_state\":\"REJECTED", "event_type");
        assertThat(number("XLEN", "quantum:stream:trade.intent")).isGreaterThanOrEqualTo(11);
        assertThat(cli("XINFO", "GROUPS", "quantum:stream:trade.intent"))
                .contains("quantum:group:execution:trade.intent", "lag");
        await().atMost(Floor.PATIENCE)
                .until(() -> cli("keys", "quantum:safety:*").contains("quantum:safety:safe_mode"));
        assertThat(cli("keys", "quantum:safety:*"))
                .contains(
                        "quantum:safety:safe_mode",
                        "quantum:safety:cooldown_global",
                        "quantum:safety:cooldown_symbol:OPUSDT");
        assertThat(cli("GET", "quantum:safety:safe_mode")).containsExactly("1");
        assertThat(number("TTL", "quantum:safety:safe_mode")).isBetween(850L, 900L);
        assertThat(number("TTL", "quantum:safety:cooldown_global")).isBetween(200L, 300L);
        assertThat(number("GET", "quantum:exec:margin_fails")).isEqualTo(5);
        List<String> processed = cli("keys", "quantum:exec:processed:*");
        assertThat(processed).contains("quantum:exec:processed:axs", "quantum:exec:processed:near-end");
        assertThat(number("TTL", "quantum:exec:processed:axs")).isBetween(3_500L, 3_600L);
        assertThat(floor.get("/health")).contains("\"tracked_positions\":1", "\"tp_hits\":1", "\"sl_hits\":1");
    }

    private static long number(String... command) {
        return Long.parseLong(cli(command).getFirst());
    }

    /** The lines of the real tool's answer; none if it is not installed. */
    private static List<String> cli(String... command) {
        List<String> all = new ArrayList<>(List.of(
                "redis-cli", "-p", Integer.toString(floor.trader().redis().uri().getPort())));
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
