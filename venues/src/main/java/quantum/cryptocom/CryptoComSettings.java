package quantum.cryptocom;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import quantum.http.Address;
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
            rest = Address.checked(rest, "http", "https");
            user = Address.checked(user, "ws", "wss");
            market = Address.checked(market, "ws", "wss");
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
            String rest = Address.checked(baseUrl, "http", "https") + "/exchange/v1";
            String sockets = "ws" + rest.substring("http".length());
            return new Endpoints(rest, sockets + "/user", sockets + "/market");
        }

        /**
         * The first address of the exchange's other environment: prices of one and orders in another are mistakes that
         * cost. Hosts that are not the exchange's own are nobody's.
         */
        public Optional<String> foreignTo(boolean real) {
            return Stream.of(rest, user, market)
                    .filter(address -> Address.isWithin(Address.host(address), real ? "3ona.co" : "crypto.com"))
                    .findFirst();
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
