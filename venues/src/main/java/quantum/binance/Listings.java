package quantum.binance;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceError.Measure;
import quantum.binance.Reply.Refused;
import quantum.binance.Reply.Told;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.venue.Call;
import quantum.venue.VenueEvent.InstrumentsRead;
import quantum.venue.VenueEvent.ReadFailed;

/**
 * The exchange's rules as last read. They change without notice, so they are read again every hour, and soon after the
 * exchange refused something that they allow (binance-usdm 6.1).
 */
final class Listings {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);
    /** However many refusals there are, the rules are not read more often. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);
    /** A symbol that takes no opens is given some time before its rules are read again. */
    private static final Duration DISABLED = Duration.ofMinutes(1);

    private static final Duration GATHERING = Duration.ofSeconds(2);

    private final Conversation talk;
    private final Map<Symbol, Listing> bySymbol = new HashMap<>();
    /** Symbols that a reading lacked, and when that was asked for: one reading is a doubt. */
    private final Map<Symbol, Long> missing = new HashMap<>();

    private final List<Call.ReadRules> calls = new ArrayList<>();
    /** When they were last asked for, and when what we have was. */
    private @Nullable Long askedNanos;

    private @Nullable Long readNanos;
    /** When the rules are to be read before the hour is over; null if not. */
    private @Nullable Long soonNanos;

    Listings(Conversation talk) {
        this.talk = talk;
    }

    /** Reads and tells them; null when done, else why not. */
    void read(Consumer<@Nullable String> then) {
        askedNanos = talk.now().nanos();
        talk.ask(Endpoints.exchangeInfo(), this::rules, reply -> {
            if (reply instanceof Told<Rules>(Rules rules, long asked)) {
                readNanos = asked;
                calls.clear();
                talk.budget().limits(rules.limits());
                take(rules.listings(), asked);
                then.accept(null);
            } else {
                then.accept(reply.failure());
            }
        });
    }

    /** Everything in one reply of exchangeInfo. */
    private record Rules(List<Listing> listings, List<RateLimit> limits) {}

    private Rules rules(Json exchangeInfo) {
        return new Rules(Listing.all(exchangeInfo, talk::odd), RateLimit.all(exchangeInfo));
    }

    /** What two readings apart do not list keeps its rules, because it may still be held; it takes no opens. */
    private void take(List<Listing> all, long asked) {
        Map<Symbol, Listing> listed = new HashMap<>();
        all.forEach(listing -> listed.put(listing.instrument().symbol(), listing));
        missing.keySet().removeAll(listed.keySet());
        bySymbol.replaceAll((symbol, known) -> listed.containsKey(symbol) ? known : unlisted(symbol, known, asked));
        bySymbol.putAll(listed);
        talk.tell(new InstrumentsRead(instruments(), asked));
    }

    private List<Instrument> instruments() {
        return bySymbol.values().stream().map(Listing::instrument).toList();
    }

    private Listing unlisted(Symbol symbol, Listing known, long asked) {
        Long since = missing.putIfAbsent(symbol, asked);
        if (since != null && asked - since >= SHORTEST_INTERVAL.toNanos()) {
            return known.closed();
        }
        readSoon(SHORTEST_INTERVAL);
        return known;
    }

    /** Reads them for the desk, which waits; not more often than is sensible. */
    void read(Call.ReadRules call) {
        calls.add(call);
        readSoon(Duration.ZERO);
    }

    /** Reads them again every hour; after a failure the old ones stay, and it is tried again sooner. */
    void keep() {
        keep(INTERVAL);
    }

    private void keep(Duration pause) {
        talk.wakeIn(pause, () -> read(failure -> keep(failure == null ? INTERVAL : AFTER_A_FAILURE)));
    }

    /** Learns from an answer about a symbol whether our rules of it still hold. */
    void learn(Symbol symbol, Reply<?> reply) {
        if (reply instanceof Refused<?>(BinanceError error, var _)) {
            if (error.measure() == Measure.RELOAD_RULES) {
                readSoon(Duration.ZERO);
            } else if (error.measure() == Measure.DISABLE_SYMBOL) {
                disable(symbol);
            }
        }
    }

    private void disable(Symbol symbol) {
        Listing known = bySymbol.get(symbol);
        if (known != null && known.instrument().trading()) {
            bySymbol.put(symbol, known.closed());
            talk.tell(new InstrumentsRead(
                    List.of(known.closed().instrument()),
                    readNanos == null ? talk.now().nanos() : readNanos));
        }
        readSoon(DISABLED);
    }

    /** The exchange says by itself that a contract changed: symbol by symbol, and one reading answers them all. */
    void changed() {
        readSoon(GATHERING);
    }

    /** The soonest of those who want it decides; what comes of it is for all of them. */
    private void readSoon(Duration pause) {
        Duration sinceLast = askedNanos == null ? SHORTEST_INTERVAL : talk.now().since(askedNanos);
        Duration left = SHORTEST_INTERVAL.minus(sinceLast);
        Duration wait = left.compareTo(pause) > 0 ? left : pause;
        long at = talk.now().nanos() + wait.toNanos();
        if (soonNanos != null && soonNanos - at <= 0) {
            return;
        }
        soonNanos = at;
        if (wait.isPositive()) {
            talk.wakeIn(wait, () -> readIfDue(at));
        } else {
            readIfDue(at);
        }
    }

    private void readIfDue(long at) {
        if (soonNanos != null && soonNanos == at) {
            soonNanos = null;
            read(failure -> {
                if (failure != null) {
                    List<Call.ReadRules> unanswered = List.copyOf(calls);
                    calls.clear();
                    unanswered.forEach(call -> talk.tell(new ReadFailed(call, failure)));
                }
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
        return listing != null && listing.instrument().contract().quoteAsset().equals(asset);
    }

    /** A price on the giving side of the last mark, this share of the way to the edge; null where it is not known. */
    @Nullable
    Price priceWithinBand(Symbol symbol, Side side, BigDecimal share) {
        Listing listing = bySymbol.get(symbol);
        Listing.Band band = listing == null ? null : listing.band();
        Price mark = talk.mark(symbol);
        return listing == null || band == null || mark == null
                ? null
                : band.within(side, mark, share, listing.instrument());
    }
}
