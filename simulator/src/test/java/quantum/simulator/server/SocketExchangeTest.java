package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.simulator.InvalidInput;
import quantum.simulator.SimulatorOptions;

class SocketExchangeTest {

    @Test
    void portInUseIsSaidInOneSentence() {
        try (var first = SimulatorServer.start(SimulatorOptions.defaults().withPort(0))) {
            var options = SimulatorOptions.defaults().withPort(first.port());
            assertThatThrownBy(() -> SimulatorServer.start(options))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("Port " + first.port() + " is in use");
        }
    }

    @Test
    void closedServerLeavesItsStateBehind(@TempDir Path directory) {
        var file = directory.resolve("exchange.json");
        var options = SimulatorOptions.defaults().withPort(0).withStateFile(file);
        try (var server = SimulatorServer.start(options)) {
            assertThat(server.baseUrl()).startsWith("http://127.0.0.1:");
            send(server, "{\"balance\":\"123.45\"}");
        }
        try (var server = SimulatorServer.start(options)) {
            assertThat(send(server, "{}")).contains("\"wallet\":\"123.45\"");
        }
    }

    private static String send(SimulatorServer server, String body) {
        return Requests.post(server.baseUrl() + "/sim/account", body);
    }
}
