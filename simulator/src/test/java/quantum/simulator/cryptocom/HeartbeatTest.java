package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.simulator.Json;

/** Signs of life, a hundred times faster than on the exchange. */
class HeartbeatTest extends CryptoComContract {

    private static final String BEAT = "public/heartbeat";

    @BeforeEach
    void hasten() {
        settings("{'spotHeartbeatMillis':300,'spotHeartbeatAnswerMillis':50}");
    }

    @Test
    void silentClientIsCutAtTheThirdMiss() {
        var frames = user();
        await(() -> frames.closeCode() != 0);
        assertThat(frames.closeCode()).isEqualTo(1000);
        assertThat(frames.named(BEAT)).hasSize(3);
        var beat = frames.named(BEAT).getFirst();
        assertThat(beat.path("code").intValue()).isZero();
        assertThat(beat.path("id").asLong())
                .as("the clock of the exchange")
                .isCloseTo(System.currentTimeMillis(), Offset.offset(10_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare", "nonce", "whole"})
    void clientThatAnswersStaysAndHearsNothingOfIt(String form) {
        var frames = open("market");
        Set<Long> answered = new HashSet<>();
        await(() -> {
            for (var beat : frames.named(BEAT)) {
                if (answered.add(beat.path("id").asLong()))
                    frames.send(answer(form, beat.path("id").asLong()));
            }
            return answered.size() >= 5;
        });
        assertThat(frames.closeCode()).isZero();
        assertThat(frames.all()).hasSameSizeAs(frames.named(BEAT));
    }

    private static String answer(String form, long id) {
        var answer = Json.object().put("id", id).put("method", "public/respond-heartbeat");
        if (!form.equals("bare")) answer.put("nonce", id);
        if (form.equals("whole")) answer.put("method", BEAT).put("code", 0);
        return Json.text(answer);
    }

    @Test
    void answerWithAnotherIdCountsForNothing() {
        var frames = open("market");
        Set<Long> answered = new HashSet<>();
        await(() -> {
            for (var beat : frames.named(BEAT)) {
                long id = beat.path("id").asLong();
                if (answered.add(id) && frames.closeCode() == 0) frames.send(answer("bare", id + 1));
            }
            return frames.closeCode() != 0;
        });
        assertThat(frames.named(BEAT)).hasSize(3);
    }
}
