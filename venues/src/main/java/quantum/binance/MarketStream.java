package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;
import quantum.json.Malformed;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.venue.VenueEvent.Marked;

/**
 * Mark prices of all symbols, and word of changed rules. An open socket proves nothing, because a wrong subscription is
 * accepted and silent (binance-usdm 1.2): only frames with prices count, and while there are none the prices are asked
 * for every second.
 */
final class MarketStream implements StreamLink.Owner {

    private static final String STREAM = "/ws/!markPrice@arr@1s/!contractInfo";
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration STALL = Duration.ofSeconds(5);
    /** Streams tell both of the exchange's futures markets: 1 is ours (binance-usdm 6.2). */
    private static final long OUR_MARKET = 1;

    private final Conversation talk;
    private final Listings listings;
    private final Runnable opened;
    private final Consumer<String> lost;
    private final StreamLink link;
    private final MarkFilter markFilter = new MarkFilter();
    private long lastFrameNanos;
    private boolean isAsking;

    MarketStream(Conversation talk, Listings listings, Runnable opened, Consumer<String> lost) {
        this.talk = talk;
        this.listings = listings;
        this.opened = opened;
        this.lost = lost;
        link = new StreamLink(StreamName.MARKET, talk, this);
    }

    StreamLink link() {
        return link;
    }

    @Override
    public void connect() {
        link.open(talk.settings().endpoints().wsMarket() + STREAM);
    }

    @Override
    public void opened(long connection) {
        if (link.serves(connection)) {
            opened.run();
        }
    }

    @Override
    public void lost(String cause) {
        lost.accept(cause);
    }

    /** Looks after the frames from now on, every second for ever. */
    void watch() {
        lastFrameNanos = talk.now().nanos();
        talk.wakeIn(TURN, this::look);
    }

    private void look() {
        talk.wakeIn(TURN, this::look);
        if (talk.now().since(lastFrameNanos).compareTo(STALL) < 0) {
            return;
        }
        if (!isAsking) {
            isAsking = true;
            read(() -> isAsking = false);
        }
        if (link.age().compareTo(STALL) >= 0) {
            link.lose("no mark price for " + STALL.toSeconds() + " s");
        }
    }

    /** Asks for all marks once and tells them; whether or not there was an answer, goes on with {@code then}. */
    void read(Runnable then) {
        talk.ask(Endpoints.marks(), json -> marks(json, "symbol", "markPrice", "time"), reply -> {
            if (reply instanceof Told<Marked>(Marked marked, var _)) {
                tell(marked);
            }
            then.run();
        });
    }

    /** A frame of a connection; the first prices of a successor prove that it serves. */
    void frame(long connection, Json json) {
        if (!link.isCurrent(connection)) {
            return;
        }
        if (json.isArray()) {
            Marked marked = marks(json, "s", "p", "E");
            if (!marked.marks().isEmpty()) {
                link.proven(connection);
                lastFrameNanos = talk.now().nanos();
                tell(marked);
            }
        } else if ("contractInfo".equals(json.optionalText("e"))) {
            listings.changed();
        }
    }

    private void tell(Marked marked) {
        if (!marked.marks().isEmpty()) {
            talk.tell(marked);
        }
    }

    private Marked marks(Json json, String symbolField, String priceField, String timeField) {
        // In one order in every process: what the desk does with two of them at once must be the same again.
        Map<Symbol, Price> marks = new TreeMap<>();
        Instant latest = Instant.EPOCH;
        List<Json> elements = json.elements();
        for (Json element : elements) {
            try {
                Symbol symbol = ours(element, symbolField);
                Price price = symbol == null ? null : element.optionalPrice(priceField);
                Instant time = price == null ? Instant.EPOCH : element.time(timeField);
                if (symbol != null && price != null && markFilter.believes(symbol, price)) {
                    marks.put(symbol, price);
                    latest = time.isAfter(latest) ? time : latest;
                }
            } catch (Malformed e) {
                // The others are as good as before, and what is held needs its price.
                talk.odd("mark price", String.valueOf(e.getMessage()));
            }
        }
        return new Marked(Collections.unmodifiableMap(marks), latest);
    }

    private @Nullable Symbol ours(Json element, String field) {
        if (element.has("st") && element.integer("st") != OUR_MARKET) {
            return null;
        }
        String name = element.text(field);
        Symbol symbol = Symbol.isValid(name) ? new Symbol(name) : null;
        return symbol != null && listings.knows(symbol) ? symbol : null;
    }
}
