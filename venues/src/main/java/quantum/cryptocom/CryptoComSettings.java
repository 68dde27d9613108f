package quantum.cryptocom;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import quantum.market.Symbol;

/**
 * Where the exchange is, who we are there, and of which symbols prices are wanted; of all where none is named. Without
 * {@code ordersLeave} no order is placed or cancelled whatever the desk asks (observe mode).
 */
public record CryptoComSettings(
        Endpoints endpoints, String apiKey, String secret, Set<Symbol> symbols, boolean ordersLeave) {

    /** Base addresses without a trailing slash: none can be derived from another. */
    public record Endpoints(String rest, String user, String market) {
        public Endpoints {
            rest = checked(rest, "http", "https");
            user = checked(user, "ws", "wss");
            market = checked(market, "ws", "wss");
        }

        /** The real exchange. */
        public static Endpoints live() {
            return new Endpoints(
                    "https://api.crypto.com/exchange/v1",
                    "wss://stream.crypto.com/exchange/v1/user",
                    "wss://stream.crypto.com/exchange/v1/market");
        }

        /** The exchange's sandbox, by invitation and for institutions alone. */
        public static Endpoints sandbox() {
            return new Endpoints(
                    "https://uat-api.3ona.co/exchange/v1",
                    "wss://uat-stream.3ona.co/exchange/v1/user",
                    "wss://uat-stream.3ona.co/exchange/v1/market");
        }

        /** Our simulator, for example {@code http://127.0.0.1:9100}. */
        public static Endpoints simulator(String baseUrl) {
            String rest = checked(baseUrl, "http", "https") + "/exchange/v1";
            String sockets = "ws" + rest.substring("http".length());
            return new Endpoints(rest, sockets + "/user", sockets + "/market");
        }

        /**
         * The first address of the exchange's other environment: prices of one and orders in another are mistakes that
         * cost. Hosts that are not the exchange's own are nobody's.
         */
        public Optional<String> foreignTo(boolean real) {
            return Stream.of(rest, user, market)
                    .filter(address -> isWithin(address, real ? "3ona.co" : "crypto.com"))
                    .findFirst();
        }

        private static boolean isWithin(String address, String domain) {
            String host = URI.create(address).getHost().toLowerCase(Locale.ROOT);
            return host.equals(domain) || host.endsWith("." + domain);
        }

        private static String checked(String url, String plain, String secure) {
            String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            URI uri = URI.create(trimmed);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean known = scheme.equals(plain) || scheme.equals(secure);
            if (!known
                    || uri.getHost() == null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || uri.getUserInfo() != null) {
                throw new IllegalArgumentException("not an address of kind " + plain + "(s)://host: " + url);
            }
            return scheme + trimmed.substring(scheme.length());
        }
    }

    /** Refuses a key that can sign nothing, in words that do not hold it. */
    public CryptoComSettings {
        if (apiKey.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("the API key and its secret must not be blank");
        }
        symbols = Set.copyOf(symbols);
    }

    public static CryptoComSettings of(Endpoints endpoints, String apiKey, String secret, Set<Symbol> symbols) {
        return new CryptoComSettings(endpoints, apiKey, secret, symbols, true);
    }

    /** Our simulator with the key that it knows. */
    public static CryptoComSettings simulator(String baseUrl, Set<Symbol> symbols) {
        return of(Endpoints.simulator(baseUrl), "simkey", "simsecret", symbols);
    }

    /** The same for a desk that only looks on. */
    public CryptoComSettings observing() {
        return new CryptoComSettings(endpoints, apiKey, secret, symbols, false);
    }

    @Override
    public String toString() {
        return "CryptoComSettings[endpoints=" + endpoints + ", symbols=" + symbols + ", apiKey=***, secret=***]";
    }
}
