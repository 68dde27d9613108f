package quantum.trader.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quantum.trader.Setup;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;
import quantum.trader.settings.SettingsError;
import quantum.trader.settings.SettingsReader;
import quantum.trader.venue.Access;
import quantum.trader.venue.PublicAddresses;
import quantum.trader.venue.Venue;

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
        Settings settings = SettingsReader.load(file, environment);
        Venue venue = Venue.of(settings);
        List<String> problems = venue.problems(settings);
        if (!problems.isEmpty()) {
            throw new SettingsError(problems);
        }
        return settings.noting(venue.notes(settings));
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
        Venue venue = Venue.of(settings);
        if (settings.mode() == Mode.PAPER) {
            return new Setup.Exchange.Paper(venue, live(settings));
        }
        Access outside = exchange(settings);
        return outside == null ? Setup.Exchange.Inside.of(venue) : new Setup.Exchange.Outside(venue, outside);
    }

    /** The real exchange, whose public prices paper trading follows. */
    static PublicAddresses live(Settings settings) {
        PublicAddresses live = meant(() -> Venue.of(settings).prices(settings));
        if (live == null) {
            throw new UsageError("mode paper cannot be had with venue " + settings.venue());
        }
        return live;
    }

    /** The exchange outside that takes orders; null where one is simulated inside. */
    static @Nullable Access exchange(Settings settings) {
        return meant(() -> Venue.of(settings).outside(settings));
    }

    private static <T extends @Nullable Object> T meant(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new UsageError(e.getMessage() + "; see keys and endpoints in docs/configuration.md");
        }
    }

    /** Every key as it takes effect: addresses that are not set are those of the mode. */
    static List<Settings.Shown> shown(Settings settings) {
        Access exchange = exchange(settings);
        if (exchange == null) {
            return settings.shown();
        }
        Map<String, String> addresses = exchange.addresses();
        return settings.shown().stream()
                .map(line -> line.value().isEmpty() && addresses.containsKey(line.key())
                        ? new Settings.Shown(
                                line.key(),
                                addresses.get(line.key()),
                                "mode " + settings.mode().word())
                        : line)
                .toList();
    }
}
