package quantum.trader;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.position.PositionMode;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.SimulatorOptions.PriceSource;
import quantum.simulator.server.SimulatorServer;
import quantum.trader.paper.LiveExchange;
import quantum.trader.paper.QuotesUnavailable;
import quantum.trader.venue.Access;
import quantum.trader.venue.PublicAddresses;

/** The exchange that a setup names: one outside, or one that is simulated inside for as long as this is open. */
public final class Market implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Market.class);
    /** Where a service with an exchange inside says where that is, in its data directory. */
    private static final String ADDRESS = "exchange.url";

    private final Resources resources = new Resources();
    private final Access access;

    /** @throws ExchangeUnusable if paper trading finds no prices */
    static Market open(Setup setup) {
        return new Market(setup);
    }

    private Market(Setup setup) {
        boolean complete = false;
        try {
            Access chosen = chosen(setup);
            access = setup.rules().observe() ? chosen.observing() : chosen;
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /** How it is reached; in observe mode without a way for orders. */
    Access access() {
        return access;
    }

    /** Where the exchange inside the service on this directory is, or was; absent if none ever ran there. */
    public static Optional<String> addressIn(Path data) throws IOException {
        Path file = data.resolve(ADDRESS);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private Access chosen(Setup setup) {
        return switch (setup.exchange()) {
            case Setup.Exchange.Outside(var _, Access outside) -> outside;
            case Setup.Exchange.Inside(var _, Path prices, Path filters, int speed, long seed) ->
                inside(
                        setup,
                        simulator(
                                "exchange.json",
                                setup,
                                options -> options.withSeed(seed)
                                        .withSpeed(speed)
                                        .withPrices(prices)
                                        .withFilters(filters)));
            case Setup.Exchange.Paper(var _, PublicAddresses live) -> inside(setup, paper(live, setup));
        };
    }

    private SimulatorServer simulator(String books, Setup setup, UnaryOperator<SimulatorOptions> chosen) {
        return resources.add(SimulatorServer.start(chosen.apply(SimulatorOptions.defaults()
                .withPort(0)
                .withStartBalance(BigDecimal.valueOf(10_000))
                .withHedged(setup.rules().positions() == PositionMode.HEDGE)
                .withStateFile(setup.data().resolve(books)))));
    }

    private SimulatorServer paper(PublicAddresses live, Setup setup) {
        try {
            LiveExchange exchange = resources.add(new LiveExchange(live));
            Path rules = exchange.rules(setup.data().resolve("paper-rules.json"));
            SimulatorServer server = simulator(
                    "paper.json", setup, options -> options.withFilters(rules).withPriceSource(PriceSource.OUTSIDE));
            exchange.follow(server::quote);
            return server;
        } catch (QuotesUnavailable e) {
            String cause = String.valueOf(e.getMessage());
            Logs.write(new Effect.Log(Marker.FATAL, Map.of("cause", cause, "next", e.nextStep())), setup.venue());
            throw new ExchangeUnusable(cause, e.nextStep());
        }
    }

    private static Access inside(Setup setup, SimulatorServer server) {
        tellAddress(setup.data().resolve(ADDRESS), server.baseUrl());
        return setup.venue().simulated(server.baseUrl(), setup.rules().positions());
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
