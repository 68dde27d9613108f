package quantum.trader.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.trader.redis.KeyRefused;
import quantum.trader.redis.Replies;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The consumer group's commands, as the reader needs them. Ids stay the texts that Redis gives: an id may be larger than
 * the client's own type can hold. Throws what Jedis throws.
 */
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

    private @Nullable Object call(Protocol.Command command, Object... arguments) {
        return call(new CommandArguments(command).addObjects(arguments));
    }

    private @Nullable Object call(CommandArguments command) {
        try {
            return client.executeCommand(new CommandObject<>(command, BuilderFactory.RAW_OBJECT));
        } catch (JedisDataException e) {
            throw KeyRefused.isOfTheKey(e) ? new KeyRefused(e) : e;
        }
    }

    /**
     * Creates the group where it is missing: at the first start, and after somebody wiped Redis. It begins behind the
     * last message that the ledger knows if that still lies in the stream, else at the first entry: a new stream may
     * count from anywhere, and what the ledger knows is a duplicate.
     *
     * @return where it begins; null where the group was there
     */
    @Nullable
    String ensure(String known) {
        String start = startAfter(known);
        try {
            call(Command.XGROUP, "CREATE", stream, group, start, "MKSTREAM");
            return start;
        } catch (JedisDataException e) {
            String message = e.getMessage();
            if (message == null || !message.startsWith("BUSYGROUP")) {
                throw e;
            }
            return null;
        }
    }

    private String startAfter(String known) {
        boolean lies = !"0".equals(known)
                && !Replies.list(call(Command.XRANGE, stream, known, known)).isEmpty();
        return lies ? known : EntryId.ZERO.toString();
    }

    /** New entries; waits for the first. */
    List<IntentMessage> fresh(int count, int blockMillis) {
        CommandArguments read = new CommandArguments(Command.XREADGROUP)
                .addObjects("GROUP", group, consumer, "COUNT", count, "BLOCK", blockMillis, "STREAMS", stream, ">")
                .blocking();
        return entries(call(read)).stream().map(entry -> message(entry, 1)).toList();
    }

    /** A page of what was delivered to us and never acknowledged. */
    Page own(String after, int count) {
        List<Entry> entries =
                entries(call(Command.XREADGROUP, "GROUP", group, consumer, "COUNT", count, "STREAMS", stream, after));
        String last = entries.isEmpty() ? after : entries.getLast().id().toString();
        return new Page(known(entries), last, entries.isEmpty());
    }

    /** Messages of a page, where the next one starts, and whether this was the end. */
    record Page(List<IntentMessage> messages, String next, boolean end) {}

    private static List<Entry> entries(@Nullable Object reply) {
        List<@Nullable Object> streams = Replies.list(reply);
        return streams.isEmpty()
                ? List.of()
                : Entry.all(Replies.list(streams.getFirst()).get(1), IntentMessage.MAX_BYTES);
    }

    /** Takes over a page of what dead consumers left; their names are never used again (INC-P05, INC-P09). */
    Page claim(String from, int count) {
        List<@Nullable Object> reply =
                Replies.list(call(Command.XAUTOCLAIM, stream, group, consumer, DEAD_IDLE_MILLIS, from, "COUNT", count));
        String next = Replies.text(reply.get(0));
        List<IntentMessage> messages = new ArrayList<>(known(Entry.all(reply.get(1), IntentMessage.MAX_BYTES)));
        if (reply.size() > 2) {
            Replies.list(reply.get(2)).forEach(id -> messages.add(vanished(Replies.text(id))));
        }
        return new Page(messages, next, EntryId.ZERO.toString().equals(next));
    }

    private List<IntentMessage> known(List<Entry> entries) {
        Map<String, Long> deliveries = deliveries(entries);
        return entries.stream()
                .map(entry -> message(entry, deliveries.getOrDefault(entry.id().toString(), 1L)))
                .toList();
    }

    private static IntentMessage message(Entry entry, long deliveries) {
        return new IntentMessage(
                entry.id().toString(), entry.fields(), entry.twice(), deliveries, entry.bytes(), entry.whole());
    }

    /** A message without content ends like every other: it is handed over, and becomes a dead letter with its id. */
    private static IntentMessage vanished(String id) {
        return new IntentMessage(id, Map.of(), Map.of(), 1, 0, true);
    }

    private Map<String, Long> deliveries(List<Entry> entries) {
        Map<String, Long> found = new HashMap<>();
        if (!entries.isEmpty()) {
            String first = entries.getFirst().id().toString();
            String last = entries.getLast().id().toString();
            for (Object pending :
                    Replies.list(call(Command.XPENDING, stream, group, first, last, entries.size() * 2, consumer))) {
                List<@Nullable Object> parts = Replies.list(pending);
                found.put(Replies.text(parts.get(0)), number(parts.get(3)));
            }
        }
        return found;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : -1;
    }

    /** Removes names nobody has used for an hour, never one that still owes something. */
    void forgetDeadConsumers() {
        for (Object other : Replies.list(call(Command.XINFO, "CONSUMERS", stream, group))) {
            String name = Replies.text(Replies.field(other, "name"));
            if (!name.equals(consumer)
                    && number(Replies.field(other, "pending")) == 0
                    && number(Replies.field(other, "idle")) > FORGOTTEN_IDLE_MILLIS) {
                call(Command.XGROUP, "DELCONSUMER", stream, group, name);
            }
        }
    }

    /**
     * Where stream and group are.
     *
     * @throws JedisDataException if the group is missing
     */
    Standing standing() {
        Object info = call(Command.XINFO, "STREAM", stream);
        for (Object one : Replies.list(call(Command.XINFO, "GROUPS", stream))) {
            if (group.equals(Replies.text(Replies.field(one, "name")))) {
                Object first = Replies.field(info, "first-entry");
                return new Standing(
                        EntryId.of(Replies.text(Replies.field(one, "last-delivered-id"))),
                        EntryId.of(Replies.text(Replies.field(info, "last-generated-id"))),
                        first == null ? null : Entry.of(first, 0).id(),
                        number(Replies.field(info, "length")),
                        number(Replies.field(info, "entries-added")),
                        number(Replies.field(one, "entries-read")),
                        number(Replies.field(one, "lag")),
                        number(Replies.field(one, "pending")));
            }
        }
        throw new JedisDataException("NOGROUP the group of intents is missing");
    }

    /** How much is delivered to each consumer and not acknowledged. */
    Map<String, Long> pendingByConsumer() {
        Map<String, Long> pending = new HashMap<>();
        for (Object one : Replies.list(call(Command.XINFO, "CONSUMERS", stream, group))) {
            pending.put(Replies.text(Replies.field(one, "name")), number(Replies.field(one, "pending")));
        }
        return pending;
    }

    /** Puts the group where it belongs: at that entry, with so many entries read. */
    void moveTo(String entry, long entriesRead) {
        if (entriesRead < 0) {
            call(Command.XGROUP, "SETID", stream, group, entry);
        } else {
            call(Command.XGROUP, "SETID", stream, group, entry, "ENTRIESREAD", entriesRead);
        }
    }

    /** Behind the last message that the ledger knows, or at the first entry. */
    String moveBack(String known) {
        String start = startAfter(known);
        moveTo(start, -1);
        return start;
    }

    /** The server's own time in milliseconds. */
    long time() {
        return Replies.time(client);
    }

    void acknowledge(Set<String> ids) {
        client.executeCommand(
                new CommandArguments(Command.XACK).addObjects(stream, group).addObjects(ids));
    }
}
