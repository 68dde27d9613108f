package quantum.trader.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.guard.Breaker;
import quantum.guard.Limits;
import quantum.position.ExistingPolicy;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.position.PositionMode;
import quantum.rules.Rules;

/** Maps the values into records and checks what concerns more than one key. */
public final class SettingsReader {

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    private final List<String> problems = new ArrayList<>();
    private final Values values;
    private final SeedFlags flags;
    private final Map<String, String> environment;

    /**
     * Reads the file, if there is one, under the environment.
     *
     * @throws SettingsError with every problem at once
     */
    public static Settings load(Optional<Path> file, Map<String, String> environment) {
        return new SettingsReader(file, environment).read();
    }

    private SettingsReader(Optional<Path> file, Map<String, String> environment) {
        this.environment = environment;
        this.values = Values.merge(file, environment, problems);
        this.flags = new SeedFlags(environment, problems);
    }

    private Settings read() {
        SeedFlags.Wish wish = flags.wish(explicitMode());
        Mode mode = wish != null ? wish.mode() : mode(values.required(Key.MODE));
        List<String> notes = SeedNames.read(environment, values, mode, problems);
        Settings settings = new Settings(
                mode,
                Path.of(values.required(Key.DATA)),
                values.word(Key.VENUE),
                exchange(mode),
                redis(mode),
                new Settings.Http(values.required(Key.HTTP_BIND), values.whole(Key.HTTP_PORT)),
                new Settings.Windows(values.millis(Key.OPEN_WINDOW), values.millis(Key.EXIT_WINDOW)),
                rules(),
                values.word(Key.LOG_FORMAT).equals("json"),
                shown(wish),
                notes);
        checkMode(mode);
        checkRest(settings);
        if (!problems.isEmpty()) {
            throw new SettingsError(problems.stream().distinct().toList());
        }
        return settings;
    }

    private @Nullable Mode explicitMode() {
        return values.isDefault(Key.MODE) ? null : mode(values.required(Key.MODE));
    }

    private Mode mode(String word) {
        for (Mode mode : Mode.values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        String problem =
                "mode = " + word + " must be simulated, paper, testnet or live (" + values.source(Key.MODE) + ")";
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
        return Mode.SIMULATED;
    }

    private void checkMode(Mode mode) {
        if (mode == Mode.LIVE) {
            if (!values.flag(Key.LIVE_CONFIRMED)) {
                values.wrong(Key.LIVE_CONFIRMED, "must be true in mode live: real money moves");
            }
            for (Key limit : List.of(Key.MAX_POSITIONS, Key.MAX_LEVERAGE, Key.MAX_NOTIONAL)) {
                if (values.isDefault(limit)) {
                    problems.add(limit.key() + " must be set in mode live; no default decides about real money");
                }
            }
            if (!values.isDefault(Key.MAX_NOTIONAL)
                    && values.decimal(Key.MAX_NOTIONAL).signum() == 0) {
                values.wrong(Key.MAX_NOTIONAL, "must be above 0 in mode live: 0 is no bound");
            }
        }
        if (mode != Mode.SIMULATED && values.text(Key.SIMULATOR_URL) != null) {
            values.wrong(Key.SIMULATOR_URL, "belongs to mode simulated alone");
        }
        if (mode != Mode.TESTNET && !values.isDefault(Key.ENDPOINT_PRESET)) {
            values.wrong(Key.ENDPOINT_PRESET, "belongs to mode testnet alone");
        }
        boolean isInside = mode == Mode.PAPER || (mode == Mode.SIMULATED && values.text(Key.SIMULATOR_URL) == null);
        if (isInside && !values.isDefault(Key.ORDER_ENTRY)) {
            values.wrong(Key.ORDER_ENTRY, "is for an exchange outside: simulator.url, or mode testnet or live");
        }
        for (Key endpoint : endpoints()) {
            if (mode == Mode.SIMULATED && values.text(endpoint) != null) {
                values.wrong(endpoint, "does not belong to mode simulated; use simulator.url");
            }
        }
    }

    private static List<Key> endpoints() {
        return List.of(
                Key.ENDPOINT_REST, Key.ENDPOINT_PUBLIC, Key.ENDPOINT_MARKET, Key.ENDPOINT_PRIVATE, Key.ENDPOINT_ORDERS);
    }

    private void checkRest(Settings settings) {
        if (!LOOPBACK.contains(settings.http().bind())) {
            values.wrong(Key.HTTP_BIND, "must be loopback; put a proxy with TLS in front of it");
        }
        if (!settings.redis().prefix().matches("[A-Za-z0-9_.-]{1,40}")) {
            values.wrong(Key.REDIS_PREFIX, "must have 1 to 40 letters, digits, dots, dashes or underscores");
        }
        if (!settings.redis().consumer().matches("[A-Za-z0-9_.:-]{1,80}")) {
            values.wrong(Key.REDIS_CONSUMER, "must have 1 to 80 letters, digits, dots, dashes, colons or underscores");
        }
        address(Key.REDIS_URL, Set.of("redis", "rediss"));
        base(Key.SIMULATOR_URL, Set.of("http", "https"));
        base(Key.ENDPOINT_REST, Set.of("http", "https"));
        endpoints().stream().skip(1).forEach(key -> base(key, Set.of("ws", "wss")));
        Limits.Exposure exposure = settings.rules().limits().exposure();
        if (exposure.defaultLeverage() > exposure.maxLeverage()) {
            values.wrong(Key.DEFAULT_LEVERAGE, "must not exceed limits.max_leverage = " + exposure.maxLeverage());
        }
        Rules.Confirmation confirmation = settings.rules().confirmation();
        if (confirmation.poll().compareTo(confirmation.fillWait()) > 0) {
            values.wrong(Key.FILL_POLL, "must not exceed confirmation.fill_wait_seconds");
        }
    }

    /** An address that the path of each request is put behind; its scheme may be in any case. */
    private void base(Key key, Set<String> schemes) {
        Set<String> inAnyCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        inAnyCase.addAll(schemes);
        URI uri = address(key, inAnyCase);
        if (uri != null && (uri.getRawQuery() != null || uri.getRawFragment() != null)) {
            values.wrong(key, "must be an address without ? and #: the path of a request follows it");
        }
    }

    private @Nullable URI address(Key key, Set<String> schemes) {
        String text = values.text(key);
        if (text == null) {
            return null;
        }
        try {
            URI uri = URI.create(text);
            if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below, without the text that the exception would repeat.
        }
        values.wrong(
                key,
                "must be an address that starts with "
                        + String.join(":// or ", schemes.stream().sorted().toList()) + "://");
        return null;
    }

    private Settings.Exchange exchange(Mode mode) {
        Settings.Endpoints endpoints = new Settings.Endpoints(
                values.word(Key.ENDPOINT_PRESET).equals("old_testnet"),
                values.text(Key.ENDPOINT_REST),
                values.text(Key.ENDPOINT_PUBLIC),
                values.text(Key.ENDPOINT_MARKET),
                values.text(Key.ENDPOINT_PRIVATE),
                values.text(Key.ENDPOINT_ORDERS));
        String key = secret(Key.API_KEY, Key.API_KEY_FILE);
        String secret = secret(Key.API_SECRET, Key.API_SECRET_FILE);
        if (mode == Mode.TESTNET || mode == Mode.LIVE) {
            require(key, Key.API_KEY, mode);
            require(secret, Key.API_SECRET, mode);
        }
        return new Settings.Exchange(
                values.text(Key.SIMULATOR_URL),
                endpoints,
                key,
                secret,
                values.word(Key.ORDER_ENTRY).equals("websocket"),
                values.flag(Key.WITHDRAWAL_ALLOWED),
                new Settings.Budget(values.whole(Key.OPENS_SHARE), values.whole(Key.TOTAL_SHARE)));
    }

    private void require(@Nullable String value, Key key, Mode mode) {
        if (value == null) {
            problems.add("mode " + mode.word() + " needs " + key.variable() + " or " + key.variable() + "_FILE");
        }
    }

    private @Nullable String secret(Key direct, Key inFile) {
        String value = values.text(direct);
        String file = values.text(inFile);
        if (value != null && file != null) {
            problems.add(direct.key() + " and " + inFile.key() + " are both set; keep one");
        }
        if (file == null) {
            return value;
        }
        try {
            if (isOpenToOthers(Path.of(file))) {
                values.wrong(inFile, "can be read by others than its owner; chmod 600 it");
            }
            String text = Files.readString(Path.of(file)).strip();
            if (!text.isEmpty()) {
                return text;
            }
            values.wrong(inFile, "is an empty file");
        } catch (IOException _) {
            values.wrong(inFile, "cannot be read");
        }
        return null;
    }

    /** Where the file system knows such rights. */
    private static boolean isOpenToOthers(Path file) throws IOException {
        PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return rights != null && !OWNERS.containsAll(rights.readAttributes().permissions());
    }

    private Settings.Redis redis(Mode mode) {
        return new Settings.Redis(
                values.text(Key.REDIS_URL),
                values.whole(Key.REDIS_PORT),
                mode == Mode.TESTNET || mode == Mode.LIVE,
                values.required(Key.REDIS_PREFIX),
                values.required(Key.REDIS_CONSUMER),
                values.whole(Key.REDIS_MAX_LENGTH),
                values.seconds(Key.REDIS_SILENCE));
    }

    private Rules rules() {
        return new Rules(
                limits(),
                ExitSettings.policy(values),
                new Rules.Confirmation(
                        values.millis(Key.FILL_POLL),
                        values.seconds(Key.FILL_WAIT),
                        values.seconds(Key.RECONCILE),
                        values.millis(Key.OPEN_WINDOW),
                        values.millis(Key.EXIT_WINDOW)),
                new Rules.Guarding(
                        values.seconds(Key.UNPROTECTED_CLOSE),
                        values.seconds(Key.LOST_STOP_CLOSE),
                        values.millis(Key.LEVEL_PASSED),
                        values.seconds(Key.FIRING),
                        values.millis(Key.PROTECT_RETRY),
                        values.whole(Key.SYSTEMIC),
                        slots(),
                        new Rules.Adoption(
                                values.word(Key.ADOPTION).equals("protect"), values.flag(Key.ADOPTION_CLOSE)),
                        Rules.FailSafe.valueOf(word(Key.FAIL_SAFE))),
                new Rules.Reading(
                        values.seconds(Key.BOOTSTRAP),
                        values.seconds(Key.RESTS),
                        values.seconds(Key.ACCOUNT),
                        values.seconds(Key.ABSENCE)),
                positions(),
                new ExistingPolicy(SameSide.valueOf(word(Key.SAME_SIDE)), OtherSide.valueOf(word(Key.OTHER_SIDE))),
                values.flag(Key.OBSERVE));
    }

    private String word(Key key) {
        return values.word(key).toUpperCase(Locale.ROOT);
    }

    private Rules.Slots slots() {
        int most = values.whole(Key.SLOTS);
        int free = values.whole(Key.SLOTS_FREE);
        if (values.whole(Key.MAX_POSITIONS) > most - free) {
            values.wrong(
                    Key.MAX_POSITIONS,
                    "needs a stop each: " + Key.SLOTS.key() + " less " + Key.SLOTS_FREE.key() + " allows "
                            + (most - free));
        }
        return new Rules.Slots(most, free);
    }

    private PositionMode positions() {
        String text = values.required(Key.POSITION_MODE);
        return switch (text) {
            case "one_way" -> PositionMode.ONE_WAY;
            case "hedge" -> PositionMode.HEDGE;
            default -> {
                values.wrong(Key.POSITION_MODE, "must be one_way or hedge");
                yield PositionMode.ONE_WAY;
            }
        };
    }

    private Limits limits() {
        return new Limits(
                new Limits.Rates(
                        values.seconds(Key.SYMBOL_INTERVAL),
                        values.whole(Key.OPENS_PER_MINUTE),
                        values.seconds(Key.GLOBAL_COOLDOWN),
                        new Breaker.Limit(
                                values.whole(Key.BREAKER_OPENS),
                                values.whole(Key.BREAKER_TURNS),
                                values.seconds(Key.BREAKER_WINDOW))),
                new Limits.MarginLimits(
                        values.decimal(Key.BUFFER),
                        values.seconds(Key.MARGIN_COOLDOWN),
                        values.whole(Key.MARGIN_FAILURES),
                        values.seconds(Key.MARGIN_WINDOW),
                        values.seconds(Key.SAFE_MODE),
                        values.decimal(Key.MARGIN_ALERT)),
                new Limits.Exposure(
                        values.whole(Key.MAX_POSITIONS),
                        values.whole(Key.DEFAULT_LEVERAGE),
                        values.whole(Key.MAX_LEVERAGE),
                        values.decimal(Key.LIQUIDATION_SHARE),
                        values.decimal(Key.MAX_NOTIONAL)),
                values.seconds(Key.OPEN_MAX_AGE),
                values.seconds(Key.PRICE_STALE));
    }

    private List<Settings.Shown> shown(SeedFlags.@Nullable Wish wish) {
        Stream<Settings.Shown> general = Arrays.stream(Key.values())
                .map(key -> key == Key.MODE && wish != null
                        ? new Settings.Shown(key.key(), wish.mode().word(), "environment " + wish.variable())
                        : new Settings.Shown(key.key(), values.shown(key), values.source(key)));
        Stream<Settings.Shown> own = values.bySymbol().stream().map(key -> {
            Values ofSymbol = values.of(key.symbol());
            return new Settings.Shown(key.name(), ofSymbol.shown(key.key()), ofSymbol.source(key.key()));
        });
        return Stream.concat(general, own).toList();
    }
}
