package quantum.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.Floor;
import tools.jackson.databind.JsonNode;

/** Bugs of seed 003: an account without margin. */
class MarginIncidentsTest {

    private Floor floor;

    @BeforeEach
    void anAccountThatRunsDryWithAPositionOpen(@TempDir Path data) {
        floor = Floor.open(data, Floor.quickRules());
        floor.open("held", "ETHUSDT", "BUY", "100");
        floor.ending("held");
        floor.exchange().balance("1");
        await().atMost(Floor.PATIENCE).until(() -> floor.isOutOfMargin());
    }

    @AfterEach
    void close() {
        floor.close();
    }

    /** 34 refusals of the exchange in 50 lines: now the check comes before the order. */
    @Test
    void marginSpam() {
        for (int i = 0; i < 8; i++) {
            floor.open("spam" + i, "OPUSDT", "BUY", "50");
            floor.ending("spam" + i);
        }
        assertThat(floor.exchange().orderRequests("OPUSDT")).isEmpty();
        assertThat(text(floor.ending("spam0"), "reason")).isEqualTo("MARGIN_INSUFFICIENT");
        assertThat(text(floor.ending("spam0"), "terminal_state")).isEqualTo("REJECTED_MARGIN");
        assertThat(text(floor.ending("spam1"), "reason")).isEqualTo("COOLDOWN_GLOBAL");
        assertThat(floor.lines("MARGIN CHECK symbol=OPUSDT")).hasSize(8);
    }

    /** The key of safe mode was written and never read. */
    @Test
    void safeModeThatStopsNothing() {
        for (int i = 0; i < 5; i++) {
            floor.open("fail" + i, "OPUSDT", "BUY", "50");
            floor.ending("fail" + i);
        }
        assertThat(floor.lines("SAFE MODE TRIGGERED")).hasSize(1);
        floor.exchange().balance("10000");
        floor.redis().del("quantum:safety:safe_mode", "quantum:safety:cooldown_global");
        floor.open("stopped", "SOLUSDT", "BUY", "50");
        JsonNode report = floor.ending("stopped");
        assertThat(text(report, "reason")).isEqualTo("SAFE_MODE");
        assertThat(text(report, "terminal_state")).isEqualTo("REJECTED_SAFETY");
        assertThat(floor.exchange().orderRequests("SOLUSDT")).isEmpty();
        await().atMost(Floor.PATIENCE).until(() -> floor.redis().exists("quantum:safety:safe_mode"));
        floor.restart(() -> {});
        floor.open("still-stopped", "SOLUSDT", "BUY", "50");
        assertThat(text(floor.ending("still-stopped"), "reason")).isEqualTo("SAFE_MODE");
    }

    /** With safe mode, cooldowns, pause and rates all against it, a close is filled (law 5). */
    @Test
    void closeRefusedByAGuard() {
        for (int i = 0; i < 6; i++) {
            floor.open("block" + i, "OPUSDT", "BUY", "50");
            floor.ending("block" + i);
        }
        assertThat(floor.lines("SAFE MODE TRIGGERED")).hasSize(1);
        floor.pause();
        floor.close("out", "ETHUSDT", "timestamp", "2020-01-01T00:00:00Z");
        assertThat(text(floor.ending("out"), "status")).isEqualTo("filled");
        assertThat(text(floor.closed("ETHUSDT"), "reason")).isEqualTo("signal");
        assertThat(floor.exchange().held("ETHUSDT")).isEqualByComparingTo("0");
    }
}
