package quantum.trader.venue;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quantum.trader.settings.Settings;

/** What holds for the addresses of every exchange. */
final class Addresses {

    private Addresses() {}

    static String or(@Nullable String own, String preset) {
        return own == null ? preset : own;
    }

    /** @throws IllegalArgumentException if one belongs to the exchange's other environment */
    static void requireOfMode(Settings settings, Optional<String> foreign) {
        foreign.ifPresent(address -> {
            throw new IllegalArgumentException(
                    address + " does not belong to mode " + settings.mode().word() + "; remove it from endpoints");
        });
    }
}
