package quantum.trader.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.intent.reading.Twice;
import quantum.intent.reading.Values;
import quantum.trader.redis.Replies;

/**
 * One entry of a stream as Redis answers it: without fields where it was deleted, and only with the beginning of them
 * where it is larger than anything we read. {@code twice} has the fields that stand in it again with another value, of
 * which {@code fields} has the first; {@code bytes} is what it holds in truth.
 */
record Entry(EntryId id, Map<String, String> fields, Map<String, Twice> twice, long bytes, boolean whole) {

    /** Of what is too large so much is kept, to show what it was. */
    private static final int SAMPLE = 2_048;

    /** Entries of the answer to a command that lists them; of one with more bytes than {@code most} a sample is kept. */
    static List<Entry> all(@Nullable Object reply, int most) {
        List<Entry> entries = new ArrayList<>();
        for (Object one : Replies.list(reply)) {
            if (one != null) {
                entries.add(of(one, most));
            }
        }
        return entries;
    }

    static Entry of(Object reply, int most) {
        List<@Nullable Object> parts = Replies.list(reply);
        EntryId id = EntryId.of(Replies.text(parts.getFirst()));
        if (!(parts.get(1) instanceof Replies.Part texts)) {
            return new Entry(id, Map.of(), Map.of(), 0, true);
        }
        boolean readable = texts.isWhole() && texts.bytes() <= most;
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, Twice> twice = new LinkedHashMap<>();
        int room = readable ? Replies.MOST_BYTES : SAMPLE;
        for (int i = 0; i + 1 < texts.size() && room > 0; i += 2) {
            String name = cut(Replies.text(texts.get(i)), room);
            String value = cut(Replies.text(texts.get(i + 1)), room - name.length());
            room -= name.length() + value.length() + 1;
            String first = fields.putIfAbsent(name, value);
            if (first != null && !Values.canonical(first).equals(Values.canonical(value))) {
                twice.merge(name, new Twice(List.of(first, value)), (earlier, _) -> earlier.and(value));
            }
        }
        return new Entry(id, fields, twice, texts.bytes(), texts.isWhole());
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(0, length));
    }
}
