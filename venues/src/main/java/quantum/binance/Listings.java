package quantum.binance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;
import quantum.market.Symbol;
import quantum.venue.VenueEvent.InstrumentsRead;

/** The exchange's rules as last read; they change without notice, so they are read again every hour. */
final class Listings {

    private static final Duration INTERVAL = Duration.ofHours(1);
    /** Word of changes comes symbol by symbol; one reading answers them all. */
    private static final Duration GATHERING = Duration.ofSeconds(2);

    private final Conversation talk;
    private Map<Symbol, Listing> bySymbol = Map.of();
    private boolean isChanged;

    Listings(Conversation talk) {
        this.talk = talk;
    }

    /** Reads and tells them; null when done, else why not. */
    void read(Consumer<@Nullable String> then) {
        talk.ask(Asks.exchangeInfo(), Listing::all, reply -> {
            if (reply instanceof Told<List<Listing>>(List<Listing> all, var _)) {
                bySymbol = all.stream()
                        .collect(Collectors.toMap(
                                listing -> listing.instrument().symbol(), Function.identity(), (first, _) -> first));
                talk.tell(new InstrumentsRead(
                        all.stream().map(Listing::instrument).toList()));
                then.accept(null);
            } else {
                then.accept(reply.failure());
            }
        });
    }

    /** Reads them again every hour; after a failure the old ones stay. */
    void keep() {
        talk.wakeIn(INTERVAL, () -> read(_ -> keep()));
    }

    /** The exchange says that the rules of a symbol changed: they are read again soon. */
    void changed() {
        if (!isChanged) {
            isChanged = true;
            talk.wakeIn(GATHERING, () -> {
                isChanged = false;
                read(_ -> {});
            });
        }
    }

    boolean knows(Symbol symbol) {
        return bySymbol.containsKey(symbol);
    }

    int trading() {
        return (int) bySymbol.values().stream()
                .filter(listing -> listing.instrument().trading())
                .count();
    }

    /** True if a fee in this asset is a fee in the symbol's quote asset. */
    boolean isQuote(Symbol symbol, @Nullable String asset) {
        Listing listing = bySymbol.get(symbol);
        return listing != null && listing.quoteAsset().equals(asset);
    }
}
