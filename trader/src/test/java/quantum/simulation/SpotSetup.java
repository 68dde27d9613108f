package quantum.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quantum.cryptocom.CryptoComExchange;
import quantum.cryptocom.CryptoComSettings;
import quantum.market.Symbol;
import quantum.position.ExistingPolicy;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.rules.Rules;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotExchange;

/**
 * What a seed's account of coins is like: the limits, how the exchange behaves where its documents are contested, whether
 * savings of the traded coins lie on it, and whether other hands trade there. Two of the pairs are of one coin.
 */
record SpotSetup(long seed, boolean narrow, boolean hands, boolean savings) {

    static final List<String> SYMBOLS = List.of("BTC_USD", "BTC_USDT", "ETH_USD", "SOL_USD", "XRP_USD", "DOGE_USD");

    private static final Set<String> FOLLOWED = Set.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT");
    private static final Map<String, String> SAVINGS =
            new TreeMap<>(Map.of("BTC", "0.03", "ETH", "0.7", "SOL", "9.5", "XRP", "700", "DOGE", "8000"));
    private static final BigDecimal LITTLE = new BigDecimal("2500");

    static SpotSetup of(long seed) {
        return new SpotSetup(seed, seed % 7 == 2 || seed % 7 == 5, seed % 5 == 4, seed % 2 == 0);
    }

    Rules rules() {
        var validity = new CryptoComExchange(settings()).validity();
        return Setup.rules(narrow ? Setup.NARROW : Setup.WIDE, existing())
                .withWindows(validity.open(), validity.exit());
    }

    ExistingPolicy existing() {
        return new ExistingPolicy(
                List.of(SameSide.UPDATE, SameSide.UPDATE, SameSide.SCALE_IN, SameSide.REFUSE)
                        .get((int) pick(10, 0, 1, 2, 3)),
                OtherSide.REFUSE);
    }

    CryptoComSettings settings() {
        Set<Symbol> symbols = new HashSet<>();
        SYMBOLS.forEach(symbol -> symbols.add(new Symbol(symbol)));
        return CryptoComSettings.simulator("http://127.0.0.1:9100", symbols);
    }

    SpotExchange exchange() {
        SimulatorOptions options = SimulatorOptions.defaults()
                .withSeed(seed)
                .withSymbols(FOLLOWED)
                .withFillDelay(Duration.ofMillis(20), Duration.ofMillis(400));
        Simulator simulator = Simulator.create(options, World.START);
        SpotExchange exchange = new SpotExchange(simulator);
        SpotAccount account = exchange.account(simulator.accounts().iterator().next());
        if (savings) {
            SAVINGS.forEach((coin, amount) -> exchange.deposit(account, coin, new BigDecimal(amount)));
        }
        if (narrow) {
            exchange.deposit(account, "USD", LITTLE);
        }
        set(simulator, Setting.SPOT_ACK_DELAY_MILLIS, pick(1, 20, 20, 450, 1_200));
        set(simulator, Setting.SPOT_PUSH_FIRST_PERCENT, pick(2, 0, 33, 100));
        set(simulator, Setting.SPOT_FILL_DELAY_MILLIS, pick(3, 0, 0, 150, 900));
        set(simulator, Setting.SPOT_FIRST_STATUS, pick(4, 0, 0, 1, 2));
        set(simulator, Setting.SPOT_QUERY_DELAY_MILLIS, pick(5, 0, 0, 300, 2_000));
        set(simulator, Setting.SPOT_BALANCE_DELAY_MILLIS, pick(6, 0, 500, 500, 2_000));
        set(simulator, Setting.SPOT_REFUSED_ORDERS_KEPT, pick(7, 0, 1));
        set(simulator, Setting.SPOT_TRIGGER_CHECK_MILLIS, pick(8, 200, 200, 700, 2_500));
        set(simulator, Setting.SPOT_CHILD_KEEPS_CLIENT_ID, pick(9, 0, 0, 1));
        set(simulator, Setting.SPOT_LISTED_LEGS_SHOWN, pick(11, 0, 0, 1));
        set(simulator, Setting.SPOT_ADVANCED_OPEN_LISTS_ALL, pick(12, 1, 1, 0));
        set(simulator, Setting.SPOT_OCO_LEG_CANCEL_ENDS_PAIR, pick(13, 1, 1, 0));
        set(simulator, Setting.SPOT_CODE_AS_TEXT, pick(14, 0, 0, 1));
        set(simulator, Setting.SPOT_DISABLED_STATUS, pick(15, 400, 500, 200));
        set(simulator, Setting.SPOT_NOT_FOUND_STATUS, pick(16, 200, 404));
        set(simulator, Setting.SPOT_TRIGGERS_UNTRIGGERED, pick(17, 0, 0, 1));
        return exchange;
    }

    private static void set(Simulator exchange, Setting setting, long value) {
        exchange.settings().set(setting, value);
    }

    private long pick(int what, long... values) {
        return values[(int) Long.remainderUnsigned(Course.draw(seed, 3_000 + what, 0), values.length)];
    }
}
