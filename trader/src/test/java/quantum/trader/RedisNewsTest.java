package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The alert of a lost Redis says why, and says it again where the cause is another one. */
class RedisNewsTest {

    private final List<String> alerts = new ArrayList<>();
    private boolean begun = true;
    private final RedisNews news =
            new RedisNews(() -> begun, (key, severity, text) -> alerts.add(key + " " + severity + " " + text));

    @Test
    void theAlertNamesTheCauseOfNow() {
        news.because("publisher", "Unexpected end of stream.");
        assertThat(alerts).isEmpty();
        news.heard("publisher", false);
        news.because("intents", "Unexpected end of stream.");
        news.heard("intents", false);
        assertThat(alerts)
                .singleElement()
                .asString()
                .startsWith("redis-lost CRITICAL Redis is lost: Unexpected end of stream.;");
        news.because("intents", "NOAUTH Authentication required.; put it into redis.url");
        news.because("publisher", "NOAUTH Authentication required.; put it into redis.url");
        assertThat(alerts).hasSize(2);
        assertThat(alerts.getLast()).contains("Redis is lost: NOAUTH Authentication required.; put it into redis.url;");
        news.heard("intents", true);
        assertThat(news.isUp()).isFalse();
        news.heard("publisher", true);
        assertThat(alerts).hasSize(3);
        assertThat(alerts.getLast()).startsWith("redis-back INFO");
        news.heard("publisher", false);
        assertThat(alerts.getLast()).contains("Redis is lost; protection");
    }

    @Test
    void causesWithoutEndAreNotAlertsWithoutEnd() {
        news.heard("publisher", false);
        IntStream.range(0, 100).forEach(i -> news.because("publisher", "cause " + i));
        assertThat(alerts).hasSize(10);
    }

    @Test
    void aServiceThatHasNotBegunTellsNothing() {
        begun = false;
        news.because("publisher", "NOAUTH");
        news.heard("publisher", false);
        news.because("publisher", "OOM");
        assertThat(alerts).isEmpty();
        assertThat(news.isUp()).isFalse();
    }
}
