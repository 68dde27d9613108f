package quantum.trader;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.position.PositionMode;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.SimulatorOptions.PriceSource;
import quantum.simulator.server.SimulatorServer;
import quantum.trader.paper.LiveExchange;
import quantum.trader.paper.QuotesUnavailable;

/** The exchange that a setup names: one outside, or one that is simulated inside for as long as this is open. */
public final class Market implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Market.class);
    /** Where a service with an exchange inside says where that is, in its data directory. */
    public static final String ADDRESS = "exchange.url";

    private final Resources resources = new Resources();
    private final BinanceSettings settings;

    /** @throws ExchangeUnusable if paper trading finds no prices */
    static Market open(Setup setup) {
        return new Market(setup);
    }

    private Market(Setup setup) {
        boolean complete = false;
        try {
            BinanceSettings chosen = chosen(setup);
            settings = setup.rules().observe() ? chosen.withOrderEntry(OrderEntry.NONE) : chosen;
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /** How it is reached; in observe mode without a way for orders. */
    BinanceSettings settings() {
        return settings;
    }

    private BinanceSettings chosen(Setup setup) {
        return switch (setup.exchange()) {
            case Setup.Exchange.Outside(BinanceSettings outside) -> outside;
            case Setup.Exchange.Inside(Path prices, Path filters, int speed, long seed) ->
                inside(
                        setup,
                        simulator(
                                "exchange.json",
                                setup,
                                options -> options.withSeed(seed)
                                        .withSpeed(speed)
                                        .withPrices(prices)
                                        .withFilters(filters)));
            case Setup.Exchange.Paper(BinanceSettings.Endpoints live) -> inside(setup, paper(live, setup));
        };
    }

    private SimulatorServer simulator(String books, Setup setup, UnaryOperator<SimulatorOptions> chosen) {
        return resources.add(SimulatorServer.start(chosen.apply(SimulatorOptions.defaults()
                .withPort(0)
                .withStartBalance(BigDecimal.valueOf(10_000))
                .withHedged(setup.rules().positions() == PositionMode.HEDGE)
                .withStateFile(setup.data().resolve(books)))));
    }

    private SimulatorServer paper(BinanceSettings.Endpoints endpoints, Setup setup) {
        try {
            LiveExchange live = resources.add(new LiveExchange(endpoints));
            Path rules = live.rules(setup.data().resolve("paper-rules.json"));
            SimulatorServer server = simulator(
                    "paper.json", setup, options -> options.withFilters(rules).withPriceSource(PriceSource.OUTSIDE));
            live.follow(server::quote);
            return server;
        } catch (QuotesUnavailable e) {
            String cause = String.valueOf(e.getMessage());
            Logs.write(new Effect.Log(Marker.FATAL, Map.of("cause", cause, "next", e.nextStep())));
            throw new ExchangeUnusable(cause, e.nextStep());
        }
    }

    private static BinanceSettings inside(Setup setup, SimulatorServer server) {
        tellAddress(setup.data().resolve(ADDRESS), server.baseUrl());
        return BinanceSettings.simulator(server.baseUrl())
                .withPositions(setup.rules().positions());
    }

    /** Commands beside the service find the inside exchange by this file; it is on another port at each start. */
    private static void tellAddress(Path file, String url) {
        try {
            Files.writeString(file, url + "\n");
        } catch (IOException e) {
            log.warn("the address of the inside exchange could not be written to {}: {}", file, e.getMessage());
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
