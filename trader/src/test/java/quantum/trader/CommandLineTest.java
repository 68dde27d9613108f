package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verbs in processes of their own: their exit codes, and what they say when something is wrong. */
@Execution(ExecutionMode.CONCURRENT)
class CommandLineTest {

    private final List<Command> commands = new ArrayList<>();
    private Path data = Path.of("");

    @BeforeEach
    void in(@TempDir Path directory) {
        data = directory;
    }

    @AfterEach
    void endWhatStillRuns() {
        commands.forEach(Command::end);
    }

    private Command start(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(Map.of(
                "QUANTUM_DATA", data.resolve("data").toString(),
                "QUANTUM_HTTP_PORT", "0",
                "QUANTUM_REDIS_PORT", "0"));
        all.putAll(environment);
        Command command = Command.start(data.resolve("out-" + commands.size()), all, arguments);
        commands.add(command);
        return command;
    }

    /** Ended with this code and one line of ours that says all of this, without a stack trace. */
    private static void assertFails(Command command, int code, String... words) {
        assertThat(command.exitCode()).as(command.output()).isEqualTo(code);
        assertThat(command.output().lines().filter(line -> line.startsWith("quantum: ")))
                .singleElement()
                .asString()
                .contains(words);
        assertThat(command.output()).doesNotContain("\tat ", "WARN");
    }

    @Test
    void anUnknownKeyOrNameIsAnsweredWithTheNearestValidOne() throws IOException {
        Path file = Files.writeString(data.resolve("wrong.yaml"), "http:\n  prot: 8007\n");
        Command key = start(Map.of(), "config", "check", "--config", file.toString());
        Command name = start(Map.of("QUANTUM_HTTP_PROT", "1"), "run");
        assertFails(key, 2, "unknown key http.prot", "did you mean http.port?");
        assertFails(name, 2, "QUANTUM_HTTP_PROT", "did you mean QUANTUM_HTTP_PORT?");
    }

    @Test
    void m18_anUnknownVerbOrOptionIsNamedWithTheNearestOneAlsoBesideHelp() {
        Command verb = start(Map.of(), "statu");
        Command beside = start(Map.of(), "trade-list", "--help");
        Command inside = start(Map.of(), "ledger", "verfy");
        Command option = start(Map.of(), "flatten", "--al");
        Command help = start(Map.of(), "help", "flatten");
        assertFails(verb, 2, "unknown verb statu; did you mean status?");
        assertFails(beside, 2, "unknown verb trade-list; there are demo, run,");
        assertFails(inside, 2, "unknown verb verfy; did you mean verify?");
        assertFails(option, 2, "Unknown option: '--al'; did you mean --all?");
        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).contains("--all");
    }

    @Test
    void b12_whatIsNoPortIsAUsageErrorOfOneLine() {
        List<Command> wrong = List.of(
                start(Map.of(), "simulator", "--port", "99999"),
                start(Map.of(), "simulator", "--port", "-5"),
                start(Map.of(), "demo", "--port", "65536"));
        Command key = start(Map.of("QUANTUM_HTTP_PORT", "99999"), "run");
        wrong.forEach(command -> {
            assertFails(command, 2, "is no port. Use one from 1 to 65535");
            assertThat(command.output().lines()).hasSize(1);
        });
        assertFails(key, 2, "http.port");
    }

    @Test
    void m7_aNameOfTheSeedsIsReadOrNamed() {
        Command show = start(Map.of("REDIS_URL", "redis://:hidden@r.example:1"), "config", "show");
        Command check = start(
                Map.of("BINANCE_TESTNET_API_KEY", "hidden", "ORDER_FILL_POLL_MAX_ATTEMPTS", "30"), "config", "check");
        assertThat(show.exitCode()).as(show.output()).isZero();
        assertThat(show.output())
                .containsPattern("redis\\.url +redis://\\*\\*\\*@r\\.example:1 +environment REDIS_URL")
                .doesNotContain("hidden");
        assertThat(check.exitCode()).as(check.output()).isZero();
        assertThat(check.output())
                .contains(
                        "note: BINANCE_TESTNET_API_KEY has no effect in mode simulated",
                        "note: ORDER_FILL_POLL_MAX_ATTEMPTS has no effect: it belongs to venue crypto-com; here set"
                                + " confirmation.fill_wait_seconds")
                .doesNotContain("hidden");
    }

    @Test
    void theAddressesInUseAreShownAndASecretThatCannotSignIsRefused() {
        Map<String, String> keys = Map.of(
                "QUANTUM_MODE", "testnet",
                "QUANTUM_KEYS_API_KEY", "k",
                "QUANTUM_KEYS_API_SECRET", "s-hidden",
                "QUANTUM_ENDPOINTS_WS_MARKET", "wss://stream.example/market");
        Command show = start(keys, "config", "show");
        Map<String, String> half = new HashMap<>(keys);
        half.put("QUANTUM_KEYS_API_SECRET", "-----BEGIN EC PRIVATE KEY-----");
        Command check = start(half, "config", "check");
        assertThat(show.exitCode()).as(show.output()).isZero();
        assertThat(show.output())
                .containsPattern("endpoints\\.rest +https://demo-fapi\\.binance\\.com +mode testnet")
                .containsPattern("endpoints\\.ws_market +wss://stream\\.example/market +environment")
                .doesNotContain("hidden");
        assertFails(check, 2, "private key", "docs/configuration.md");
    }

    @Test
    void incI83_pricesAndOrdersOfTwoEnvironmentsAreRefused() {
        Command market = start(
                Map.of(
                        "QUANTUM_MODE", "testnet",
                        "QUANTUM_KEYS_API_KEY", "k",
                        "QUANTUM_KEYS_API_SECRET", "s",
                        "QUANTUM_ENDPOINTS_WS_MARKET", "wss://fstream.binance.com/market"),
                "run");
        Command paper = start(
                Map.of("QUANTUM_MODE", "paper", "QUANTUM_ENDPOINTS_REST", "https://demo-fapi.binance.com"),
                "config",
                "check");
        assertFails(market, 2, "wss://fstream.binance.com/market does not belong to mode testnet", "endpoints");
        assertFails(paper, 2, "https://demo-fapi.binance.com does not belong to mode paper");
    }

    @Test
    void aContradictoryEnvironmentIsRefused() {
        Command run = start(Map.of("BINANCE_USE_TESTNET", "true", "TESTNET", "false"), "run");
        assertFails(run, 2, "contradicts itself", "TESTNET=false", "keep mode alone");
    }

    @Test
    void aPortInUseIsAConfigurationError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Command page = start(Map.of("QUANTUM_HTTP_PORT", port), "run");
            Command simulator = start(Map.of(), "simulator", "--port", port);
            assertFails(page, 2, port, "in use");
            assertFails(simulator, 2, port, "in use");
        }
    }

    @Test
    void anExchangeOrRedisThatCannotBeReachedIsNamedWithTheNextStep() throws IOException {
        String closed = Integer.toString(Ports.free());
        Command exchange = start(Map.of("QUANTUM_SIMULATOR_URL", "http://127.0.0.1:" + closed), "run");
        Command redis = start(
                Map.of("QUANTUM_REDIS_URL", "redis://127.0.0.1:" + closed, "QUANTUM_DATA", data + "/other"), "run");
        assertFails(redis, 5, "127.0.0.1:" + closed);
        assertThat(exchange.exitCode()).as(exchange.output()).isEqualTo(4);
        assertFails(exchange, 4, "127.0.0.1:" + closed);
        assertThat(exchange.output()).contains("FATAL_BINANCE_UNAVAILABLE");
    }

    @Test
    void theDoctorEndsWithACodeForWhatIsWrong() throws IOException {
        String closed = Integer.toString(Ports.free());
        try (Exchange exchange = new Exchange(Floor.options())) {
            Command fine = start(Map.of("QUANTUM_SIMULATOR_URL", exchange.url()), "doctor", "--json");
            Command nobody = start(Map.of("QUANTUM_SIMULATOR_URL", "http://127.0.0.1:" + closed), "doctor");
            Command redis = start(
                    Map.of("QUANTUM_SIMULATOR_URL", exchange.url(), "QUANTUM_REDIS_URL", "redis://127.0.0.1:" + closed),
                    "doctor");
            assertThat(fine.exitCode()).as(fine.output()).isZero();
            assertThat(fine.output()).contains("\"check\":\"clock\",\"grade\":\"fine\"");
            assertThat(nobody.exitCode()).as(nobody.output()).isEqualTo(4);
            assertThat(nobody.output()).contains("FAILED", "127.0.0.1:" + closed + " can be reached");
            assertThat(redis.exitCode()).as(redis.output()).isEqualTo(5);
            assertThat(redis.output()).contains("set redis.url");
        }
    }

    @Test
    void aSecondInstanceIsRefusedAndTermLeavesTheStops() {
        try (Exchange exchange = new Exchange(Floor.options())) {
            exchange.holdAll();
            Map<String, String> environment = Map.of("QUANTUM_SIMULATOR_URL", exchange.url());
            Command service = start(environment, "run");
            service.awaitOutput("SERVICE_STARTED");
            service.awaitOutput("BOOTSTRAP COMPLETE");
            Command second = start(environment, "run");
            assertFails(second, 5, "another instance");
            Command doctor = start(environment, "doctor");
            Command elsewhere = start(
                    Map.of(
                            "QUANTUM_SIMULATOR_URL",
                            exchange.url(),
                            "QUANTUM_DATA",
                            data.resolve("elsewhere").toString()),
                    "doctor");
            assertThat(doctor.exitCode()).as(doctor.output()).isZero();
            assertThat(doctor.output()).contains("owned by the service on ");
            assertThat(elsewhere.exitCode()).as(elsewhere.output()).isZero();
            assertThat(elsewhere.output()).contains("owned by another service on this host, pid");
            Command send = Command.sent(() -> start(environment, "send", "BUY", "ETHUSDT", "100usdt"));
            assertThat(send.exitCode()).as(send.output()).isZero();
            assertThat(send.output()).contains("filled   symbol ETHUSDT");
            exchange.liveStop("ETHUSDT");

            Command verify = start(
                    environment, "verify", "--out", data.resolve("proof.json").toString());
            assertThat(verify.exitCode()).as(verify.output()).isZero();
            assertThat(verify.output()).contains("3/3 orders verified", "closed again: ");
            assertProof(exchange);

            service.terminate();
            assertThat(service.exitCode(60)).as(service.output()).isZero();
            assertThat(service.output()).doesNotContain("\tat ", "validating");
            assertThat(exchange.liveStops("ETHUSDT")).hasSize(1);
            assertThat(exchange.held("ETHUSDT")).isPositive();
            assertThat(service.output()
                            .lines()
                            .filter(line -> line.contains("ORDER_SUBMIT symbol=ETHUSDT"))
                            .map(line -> line.substring(line.indexOf("clientOrderId="))))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aSecondServiceThatSpellsTheExchangeInAnotherWayIsRefused() {
        try (Exchange exchange = new Exchange(Floor.options())) {
            start(Map.of("QUANTUM_SIMULATOR_URL", exchange.url()), "run").awaitOutput("SERVICE_STARTED");
            Map<String, String> other = Map.of(
                    "QUANTUM_SIMULATOR_URL",
                    exchange.url().replace("http://127.0.0.1", "http://localhost"),
                    "QUANTUM_DATA",
                    data.resolve("elsewhere").toString());
            assertFails(start(other, "run"), 5, "the account is owned by another service (on this host, pid");
            Command doctor = start(other, "doctor");
            assertThat(doctor.exitCode()).as(doctor.output()).isZero();
            assertThat(doctor.output()).contains("owned by another service on this host, pid");
        }
    }

    @Test
    void o19_verifyClosesWhatItOpenedAndAsksForRoomBeforeItOpensMore() throws IOException {
        try (Exchange exchange = new Exchange(Floor.options())) {
            exchange.holdAll();
            Map<String, String> environment = Map.of("QUANTUM_SIMULATOR_URL", exchange.url());
            Command service = start(environment, "run");
            service.awaitOutput("BOOTSTRAP COMPLETE");

            Command nowhere = start(environment, "verify", "--out", "/nope/x.json");
            assertFails(nowhere, 2, "/nope/x.json", "its directory does not exist", "nothing was injected");
            assertThat(exchange.rows("orders", _ -> true)).isEmpty();

            String out = data.resolve("proof.json").toString();
            Command first = start(environment, "verify", "--out", out);
            assertThat(first.exitCode()).as(first.output()).isZero();
            assertThat(first.output()).contains("3/3 orders verified", "closed again: BTCUSDT, ETHUSDT, SOLUSDT");
            for (String symbol : List.of("BTCUSDT", "ETHUSDT", "SOLUSDT")) {
                assertThat(exchange.held(symbol)).isZero();
            }

            Command second = start(environment, "verify", "--keep", "--out", out);
            assertThat(second.exitCode(120)).as(second.output()).isZero();
            assertThat(second.output())
                    .contains("more than 5 opens a minute would stop all opens", "3/3 orders verified", "left open: ");
            assertThat(exchange.rows(
                            "positions", row -> Exchange.decimal(row, "amount").signum() != 0))
                    .hasSize(3);
            assertThat(service.output()).doesNotContain("GLOBAL_RATE_LIMIT");
        }
    }

    @Test
    void ordersGoOverTheSocketWhereItIsConfigured() {
        try (Exchange exchange = new Exchange(Floor.options())) {
            exchange.holdAll();
            Map<String, String> environment =
                    Map.of("QUANTUM_SIMULATOR_URL", exchange.url(), "QUANTUM_EXCHANGE_ORDER_ENTRY", "websocket");
            Command service = start(environment, "run");
            service.awaitOutput("BOOTSTRAP COMPLETE");
            Command send = Command.sent(() -> start(environment, "send", "BUY", "ETHUSDT", "100usdt"));
            assertThat(send.exitCode()).as(send.output()).isZero();
            assertThat(send.output()).contains("filled   symbol ETHUSDT");
            exchange.liveStop("ETHUSDT");
            service.terminate();
            assertThat(service.exitCode(60)).as(service.output()).isZero();
            assertThat(exchange.liveStops("ETHUSDT")).hasSize(1);
            assertThat(exchange.requests("WS", "order.place")).hasSize(1);
            assertThat(exchange.requests("WS", "algoOrder.place")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(exchange.requests("POST", "/fapi/v1/order")).isEmpty();
        }
    }

    /** The proof file of seed 002: every order in it is one of the exchange's own. */
    private void assertProof(Exchange exchange) {
        JsonNode proof;
        try {
            proof = JsonMapper.shared().readTree(Files.readString(data.resolve("proof.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(proof.propertyNames())
                .containsExactlyInAnyOrder("timestamp", "mode", "endpoint", "stream", "verified_orders");
        assertThat(Exchange.text(proof, "mode")).isEqualTo("SIMULATED");
        assertThat(Exchange.text(proof, "stream")).isEqualTo("quantum:stream:trade.intent");
        assertThat(proof.path("verified_orders").size()).isEqualTo(3);
        for (JsonNode order : proof.path("verified_orders")) {
            assertThat(order.propertyNames())
                    .containsExactlyInAnyOrder("symbol", "orderId", "side", "status", "timestamp", "message_id");
            assertThat(exchange.orders(Exchange.text(order, "symbol")))
                    .extracting(row -> Exchange.text(row, "orderId"))
                    .contains(Exchange.text(order, "orderId"));
        }
    }

    @Test
    void theDemoProvesItself() {
        Command demo = start(Map.of(), "demo", "--for", "20s", "--port", "0");
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("SIMULATED", "ready in");
        assertThat(demo.output()
                        .lines()
                        .filter(line -> line.matches("[0-9:]{8}  .*"))
                        .map(line -> line.substring(0, 8)))
                .as("told in the order of their times")
                .hasSizeGreaterThan(2)
                .isSorted();
        assertThat(dataOf(demo)).doesNotExist();
    }

    private static Path dataOf(Command demo) {
        Matcher said = Pattern.compile("data in (\\S+)").matcher(demo.output());
        assertThat(said.find()).isTrue();
        return Path.of(said.group(1));
    }

    @Test
    void f21_aDemoThatRefusesItsFileLeavesNothingBehind() throws IOException {
        Path file = Files.writeString(data.resolve("BTCUSDT.csv"), "no,prices\n");
        Command demo = start(Map.of(), "demo", "--port", "0", "--prices", file.toString());
        Command nowhere = start(Map.of(), "demo", "--prices", "/nope.csv");
        assertFails(nowhere, 2, "there is no file /nope.csv");
        assertFails(demo, 2, "BTCUSDT.csv");
        assertThat(dataOf(demo)).doesNotExist();
    }
}
