package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.market.Symbol;
import quantum.trader.ledger.LedgerException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator's hand on a running service, over its interfaces, and without a service. */
class OperatorTest {

    private Floor floor;

    @BeforeEach
    void open(@TempDir Path data) {
        floor = Floor.open(data, Floor.quickRules());
    }

    @AfterEach
    void close() {
        floor.close();
    }

    private void hold(String... symbols) {
        for (String symbol : symbols) {
            floor.open("held-" + symbol, symbol, "BUY", "200");
        }
        for (String symbol : symbols) {
            assertThat(text(floor.ending("held-" + symbol), "status")).isEqualTo("filled");
        }
    }

    private JsonNode guards() {
        return JsonMapper.shared().readTree(floor.get("/api/v1/guards"));
    }

    /** The picture that is shown is a moment old. */
    private void assertState(String state) {
        await().atMost(Floor.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(text(JsonMapper.shared().readTree(floor.get("/health")), "state"))
                        .isEqualTo(state));
    }

    private void awaitFlat() {
        await().atMost(Floor.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !guards().path("guards").path("flattening").asBoolean());
        assertThat(floor.exchange()
                        .rows(
                                "positions",
                                row -> Exchange.decimal(row, "amount").signum() != 0))
                .isEmpty();
    }

    private void assertNothingRests() {
        await().atMost(Floor.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> floor.exchange()
                        .rows("protections", row -> "NEW".equals(text(row, "status")))
                        .isEmpty());
    }

    private void assertRefused(String id, String symbol, String reason) {
        floor.open(id, symbol, "BUY", "50");
        assertThat(text(floor.ending(id), "reason")).isEqualTo(reason);
    }

    @Test
    void pauseHoldsOverARestartUntilResume() {
        hold("ETHUSDT");
        assertThat(text(floor.order("pause", ""), "state")).isEqualTo("REDUCING");
        assertState("REDUCING");
        await().atMost(Floor.PATIENCE).until(() -> floor.metric("quantum_state", "state=\"reducing\"") == 1);
        floor.restart(() -> {});
        assertState("REDUCING");
        assertRefused("in", "SOLUSDT", "PAUSED");
        floor.close("out", "ETHUSDT");
        assertThat(text(floor.ending("out"), "status")).isEqualTo("filled");
        assertThat(text(floor.order("resume", ""), "state")).isEqualTo("ACTIVE");
        floor.open("again", "SOLUSDT", "BUY", "50");
        assertThat(text(floor.ending("again"), "status")).isEqualTo("filled");
    }

    @Test
    void flattenClosesOursAndFoundOnesSweepsAndLatches() {
        hold("ETHUSDT", "SOLUSDT");
        floor.exchange().byHand("SELL", "XRPUSDT", "100");
        await().atMost(Floor.PATIENCE)
                .until(() -> !floor.exchange().liveStops("XRPUSDT").isEmpty());
        assertThat(floor.order("flatten", "{\"all\":true}").path("flattening").asBoolean())
                .isTrue();
        floor.order("flatten", "{\"all\":true}");
        awaitFlat();
        assertNothingRests();
        for (String symbol : List.of("ETHUSDT", "SOLUSDT", "XRPUSDT")) {
            assertThat(text(floor.closed(symbol), "reason")).as(symbol).isEqualTo("kill");
            assertThat(floor.ends(symbol)).hasSize(1);
        }
        assertThat(floor.exchange().orderRequests("ETHUSDT"))
                .as("one open, one close")
                .hasSize(2);
        assertState("HALTED");
        floor.restart(() -> {});
        assertState("HALTED");
        assertRefused("in", "ETHUSDT", "HALTED");
        floor.order("resume", "");
        floor.open("again", "ETHUSDT", "BUY", "50");
        assertThat(text(floor.ending("again"), "status")).isEqualTo("filled");
    }

    @Test
    void flattenOfOneSymbolLeavesTheOthers() {
        hold("ETHUSDT", "SOLUSDT");
        assertThat(floor.order("flatten", "{\"symbol\":\"ETHUSDT\"}")
                        .path("positions")
                        .asInt())
                .isEqualTo(1);
        await().atMost(Floor.PATIENCE)
                .until(() -> !guards().path("guards")
                        .path("flattened")
                        .path("ETHUSDT")
                        .asBoolean(true));
        assertThat(floor.exchange().held("ETHUSDT")).isZero();
        assertThat(floor.exchange().held("SOLUSDT")).isPositive();
        assertThat(floor.exchange().liveStops("SOLUSDT")).hasSize(1);
        assertRefused("in", "ETHUSDT", "HALTED");
        assertState("ACTIVE");
    }

    @Test
    void flattenWorksWithRedisDown() {
        hold("ETHUSDT", "SOLUSDT");
        try {
            floor.redis().executeCommand(new CommandArguments(Protocol.Command.SHUTDOWN).add("NOSAVE"));
        } catch (JedisException _) {
            // It answers nothing any more: that is what is wanted.
        }
        await().atMost(Floor.PATIENCE).until(() -> floor.get("/health").contains("\"redis\":{\"ok\":false"));
        floor.order("flatten", "{\"all\":true}");
        awaitFlat();
        assertNothingRests();
        assertState("HALTED");
    }

    @Test
    void flattenWithoutAServiceTakesTheLedgersLock() {
        hold("ETHUSDT", "SOLUSDT");
        assertThatThrownBy(() -> Flattening.begin(floor.setup(), null)).isInstanceOf(LedgerException.Owned.class);
        List<String> told = new ArrayList<>();
        floor.restart(() -> {
            floor.exchange().byHand("BUY", "XRPUSDT", "100");
            try (Flattening alone = Flattening.begin(floor.setup(), null)) {
                assertThat(alone.await(Floor.PATIENCE, progress -> told.add(progress.words())))
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(floor.exchange()
                            .rows(
                                    "positions",
                                    row -> Exchange.decimal(row, "amount").signum() != 0))
                    .isEmpty();
            assertThat(floor.exchange().rows("protections", row -> "NEW".equals(text(row, "status"))))
                    .isEmpty();
        });
        assertThat(told).last().isEqualTo("0 positions held, 0 orders in flight");
        assertState("HALTED");
        for (String symbol : List.of("ETHUSDT", "SOLUSDT", "XRPUSDT")) {
            assertThat(text(floor.closed(symbol), "reason")).as(symbol).isEqualTo("kill");
        }
    }

    @Test
    void flattenOfOneSymbolWithoutAServiceLeavesTheOthers() {
        hold("ETHUSDT", "SOLUSDT");
        floor.restart(() -> {
            try (Flattening alone = Flattening.begin(floor.setup(), new Symbol("ETHUSDT"))) {
                assertThat(alone.await(Floor.PATIENCE, _ -> {})).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(floor.exchange().held("ETHUSDT")).isZero();
        assertThat(floor.exchange().held("SOLUSDT")).isPositive();
        assertThat(floor.exchange().liveStops("SOLUSDT")).hasSize(1);
        assertRefused("in", "ETHUSDT", "HALTED");
    }

    @Test
    void o16_flattenWithoutAServiceRefusesWhatIsNotHeldAndOrdersNothing() {
        hold("ETHUSDT");
        floor.restart(() -> {
            try (Flattening alone = Flattening.begin(floor.setup(), new Symbol("ETHUSTD"))) {
                assertThatThrownBy(() -> alone.await(Floor.PATIENCE, _ -> {}))
                        .isInstanceOf(Flattening.NotHeld.class)
                        .hasMessage("ETHUSTD is not held; held: ETHUSDT; did you mean ETHUSDT?");
            }
        });
        assertThat(floor.exchange().held("ETHUSDT")).isPositive();
        assertThat(guards().path("guards").path("flattened").isEmpty()).isTrue();
    }

    @Test
    void clearingAGuardEndsItAndItsKey() {
        hold("ETHUSDT");
        floor.exchange().balance("1");
        await().atMost(Floor.PATIENCE).until(floor::isOutOfMargin);
        assertRefused("poor", "SOLUSDT", "MARGIN_INSUFFICIENT");
        floor.exchange().balance("10000");
        await().atMost(Floor.PATIENCE).until(() -> !floor.isOutOfMargin());
        assertRefused("cooling", "XRPUSDT", "COOLDOWN_GLOBAL");
        await().atMost(Floor.PATIENCE).until(() -> floor.redis().exists("quantum:safety:cooldown_global"));

        JsonNode unknown = floor.order("safety", "{\"name\":\"cooldowns\",\"why\":\"x\"}");
        assertThat(text(unknown, "reason_code")).isEqualTo("GUARD_UNKNOWN");
        floor.order("safety", "{\"name\":\"cooldown_global\",\"why\":\"the balance is back\"}");
        floor.order("safety", "{\"name\":\"cooldown_symbol:SOLUSDT\",\"why\":\"the balance is back\"}");
        await().atMost(Floor.PATIENCE)
                .until(() -> !floor.redis().exists("quantum:safety:cooldown_global")
                        && !floor.redis().exists("quantum:safety:cooldown_symbol:SOLUSDT"));
        floor.open("again", "SOLUSDT", "BUY", "50");
        assertThat(text(floor.ending("again"), "status")).isEqualTo("filled");
        assertThat(floor.alerts("cleared:cooldown_global"))
                .singleElement()
                .satisfies(alert -> assertThat(text(alert, "text")).contains("the balance is back"));
    }

    @Test
    void o28_aKeyThatIsSetByHandIsNamedOnceForItStopsNothing() {
        floor.redis().set("quantum:safety:safe_mode", "1");
        await().atMost(Floor.PATIENCE)
                .until(() -> !floor.alerts("key-without-effect:quantum:safety:safe_mode")
                        .isEmpty());
        hold("ETHUSDT");
        assertThat(floor.alerts("key-without-effect"))
                .singleElement()
                .satisfies(alert -> assertThat(text(alert, "text")).contains("no effect", "./quantum pause"));
    }

    /** It shows 4 of law 5: everything that stops opens is on at once, and a close is filled. */
    @Test
    void withEveryGuardHoldAndHaltOnAtOnceACloseStillFills() {
        hold("ETHUSDT", "XRPUSDT", "SOLUSDT");
        floor.exchange().balance("1");
        await().atMost(Floor.PATIENCE).until(floor::isOutOfMargin);
        for (int i = 0; i < 6; i++) {
            floor.open("poor" + i, "OPUSDT", "BUY", "50");
            floor.ending("poor" + i);
        }
        assertState("SAFE_MODE");
        floor.order("pause", "");
        floor.order("flatten", "{\"symbol\":\"SOLUSDT\"}");
        assertThat(guards().path("active"))
                .extracting(guard -> text(guard, "name"))
                .contains("safe_mode", "cooldown_global", "cooldown_symbol:OPUSDT");
        floor.close("out", "ETHUSDT", "timestamp", "2020-01-01T00:00:00Z");
        assertThat(text(floor.ending("out"), "status")).isEqualTo("filled");
        assertThat(text(floor.closed("ETHUSDT"), "reason")).isEqualTo("signal");
        assertRefused("in", "SOLUSDT", "PAUSED");
        floor.order("flatten", "{\"all\":true}");
        awaitFlat();
        assertThat(text(floor.closed("XRPUSDT"), "reason")).isEqualTo("kill");
        floor.close("halted", "XRPUSDT");
        assertThat(text(floor.ending("halted"), "reason")).isEqualTo("NO_POSITION");
    }
}
