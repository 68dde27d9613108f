package quantum.binance;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import quantum.http.Address;
import quantum.position.PositionMode;

/**
 * Where the exchange is and who we are there. The five addresses are separate values, because none can be derived from
 * another on every environment (binance-usdm 1.1).
 */
public record BinanceSettings(
        Endpoints endpoints,
        String apiKey,
        String secret,
        Duration openWindow,
        Duration exitWindow,
        PositionMode positions,
        OrderEntry orderEntry,
        boolean withdrawalRefused,
        BudgetShares shares) {

    private static final Duration OPEN_WINDOW = Duration.ofSeconds(2);
    private static final Duration EXIT_WINDOW = Duration.ofSeconds(5);

    /** By which door orders enter the exchange. */
    public enum OrderEntry {
        /** One HTTP request each. */
        REST,
        /** One kept WebSocket; exits go by REST while it is down, opens wait for nobody and are refused. */
        WEBSOCKET,
        /** None: whatever the desk asks, no order is placed or taken off (observe mode). */
        NONE
    }

    /** Base addresses without a trailing slash; the WebSocket ones end in the path that serves them. */
    public record Endpoints(String rest, String wsPublic, String wsMarket, String wsPrivate, String wsApi) {
        public Endpoints {
            rest = Address.checked(rest, "http", "https");
            wsPublic = Address.checked(wsPublic, "ws", "wss");
            wsMarket = Address.checked(wsMarket, "ws", "wss");
            wsPrivate = Address.checked(wsPrivate, "ws", "wss");
            wsApi = Address.checked(wsApi, "ws", "wss");
        }

        /** The real exchange. */
        public static Endpoints live() {
            return new Endpoints(
                    "https://fapi.binance.com",
                    "wss://fstream.binance.com/public",
                    "wss://fstream.binance.com/market",
                    "wss://fstream.binance.com/private",
                    "wss://ws-fapi.binance.com/ws-fapi/v1");
        }

        /** The exchange's demo environment, which took the place of its testnet. */
        public static Endpoints demo() {
            return new Endpoints(
                    "https://demo-fapi.binance.com",
                    "wss://fstream.binancefuture.com/public",
                    "wss://fstream.binancefuture.com/market",
                    "wss://fstream.binancefuture.com/private",
                    "wss://testnet.binancefuture.com/ws-fapi/v1");
        }

        /** The testnet as it was before; nobody has seen its streams split by path. */
        public static Endpoints oldTestnet() {
            return new Endpoints(
                    "https://testnet.binancefuture.com",
                    "wss://stream.binancefuture.com",
                    "wss://stream.binancefuture.com",
                    "wss://stream.binancefuture.com",
                    "wss://testnet.binancefuture.com/ws-fapi/v1");
        }

        /** Our simulator, for example {@code http://127.0.0.1:9100}. */
        public static Endpoints simulator(String baseUrl) {
            String rest = Address.checked(baseUrl, "http", "https");
            String ws = "ws" + rest.substring("http".length());
            return new Endpoints(rest, ws + "/public", ws + "/market", ws + "/private", ws + "/ws-fapi/v1");
        }

        /**
         * The first address of the exchange's other environment: prices of one and orders in another, or play money
         * that is real, are mistakes that cost (INC-I83). Hosts that are not the exchange's own are nobody's.
         */
        public Optional<String> foreignTo(boolean real) {
            return Stream.of(rest, wsPublic, wsMarket, wsPrivate, wsApi)
                    .filter(address -> real ? isOfTests(Address.host(address)) : isReal(Address.host(address)))
                    .findFirst();
        }

        /** The forms of binance-usdm 1: {@code demo-*.binance.com} and all of {@code binancefuture.com}. */
        private static boolean isOfTests(String host) {
            return Address.isWithin(host, "binancefuture.com")
                    || (Address.isWithin(host, "binance.com") && host.startsWith("demo-"));
        }

        private static boolean isReal(String host) {
            return Address.isWithin(host, "binance.com") && !isOfTests(host);
        }
    }

    /** Refuses a secret that can sign nothing, in words that do not hold it. */
    public BinanceSettings {
        if (apiKey.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("the API key and its secret must not be blank");
        }
        Signer _ = Signer.of(secret);
    }

    /** Our simulator with the key that it knows. */
    public static BinanceSettings simulator(String baseUrl) {
        return of(Endpoints.simulator(baseUrl), "simkey", "simsecret");
    }

    /** Default windows: an open that arrives late is worth refusing, an exit is not. */
    public static BinanceSettings of(Endpoints endpoints, String apiKey, String secret) {
        return new BinanceSettings(
                endpoints,
                apiKey,
                secret,
                OPEN_WINDOW,
                EXIT_WINDOW,
                PositionMode.ONE_WAY,
                OrderEntry.REST,
                false,
                BudgetShares.DEFAULT);
    }

    public BinanceSettings withWindows(Duration open, Duration exit) {
        return new BinanceSettings(
                endpoints, apiKey, secret, open, exit, positions, orderEntry, withdrawalRefused, shares);
    }

    /** The same for an account that keeps its positions so; the session refuses to start on another. */
    public BinanceSettings withPositions(PositionMode mode) {
        return new BinanceSettings(
                endpoints, apiKey, secret, openWindow, exitWindow, mode, orderEntry, withdrawalRefused, shares);
    }

    public BinanceSettings withOrderEntry(OrderEntry other) {
        return new BinanceSettings(
                endpoints, apiKey, secret, openWindow, exitWindow, positions, other, withdrawalRefused, shares);
    }

    /** Where real money lies: a key or account that may move it out is not used. */
    public BinanceSettings refusingWithdrawal(boolean refused) {
        return new BinanceSettings(
                endpoints, apiKey, secret, openWindow, exitWindow, positions, orderEntry, refused, shares);
    }

    /** The same with other shares of the exchange's limits. */
    public BinanceSettings withShares(BudgetShares other) {
        return new BinanceSettings(
                endpoints, apiKey, secret, openWindow, exitWindow, positions, orderEntry, withdrawalRefused, other);
    }

    @Override
    public String toString() {
        return "BinanceSettings[endpoints=" + endpoints + ", orderEntry=" + orderEntry + ", apiKey=***, secret=***]";
    }
}
