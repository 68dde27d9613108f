package quantum.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stream of intents: at least once, in order; what was read and not acknowledged comes again. */
final class Bus {

    /** One entry and how often it was handed out. */
    record Message(String id, Map<String, String> fields) {}

    private final List<Message> stream = new ArrayList<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Long> deliveries = new HashMap<>();
    private int read;

    void add(Map<String, String> fields) {
        stream.add(new Message((stream.size() + 1) + "-0", fields));
    }

    List<Message> all() {
        return stream;
    }

    /** Read and not acknowledged: to be handed out again by whoever comes next. */
    List<Message> pending() {
        return stream.subList(0, read).stream()
                .filter(message -> !acknowledged.contains(message.id()))
                .toList();
    }

    boolean hasMore() {
        return read < stream.size();
    }

    Message next() {
        return stream.get(read++);
    }

    long delivered(Message message) {
        return deliveries.merge(message.id(), 1L, Long::sum);
    }

    void acknowledge(String id) {
        acknowledged.add(id);
    }

    boolean isAcknowledged(String id) {
        return acknowledged.contains(id);
    }

    /** The reader begins again at the first entry, as after a lost group. */
    void rewind() {
        read = 0;
        acknowledged.clear();
    }
}
