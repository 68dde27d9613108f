package quantum.trader.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.trader.ledger.OutboxRow;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/**
 * The latest entries of our streams, by event id: what lies there already, and what should and does not. Throws what Jedis
 * throws.
 */
final class Tails {

    private static final int LATEST = 5_000;
    private static final int PAGE = 200;
    /** A stream that is gone altogether was wiped; what is older was there long enough to be read. */
    private static final Duration WIPED = Duration.ofMinutes(10);

    private final RedisClient client;
    private final StreamNames names;
    private final Map<String, Tail> tails = new HashMap<>();

    private record Tail(
            boolean exists,
            Map<String, String> entries,
            @Nullable StreamEntryID oldest) {}

    Tails(RedisClient client, StreamNames names) {
        this.client = client;
        this.names = names;
    }

    /** What was read is not believed any more. */
    void forget() {
        tails.clear();
    }

    /** The entry id of a notice that lies in its stream. */
    @Nullable
    String entryOf(OutboxRow row) {
        return tail(row.kind()).entries().get(row.eventId());
    }

    /** What was published and is gone, in the order of recording; ids up to {@code sent} were, known to the ledger or not. */
    List<OutboxRow> lost(Publisher.Outbox outbox, long sent) {
        List<OutboxRow> lost = new ArrayList<>();
        for (String kind : NoticeCodec.KINDS) {
            Tail tail = tail(kind);
            List<OutboxRow> page = outbox.recorded(kind, Long.MAX_VALUE, PAGE);
            for (int read = 0; !page.isEmpty() && read < LATEST; read += PAGE) {
                page.stream()
                        .filter(row -> isCovered(row, tail)
                                && !tail.entries().containsKey(row.eventId())
                                && (row.published() || row.id() <= sent))
                        .forEach(lost::add);
                OutboxRow last = page.getLast();
                page = isCovered(last, tail) ? outbox.recorded(kind, last.id(), PAGE) : List.of();
            }
        }
        lost.sort(Comparator.comparingLong(OutboxRow::id));
        return lost;
    }

    /** Whether a notice would lie in the part of its stream that was read; earlier ones were cut off by its length. */
    private static boolean isCovered(OutboxRow row, Tail tail) {
        String entry = row.entryId();
        StreamEntryID oldest = tail.oldest();
        if (!tail.exists()) {
            return row.at().isAfter(Instant.now().minus(WIPED));
        }
        return oldest != null && (entry == null || new StreamEntryID(entry).compareTo(oldest) >= 0);
    }

    private Tail tail(String kind) {
        return tails.computeIfAbsent(kind, this::read);
    }

    private Tail read(String kind) {
        String stream = names.stream(kind);
        Map<String, String> entries = new HashMap<>();
        StreamEntryID oldest = null;
        for (StreamEntry entry : client.xrevrange(stream, "+", "-", LATEST)) {
            oldest = entry.getID();
            String event = entry.getFields().get("event_id");
            if (event != null) {
                entries.put(event, entry.getID().toString());
            }
        }
        return new Tail(client.exists(stream), entries, oldest);
    }
}
