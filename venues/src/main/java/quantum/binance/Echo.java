package quantum.binance;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;

/**
 * Whether the user stream tells of the orders that the exchange took from us. Each order is told at once, so a stream
 * that says nothing of the kind about its symbol within some seconds is deaf, and nobody has to wait for the next
 * reading of the account to find out.
 */
final class Echo {

    static final String ORDER = "ORDER_TRADE_UPDATE";
    static final String REST = "ALGO_UPDATE";

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int REMEMBERED = 2000;

    /** An event of a kind about a symbol. */
    private record Subject(String event, String symbol) {}

    private final Conversation talk;
    private final PrivateStream stream;
    private final Map<Subject, Long> lastNanos = new LinkedHashMap<>();

    Echo(Conversation talk, PrivateStream stream) {
        this.talk = talk;
        this.stream = stream;
    }

    /** The stream tells something, whether or not it can be read in full. */
    void heard(String event, @Nullable String symbol) {
        if (symbol != null) {
            Subject subject = new Subject(event, symbol);
            lastNanos.remove(subject);
            lastNanos.put(subject, talk.now().nanos());
            if (lastNanos.size() > REMEMBERED) {
                lastNanos.remove(lastNanos.keySet().iterator().next());
            }
        }
    }

    /** The exchange says that it took an order which was sent at a monotonic time; now the stream has to say so too. */
    void taken(String event, Symbol symbol, ClientOrderId id, long askedNanos) {
        long connection = stream.link().connection();
        boolean wasOpen = stream.link().isOpen()
                && stream.link().age().compareTo(talk.now().since(askedNanos)) >= 0;
        if (!wasOpen) {
            return;
        }
        talk.wakeIn(GRACE, () -> {
            Long last = lastNanos.get(new Subject(event, symbol.name()));
            boolean isTold = last != null && last - askedNanos >= 0;
            if (!isTold && stream.link().serves(connection)) {
                stream.deaf(event, "the exchange took " + id.value() + " in " + symbol);
            }
        });
    }
}
