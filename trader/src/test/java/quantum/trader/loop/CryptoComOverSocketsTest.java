package quantum.trader.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.rules.Rules;
import quantum.trader.Floor;

/** The shipped desk, loop, ledger and session on the simulated spot exchange, over its sockets. */
class CryptoComOverSocketsTest {

    @TempDir
    Path data = Path.of("");

    private CoinFloor floor;

    @BeforeEach
    void begin() {
        Awaitility.setDefaultTimeout(Floor.PATIENCE);
        floor = CoinFloor.open(data, Rules.DEFAULT);
    }

    @AfterEach
    void end() {
        floor.close();
    }

    @Test
    void whatIsBoughtIsWholeAndProtectedByAPairAndSoldByItsStop() {
        floor.bought();
        assertThat(floor.coins("BTC")).isEqualByComparingTo("0.51");
        floor.exchange.price("BTC_USD", "56900");
        await().until(() -> !floor.ends().isEmpty());
        assertThat(floor.ends().getFirst().reason()).isEqualTo(Closed.Reason.SL);
        assertThat(floor.coins("BTC")).as("the savings stay").isEqualByComparingTo("0.5");
        await().until(() -> floor.live().isEmpty());
    }

    @Test
    void theTargetSellsItAndTheStopGoesWithIt() {
        floor.bought();
        floor.exchange.price("BTC_USD", "66100");
        await().until(() -> !floor.ends().isEmpty());
        assertThat(floor.ends().getFirst().reason()).isEqualTo(Closed.Reason.TP);
        assertThat(floor.coins("BTC")).isEqualByComparingTo("0.5");
        await().until(() -> floor.live().isEmpty());
    }

    @Test
    void aCloseTakesThePairOffFirst() {
        floor.bought();
        floor.send("i2", CoinFloor.BTC, "SELL", Map.of());
        await().until(() -> !floor.ends().isEmpty());
        assertThat(floor.ends().getFirst().reason()).isEqualTo(Closed.Reason.SIGNAL);
        assertThat(floor.coins("BTC")).isEqualByComparingTo("0.5");
        assertThat(floor.reports("i2").getLast()).isInstanceOf(Report.Filled.class);
        await().until(() -> floor.live().isEmpty());
    }

    /** Scenario 4 of the first platform: the answer is lost, the order is there, and there is one position. */
    @Test
    void anOrderWhoseAnswerWasLostIsFoundAndNotSentAgain() {
        floor.exchange.fault("lost_after", "POST /exchange/v1/private/create-order", "BTC_USD");
        floor.bought();
        assertThat(floor.orders("BUY")).hasSize(1);
        assertThat(floor.coins("BTC")).isEqualByComparingTo("0.51");
    }

    /** Scenario 6: the process ends while a position is held, and another one goes on with it. */
    @Test
    void anotherProcessGoesOnWithWhatIsHeld() {
        floor.bought();
        List<String> before = CoinFloor.ids(floor.live());
        floor.stop();
        floor.start();
        assertThat(CoinFloor.ids(floor.live())).as("the same pair").hasSize(2).isEqualTo(before);
        floor.send("i2", CoinFloor.BTC, "CLOSE", Map.of());
        await().until(() -> !floor.ends().isEmpty());
        assertThat(floor.coins("BTC")).isEqualByComparingTo("0.5");
        await().until(() -> floor.live().isEmpty());
    }
}
