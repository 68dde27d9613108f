package quantum.trader.venue;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantum.cryptocom.CryptoComExchange;
import quantum.cryptocom.CryptoComLookup;
import quantum.cryptocom.CryptoComSettings;
import quantum.cryptocom.CryptoComSettings.Endpoints;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;
import quantum.venue.Exchange;
import quantum.venue.Lookup;
import quantum.venue.VenueEvent;

/** An account at Crypto.com Exchange, spot alone. */
public record CryptoComAccess(CryptoComSettings settings) implements Access {

    /** The exchange's code in front of its words. */
    private static final Pattern CODE = Pattern.compile(": (-?[0-9]{1,9}) ");

    private static final Set<String> OF_THE_ACCOUNT = Set.of("202", "401", "406", "408", "409", "410");
    private static final Set<String> OF_ITS_KIND = Set.of("203", "210", "407", "411", "412", "416");

    /** The exchange outside that takes orders, at the addresses of the mode or those that are set instead. */
    static CryptoComAccess of(Settings settings, String key, String secret) {
        return new CryptoComAccess(CryptoComSettings.of(endpoints(settings), key, secret, Set.of()));
    }

    private static Endpoints endpoints(Settings settings) {
        Settings.Endpoints own = settings.exchange().endpoints();
        Endpoints preset = switch (settings.mode()) {
            case SIMULATED ->
                Endpoints.simulator(Addresses.or(settings.exchange().simulatorUrl(), ""));
            case TESTNET -> Endpoints.sandbox();
            case LIVE, PAPER -> Endpoints.live();
        };
        Endpoints used = new Endpoints(
                Addresses.or(own.rest(), preset.rest()),
                Addresses.or(own.wsPrivate(), preset.user()),
                Addresses.or(own.wsMarket(), preset.market()));
        Addresses.requireOfMode(settings, used.foreignTo(settings.mode() == Mode.LIVE));
        return used;
    }

    @Override
    public String rest() {
        return settings.endpoints().rest();
    }

    @Override
    public String api() {
        return rest();
    }

    @Override
    public String apiKey() {
        return settings.apiKey();
    }

    @Override
    public Map<String, String> addresses() {
        Endpoints used = settings.endpoints();
        return Map.of(
                "endpoints.rest", used.rest(),
                "endpoints.ws_private", used.user(),
                "endpoints.ws_market", used.market());
    }

    @Override
    public Exchange<?, ?> exchange() {
        return new CryptoComExchange(settings);
    }

    @Override
    public Lookup lookup() {
        return new CryptoComLookup(settings);
    }

    @Override
    public CryptoComAccess observing() {
        return new CryptoComAccess(settings.observing());
    }

    @Override
    public CryptoComAccess probing() {
        return observing();
    }

    @Override
    public String modes() {
        return "spot pairs alone: coins are paid in full, nothing is borrowed";
    }

    @Override
    public String nextStep(VenueEvent.Unusable why) {
        Matcher code = CODE.matcher(why.cause());
        String found = code.find() ? code.group(1) : "";
        if (OF_THE_ACCOUNT.contains(found)) {
            return "the account is suspended, missing or not active: ask the exchange's support";
        }
        if (OF_ITS_KIND.contains(found)) {
            return "the key belongs to an account of another kind: make one for the account that holds the coins and"
                    + " may trade spot";
        }
        return found.equals("40104")
                ? "the exchange does not let this kind of user trade: raise its tier"
                : why.nextStep();
    }
}
