package quantum.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.Exchange;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;

/** What lay in Redis once decided what was traded; docs/incidents.md tells each. */
class StreamIncidentsTest {

    private static final String INTENTS = "quantum:stream:trade.intent";

    private Floor floor;

    @BeforeEach
    void open(@TempDir Path data) {
        floor = Floor.open(data, Floor.quickRules());
    }

    @AfterEach
    void close() {
        floor.close();
    }

    private Exchange exchange() {
        return floor.exchange();
    }

    private static String status(JsonNode report) {
        return text(report, "status");
    }

    /** One symbol of two had a snapshot, one had a ledger entry; the others could not be traded (INC-I23, INC-I25). */
    @Test
    void incI25_theFirstTradeInAnySymbolNeedsNothingInTheStore() {
        List<String> symbols = exchange().symbols();
        assertThat(symbols).hasSizeGreaterThan(20);
        symbols.forEach(symbol -> floor.open("first-" + symbol, symbol, "SELL", "150"));
        for (String symbol : symbols) {
            assertThat(status(floor.ending("first-" + symbol))).as(symbol).isEqualTo("filled");
            assertThat(exchange().held(symbol)).as(symbol).isNegative();
        }
    }

    @Test
    void incI30_aCloseBehindABacklogOfStaleOpensIsFilled() {
        floor.open("held", "XRPUSDT", "BUY", "100");
        floor.ending("held");
        String anHourAgo = Instant.now().minusSeconds(3_600).toString();
        for (int i = 0; i < 500; i++) {
            floor.send(WireForm.FLAT.wrap(
                    Floor.fields("old" + i, "SOLUSDT", "BUY", "position_size_usd", "100", "timestamp", anHourAgo)));
        }
        floor.close("out", "XRPUSDT", "timestamp", anHourAgo);
        assertThat(status(floor.ending("out"))).isEqualTo("filled");
        assertThat(exchange().held("XRPUSDT")).isEqualByComparingTo("0");
        assertThat(exchange().orderRequests("SOLUSDT")).isEmpty();
        for (int i = 0; i < 500; i++) {
            assertThat(text(floor.ending("old" + i), "reason")).isEqualTo("STALE_INTENT");
        }
    }

    @Test
    void incI36_aReplayOfTheWholeStreamBringsNothingBack() {
        floor.open("closed", "LTCUSDT", "BUY", "100");
        floor.ending("closed");
        floor.open("kept", "DOTUSDT", "SELL", "100");
        floor.ending("kept");
        BigDecimal held = exchange().held("DOTUSDT");
        floor.close("end", "LTCUSDT");
        floor.ending("end");
        floor.closed("LTCUSDT");
        int orders = exchange().requests("POST", "/fapi/v1/order").size();
        floor.restart(() -> {});
        List<StreamEntry> all = floor.redis().xrange(INTENTS, (StreamEntryID) null, (StreamEntryID) null);
        for (int round = 0; round < 3; round++) {
            all.forEach(entry -> floor.send(entry.getFields()));
        }
        await().atMost(Floor.PATIENCE)
                .until(() -> floor.metric("quantum_intents_total{", "outcome=\"duplicate\"") == 3L * all.size());
        assertThat(exchange().requests("POST", "/fapi/v1/order")).hasSize(orders);
        assertThat(exchange().held("LTCUSDT")).isEqualByComparingTo("0");
        assertThat(exchange().held("DOTUSDT")).isEqualByComparingTo(held);
        assertThat(floor.reports("kept")).hasSize(1);
        assertThat(floor.ends("LTCUSDT")).hasSize(1);
    }

    /** 82 keys were counted as positions where ten were real (INC-I55); a wildcard then deleted some (INC-I69). */
    @Test
    void incI55_keysOfOthersCountForNothingAndStay() {
        Set<String> others = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            others.addAll(List.of("quantum:position:S" + i, "quantum:position:ledger:S" + i, "quantum:ledger:S" + i));
        }
        others.forEach(key -> floor.redis().set(key, "1"));
        floor.open("one", "XRPUSDT", "BUY", "100");
        assertThat(status(floor.ending("one"))).isEqualTo("filled");
        floor.restart(() -> {});
        floor.open("two", "ADAUSDT", "BUY", "100");
        assertThat(status(floor.ending("two"))).isEqualTo("filled");
        await().atMost(Floor.PATIENCE).until(() -> floor.get("/health").contains("\"tracked_positions\":2"));
        assertThat(others)
                .allSatisfy(key -> assertThat(floor.redis().exists(key)).isTrue());
    }

    /**
     * A heartbeat that anybody could write opened a gate (INC-I61), a permit was made by who waited for it (INC-L17), and
     * a lock without its expiry stopped a symbol for ever (INC-L03).
     */
    @Test
    void incI61_keysWrittenByOthersNeitherStopNorPermit() {
        Map<String, String> forged = Map.of(
                "quantum:safety:safe_mode", "1",
                "quantum:safety:cooldown_global", "1",
                "quantum:safety:cooldown_symbol:XRPUSDT", "1",
                "quantum:exec:lock:XRPUSDT:BUY", "1",
                "quantum:exec:rate:symbol:XRPUSDT", "1",
                "quantum:exec:processed:wanted", "1");
        forged.forEach((key, value) -> floor.redis().set(key, value));
        floor.open("wanted", "XRPUSDT", "BUY", "100");
        assertThat(status(floor.ending("wanted"))).isEqualTo("filled");
        floor.pause();
        floor.redis().set("quantum:permit:refused", "1");
        floor.redis().set("quantum:manual_lane:enabled", "1");
        floor.open("refused", "ADAUSDT", "BUY", "100");
        assertThat(text(floor.ending("refused"), "reason")).isEqualTo("PAUSED");
    }

    /** Two plans for one symbol in one read both passed the cooldown that was written after the order. */
    @Test
    void incI63_ofWishesForOneSymbolInOneReadOneIsExecuted() {
        List<String> symbols = exchange().symbols().subList(0, 8);
        for (String symbol : symbols) {
            for (int i = 0; i < 4; i++) {
                floor.open(symbol + i, symbol, "BUY", "150");
            }
        }
        for (String symbol : symbols) {
            List<String> endings = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                endings.add(status(floor.ending(symbol + i)));
            }
            assertThat(endings).containsExactly("filled", "rejected", "rejected", "rejected");
            assertThat(exchange().orderRequests(symbol)).hasSize(1);
        }
    }

    @Test
    void incI73_everyKeyEndsByItself() {
        floor.open("one", "XRPUSDT", "BUY", "100");
        floor.ending("one");
        floor.close("two", "XRPUSDT");
        floor.ending("two");
        await().atMost(Floor.PATIENCE).until(() -> floor.redis().exists("quantum:exec:processed:two"));
        Set<String> keys = new TreeSet<>(floor.redis().keys("*"));
        keys.removeIf(key -> Objects.equals(floor.redis().type(key), "stream"));
        assertThat(keys)
                .contains("quantum:exec:processed:one")
                .allSatisfy(key -> assertThat(floor.redis().ttl(key)).as(key).isPositive());
    }
}
