package quantum.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The stream of intents: at least once, in order; what was read and not acknowledged comes again. */
final class Bus {

    private static final long LAST_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** One entry; the fields are gone where it was trimmed while it was pending. */
    record Message(String id, Map<String, String> fields) {}

    private final List<Message> stream = new ArrayList<>();
    private final Map<String, Message> asAdded = new HashMap<>();
    private final Map<String, Long> addedAt = new HashMap<>();
    private final Map<String, Long> acknowledgedAt = new HashMap<>();
    private final Map<String, Long> readAt = new HashMap<>();
    private final Map<String, Long> deliveries = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private long added;
    private int read;

    /** The id of the new entry. */
    String add(Map<String, String> fields, long now) {
        added++;
        Message message = new Message(added + "-0", fields);
        stream.add(message);
        asAdded.put(message.id(), message);
        addedAt.put(message.id(), now);
        return message.id();
    }

    List<Message> all() {
        return stream;
    }

    /** What an entry held when it was added, also where it was trimmed since. */
    Message asAdded(String id) {
        return Objects.requireNonNull(asAdded.get(id), id);
    }

    /** Read and not acknowledged: to be handed out again by whoever comes next. */
    List<Message> pending() {
        return stream.subList(0, read).stream()
                .filter(message -> !acknowledgedAt.containsKey(message.id()))
                .toList();
    }

    boolean hasMore() {
        return read < stream.size();
    }

    Message next(long now) {
        Message message = stream.get(read++);
        readAt.put(message.id(), now);
        return message;
    }

    long delivered(Message message) {
        return deliveries.merge(message.id(), 1L, Long::sum);
    }

    void acknowledge(String id, long now) {
        acknowledgedAt.putIfAbsent(id, now);
    }

    boolean isAcknowledged(String id) {
        return acknowledgedAt.containsKey(id);
    }

    /** An entry is trimmed while it waits to be handed out again: its id stays pending, its fields are gone. */
    Message trim(Message message) {
        Message empty = new Message(message.id(), Map.of());
        stream.replaceAll(known -> known.id().equals(message.id()) ? empty : known);
        lost.add(message.id());
        return empty;
    }

    /** The server ended and began again without its last second: entries, deliveries and acknowledgements of it. */
    void forgetLastSecond(long now) {
        acknowledgedAt.values().removeIf(at -> now - at < LAST_SECOND);
        while (read > 0 && now - readAt.getOrDefault(stream.get(read - 1).id(), 0L) < LAST_SECOND) {
            read--;
        }
        while (stream.size() > read
                && now - addedAt.getOrDefault(stream.getLast().id(), 0L) < LAST_SECOND) {
            lost.add(stream.removeLast().id());
        }
    }

    /** Everything is gone; the group is made again behind what was ever read. */
    void flush() {
        stream.forEach(message -> {
            if (!acknowledgedAt.containsKey(message.id())) {
                lost.add(message.id());
            }
        });
        stream.clear();
        read = 0;
    }

    /** True for an entry that the bus itself lost: nobody can be held to what it asked for. */
    boolean isLost(String id) {
        return lost.contains(id);
    }

    /** The reader begins again at the first entry, as after a lost group. */
    void rewind() {
        read = 0;
        acknowledgedAt.clear();
    }
}
