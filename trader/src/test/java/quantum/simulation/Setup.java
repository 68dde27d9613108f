package quantum.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.guard.Breaker;
import quantum.guard.Limits;
import quantum.position.ExistingPolicy;
import quantum.position.ExistingPolicy.OtherSide;
import quantum.position.ExistingPolicy.SameSide;
import quantum.position.ExitDefaults;
import quantum.position.ExitPolicy;
import quantum.position.PositionMode;
import quantum.rules.Rules;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;

/**
 * What a seed's account is like: the mode, the way of orders, how the exchange behaves where the reference is unsure, and
 * the limits. A third of the seeds has the narrow limits that every guard answers; the others have room, so that much is
 * traded; in a fifth, hands and the exchange itself act on the account too.
 */
record Setup(long seed, PositionMode mode, OrderEntry entry, boolean narrow, boolean hands) {

    static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT", "DOGEUSDT");

    static final Limits WIDE = new Limits(
            new Limits.Rates(Duration.ZERO, 100_000, Duration.ZERO),
            new Limits.MarginLimits(
                    new BigDecimal("1.25"), Duration.ofSeconds(2), 50, Duration.ofSeconds(5), Duration.ofSeconds(5)),
            new Limits.Exposure(50, 1, 10, new BigDecimal("60")),
            Duration.ofSeconds(60),
            Duration.ofSeconds(3));

    /** What the judge holds the narrow seeds to, whatever a mutant makes of the rules. */
    static final Limits NARROW = new Limits(
            new Limits.Rates(
                    Duration.ofSeconds(4), 5, Duration.ofSeconds(3), new Breaker.Limit(2, 2, Duration.ofSeconds(30))),
            new Limits.MarginLimits(
                    new BigDecimal("1.25"), Duration.ofSeconds(6), 3, Duration.ofSeconds(60), Duration.ofSeconds(15)),
            new Limits.Exposure(3, 1, 10, new BigDecimal("60")),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3));

    /** As the seeds, but trailing begins within what prices do in a minute. */
    private static final ExitPolicy EXITS = ExitPolicy.SEEDS.withStandard(new ExitDefaults(
            ExitDefaults.SEEDS.targetPct(),
            ExitDefaults.SEEDS.stopPct(),
            ExitDefaults.SEEDS.trailingPct(),
            new BigDecimal("0.2"),
            ExitDefaults.SEEDS.breakEven(),
            ExitDefaults.SEEDS.maxTime(),
            ExitDefaults.SEEDS.ladder()));

    private static final BigDecimal LITTLE = new BigDecimal("900");

    static Setup of(long seed) {
        return new Setup(
                seed,
                seed % 3 == 0 ? PositionMode.HEDGE : PositionMode.ONE_WAY,
                seed % 4 == 1 ? OrderEntry.WEBSOCKET : OrderEntry.REST,
                seed % 7 == 2 || seed % 7 == 5,
                seed % 5 == 4);
    }

    Rules rules() {
        return rules(narrow ? NARROW : WIDE, existing()).withPositions(mode);
    }

    /** With the times of the simulation, whatever the venue. */
    static Rules rules(Limits limits, ExistingPolicy existing) {
        return new Rules(
                limits,
                EXITS,
                new Rules.Confirmation(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5)),
                Rules.DEFAULT.guarding(),
                new Rules.Reading(
                        Duration.ofSeconds(10), Duration.ofSeconds(8), Duration.ofSeconds(5), Duration.ofSeconds(15)),
                PositionMode.ONE_WAY,
                existing,
                false);
    }

    private ExistingPolicy existing() {
        return new ExistingPolicy(
                List.of(SameSide.UPDATE, SameSide.UPDATE, SameSide.SCALE_IN, SameSide.REFUSE)
                        .get((int) pick(10, 0, 1, 2, 3)),
                List.of(OtherSide.REFUSE, OtherSide.REFUSE, OtherSide.CLOSE, OtherSide.FLIP)
                        .get((int) pick(11, 0, 1, 2, 3)));
    }

    BinanceSettings settings() {
        return BinanceSettings.simulator("http://127.0.0.1:9100")
                .withPositions(mode)
                .withOrderEntry(entry);
    }

    Simulator exchange() {
        SimulatorOptions options = SimulatorOptions.defaults()
                .withSeed(seed)
                .withSymbols(Set.copyOf(SYMBOLS))
                .withFillDelay(Duration.ofMillis(20), Duration.ofMillis(400))
                .withHedged(mode == PositionMode.HEDGE);
        Simulator exchange = Simulator.create(narrow ? options.withStartBalance(LITTLE) : options, World.START);
        set(exchange, Setting.QUERY_DELAY_MILLIS, pick(1, 0, 0, 300, 2_000));
        set(exchange, Setting.ALGO_QUERY_DELAY_MILLIS, pick(2, 0, 0, 300, 2_000));
        set(exchange, Setting.EXPIRE_WHEN_FLAT, pick(3, 0, 1));
        set(exchange, Setting.ACKNOWLEDGE_WITH_PRICES, pick(4, 0, 1));
        set(exchange, Setting.QUERY_WITHOUT_PRICES, pick(5, 0, 0, 1));
        set(exchange, Setting.COMMISSION_NEGATIVE, pick(6, 0, 1));
        set(exchange, Setting.FORCED_STATUS_NOISE, pick(7, 0, 1));
        set(exchange, Setting.ID_SIZE, pick(8, 0, 1, 2));
        set(exchange, Setting.TRADE_LITE, pick(9, 0, 1));
        set(exchange, Setting.FUNDING_INTERVAL_SECONDS, pick(10, 28_800, 28_800, 23, 11, 5));
        if (mode == PositionMode.HEDGE && pick(14, 0, 0, 0, 1) == 1) {
            // Enough for some fees only, so that one life may be paid in both.
            var account = exchange.accounts().iterator().next();
            exchange.bank().transferTo(account, "BNFCR", new BigDecimal("1.2"));
            exchange.bank().payFeesIn(account, "BNFCR");
        }
        set(exchange, Setting.PRIVATE_NEEDS_EVENTS, pick(12, 0, 1));
        set(exchange, Setting.PRIVATE_BY_MESSAGE_ALONE, pick(13, 0, 0, 0, 1));
        return exchange;
    }

    private static void set(Simulator exchange, Setting setting, long value) {
        exchange.settings().set(setting, value);
    }

    private long pick(int what, long... values) {
        return values[(int) Long.remainderUnsigned(Course.draw(seed, 1_000 + what, 0), values.length)];
    }
}
