package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.decision.Event;
import quantum.trader.ledger.Ledger;
import quantum.trader.redis.RedisProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person who is woken sees of a running service: what failed is said, and nothing old looks like now. */
class ThreeInTheMorningTest {

    @TempDir
    Path directory;

    private Path data;
    private Floor floor;

    @BeforeEach
    void open() {
        data = directory.resolve("data");
        floor = Floor.open(data, Floor.quickRules());
    }

    @AfterEach
    void close() {
        floor.close();
    }

    private JsonNode health() {
        return JsonMapper.shared().readTree(floor.get("/health"));
    }

    private void awaitAlert(String key) {
        await().atMost(Floor.PATIENCE).until(() -> !floor.alerts(key).isEmpty());
    }

    private void hold(String symbol) {
        floor.open("held", symbol, "BUY", "200");
        assertThat(text(floor.ending("held"), "status")).isEqualTo("filled");
    }

    @Test
    void o4_anExchangeThatIsGoneIsToldAtOnceAndNothingLooksLive() {
        hold("ETHUSDT");
        await().atMost(Floor.PATIENCE)
                .until(() -> text(health(), "protection").equals("1 of 1 positions have a live stop"));
        floor.exchange().close();
        awaitAlert("exchange-lost");
        await().atMost(Floor.PATIENCE).untilAsserted(() -> {
            JsonNode health = health();
            assertThat(text(health, "status")).isEqualTo("unhealthy");
            assertThat(text(health, "state")).isEqualTo("DEGRADED");
            assertThat(text(health, "protection"))
                    .startsWith("1 of 1 positions have a live stop, as last seen ")
                    .endsWith(" s ago");
            assertThat(health.path("checks").path("protection").path("ok").asBoolean())
                    .isFalse();
            assertThat(health.path("checks").path("exchange").path("ok").asBoolean())
                    .isFalse();
        });
        assertThat(floor.alerts("exchange-lost")).hasSize(1);
        await().atMost(Floor.PATIENCE)
                .until(() -> floor.metric("quantum_check_ok", "check=\"exchange\"") == 0
                        && floor.metric("quantum_check_ok", "check=\"stream_private\"") == 0
                        && floor.metric("quantum_state", "state=\"degraded\"") == 1);
        assertThat(floor.metric("quantum_check_ok", "check=\"redis\"")).isEqualTo(1);
    }

    @Test
    void o18_dataThatIsTakenAwayUnderTheServiceIsToldAndOpensNothing() throws IOException {
        hold("ETHUSDT");
        Files.move(data, directory.resolve("elsewhere"));
        awaitAlert("data-displaced");
        await().atMost(Floor.PATIENCE).untilAsserted(() -> {
            assertThat(health().path("checks").path("ledger").path("ok").asBoolean())
                    .isFalse();
            assertThat(text(health(), "status")).isEqualTo("unhealthy");
        });
        floor.open("late", "SOLUSDT", "BUY", "200");
        assertThat(text(floor.ending("late"), "reason")).isEqualTo("LEDGER_BEHIND");
        floor.close("out", "ETHUSDT");
        assertThat(text(floor.ending("out"), "status")).isEqualTo("filled");
        assertThat(Ledger.owner(data)).as("who only looks makes no lock there").isEmpty();
        assertThat(data).doesNotExist();

        Files.move(directory.resolve("elsewhere"), data);
        awaitAlert("data-back");
        await().atMost(Floor.PATIENCE).until(() -> text(health(), "status").equals("healthy"));
    }

    @Test
    void o14_anOrderedStopLeavesTwoLines() {
        hold("ETHUSDT");
        await().atMost(Floor.PATIENCE)
                .until(() -> text(health(), "protection").equals("1 of 1 positions have a live stop"));
        try (DeskLog all = new DeskLog("quantum.trader.Trader")) {
            floor.restart(() -> {});
            List<String> lines = all.all();
            assertThat(lines.getFirst()).isEqualTo("STOPPING positions=1 orders_in_flight=0");
            assertThat(lines).contains("STOPPED positions=1 stops_resting=1");
        }
    }

    @Test
    void m6_lowMarginIsToldBeforeAnOpenFailsByItAndSoIsItsEnd() {
        floor.exchange().balance("40");
        awaitAlert("margin-low");
        await().atMost(Floor.PATIENCE).until(() -> floor.metric("quantum_free_margin_usd") == 40);
        floor.exchange().balance("1000");
        awaitAlert("margin-restored");
        assertThat(floor.alerts("margin-low")).hasSize(1);
    }

    @Test
    void m16_theBuildIsNamedMoreExactlyThanItsVersion() {
        assertThat(text(health(), "build")).matches("dev\\+content\\.[0-9a-f]{8}");
    }

    @Test
    void j11_whatARedisThatHangsCannotSayIsNotShownAsZero(@TempDir Path other) {
        try (RedisProcess redis = new RedisProcess(other)) {
            redis.startAndWait();
            try (Floor hanging = Floor.open(directory.resolve("other"), Floor.quickRules(), redis.url(), redis.url())) {
                await().atMost(Floor.PATIENCE)
                        .until(() -> hanging.get("/metrics").contains("quantum_stream_lag_messages 0.0"));
                redis.signal("STOP");
                await().atMost(Floor.PATIENCE)
                        .until(() -> hanging.get("/metrics").contains("quantum_stream_lag_messages NaN")
                                && hanging.metric("quantum_check_ok", "check=\"redis\"") == 0);
                JsonNode health = JsonMapper.shared().readTree(hanging.get("/health"));
                assertThat(health.has("lag")).isFalse();
                redis.signal("CONT");
                await().atMost(Floor.PATIENCE)
                        .until(() -> hanging.get("/metrics").contains("quantum_stream_lag_messages 0.0"));
            } finally {
                redis.signal("CONT");
            }
        }
    }

    @Test
    void m16_aSilentProducerIsToldWhereASilenceIsConfigured() {
        List<Event> told = new ArrayList<>();
        Producers producers = new Producers(Duration.ofMillis(50), told::add);
        producers.look();
        await().until(() -> !producers.check().ok());
        producers.look();
        producers.look();
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.Noticed.class,
                        noticed -> assertThat(noticed.key()).isEqualTo("producer-silent"));
        producers.heard();
        producers.look();
        assertThat(told).hasSize(2);
        assertThat(new Producers(Duration.ZERO, told::add).check().ok()).isTrue();
    }
}
