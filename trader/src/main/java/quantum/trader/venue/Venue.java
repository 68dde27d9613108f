package quantum.trader.venue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceSettings;
import quantum.cryptocom.CryptoComSettings;
import quantum.decision.Marker;
import quantum.market.Side;
import quantum.position.PositionMode;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;
import tools.jackson.databind.JsonNode;

/** The exchanges there are, and all in which they differ for who puts a service or a command together. */
public enum Venue {
    BINANCE("binance", 3, "USDT") {
        @Override
        public List<Side> opens() {
            return List.of(Side.BUY, Side.SELL);
        }

        @Override
        public List<String> samples() {
            return List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT", "AVAXUSDT", "LINKUSDT", "NEARUSDT");
        }

        @Override
        Access outside(Settings settings, String key, String secret) {
            return BinanceAccess.of(settings, key, secret);
        }

        @Override
        public @Nullable PublicAddresses prices(Settings settings) {
            return BinanceAccess.publicAddresses(settings);
        }

        @Override
        public Access simulated(String baseUrl, PositionMode positions) {
            return new BinanceAccess(BinanceSettings.simulator(baseUrl).withPositions(positions));
        }

        @Override
        public List<String> problems(Settings settings) {
            return List.of();
        }

        @Override
        public List<String> notes(Settings settings) {
            return List.of();
        }

        @Override
        public SimulatedBooks books(JsonNode ledger) {
            return new FuturesBooks(ledger);
        }

        @Override
        public String pricesPath() {
            return "/fapi/v2/ticker/price";
        }

        @Override
        public Map<String, BigDecimal> lastPrices(JsonNode answer) {
            return read(answer, "symbol", "price");
        }
    },
    CRYPTO_COM("crypto-com", 1, "USD") {
        @Override
        public List<Side> opens() {
            return List.of(Side.BUY);
        }

        @Override
        public List<String> samples() {
            return List.of("BTC_USD", "ETH_USD", "SOL_USD", "XRP_USD", "ADA_USD", "DOT_USD", "LTC_USD", "DOGE_USD");
        }

        @Override
        Access outside(Settings settings, String key, String secret) {
            return CryptoComAccess.of(settings, key, secret);
        }

        // Nothing here follows them yet.
        @Override
        public @Nullable PublicAddresses prices(Settings settings) {
            return null;
        }

        @Override
        public Access simulated(String baseUrl, PositionMode positions) {
            return new CryptoComAccess(CryptoComSettings.simulator(baseUrl, Set.of()));
        }

        @Override
        public List<String> problems(Settings settings) {
            return CoinSettings.problems(settings);
        }

        @Override
        public List<String> notes(Settings settings) {
            return CoinSettings.notes(settings);
        }

        @Override
        public SimulatedBooks books(JsonNode ledger) {
            return CoinBooks.of(ledger);
        }

        @Override
        public String pricesPath() {
            return "/exchange/v1/public/get-tickers";
        }

        @Override
        public Map<String, BigDecimal> lastPrices(JsonNode answer) {
            return read(answer.path("result").path("data"), "i", "a");
        }
    };

    private final String word;
    private final int leverage;
    private final String money;

    Venue(String word, int leverage, String money) {
        this.word = word;
        this.leverage = leverage;
        this.money = money;
    }

    /** The one that the settings name. */
    public static Venue of(Settings settings) {
        return named(settings.venue());
    }

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException if there is none; the message says which there are
     */
    public static Venue named(String word) {
        for (Venue venue : values()) {
            if (venue.word.equals(word)) {
                return venue;
            }
        }
        throw new IllegalArgumentException("there is no venue " + word + "; use "
                + String.join(" or ", Arrays.stream(values()).map(Venue::word).toList()));
    }

    /** The word in the settings, and what people, page and metrics are told. */
    public String word() {
        return word;
    }

    /** What a log line of the desk begins with: that the exchange cannot be used says which (seed 002). */
    public String marker(Marker marker) {
        return marker == Marker.FATAL ? "FATAL_" + name() + "_UNAVAILABLE" : marker.text();
    }

    /** What a field of such a line is called: the exchange's own code bears its name too. */
    public String field(String key) {
        return key.equals("exchange_code") ? name().toLowerCase(Locale.ROOT) + "_code" : key;
    }

    /**
     * The exchange outside that takes orders; null where it is simulated inside.
     *
     * @throws IllegalArgumentException if the settings cannot mean one, in words that hold no secret
     */
    public @Nullable Access outside(Settings settings) {
        Settings.Exchange exchange = settings.exchange();
        boolean simulated = settings.mode() == Mode.SIMULATED;
        if (settings.mode() == Mode.PAPER || (simulated && exchange.simulatorUrl() == null)) {
            return null;
        }
        String key = exchange.apiKey();
        String secret = exchange.apiSecret();
        if (!simulated && (key == null || secret == null)) {
            throw new IllegalArgumentException(
                    "mode " + settings.mode().word() + " needs keys.api_key and keys.api_secret");
        }
        return outside(settings, key == null ? "simkey" : key, secret == null ? "simsecret" : secret);
    }

    abstract Access outside(Settings settings, String key, String secret);

    /** Whose prices and rules mode paper follows; null where it cannot. */
    public abstract @Nullable PublicAddresses prices(Settings settings);

    /** An account at our simulator, with the key that it knows. */
    public abstract Access simulated(String baseUrl, PositionMode positions);

    /** What is set and cannot be had here, one sentence each. */
    public abstract List<String> problems(Settings settings);

    /** What is set and has no effect here, one sentence each. */
    public abstract List<String> notes(Settings settings);

    /** With which sides a position can be opened; the other one closes. */
    public abstract List<Side> opens();

    /** As much as a sample may use of what can be borrowed. */
    public int sampleLeverage() {
        return leverage;
    }

    /** What the samples are paid in. */
    public String money() {
        return money;
    }

    /** Symbols that every account may trade, the most traded first. */
    public abstract List<String> samples();

    /** What the simulated exchange's own books say of the account. */
    public abstract SimulatedBooks books(JsonNode ledger);

    /** Where everybody may read the last prices on the simulator. */
    public abstract String pricesPath();

    /** Last prices by symbol, from what is answered there. */
    public abstract Map<String, BigDecimal> lastPrices(JsonNode answer);

    static Map<String, BigDecimal> read(JsonNode rows, String symbol, String price) {
        return rows.valueStream()
                .collect(Collectors.toMap(
                        row -> row.path(symbol).asString(),
                        row -> new BigDecimal(row.path(price).asString())));
    }
}
