package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The program in processes of its own on the spot exchange, chosen by nothing but its name. */
@Execution(ExecutionMode.CONCURRENT)
class CryptoComVerbsTest {

    private final List<Command> commands = new ArrayList<>();
    private Exchange exchange;
    private Map<String, String> environment = Map.of();
    private Path data = Path.of("");
    private int port;

    @BeforeEach
    void in(@TempDir Path directory) throws IOException {
        data = directory;
        port = Ports.free();
        exchange = new Exchange(Floor.options());
        // What somebody had before is nobody's to sell.
        exchange.post("/sim/spot", "{\"coins\":{\"BTC\":\"0.5\"}}");
        environment = Map.of(
                "QUANTUM_VENUE",
                "crypto-com",
                "QUANTUM_SIMULATOR_URL",
                exchange.url(),
                "QUANTUM_HTTP_PORT",
                Integer.toString(port),
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

    private Command start(Map<String, String> settings, String... arguments) {
        Command command = Command.start(data.resolve("out-" + commands.size()), settings, arguments);
        commands.add(command);
        return command;
    }

    private Command run(int code, String words, String... arguments) {
        Command command = start(environment, arguments);
        assertThat(command.exitCode()).as(command.output()).isEqualTo(code);
        assertThat(command.output()).contains(words).doesNotContain("\tat ");
        return command;
    }

    private Command service() {
        Command service = start(environment, "run");
        service.awaitOutput("BOOTSTRAP COMPLETE");
        return service;
    }

    private void bought() {
        Command send = Command.sent(() -> start(environment, "send", "BUY", "BTC_USD", "600usd"));
        assertThat(send.exitCode()).as(send.output()).isZero();
        assertThat(send.output()).contains("filled   symbol BTC_USD");
        await().atMost(Floor.PATIENCE).until(() -> types().equals(Set.of("LIMIT", "STOP_LOSS")));
    }

    private Set<String> types() {
        Set<String> types = new TreeSet<>();
        for (JsonNode order : exchange.ledger().path("spot").path("advanced")) {
            if (Set.of("NEW", "PENDING", "ACTIVE").contains(Exchange.text(order, "status"))) {
                types.add(Exchange.text(order, "type"));
            }
        }
        return types;
    }

    private BigDecimal coins() {
        for (JsonNode balance : exchange.ledger().path("spot").path("balances")) {
            if (Exchange.text(balance, "coin").equals("BTC")) {
                return Exchange.decimal(balance, "amount");
            }
        }
        return BigDecimal.ZERO;
    }

    @Test
    void coinsAreBoughtShownAndFlattenedByTheService() {
        Command service = service();
        assertThat(service.output()).contains("SERVICE_STARTED", "endpoint=" + exchange.url() + "/exchange/v1");
        bought();
        assertThat(run(0, "BTC_USD", "positions").output()).containsPattern("BTC_USD +LONG .* RESTING");
        run(0, "\"unprotected_positions\":0", "status", "--json");
        assertThat(metrics()).contains("quantum_build_info{", "venue=\"crypto-com\"");
        run(6, "NO_POSITION", "send", "SELL", "ETH_USD", "100usd");
        run(0, "BTC_USD", "orders");
        run(0, "BTC_USD is flat, as the exchange shows", "flatten", "BTC_USD", "--yes");
        assertThat(coins()).as("the savings stay").isEqualByComparingTo("0.5");
        assertThat(types()).isEmpty();
        service.terminate();
        assertThat(service.exitCode(60)).as(service.output()).isZero();
        run(0, "every table agrees with it", "ledger", "verify");
    }

    private String metrics() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void withoutAServiceCoinsAreShownByLedgerAndExchangeAndSoldByFlattenAlone() {
        Command service = service();
        bought();
        service.kill();
        Command positions = run(0, "as the ledger knew last, and what rests as the exchange shows now", "positions");
        assertThat(positions.output()).containsPattern("BTC_USD +LONG .* RESTING");
        assertThat(types()).containsExactly("LIMIT", "STOP_LOSS");
        run(0, "1 held, each with a stop", "doctor");
        run(0, "everything is flat", "flatten", "--all", "--yes");
        assertThat(coins()).isEqualByComparingTo("0.5");
        assertThat(types()).isEmpty();
    }

    /** A phantom: the ledger has a position, the wallet is empty. */
    @Test
    void theDoctorNamesCoinsThatAreGone() {
        Command service = service();
        bought();
        service.kill();
        exchange.post("/sim/spot", "{\"coins\":{\"BTC\":\"0.00001\"}}");
        Command doctor = run(0, "the account does not hold so much", "doctor");
        assertThat(doctor.output()).containsPattern("warning coins +the ledger remembers 0\\.[0-9]+ of BTC_USD");
    }

    @Test
    void whoOnlyLooksOnSendsNoOrder() {
        Map<String, String> observing = new HashMap<>(environment);
        observing.put("QUANTUM_OBSERVE", "true");
        Command service = start(observing, "run");
        service.awaitOutput("BOOTSTRAP COMPLETE");
        Command send = start(observing, "send", "BUY", "BTC_USD", "600usd");
        assertThat(send.exitCode()).as(send.output()).isEqualTo(6);
        assertThat(send.output()).contains("OBSERVED");
        assertThat(exchange.ledger().path("spot").path("orders")).isEmpty();
    }

    @Test
    void threeOrdersAreVerifiedOnTheExchangeAndClosedAgain() {
        service();
        Command verify = run(
                0,
                "3/3 orders verified on " + exchange.url() + "/exchange/v1",
                "verify",
                "--out",
                data.resolve("proof.json").toString());
        assertThat(verify.output()).contains("closed again: BTC_USD, ETH_USD, SOL_USD");
        assertThat(coins()).isEqualByComparingTo("0.5");
    }

    @Test
    void anExchangeThatCannotBeReachedGivesTheVenuesOwnMarker() throws IOException {
        Map<String, String> nobody = new HashMap<>(environment);
        nobody.put("QUANTUM_SIMULATOR_URL", "http://127.0.0.1:" + Ports.free());
        Command run = start(nobody, "run");
        assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
        assertThat(run.output()).contains("FATAL_CRYPTO_COM_UNAVAILABLE").doesNotContain("BINANCE");
    }

    @Test
    void whatThisExchangeHasNotIsRefusedByItsKey() {
        Map<String, String> wrong = Map.of(
                "QUANTUM_VENUE", "crypto-com",
                "QUANTUM_MODE", "paper",
                "QUANTUM_POSITION_MODE", "hedge",
                "QUANTUM_LIMITS_DEFAULT_LEVERAGE", "3");
        Command refused = start(wrong, "config", "check");
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output())
                .contains(
                        "mode = paper is not available with venue = crypto-com",
                        "position_mode = hedge cannot be had with venue = crypto-com: coins are held long alone",
                        "limits.default_leverage = 3 cannot be had");
        Command unknown = start(Map.of("QUANTUM_VENUE", "kraken"), "run");
        assertThat(unknown.exitCode()).as(unknown.output()).isEqualTo(2);
        assertThat(unknown.output()).contains("venue = kraken must be binance or crypto-com");
        Command noted =
                start(Map.of("QUANTUM_VENUE", "crypto-com", "QUANTUM_BUDGET_OPENS_PCT", "30"), "config", "check");
        assertThat(noted.exitCode()).as(noted.output()).isZero();
        assertThat(noted.output()).contains("note: budget.opens_pct has no effect with venue crypto-com");
    }

    @Test
    void theAddressesOfEachModeAreTheVenuesAndAForeignOneIsRefused() {
        Map<String, String> keys = Map.of(
                "QUANTUM_VENUE", "crypto-com",
                "QUANTUM_MODE", "testnet",
                "QUANTUM_KEYS_API_KEY", "k",
                "QUANTUM_KEYS_API_SECRET", "s-hidden");
        Command show = start(keys, "config", "show");
        assertThat(show.exitCode()).as(show.output()).isZero();
        assertThat(show.output())
                .containsPattern("endpoints\\.rest +https://uat-api\\.3ona\\.co/exchange/v1 +mode testnet")
                .containsPattern("endpoints\\.ws_private +wss://uat-stream\\.3ona\\.co/exchange/v1/user")
                .doesNotContain("hidden", "binance.com");
        Map<String, String> foreign = new HashMap<>(keys);
        foreign.put("QUANTUM_ENDPOINTS_WS_MARKET", "wss://stream.crypto.com/exchange/v1/market");
        Command check = start(foreign, "config", "check");
        assertThat(check.exitCode()).as(check.output()).isEqualTo(2);
        assertThat(check.output()).contains("does not belong to mode testnet");
    }

    @Test
    void theDemoProvesItselfOnThisVenueToo() {
        Command demo = start(Map.of(), "demo", "--venue", "crypto-com", "--for", "20s", "--port", "0");
        Command unknown = start(Map.of(), "demo", "--venue", "kraken");
        assertThat(unknown.exitCode()).as(unknown.output()).isEqualTo(2);
        assertThat(unknown.output()).contains("use binance or crypto-com");
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("BUY filled", "PROTECTED", "ledger       equals the exchange to the last digit");
    }
}
