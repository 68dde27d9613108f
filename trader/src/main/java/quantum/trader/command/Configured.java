package quantum.trader.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quantum.binance.BinanceSettings;
import quantum.binance.BudgetShares;
import quantum.trader.Setup;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;
import quantum.trader.settings.SettingsReader;

/** What every verb that needs the configuration takes. */
final class Configured {

    @Option(names = "--config", paramLabel = "FILE", description = "YAML file; the environment wins over it.")
    @Nullable
    Path file;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    Settings settings() {
        return settings(Optional.ofNullable(file), System.getenv());
    }

    static Settings settings(Optional<Path> file, Map<String, String> environment) {
        return SettingsReader.load(file, environment);
    }

    Terminal terminal() {
        return Terminal.standard(json);
    }

    /** The service that the settings describe. */
    static Setup setup(Settings settings) {
        Settings.Redis redis = settings.redis();
        return new Setup(
                word(settings),
                settings.data(),
                new Setup.Store(
                        redis.url(),
                        redis.port(),
                        redis.password(),
                        redis.prefix(),
                        redis.consumer(),
                        redis.maxLength(),
                        redis.silence()),
                where(settings),
                new Setup.Page(settings.http().bind(), settings.http().port()),
                settings.rules());
    }

    /** What every page and report calls the mode: nothing that is compared with live must match while nothing is sent. */
    static String word(Settings settings) {
        String mode = settings.mode().word();
        return settings.rules().observe() ? mode + "-observe" : mode;
    }

    private static Setup.Exchange where(Settings settings) {
        if (settings.mode() == Mode.PAPER) {
            return new Setup.Exchange.Paper(live(settings));
        }
        BinanceSettings outside = exchange(settings);
        return outside == null ? Setup.Exchange.Inside.DEFAULT : new Setup.Exchange.Outside(outside);
    }

    /** The real exchange, whose public prices paper trading follows. */
    static BinanceSettings.Endpoints live(Settings settings) {
        return endpoints(settings, BinanceSettings.Endpoints.live());
    }

    /** The exchange outside that takes orders; null where one is simulated inside. */
    static @Nullable BinanceSettings exchange(Settings settings) {
        Settings.Exchange exchange = settings.exchange();
        BinanceSettings.Endpoints preset = switch (settings.mode()) {
            case SIMULATED -> {
                String url = exchange.simulatorUrl();
                yield url == null ? null : BinanceSettings.Endpoints.simulator(url);
            }
            case TESTNET ->
                exchange.endpoints().oldTestnet()
                        ? BinanceSettings.Endpoints.oldTestnet()
                        : BinanceSettings.Endpoints.demo();
            case LIVE -> BinanceSettings.Endpoints.live();
            case PAPER -> null;
        };
        if (preset == null) {
            return null;
        }
        String key = exchange.apiKey();
        String secret = exchange.apiSecret();
        boolean simulated = settings.mode() == Mode.SIMULATED;
        if (!simulated && (key == null || secret == null)) {
            throw new UsageError("mode " + settings.mode().word() + " needs keys.api_key and keys.api_secret");
        }
        try {
            return BinanceSettings.of(
                            endpoints(settings, preset),
                            key == null ? "simkey" : key,
                            secret == null ? "simsecret" : secret)
                    .withWindows(settings.windows().open(), settings.windows().exit())
                    .withPositions(settings.rules().positions())
                    .withShares(new BudgetShares(
                            exchange.budget().opensPct(), exchange.budget().totalPct()))
                    .withOrderEntry(
                            exchange.overWebSocket()
                                    ? BinanceSettings.OrderEntry.WEBSOCKET
                                    : BinanceSettings.OrderEntry.REST)
                    .refusingWithdrawal(settings.mode() == Mode.LIVE && !exchange.withdrawalAllowed());
        } catch (IllegalArgumentException e) {
            throw new UsageError(e.getMessage() + "; see keys and endpoints in docs/configuration.md");
        }
    }

    /** Every key as it takes effect: addresses that are not set are those of the mode. */
    static List<Settings.Shown> shown(Settings settings) {
        BinanceSettings exchange = exchange(settings);
        if (exchange == null) {
            return settings.shown();
        }
        BinanceSettings.Endpoints used = exchange.endpoints();
        Map<String, String> addresses = Map.of(
                "endpoints.rest", used.rest(),
                "endpoints.ws_public", used.wsPublic(),
                "endpoints.ws_market", used.wsMarket(),
                "endpoints.ws_private", used.wsPrivate(),
                "endpoints.ws_api", used.wsApi());
        return settings.shown().stream()
                .map(line -> line.value().isEmpty() && addresses.containsKey(line.key())
                        ? new Settings.Shown(
                                line.key(),
                                addresses.get(line.key()),
                                "mode " + settings.mode().word())
                        : line)
                .toList();
    }

    private static BinanceSettings.Endpoints endpoints(Settings settings, BinanceSettings.Endpoints preset) {
        Settings.Endpoints own = settings.exchange().endpoints();
        BinanceSettings.Endpoints used = new BinanceSettings.Endpoints(
                or(own.rest(), preset.rest()),
                or(own.wsPublic(), preset.wsPublic()),
                or(own.wsMarket(), preset.wsMarket()),
                or(own.wsPrivate(), preset.wsPrivate()),
                or(own.wsApi(), preset.wsApi()));
        used.foreignTo(settings.mode() == Mode.LIVE || settings.mode() == Mode.PAPER)
                .ifPresent(address -> {
                    throw new UsageError(address + " does not belong to mode "
                            + settings.mode().word() + "; remove it from endpoints, see docs/configuration.md");
                });
        return used;
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
