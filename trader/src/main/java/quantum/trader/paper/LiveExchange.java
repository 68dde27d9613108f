package quantum.trader.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.http.Wire;
import quantum.simulator.Quote;
import quantum.trader.venue.PublicAddresses;

/** What the real exchange tells everybody: its rules and its prices. */
public final class LiveExchange implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String RULES = "/fapi/v1/exchangeInfo";

    private final PublicAddresses addresses;
    private final Wire wire = new Wire(PATIENCE);
    private @Nullable LiveQuotes quotes;

    public LiveExchange(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * Writes the exchange's rules to a file and returns it.
     *
     * @throws QuotesUnavailable if they cannot be read within 10 s
     */
    public Path rules(Path file) {
        CompletableFuture<Wire.Result> answer = new CompletableFuture<>();
        URI uri = URI.create(addresses.rest() + RULES);
        wire.send(new Wire.Request("GET", uri, Map.of(), PATIENCE), answer::complete);
        String what = "the rules at " + addresses.rest() + " cannot be read";
        return switch (await(answer, what)) {
            case Wire.Result.Replied replied when replied.status() == 200 -> write(file, replied.body());
            case Wire.Result.Replied replied -> throw unavailable(what + ": HTTP " + replied.status());
            case Wire.Result.Failed failed -> throw unavailable(what + ": " + failed.cause());
        };
    }

    /**
     * Tells the exchange's prices from now on; returns once the first were told.
     *
     * @throws QuotesUnavailable if there are none within 10 s
     */
    public void follow(Consumer<Collection<Quote>> sink) {
        LiveQuotes following = new LiveQuotes(wire, addresses, sink);
        quotes = following;
        await(following.first(), "the public streams at " + addresses.marks() + " tell no prices");
    }

    private static Path write(Path file, String body) {
        try {
            return Files.writeString(file, body);
        } catch (IOException e) {
            throw new UncheckedIOException("the exchange's rules could not be kept in " + file, e);
        }
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw unavailable(what + " within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unavailable(what + ": interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static QuotesUnavailable unavailable(String cause) {
        return new QuotesUnavailable(
                cause,
                "mode paper needs the exchange's public prices: check the connection and endpoints.*, or use mode"
                        + " simulated");
    }

    @Override
    public void close() {
        LiveQuotes following = quotes;
        if (following != null) {
            following.close();
        }
        wire.close();
    }
}
