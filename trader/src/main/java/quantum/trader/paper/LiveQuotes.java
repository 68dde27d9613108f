package quantum.trader.paper;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.http.Wire;
import quantum.simulator.Quote;
import quantum.trader.venue.PublicAddresses;
import tools.jackson.databind.JsonNode;

/**
 * Marks of all symbols every second, each with the last book that was told for it: the exchange tells all books every
 * five seconds, so a paper fill is at most that old (binance-usdm 6.2).
 */
final class LiveQuotes implements AutoCloseable {

    private static final Duration MARKS_SILENCE = Duration.ofSeconds(5);
    private static final Duration BOOKS_SILENCE = Duration.ofSeconds(20);
    private static final long BOOK_AGE_NANOS = Duration.ofSeconds(10).toNanos();
    /** Streams tell both of the exchange's futures markets: 1 is ours. */
    private static final int OUR_MARKET = 1;

    private record Book(BigDecimal bid, BigDecimal ask, long atNanos) {}

    private final Map<String, Book> books = new ConcurrentHashMap<>();
    private final Consumer<Collection<Quote>> sink;
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();
    private final Feed marks;
    private final Feed bookTickers;

    LiveQuotes(Wire wire, PublicAddresses live, Consumer<Collection<Quote>> sink) {
        this.sink = sink;
        bookTickers = new Feed(wire, live.books() + "/ws/!bookTicker", BOOKS_SILENCE, this::book);
        marks = new Feed(wire, live.marks() + "/ws/!markPrice@arr@1s", MARKS_SILENCE, this::marks);
    }

    /** Completes with the first prices. */
    CompletableFuture<Boolean> first() {
        return first;
    }

    private void book(JsonNode frame) {
        BigDecimal bid = price(frame, "b");
        BigDecimal ask = price(frame, "a");
        if (isOurs(frame) && bid != null && ask != null && bid.compareTo(ask) <= 0) {
            books.put(frame.path("s").asString(""), new Book(bid, ask, System.nanoTime()));
        }
    }

    private void marks(JsonNode frame) {
        List<Quote> quotes = new ArrayList<>();
        for (JsonNode row : frame) {
            BigDecimal mark = price(row, "p");
            if (isOurs(row) && mark != null) {
                quotes.add(quote(row.path("s").asString(""), mark));
            }
        }
        if (!quotes.isEmpty()) {
            sink.accept(quotes);
            first.complete(true);
        }
    }

    private Quote quote(String symbol, BigDecimal mark) {
        Book book = books.get(symbol);
        return book == null || System.nanoTime() - book.atNanos() > BOOK_AGE_NANOS
                ? new Quote(symbol, mark, null, null)
                : new Quote(symbol, mark, book.bid(), book.ask());
    }

    private static boolean isOurs(JsonNode row) {
        return row.path("st").asInt(OUR_MARKET) == OUR_MARKET;
    }

    /** A price above zero told as text; null for anything else. */
    private static @Nullable BigDecimal price(JsonNode row, String name) {
        try {
            BigDecimal price = new BigDecimal(row.path(name).asString(""));
            return price.signum() > 0 ? price : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    @Override
    public void close() {
        marks.close();
        bookTickers.close();
    }
}
