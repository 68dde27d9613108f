package quantum.trader.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XPendingParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamConsumerInfo;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamGroupInfo;
import redis.clients.jedis.resps.StreamPendingEntry;
import redis.clients.jedis.util.SafeEncoder;

/** The consumer group's commands, as the reader needs them. Throws what Jedis throws. */
final class IntentGroup {

    private static final long DEAD_IDLE_MILLIS = 60_000;
    private static final long FORGOTTEN_IDLE_MILLIS = 3_600_000;

    private final RedisClient client;
    private final String stream;
    private final String group;
    private final String consumer;

    IntentGroup(RedisClient client, StreamNames names, String consumer) {
        this.client = client;
        this.stream = names.intents();
        this.group = names.group();
        this.consumer = consumer;
    }

    /** Creates the group where it is missing: at the first start, and after somebody wiped Redis; true if it was. */
    boolean ensure(String position) {
        StreamEntryID start = "0".equals(position) ? new StreamEntryID(0, 0) : new StreamEntryID(position);
        try {
            client.xgroupCreate(stream, group, start, true);
            return true;
        } catch (JedisDataException e) {
            String message = e.getMessage();
            if (message == null || !message.startsWith("BUSYGROUP")) {
                throw e;
            }
            return false;
        }
    }

    /** New entries; waits for the first. */
    List<IntentSource.Message> fresh(int count, int blockMillis) {
        return read(
                        XReadGroupParams.xReadGroupParams().count(count).block(blockMillis),
                        StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY)
                .stream()
                .map(entry -> new IntentSource.Message(entry.getID().toString(), entry.getFields(), 1))
                .toList();
    }

    /** A page of what was delivered to us and never acknowledged. */
    Page own(String after, int count) {
        List<StreamEntry> entries = read(XReadGroupParams.xReadGroupParams().count(count), new StreamEntryID(after));
        String last = entries.isEmpty() ? after : entries.getLast().getID().toString();
        return new Page(known(entries), last, entries.isEmpty());
    }

    /** Messages of a page, where the next one starts, and whether this was the end. */
    record Page(List<IntentSource.Message> messages, String next, boolean end) {}

    private List<StreamEntry> read(XReadGroupParams params, StreamEntryID from) {
        Map<String, List<StreamEntry>> found = client.xreadGroupAsMap(group, consumer, params, Map.of(stream, from));
        return found == null ? List.of() : found.getOrDefault(stream, List.of());
    }

    /** Takes over a page of what dead consumers left; their names are never used again (INC-P05, INC-P09). */
    Page claim(String from, int count) {
        List<Object> reply = client.xautoclaim(
                bytes(stream),
                bytes(group),
                bytes(consumer),
                DEAD_IDLE_MILLIS,
                bytes(from),
                XAutoClaimParams.xAutoClaimParams().count(count));
        String next = BuilderFactory.STRING.build(reply.get(0));
        List<StreamEntry> entries = BuilderFactory.STREAM_ENTRY_LIST.build(reply.get(1));
        List<IntentSource.Message> messages = new ArrayList<>(known(entries));
        if (reply.size() > 2 && reply.get(2) != null) {
            BuilderFactory.STRING_LIST.build(reply.get(2)).forEach(id -> messages.add(vanished(id)));
        }
        return new Page(messages, next, "0-0".equals(next));
    }

    private static byte[] bytes(String text) {
        return SafeEncoder.encode(text);
    }

    private List<IntentSource.Message> known(List<StreamEntry> entries) {
        Map<StreamEntryID, Long> deliveries = deliveries(entries);
        List<IntentSource.Message> messages = new ArrayList<>();
        for (StreamEntry entry : entries) {
            String id = entry.getID().toString();
            if (entry.getFields() == null || entry.getFields().isEmpty()) {
                messages.add(vanished(id));
            } else {
                messages.add(
                        new IntentSource.Message(id, entry.getFields(), deliveries.getOrDefault(entry.getID(), 1L)));
            }
        }
        return messages;
    }

    /** A message without content ends like every other: it is handed over, and becomes a dead letter with its id. */
    private static IntentSource.Message vanished(String id) {
        return new IntentSource.Message(id, Map.of(), 1);
    }

    private Map<StreamEntryID, Long> deliveries(List<StreamEntry> entries) {
        Map<StreamEntryID, Long> found = new HashMap<>();
        if (!entries.isEmpty()) {
            XPendingParams params = XPendingParams.xPendingParams(
                            entries.getFirst().getID(), entries.getLast().getID(), 10_000)
                    .consumer(consumer);
            for (StreamPendingEntry pending : client.xpending(stream, group, params)) {
                found.put(pending.getID(), pending.getDeliveredTimes());
            }
        }
        return found;
    }

    /** Removes names nobody has used for an hour, never one that still owes something. */
    void forgetDeadConsumers() {
        for (StreamConsumerInfo other : client.xinfoConsumers2(stream, group)) {
            if (!other.getName().equals(consumer)
                    && other.getPending() == 0
                    && other.getIdle() > FORGOTTEN_IDLE_MILLIS) {
                client.xgroupDelConsumer(stream, group, other.getName());
            }
        }
    }

    /** Entries not yet delivered, or -1 where Redis cannot tell (it was trimmed past the group's position). */
    IntentSource.Backlog backlog() {
        for (StreamGroupInfo info : client.xinfoGroups(stream)) {
            if (info.getName().equals(group)) {
                Object lag = info.getGroupInfo().get("lag");
                return new IntentSource.Backlog(lag instanceof Long known ? known : -1, info.getPending());
            }
        }
        return new IntentSource.Backlog(-1, 0);
    }

    void acknowledge(Set<String> ids) {
        StreamEntryID[] all = ids.stream().map(StreamEntryID::new).toArray(StreamEntryID[]::new);
        client.xack(stream, group, all);
    }
}
