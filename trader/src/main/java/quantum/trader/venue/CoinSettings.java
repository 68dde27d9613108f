package quantum.trader.venue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;

/** What the settings may not say, or say in vain, where coins are bought and paid in full. */
final class CoinSettings {

    private static final String DEFAULT = "default";

    /** By key, for any value but this one. */
    private record Wanted(String value, String why) {}

    private static final Map<String, Wanted> REFUSED = Map.of(
            "position_mode", new Wanted("one_way", "coins are held long alone"),
            "exchange.order_entry", new Wanted("rest", "orders go by HTTP alone here"),
            "endpoints.preset", new Wanted("demo", "this exchange has one test environment"),
            "endpoints.ws_public", new Wanted("", "this exchange has no such address"),
            "endpoints.ws_api", new Wanted("", "this exchange has no such address"),
            "limits.default_leverage", new Wanted("1", "coins are paid in full"));

    private static final List<String> WITHOUT_EFFECT = List.of(
            "budget.opens_pct",
            "budget.total_pct",
            "confirmation.open_window_millis",
            "confirmation.exit_window_millis",
            "keys.withdrawal_allowed");

    private CoinSettings() {}

    static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.mode() == Mode.PAPER) {
            problems.add("mode = paper is not available with venue = " + settings.venue()
                    + ": nothing here follows its public prices; use mode simulated, or venue binance");
        }
        REFUSED.forEach((key, wanted) -> set(settings, key)
                .filter(line -> !line.value().equals(wanted.value()))
                .ifPresent(line -> problems.add(key + " = " + line.value() + " cannot be had with venue = "
                        + settings.venue() + ": " + wanted.why() + " (" + line.source() + ")")));
        return problems.stream().sorted().toList();
    }

    static List<String> notes(Settings settings) {
        return WITHOUT_EFFECT.stream()
                .flatMap(key -> set(settings, key).stream())
                .map(line -> line.key() + " has no effect with venue " + settings.venue())
                .toList();
    }

    private static Optional<Settings.Shown> set(Settings settings, String key) {
        return settings.shown().stream()
                .filter(line -> line.key().equals(key) && !line.source().equals(DEFAULT))
                .findFirst();
    }
}
