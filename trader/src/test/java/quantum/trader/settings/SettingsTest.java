package quantum.trader.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.rules.Rules;

class SettingsTest {

    private static final Map<String, String> KEYS =
            Map.of("QUANTUM_KEYS_API_KEY", "k-visible", "QUANTUM_KEYS_API_SECRET", "s-visible");

    @TempDir
    Path directory;

    private static Settings load(Map<String, String> environment) {
        return SettingsReader.load(Optional.empty(), environment);
    }

    private Settings load(String yaml, Map<String, String> environment) throws IOException {
        return SettingsReader.load(
                Optional.of(Files.writeString(directory.resolve("quantum.yaml"), yaml)), environment);
    }

    private static List<String> problems(Map<String, String> environment) {
        SettingsError error = catchThrowableOfType(SettingsError.class, () -> load(environment));
        assertThat(error).isNotNull();
        return error.problems();
    }

    private List<String> problems(String yaml, Map<String, String> environment) {
        SettingsError error = catchThrowableOfType(SettingsError.class, () -> load(yaml, environment));
        assertThat(error).isNotNull();
        return error.problems();
    }

    private static Map<String, String> with(String... pairs) {
        Map<String, String> all = new HashMap<>(KEYS);
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return all;
    }

    @Test
    void withoutAnythingItIsSimulatedByTheNumbersOfTheDesign() {
        Settings settings = load(Map.of("PATH", "/bin", "HOME", "/root"));

        assertThat(settings.mode()).isEqualTo(Mode.SIMULATED);
        assertThat(settings.rules()).isEqualTo(Rules.DEFAULT);
        assertThat(settings.data()).isEqualTo(Path.of("./quantum-data"));
        assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8007));
        assertThat(settings.redis())
                .isEqualTo(new Settings.Redis(null, 6380, false, "quantum", "execution-1", 100_000, Duration.ZERO));
        assertThat(settings.exchange().simulatorUrl()).isNull();
    }

    @Test
    void theEnvironmentIsAboveTheFileAndEachValueKeepsItsSource() throws IOException {
        Settings settings = load(
                "data: /a\r\nhttp:\n  port: 9000\nredis:\n  prefix: mine\n",
                Map.of(
                        "QUANTUM_DATA", " /b\r",
                        "QUANTUM_SIMULATOR_URL", "http://127.0.0.1:9100",
                        "QUANTUM_REDIS_URL", "redis://u:pa$$word@127.0.0.1:6379/0"));

        assertThat(settings.data()).isEqualTo(Path.of("/b"));
        assertThat(settings.http().port()).isEqualTo(9000);
        assertThat(settings.exchange().simulatorUrl()).isEqualTo("http://127.0.0.1:9100");
        assertThat(settings.redis().url()).isEqualTo("redis://u:pa$$word@127.0.0.1:6379/0");
        assertThat(settings.shown())
                .contains(
                        new Settings.Shown("data", "/b", "environment QUANTUM_DATA"),
                        new Settings.Shown(
                                "http.port",
                                "9000",
                                directory.resolve("quantum.yaml").toString()),
                        new Settings.Shown("http.bind", "127.0.0.1", "default"),
                        new Settings.Shown(
                                "redis.url", "redis://***@127.0.0.1:6379/0", "environment QUANTUM_REDIS_URL"));
    }

    @Test
    void everyProblemIsReportedAtOnceWithKeyValueRangeAndSource() {
        List<String> problems = problems(
                "modee: live\nhttp:\n  port: 70000\nlimits:\n  max_leverage: 2.5\n  default_leverage: 5\n",
                Map.of("QUANTUM_REDIS_URI", "x", "QUANTUM_OBSERVE", "maybe", "QUANTUM_HTTP_BIND", "0.0.0.0"));
        String file = directory.resolve("quantum.yaml").toString();

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "unknown key modee in " + file + "; did you mean mode?",
                        "unknown environment variable QUANTUM_REDIS_URI; did you mean QUANTUM_REDIS_URL?",
                        "http.port = 70000 must be from 0 to 65535 (" + file + ")",
                        "limits.max_leverage = 2.5 must be a whole number from 1 to 125 (" + file + ")",
                        "limits.default_leverage = 5 must not exceed limits.max_leverage = 1 (" + file + ")",
                        "observe = maybe must be true or false (environment QUANTUM_OBSERVE)",
                        "http.bind = 0.0.0.0 must be loopback; put a proxy with TLS in front of it"
                                + " (environment QUANTUM_HTTP_BIND)");
    }

    @Test
    void m7_theSeedsNamesCountBelowOurOwnAndTestnetKeysOnTheTestnetAlone() {
        Map<String, String> seeds = Map.of(
                "REDIS_URL", "redis://r.example:6379",
                "INTENT_MAX_AGE_SEC", "45",
                "BINANCE_TESTNET_API_KEY", "k",
                "BINANCE_TESTNET_SECRET_KEY", "s",
                "BINANCE_USE_TESTNET", "true");
        Settings testnet = load(seeds);
        assertThat(testnet.mode()).isEqualTo(Mode.TESTNET);
        assertThat(testnet.redis().url()).isEqualTo("redis://r.example:6379");
        assertThat(testnet.rules().limits().openMaxAge()).isEqualTo(Duration.ofSeconds(45));
        assertThat(testnet.exchange().apiKey()).isEqualTo("k");
        assertThat(testnet.exchange().apiSecret()).isEqualTo("s");
        assertThat(testnet.notes()).isEmpty();
        assertThat(testnet.shown())
                .contains(new Settings.Shown("keys.api_secret", "***", "environment BINANCE_TESTNET_SECRET_KEY"));

        assertThat(problems("mode: live", Map.of("BINANCE_TESTNET_API_KEY", "k", "BINANCE_TESTNET_SECRET_KEY", "s")))
                .contains("mode live needs QUANTUM_KEYS_API_KEY or QUANTUM_KEYS_API_KEY_FILE");
        assertThat(problems("", Map.of("INTENT_MAX_AGE_SEC", "9000")))
                .containsExactly(
                        "limits.open_max_age_seconds = 9000 must be from 1 to 600 (environment INTENT_MAX_AGE_SEC)");
    }

    @Test
    void m7_whatHasNoEffectIsNamed() throws IOException {
        Settings ours = load(
                "redis:\n  url: redis://ours.example:1\n",
                Map.of("REDIS_URL", "redis://theirs.example:1", "FAILSAFE_ON_SLTP_ERROR", "true"));
        assertThat(ours.redis().url()).isEqualTo("redis://ours.example:1");
        assertThat(ours.notes())
                .containsExactlyInAnyOrder(
                        "REDIS_URL has no effect: redis.url is set",
                        "FAILSAFE_ON_SLTP_ERROR has no effect: it belongs to venue crypto-com; here set"
                                + " protection.fail_safe");
    }

    @Test
    void j9_aKeyIsWrittenInSectionsOrWithItsDots() throws IOException {
        Settings settings = load(
                "limits.max_leverage: 3\nexits:\n  symbols.BTCUSDT.stop_loss_pct: 2\nhttp: {port: 9001}\n", Map.of());
        assertThat(settings.rules().limits().exposure().maxLeverage()).isEqualTo(3);
        assertThat(settings.http().port()).isEqualTo(9001);
        assertThat(settings.shown()).anySatisfy(line -> {
            assertThat(line.key()).isEqualTo("exits.symbols.BTCUSDT.stop_loss_pct");
            assertThat(line.value()).isEqualTo("2");
        });
        assertThat(problems("limits.max_leverage: 3\nlimits:\n  max_leverage: 4\n", Map.of()))
                .singleElement()
                .asString()
                .contains("limits.max_leverage is set twice in");
    }

    @Test
    void j10_aTildeIsTheHomeDirectoryOrRefused() throws IOException {
        Settings home = load("data: ~/q\n", Map.of("HOME", "/home/op"));
        assertThat(home.data()).isEqualTo(Path.of("/home/op/q"));
        assertThat(home.shown()).anySatisfy(line -> assertThat(line.value()).isEqualTo("/home/op/q"));
        assertThat(problems("data: ~bob/q\n", Map.of("HOME", "/home/op")))
                .singleElement()
                .asString()
                .contains("data = ~bob/q", "write the whole path");
        assertThat(problems("data: ~/q\n", Map.of())).hasSize(1);
    }

    @Test
    void aGuessThatIsFarOffIsNotMade() {
        assertThat(Nearest.to("QUANTUM_LIMTS_MAX", Arrays.stream(Key.values()).map(Key::variable)))
                .hasValue("QUANTUM_LIMITS_MAX_LEVERAGE");
        assertThat(Nearest.to(
                        "exits.symbols.BTCUSDT.stp", Arrays.stream(Key.values()).map(Key::key)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "- x", "just text", "mode: simulated\nmode: live", "\tmode: x"})
    void aFileThatIsNoSettingsIsRefused(String yaml) {
        assertThat(problems(yaml, Map.of())).hasSize(1);
    }

    @Test
    void aMissingFileIsRefusedAndAnEmptyOneIsNot() throws IOException {
        Path missing = directory.resolve("missing.yaml");

        assertThat(catchThrowableOfType(SettingsError.class, () -> SettingsReader.load(Optional.of(missing), Map.of()))
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("missing.yaml");
        assertThat(load("# nothing\n", Map.of()).mode()).isEqualTo(Mode.SIMULATED);
    }

    @Test
    void anEmptyValueIsNoDefault() {
        assertThat(problems(Map.of("QUANTUM_MODE", " ")))
                .containsExactly("mode =  is empty (environment QUANTUM_MODE)");
        assertThat(load(Map.of("QUANTUM_REDIS_URL", "")).redis().url()).isNull();
    }

    @Test
    void liveNeedsAConfirmationLimitsAndKeys() {
        assertThat(problems(Map.of("QUANTUM_MODE", "live")))
                .hasSize(6)
                .anyMatch(problem -> problem.startsWith("live_confirmed"))
                .anyMatch(problem -> problem.startsWith("limits.max_notional_usd"))
                .anyMatch(problem -> problem.startsWith("limits.max_positions"))
                .anyMatch(problem -> problem.startsWith("limits.max_leverage"))
                .anyMatch(problem -> problem.contains("QUANTUM_KEYS_API_KEY_FILE"))
                .anyMatch(problem -> problem.contains("QUANTUM_KEYS_API_SECRET_FILE"));
    }

    @Test
    void o3_liveNeedsABoundOnWhatAPositionIsWorth() {
        assertThat(problems(Map.of("QUANTUM_MODE", "live", "QUANTUM_LIMITS_MAX_NOTIONAL_USD", "0")))
                .contains("limits.max_notional_usd = 0 must be above 0 in mode live: 0 is no bound"
                        + " (environment QUANTUM_LIMITS_MAX_NOTIONAL_USD)");
        assertThat(problems(Map.of("QUANTUM_MODE", "live", "QUANTUM_LIMITS_MAX_NOTIONAL_USD", "500")))
                .noneMatch(problem -> problem.startsWith("limits.max_notional_usd"));
        assertThat(load(Map.of()).rules().limits().exposure().maxNotional())
                .as("play money has no bound unless it is given one")
                .isZero();
    }

    @Test
    void paperNeedsNoKeyAndIsChosenByItsNameAlone() {
        assertThat(load(Map.of("QUANTUM_MODE", "paper")).mode()).isEqualTo(Mode.PAPER);
        assertThat(load(Map.of("PAPER_TRADING", "true")).mode()).isEqualTo(Mode.PAPER);
    }

    @Test
    void observeGoesWithEveryMode() {
        assertThat(load(Map.of("QUANTUM_OBSERVE", "true")).rules().observe()).isTrue();
        assertThat(load(Map.of()).rules().observe()).isFalse();
    }

    @Test
    void whatIsNotAvailableIsRefusedAndNeverReplaced() {
        assertThat(problems(Map.of("QUANTUM_VENUE", "kraken")))
                .containsExactly("venue = kraken must be binance or crypto-com (environment QUANTUM_VENUE)");
        assertThat(problems(Map.of("QUANTUM_MODE", "prod"))).hasSize(1);
    }

    @Test
    void theVenueIsNamedByTheFileOrTheEnvironmentAndBringsItsDefaults() throws IOException {
        assertThat(load(Map.of()).venue()).isEqualTo("binance");
        Settings settings = load("venue: crypto-com\n", Map.of());
        assertThat(settings.venue()).isEqualTo("crypto-com");
        assertThat(settings.rules().confirmation().poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.rules().confirmation().fillWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.shown())
                .contains(new Settings.Shown("exits.break_even_fees_pct", "0.92", "venue crypto-com"));
        assertThat(load(Map.of("QUANTUM_VENUE", "crypto-com", "QUANTUM_CONFIRMATION_FILL_POLL_MILLIS", "200"))
                        .rules()
                        .confirmation()
                        .poll())
                .isEqualTo(Duration.ofMillis(200));
    }

    /** Seed 004 asked for a fill so many times, so far apart. */
    @Test
    void theNamesOfTheFirstPlatformCountForItsVenue() {
        Map<String, String> seed004 = Map.of(
                "QUANTUM_VENUE", "crypto-com",
                "ORDER_FILL_POLL_MAX_ATTEMPTS", "15",
                "ORDER_FILL_POLL_INTERVAL_SECONDS", "0.5",
                "FAILSAFE_ON_SLTP_ERROR", "true");
        Settings settings = load(seed004);
        assertThat(settings.rules().confirmation().poll()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.rules().confirmation().fillWait()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.rules().guarding().failSafe()).isEqualTo(Rules.FailSafe.CLOSE_AND_STOP);
        assertThat(settings.notes()).isEmpty();
        Map<String, String> alerting = new HashMap<>(seed004);
        alerting.put("FAILSAFE_ON_SLTP_ERROR", "false");
        Settings bare = load(alerting);
        assertThat(bare.rules().guarding().failSafe()).isEqualTo(Rules.FailSafe.ALERT);
        assertThat(bare.notes()).singleElement().asString().contains("stays open until a person acts");
        Map<String, String> wrong = new HashMap<>(seed004);
        wrong.put("ORDER_FILL_POLL_INTERVAL_SECONDS", "soon");
        wrong.put("FAILSAFE_ON_SLTP_ERROR", "perhaps");
        assertThat(problems(wrong))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("ORDER_FILL_POLL_INTERVAL_SECONDS=soon must be a number"))
                .anySatisfy(line -> assertThat(line).contains("FAILSAFE_ON_SLTP_ERROR must be true or false"));
    }

    /** Seed 002 and INC-I84: four testnet switches, two opinions. */
    @ParameterizedTest
    @CsvSource({
        "BINANCE_USE_TESTNET,true,TESTNET,false",
        "USE_TESTNET,false,BINANCE_TESTNET,1",
        "PAPER_TRADING,true,TESTNET,true",
        "QUANTUM_MODE,simulated,TESTNET,true",
        "QUANTUM_MODE,testnet,BINANCE_TESTNET,false",
        "QUANTUM_MODE,testnet,PAPER_TRADING,true",
        "TESTNET,false,USE_TESTNET,false",
        "TESTNET,ja,USE_TESTNET,true",
        "PAPER_TRADING,false,HOME,/root"
    })
    void incI84_aContradictorySetRefusesToStart(String name, String value, String other, String otherValue) {
        assertThat(problems(with(name, value, other, otherValue))).hasSize(1);
    }

    @Test
    void consistentFlagsOfTheSeedsSetTheMode() {
        Settings settings = load(with("BINANCE_USE_TESTNET", "true", "TESTNET", "True", "PAPER_TRADING", "false"));

        assertThat(settings.mode()).isEqualTo(Mode.TESTNET);
        assertThat(settings.redis().password()).isTrue();
        assertThat(settings.shown()).contains(new Settings.Shown("mode", "testnet", "environment BINANCE_USE_TESTNET"));
    }

    @Test
    void secretsAreNeverShownNorTakenFromTheFile() throws IOException {
        Settings settings = load(with("QUANTUM_MODE", "testnet"));
        assertThat(settings.exchange().apiKey()).isEqualTo("k-visible");
        assertThat(settings.toString()).doesNotContain("visible");
        assertThat(settings.shown())
                .contains(new Settings.Shown("keys.api_secret", "***", "environment QUANTUM_KEYS_API_SECRET"));

        assertThat(problems("keys:\n  api_secret: hidden\n", Map.of()))
                .hasSize(1)
                .noneMatch(problem -> problem.contains("hidden"));

        Path file = Files.writeString(directory.resolve("secret"), "from-file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Settings filed = load(Map.of(
                "QUANTUM_MODE", "testnet",
                "QUANTUM_KEYS_API_KEY", "k",
                "QUANTUM_KEYS_API_SECRET_FILE", file.toString()));
        assertThat(filed.exchange().apiSecret()).isEqualTo("from-file");
        assertThat(problems(with("QUANTUM_MODE", "testnet", "QUANTUM_KEYS_API_KEY_FILE", "/nonexistent")))
                .hasSize(3);
    }

    @Test
    void aSecretFileThatOthersMayReadIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "hidden\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(problems(Map.of(
                        "QUANTUM_MODE", "testnet",
                        "QUANTUM_KEYS_API_KEY", "k",
                        "QUANTUM_KEYS_API_SECRET_FILE", file.toString())))
                .singleElement()
                .asString()
                .contains("keys.api_secret_file", "chmod 600")
                .doesNotContain("hidden");
    }

    @Test
    void theDoorOfOrdersAndTheSetOfAddressesAreChosenByWord() {
        Settings settings = load(with(
                "QUANTUM_MODE", "testnet",
                "QUANTUM_EXCHANGE_ORDER_ENTRY", "websocket",
                "QUANTUM_ENDPOINTS_PRESET", "old_testnet"));
        assertThat(settings.exchange().overWebSocket()).isTrue();
        assertThat(settings.exchange().endpoints().oldTestnet()).isTrue();
        assertThat(load(Map.of()).exchange().overWebSocket()).isFalse();

        assertThat(problems(Map.of("QUANTUM_EXCHANGE_ORDER_ENTRY", "websocket")))
                .singleElement()
                .asString()
                .contains("exchange outside");
        assertThat(problems(with("QUANTUM_MODE", "testnet", "QUANTUM_EXCHANGE_ORDER_ENTRY", "carrier-pigeon")))
                .containsExactly("exchange.order_entry = carrier-pigeon must be rest or websocket"
                        + " (environment QUANTUM_EXCHANGE_ORDER_ENTRY)");
        assertThat(problems(Map.of("QUANTUM_ENDPOINTS_PRESET", "old_testnet")))
                .singleElement()
                .asString()
                .contains("mode testnet alone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUANTUM_REDIS_URL", "QUANTUM_SIMULATOR_URL"})
    void anAddressThatIsNoneIsRefusedWithoutItsSecret(String name) {
        assertThat(problems(Map.of(name, "foo://u:hidden@")))
                .hasSize(1)
                .noneMatch(problem -> name.contains("REDIS") && problem.contains("hidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9177#x", "http://127.0.0.1:9177/#", "http://127.0.0.1:9177?a=b"})
    void anAddressOfTheExchangeWithAFragmentOrAQueryIsRefusedByName(String address) {
        assertThat(problems(Map.of("QUANTUM_SIMULATOR_URL", address)))
                .containsExactly("simulator.url = " + address
                        + " must be an address without ? and #: the path of a request follows it"
                        + " (environment QUANTUM_SIMULATOR_URL)");
        assertThat(problems(with("QUANTUM_MODE", "testnet", "QUANTUM_ENDPOINTS_REST", address)))
                .singleElement()
                .asString()
                .contains("endpoints.rest", "without ? and #");
    }

    @Test
    void theSchemeOfAnAddressMayBeInUpperCase() {
        assertThat(load(Map.of("QUANTUM_SIMULATOR_URL", "HTTP://127.0.0.1:9177"))
                        .exchange()
                        .simulatorUrl())
                .isEqualTo("HTTP://127.0.0.1:9177");
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void everyKeyCanBeSetInTheEnvironmentAndItsDefaultIsWithinItsBounds(Key key) {
        assertThat(Key.ofVariable(key.variable())).isEqualTo(key);
        assertThat(Key.named(key.key())).isEqualTo(key);
        if (key.kind() == Key.Kind.WHOLE || key.kind() == Key.Kind.DECIMAL) {
            assertThat(key.least()).isNotEmpty();
            assertThat(problems(Map.of(key.variable(), "1000000000"))).isNotEmpty();
            assertThat(problems(Map.of(key.variable(), "-1"))).isNotEmpty();
        }
        assertThat(Arrays.stream(Key.values()).map(Key::variable)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulated", "testnet", "live"})
    void theExamplesAreValid(String name) {
        Path example = Path.of("..", "etc", name + ".yaml");

        assertThat(SettingsReader.load(Optional.of(example), name.equals("simulated") ? Map.of() : KEYS)
                        .mode()
                        .word())
                .isEqualTo(name);
    }

    @Test
    void theDocumentationIsUpToDate() throws IOException {
        Path fresh = Files.writeString(Path.of("target", "configuration.md"), Documentation.text());

        assertThat(Path.of("..", "docs", "configuration.md"))
                .describedAs("copy trader/" + fresh + " to docs/")
                .hasContent(Documentation.text());
    }
}
