package quantum.bench;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.util.function.Consumer;

/** A server as the simulator has one, with nothing behind it. */
final class BareServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Javalin http;

    BareServer(Consumer<JavalinConfig> routes) {
        http = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.concurrency.useVirtualThreads = true;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            routes.accept(config);
        });
        http.start(HOST, 0);
    }

    String address(String scheme) {
        return scheme + "://" + HOST + ":" + http.port();
    }

    @Override
    public void close() {
        http.stop();
    }
}
