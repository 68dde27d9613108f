package quantum.simulator.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.util.JavalinBindException;
import java.util.Collection;
import java.util.TreeSet;
import quantum.simulator.InvalidInput;
import quantum.simulator.Quote;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.binance.BinanceFace;
import quantum.simulator.control.ControlFace;
import quantum.simulator.cryptocom.CryptoComFace;
import quantum.simulator.spot.SpotExchange;

/** The simulator on 127.0.0.1, from the moment it is started until it is closed. */
public final class SimulatorServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Driver driver;
    private final SpotExchange spot;
    private final Javalin http;

    private SimulatorServer(Driver driver, SpotExchange spot, Javalin http) {
        this.driver = driver;
        this.spot = spot;
        this.http = http;
    }

    /** Throws {@link InvalidInput}, with a text for the operator, when the options or the port cannot be used. */
    public static SimulatorServer start(SimulatorOptions options) {
        var simulator = Simulator.create(options, Driver.epochNanos());
        var driver = new Driver(simulator, options.files().state());
        var binance = new BinanceFace(simulator);
        var spot = new SpotExchange(simulator);
        var cryptocom = new CryptoComFace(spot);
        var endpoints = new TreeSet<>(binance.endpoints());
        endpoints.addAll(cryptocom.endpoints());
        var control = new ControlFace(simulator, endpoints, spot);
        var http = Javalin.create(config -> {
            configure(config);
            serve(config, "/fapi/*", new HttpExchange(driver, binance::handle));
            serve(config, "/exchange/v1/*", new HttpExchange(driver, cryptocom::handle));
            serve(config, "/sim/*", new HttpExchange(driver, control::handle));
            ClientSockets.serve(config, driver, binance, cryptocom);
        });
        try {
            http.start(HOST, options.port());
        } catch (JavalinBindException taken) {
            http.stop();
            throw new InvalidInput("Port " + options.port() + " is in use: choose another port for the simulator");
        }
        driver.start();
        return new SimulatorServer(driver, spot, http);
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
    }

    private static void serve(JavalinConfig config, String path, Handler handler) {
        config.routes.get(path, handler);
        config.routes.post(path, handler);
        config.routes.put(path, handler);
        config.routes.delete(path, handler);
    }

    /** Takes prices from outside; any thread may bring them. */
    public void quote(Collection<Quote> quotes) {
        driver.run(() -> {
            driver.simulator().prices().quote(quotes);
            spot.markets().quote(quotes);
        });
    }

    public int port() {
        return http.port();
    }

    /** Without a slash at the end; the stream address is the same with ws instead of http. */
    public String baseUrl() {
        return "http://" + HOST + ":" + port();
    }

    /** What the file of prices holds, in one line; empty without one. */
    public String recording() {
        return driver.simulator().prices().recorded();
    }

    /** Stops serving and writes the state down. */
    @Override
    public void close() {
        http.stop();
        driver.close();
    }
}
