package quantum.trader;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import quantum.decision.Effect;
import quantum.trader.venue.PublicAddresses;

/** The desk knows neither mode nor address, and seed 002 looks for both beside every order. */
final class LogPlaces {

    private final String mode;
    private volatile String orders = "";
    private volatile String prices = "";

    LogPlaces(String mode) {
        this.mode = mode;
    }

    /** Where orders go, and where prices come from that orders do not go to. */
    void exchangeIs(Setup.Exchange exchange, String rest) {
        orders = rest.substring(rest.indexOf("//") + 2);
        if (exchange instanceof Setup.Exchange.Paper(var _, PublicAddresses live)) {
            prices = live.rest();
        }
    }

    Effect.Log placed(Effect.Log line) {
        Map<String, String> fields = new LinkedHashMap<>(line.fields());
        switch (line.marker()) {
            case ORDER_SUBMIT -> {
                fields.put("endpoint", orders);
                fields.put("mode", mode.toUpperCase(Locale.ROOT));
            }
            // On paper the session meets the exchange inside; what was tested is the real one's prices.
            case SELF_TEST_PASSED -> {
                if (!prices.isEmpty()) {
                    fields.put("endpoint", prices);
                    fields.put("orders", "simulated inside");
                }
            }
            default -> {
                return line;
            }
        }
        return new Effect.Log(line.marker(), fields);
    }
}
