package quantum.bench;

import java.nio.file.Path;
import java.time.Duration;
import quantum.guard.Limits;
import quantum.position.PositionMode;
import quantum.rules.Rules;
import quantum.trader.Program;
import quantum.trader.Setup;
import quantum.trader.Trader;
import quantum.trader.venue.Venue;

/** The whole service as it is shipped, but for the limits of opens that a measurement has to raise. */
final class MeasuredTrader {

    private MeasuredTrader() {}

    static Trader start(Path data, Exchange exchange) throws InterruptedException {
        return start(data, exchange, Rules.DEFAULT.limits().exposure().maxPositions());
    }

    /** With room for so many positions, where settings allow half as many as the account has places for. */
    static Trader start(Path data, Exchange exchange, int positions) throws InterruptedException {
        Limits limits = Rules.DEFAULT.limits();
        Limits.Exposure exposure = limits.exposure();
        Limits raised = new Limits(
                new Limits.Rates(Duration.ZERO, 100_000, Duration.ofSeconds(1)),
                limits.margin(),
                new Limits.Exposure(
                        positions, exposure.defaultLeverage(), exposure.maxLeverage(), exposure.liquidationSharePct()),
                limits.openMaxAge(),
                limits.priceMaxAge());
        Program.logToFile(data.resolve("quantum.log"));
        Trader trader = Trader.start(new Setup(
                "simulated",
                data,
                new Setup.Store(null, 0, false, "quantum", "execution-1", 100_000),
                new Setup.Exchange.Outside(
                        Venue.BINANCE, Venue.BINANCE.simulated(exchange.address(), PositionMode.ONE_WAY)),
                new Setup.Page("127.0.0.1", 0),
                Rules.DEFAULT.withLimits(raised)));
        trader.awaitReady();
        return trader;
    }
}
