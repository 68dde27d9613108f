package quantum.trader;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import quantum.rules.Rules;
import quantum.trader.venue.Access;
import quantum.trader.venue.PublicAddresses;
import quantum.trader.venue.Venue;

/** What a service is built from, after settings were read and checked. */
public record Setup(String mode, Path data, Store store, Exchange exchange, Page page, Rules rules) {

    /** Redis: by address, or an embedded one on a port (0 for any free one). */
    public record Store(
            @Nullable String url,
            int embeddedPort,
            boolean password,
            String prefix,
            String consumer,
            long maxLength,
            Duration silence) {

        /** Without a limit on how long no message may come. */
        public Store(
                @Nullable String url,
                int embeddedPort,
                boolean password,
                String prefix,
                String consumer,
                long maxLength) {
            this(url, embeddedPort, password, prefix, consumer, maxLength, Duration.ZERO);
        }
    }

    /** Where orders go. */
    public sealed interface Exchange {
        /** Which exchange it is, or as which one it speaks. */
        Venue venue();

        /** To an exchange outside. */
        record Outside(Venue venue, Access access) implements Exchange {}

        /** To one that is simulated inside; absent paths and 0 mean none and any. */
        record Inside(
                Venue venue,
                @Nullable Path prices,
                @Nullable Path filters,
                int speed,
                long seed) implements Exchange {

            /** With whatever prices come. */
            public static Inside of(Venue venue) {
                return new Inside(venue, null, null, 1, 1);
            }
        }

        /** To one that is simulated inside with the public prices and rules of the real one. */
        record Paper(Venue venue, PublicAddresses live) implements Exchange {}
    }

    /** Which exchange it trades on, or as which one the simulated one speaks. */
    public Venue venue() {
        return exchange.venue();
    }

    /** Where the page and the interfaces are served. */
    public record Page(String bind, int port) {}
}
