package quantum.trader.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.redis.Replies;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/**
 * The latest entries of our streams: what lies there already, and what should and does not. An entry is ours if all of its
 * fields are; one that merely bears our event id was written by somebody else. Throws what Jedis throws.
 */
final class Tails {

    private static final int LATEST = 5_000;
    private static final int PAGE = 200;
    /** The ledger keeps times to the microsecond; what was published at once may tell more. */
    private static final Pattern BELOW_MICROS = Pattern.compile("(\\.[0-9]{6})[0-9]{1,3}");
    /** A stream that is gone altogether was wiped; what is older was there long enough to be read. */
    private static final Duration WIPED = Duration.ofMinutes(10);

    private final RedisClient client;
    private final StreamNames names;
    private final NoticeOutbox outbox;
    private final Map<String, Tail> tails = new HashMap<>();

    /** Entry ids by what the entries hold, and by the event id that they bear; both as digests. */
    private record Tail(
            boolean exists,
            Map<String, String> entries,
            Map<String, String> events,
            @Nullable EntryId oldest) {}

    Tails(RedisClient client, StreamNames names, NoticeOutbox outbox) {
        this.client = client;
        this.names = names;
        this.outbox = outbox;
    }

    /** What was read of a stream is not believed any more. */
    void forget(String kind) {
        tails.remove(kind);
    }

    /** The entry id of a notice that lies in its stream. */
    @Nullable
    String entryOf(OutboxRow row) {
        Tail tail = tail(row.kind());
        String entry = tail.entries().get(content(NoticeCodec.fields(row), row.eventId()));
        return entry == null && outbox.forgot(row.eventId()) ? tail.events().get(digest(row.eventId())) : entry;
    }

    /** The entry id of what bears a notice's event id and is something else. */
    @Nullable
    String forgeryOf(OutboxRow row) {
        return entryOf(row) == null ? tail(row.kind()).events().get(digest(row.eventId())) : null;
    }

    /** What was published and is gone; ids up to {@code sent} were, known to the ledger or not. */
    Set<Long> lost(String kind, long sent) {
        Set<Long> lost = new HashSet<>();
        Tail tail = tail(kind);
        List<OutboxRow> page = outbox.recorded(kind, Long.MAX_VALUE, PAGE);
        for (int read = 0; !page.isEmpty() && read < LATEST; read += PAGE) {
            page.stream()
                    .filter(row ->
                            isCovered(row, tail) && entryOf(row) == null && (row.published() || row.id() <= sent))
                    .forEach(row -> lost.add(row.id()));
            OutboxRow last = page.getLast();
            page = isCovered(last, tail) ? outbox.recorded(kind, last.id(), PAGE) : List.of();
        }
        return lost;
    }

    /** Whether a notice would lie in the part of its stream that was read; earlier ones were cut off by its length. */
    private static boolean isCovered(OutboxRow row, Tail tail) {
        String entry = row.entryId();
        EntryId oldest = tail.oldest();
        if (!tail.exists()) {
            return row.at().isAfter(Instant.now().minus(WIPED));
        }
        return oldest != null && (entry == null || EntryId.of(entry).compareTo(oldest) >= 0);
    }

    private Tail tail(String kind) {
        return tails.computeIfAbsent(kind, this::read);
    }

    private Tail read(String kind) {
        String stream = names.stream(kind);
        Map<String, String> entries = new HashMap<>();
        Map<String, String> events = new HashMap<>();
        EntryId oldest = null;
        List<Entry> page = page(stream, "+");
        for (int read = 0; !page.isEmpty() && read < LATEST; read += PAGE) {
            for (Entry entry : page) {
                String event = entry.fields().get("event_id");
                if (event != null) {
                    String content = entry.bytes() > Replies.MOST_BYTES
                            ? large(event, entry.bytes())
                            : content(entry.fields(), event);
                    entries.put(content, entry.id().toString());
                    events.put(digest(event), entry.id().toString());
                }
            }
            oldest = page.getLast().id();
            page = page(stream, "(" + oldest);
        }
        return new Tail(client.exists(stream), entries, events, oldest);
    }

    private List<Entry> page(String stream, String from) {
        return Entry.all(
                client.executeCommand(
                        new CommandArguments(Command.XREVRANGE).addObjects(stream, from, "-", "COUNT", PAGE)),
                Replies.MOST_BYTES);
    }

    /** All fields; of what is larger than is read back the event id and the size. */
    private static String content(Map<String, String> fields, String event) {
        StringBuilder text = new StringBuilder();
        long bytes = 0;
        for (Map.Entry<String, String> field : new TreeMap<>(fields).entrySet()) {
            bytes += bytes(field.getKey()) + bytes(field.getValue());
            text.append(field.getKey().length())
                    .append(':')
                    .append(field.getKey())
                    .append('=');
            String value = "timestamp".equals(field.getKey())
                    ? BELOW_MICROS.matcher(field.getValue()).replaceFirst("$1")
                    : field.getValue();
            text.append(value.length()).append(':').append(value);
        }
        return bytes > Replies.MOST_BYTES ? large(event, bytes) : digest(text.toString());
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String large(String event, long bytes) {
        return digest(event) + bytes;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
