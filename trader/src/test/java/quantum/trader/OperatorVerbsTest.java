package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The operator's verbs in processes of their own, with and without a service. */
@Execution(ExecutionMode.CONCURRENT)
class OperatorVerbsTest {

    private final List<Command> commands = new ArrayList<>();
    private Exchange exchange;
    private Map<String, String> environment = Map.of();
    private Path data = Path.of("");

    @BeforeEach
    void in(@TempDir Path directory) throws IOException {
        data = directory;
        exchange = new Exchange(Floor.options());
        exchange.holdAll();
        environment = Map.of(
                "QUANTUM_SIMULATOR_URL",
                exchange.url(),
                "QUANTUM_HTTP_PORT",
                Integer.toString(Ports.free()),
                "QUANTUM_DATA",
                data.resolve("data").toString(),
                "QUANTUM_REDIS_PORT",
                "0");
    }

    @AfterEach
    void endWhatStillRuns() {
        commands.forEach(Command::end);
        exchange.close();
    }

    private Command start(String... arguments) {
        Command command = Command.start(data.resolve("out-" + commands.size()), environment, arguments);
        commands.add(command);
        return command;
    }

    private void open(String symbol) {
        assertEnds(Command.sent(() -> start("send", "BUY", symbol, "100usdt")), 0, "filled   symbol " + symbol);
    }

    private void run(int code, String words, String... arguments) {
        assertEnds(start(arguments), code, words);
    }

    private static void assertEnds(Command command, int code, String words) {
        assertThat(command.exitCode()).as(command.output()).isEqualTo(code);
        assertThat(command.output()).contains(words).doesNotContain("\tat ");
    }

    @Test
    void o1_aServiceIsPausedResumedFlattenedAndItsGuardsAreShown() {
        Command service = start("run");
        service.awaitOutput("BOOTSTRAP COMPLETE");
        open("ETHUSDT");
        run(0, "state REDUCING", "pause");
        run(0, "paused by the operator   ends with ./quantum resume", "safety");
        run(6, "PAUSED", "send", "BUY", "SOLUSDT", "100usdt");
        run(0, "state ACTIVE", "resume");
        run(0, "no guard holds opens back", "safety");
        run(6, "cooldown_global stops nothing now", "safety", "clear", "cooldown_global", "--why", "looked");
        run(2, "safe_mode, cooldown_global", "safety", "clear", "everything", "--why", "looked");
        run(2, "--why", "safety", "clear", "safe_mode");
        run(2, "say so with --yes", "flatten", "--all");
        run(2, "or say --all", "flatten", "--yes");
        run(2, "or say --all", "flatten", "ETHUSDT", "--all", "--yes");
        run(6, "ETHUSTD is not held; held: ETHUSDT; did you mean ETHUSDT?", "flatten", "ETHUSTD", "--yes");
        assertThat(exchange.held("ETHUSDT")).isPositive();
        run(0, "{\"flattened\":\"everything\",\"flat\":true,\"alerts\":[{", "flatten", "--all", "--yes", "--json");
        assertThat(exchange.held("ETHUSDT")).isZero();
        run(6, "HALTED", "send", "BUY", "SOLUSDT", "100usdt");
        run(0, "\"state\":\"HALTED\"", "status", "--json");
        run(0, "halted: everything was flattened   ends with ./quantum resume", "safety");
    }

    @Test
    void o17_withoutAServicePositionsAndStopsAreShownAndNothingIsChanged() {
        Command service = start("run");
        service.awaitOutput("BOOTSTRAP COMPLETE");
        open("ETHUSDT");
        run(0, "state REDUCING", "pause");
        service.kill();
        int protections = exchange.requests("POST", "/fapi/v1/algoOrder").size();

        Command positions = start("positions");
        assertThat(positions.exitCode()).as(positions.output()).isZero();
        assertThat(positions.output())
                .contains("no service answers on http://127.0.0.1:", "as the exchange shows now")
                .containsPattern("ETHUSDT +LONG .*RESTING");
        run(6, "positions 1, without a live stop 0: as the exchange shows now", "status");
        run(6, "did not end in order", "status");
        run(0, "paused by the operator", "safety");
        run(0, "\"stop\":{\"state\":\"RESTING\",\"price\":", "positions", "--json");

        exchange.cancelStopByHand("ETHUSDT");
        run(6, "positions 1, without a live stop 1", "status");
        assertThat(exchange.requests("POST", "/fapi/v1/order")).hasSize(1);
        assertThat(exchange.requests("POST", "/fapi/v1/algoOrder")).hasSize(protections);
        exchange.close();
        run(6, "as the ledger knew last", "positions");
    }

    @Test
    void o16_withoutAServiceFlattenDoesItItself() {
        Command service = start("run");
        service.awaitOutput("BOOTSTRAP COMPLETE");
        open("ETHUSDT");
        service.terminate();
        assertThat(service.exitCode(60)).isZero();
        assertThat(exchange.held("ETHUSDT")).isPositive();
        run(6, "no service answers", "pause");
        run(6, "ETHUSTD is not held; held: ETHUSDT; did you mean", "flatten", "ETHUSTD", "--yes");
        run(0, "info: flattened: the exchange shows that nothing is held", "flatten", "--all", "--yes");
        assertThat(exchange.held("ETHUSDT")).isZero();
        assertThat(exchange.liveStops("ETHUSDT")).isEmpty();
    }

    @Test
    void withAndWithoutAServiceFlatteningOneSymbolSaysNothingOfTheOthers() {
        Command first = start("run");
        first.awaitOutput("BOOTSTRAP COMPLETE");
        for (String symbol : List.of("ETHUSDT", "SOLUSDT", "DOGEUSDT")) {
            open(symbol);
        }
        flattenAlone("ETHUSDT");
        run(0, "state ACTIVE", "safety");
        first.terminate();
        assertThat(first.exitCode(60)).isZero();
        flattenAlone("SOLUSDT");
        Command next = start("run");
        next.awaitOutput("BOOTSTRAP COMPLETE");
        run(0, "state ACTIVE", "safety");
        run(0, "flattened SOLUSDT   ends with ./quantum resume", "safety");
        run(6, "HALTED", "send", "BUY", "SOLUSDT", "100usdt");
        assertThat(exchange.held("DOGEUSDT")).isPositive();
        assertThat(exchange.liveStops("DOGEUSDT")).hasSize(1);
    }

    private void flattenAlone(String symbol) {
        Command flatten = start("flatten", symbol, "--yes");
        assertThat(flatten.exitCode()).as(flatten.output()).isZero();
        assertThat(flatten.output())
                .contains(
                        symbol + " is flat, as the exchange shows; opens in " + symbol + " wait for ./quantum resume",
                        "critical: flattening " + symbol + "; opens in " + symbol + " wait for resume",
                        "info: flattened: the exchange shows that nothing is held in " + symbol + "; opens in " + symbol
                                + " wait for resume")
                .doesNotContain("opens are stopped", "nothing is held;", "; opens wait for");
    }
}
