package quantum.simulator;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is started with. Port 0 takes any free port; an empty set of symbols lists all; speed accelerates
 * prices alone.
 */
public record SimulatorOptions(
        int port,
        long seed,
        int speed,
        BigDecimal startBalance,
        FillDelay fillDelay,
        Files files,
        Set<String> symbols,
        PriceSource priceSource,
        boolean hedged) {

    /** Where prices come from that no file gives. */
    public enum PriceSource {
        /** A seeded walk. */
        WALK,
        /** Quotes from outside alone; a symbol without a young one has no price and trades nothing. */
        OUTSIDE
    }

    /** The range that the time between an order and its fill is drawn from. */
    public record FillDelay(Duration shortest, Duration longest) {

        public static final FillDelay DEFAULT = new FillDelay(Duration.ofMillis(200), Duration.ofMillis(500));
        public static final FillDelay NONE = new FillDelay(Duration.ZERO, Duration.ZERO);

        public FillDelay {
            if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
                throw new InvalidInput("fillDelay: a range of two ascending times expected");
            }
        }
    }

    /** Exchange filters and leverage brackets, recorded prices and the kept state; each absent if there is none. */
    public record Files(
            @Nullable Path filters,
            @Nullable Path brackets,
            @Nullable Path prices,
            @Nullable Path state) {}

    public SimulatorOptions {
        if (port < 0 || port > 65_535) throw new InvalidInput("port: 0 to 65535 expected, found " + port);
        if (speed < 1) throw new InvalidInput("speed: at least 1 expected, found " + speed);
        if (startBalance.signum() < 0) throw new InvalidInput("startBalance: must not be negative");
        symbols = Set.copyOf(symbols);
    }

    /** Port 9100, seed 1, speed 1, 10,000 USDT, fills after 200 to 500 ms, the own symbol table, no kept state. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                9100,
                1,
                1,
                BigDecimal.valueOf(10_000),
                FillDelay.DEFAULT,
                new Files(null, null, null, null),
                Set.of(),
                PriceSource.WALK,
                false);
    }

    public SimulatorOptions withPort(int value) {
        return new SimulatorOptions(value, seed, speed, startBalance, fillDelay, files, symbols, priceSource, hedged);
    }

    public SimulatorOptions withSeed(long value) {
        return new SimulatorOptions(port, value, speed, startBalance, fillDelay, files, symbols, priceSource, hedged);
    }

    public SimulatorOptions withSpeed(int value) {
        return new SimulatorOptions(port, seed, value, startBalance, fillDelay, files, symbols, priceSource, hedged);
    }

    public SimulatorOptions withStartBalance(BigDecimal value) {
        return new SimulatorOptions(port, seed, speed, value, fillDelay, files, symbols, priceSource, hedged);
    }

    public SimulatorOptions withFillDelay(Duration shortest, Duration longest) {
        return new SimulatorOptions(
                port, seed, speed, startBalance, new FillDelay(shortest, longest), files, symbols, priceSource, hedged);
    }

    public SimulatorOptions withFilters(@Nullable Path value) {
        return withFiles(new Files(value, files.brackets, files.prices, files.state));
    }

    /** The exchange's answer to leverageBracket; symbols that it lacks keep a plausible table. */
    public SimulatorOptions withBrackets(@Nullable Path value) {
        return withFiles(new Files(files.filters, value, files.prices, files.state));
    }

    public SimulatorOptions withPrices(@Nullable Path value) {
        return withFiles(new Files(files.filters, files.brackets, value, files.state));
    }

    public SimulatorOptions withStateFile(@Nullable Path value) {
        return withFiles(new Files(files.filters, files.brackets, files.prices, value));
    }

    public SimulatorOptions withSymbols(Set<String> value) {
        return new SimulatorOptions(port, seed, speed, startBalance, fillDelay, files, value, priceSource, hedged);
    }

    public SimulatorOptions withPriceSource(PriceSource value) {
        return new SimulatorOptions(port, seed, speed, startBalance, fillDelay, files, symbols, value, hedged);
    }

    /** True: accounts keep a long and a short position of a symbol side by side. */
    public SimulatorOptions withHedged(boolean value) {
        return new SimulatorOptions(port, seed, speed, startBalance, fillDelay, files, symbols, priceSource, value);
    }

    private SimulatorOptions withFiles(Files value) {
        return new SimulatorOptions(port, seed, speed, startBalance, fillDelay, value, symbols, priceSource, hedged);
    }
}
