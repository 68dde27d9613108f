package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void restartedExchangeKeepsMoneyPositionsOrdersAndPrices() throws IOException {
        var file = directory.resolve("deep/state.json");
        var options = SimulatorOptions.defaults().withStateFile(file);
        var before = new Trading(options.withFillDelay(Duration.ZERO, Duration.ZERO)).price("50000.00");
        var entry = before.market(Side.BUY, "0.100");
        var resting = before.limit(Side.SELL, TimeInForce.GTC, "0.050", "52000");
        var stop = before.closing(Side.SELL, OrderType.STOP_MARKET, "49000");
        StateFile.write(file, before.exchange.snapshot());

        var after = new Trading(options.withFillDelay(Duration.ZERO, Duration.ZERO));
        assertThat(after.exchange.snapshot()).isEqualTo(before.exchange.snapshot());
        assertThat(after.market().last()).isEqualByComparingTo("50000");
        assertThat(after.position().entryPrice()).isEqualByComparingTo("50000.1");
        assertThat(after.account.orders().find(entry.id()))
                .isNotNull()
                .satisfies(order -> assertThat(order.averagePrice()).isEqualByComparingTo("50000.1"));
        assertThat(after.account.orders().open()).extracting(Order::id).containsExactly(resting.id());
        after.pass(Duration.ofMillis(1)).price("48000").pass(Duration.ofMillis(10));
        assertThat(after.position().flat()).isTrue();
        assertThat(after.account.algos().find(stop.id()))
                .isNotNull()
                .extracting(AlgoOrder::status)
                .isEqualTo(AlgoStatus.FINISHED);
        assertThat(after.market(Side.BUY, "0.002").id()).isGreaterThan(resting.id());
    }

    @Test
    void unreadableStateIsRefusedInsteadOfForgotten() throws IOException {
        var file = Files.writeString(directory.resolve("state.json"), "{\"version\":");
        var options = SimulatorOptions.defaults().withStateFile(file);
        assertThatThrownBy(() -> Simulator.create(options, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("state.json");
    }
}
