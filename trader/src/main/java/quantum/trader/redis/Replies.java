package quantum.trader.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;
import redis.clients.jedis.util.SafeEncoder;

/**
 * Reads what Redis answers with a bound on each part before it is in memory: whoever may add an entry may make it as
 * large as Redis allows, and the client would hold the whole of it. What is beyond a bound is read off the connection
 * and let go; how much it was is kept.
 */
public final class Replies {

    /** The texts of one list, for example the fields of one entry: so many bytes of them are kept, and so many texts. */
    public static final int MOST_BYTES = 32_768;

    public static final int MOST_TEXTS = 2_048;
    private static final int MOST_ALONE = 1 << 20;
    private static final int MOST_DEPTH = 16;
    private static final int CHUNK = 8_192;

    private Replies() {}

    /** A list, and what of its own texts was in it: their bytes, and whether they are all here in full. */
    public static final class Part extends ArrayList<@Nullable Object> {
        private static final long serialVersionUID = 1L;

        private long bytes;
        private int texts;

        public long bytes() {
            return bytes;
        }

        public boolean isWhole() {
            return bytes <= MOST_BYTES && texts <= MOST_TEXTS;
        }

        private void take(byte @Nullable [] text, long length) {
            bytes += length;
            texts++;
            if (texts <= MOST_TEXTS) {
                add(text);
            }
        }

        private int room() {
            return texts < MOST_TEXTS ? (int) Math.max(0, MOST_BYTES - bytes) : 0;
        }
    }

    /** Connections that read like this. */
    static final class Connections extends Connection.Builder {
        Connections(JedisSocketFactory sockets, JedisClientConfig config) {
            socketFactory(sockets);
            clientConfig(config);
        }

        @Override
        protected Connection createConnection() {
            return new Connection(this) {
                @Override
                protected @Nullable Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
                    return read(in);
                }
            };
        }
    }

    private static @Nullable Object read(RedisInputStream in) {
        byte kind = in.readByte();
        return kind == '$' ? alone(in) : value(kind, in, 0);
    }

    private static @Nullable Object value(byte kind, RedisInputStream in, int depth) {
        return switch (kind) {
            case '+' -> in.readLineBytes();
            case ':' -> in.readLongCrLf();
            case '*' -> list(in, depth);
            case '-' -> throw refusal(in.readLine());
            default -> throw new JedisConnectionException("Unknown reply: " + (char) kind);
        };
    }

    private static JedisDataException refusal(String words) {
        return words.startsWith("NOAUTH") || words.startsWith("WRONGPASS") || words.startsWith("NOPERM")
                ? new JedisAccessControlException(words)
                : new JedisDataException(words);
    }

    private static byte @Nullable [] alone(RedisInputStream in) {
        long length = in.readLongCrLf();
        return length < 0 ? null : text(in, length, MOST_ALONE);
    }

    private static @Nullable List<@Nullable Object> list(RedisInputStream in, int depth) {
        long length = in.readLongCrLf();
        if (length < 0) {
            return null;
        }
        if (depth > MOST_DEPTH) {
            throw new JedisConnectionException("a reply is nested too deeply");
        }
        Part part = new Part();
        for (long i = 0; i < length; i++) {
            byte kind = in.readByte();
            if (kind == '$') {
                long size = in.readLongCrLf();
                part.take(size < 0 ? null : text(in, size, part.room()), Math.max(0, size));
            } else {
                part.add(element(kind, in, depth + 1));
            }
        }
        return part;
    }

    /** An error among others is theirs alone, as in the answers to a transaction. */
    private static @Nullable Object element(byte kind, RedisInputStream in, int depth) {
        try {
            return value(kind, in, depth);
        } catch (JedisDataException e) {
            return e;
        }
    }

    /** The beginning of a text; the rest of it is let go. */
    private static byte[] text(RedisInputStream in, long length, int room) {
        byte[] kept = new byte[(int) Math.min(length, room)];
        fill(in, kept, kept.length);
        byte[] passing = new byte[(int) Math.min(CHUNK, length - kept.length)];
        for (long left = length - kept.length; left > 0; left -= Math.min(left, passing.length)) {
            fill(in, passing, (int) Math.min(left, passing.length));
        }
        in.readByte();
        in.readByte();
        return kept;
    }

    private static void fill(RedisInputStream in, byte[] into, int count) {
        for (int at = 0; at < count; ) {
            int read = in.read(into, at, count - at);
            if (read < 0) {
                throw new JedisConnectionException("the connection ended within a reply");
            }
            at += read;
        }
    }

    /** A text of a reply; empty where there is none. */
    public static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? SafeEncoder.encode(bytes) : value == null ? "" : value.toString();
    }

    public static List<@Nullable Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    /** The server's clock, in milliseconds. */
    public static long time(RedisClient client) {
        List<@Nullable Object> parts = list(client.executeCommand(new CommandArguments(Protocol.Command.TIME)));
        return Long.parseLong(text(parts.get(0))) * 1_000 + Long.parseLong(text(parts.get(1))) / 1_000;
    }

    /** A field of a reply that lists names and values. */
    public static @Nullable Object field(@Nullable Object reply, String name) {
        List<@Nullable Object> parts = list(reply);
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            if (name.equals(text(parts.get(i)))) {
                return parts.get(i + 1);
            }
        }
        return null;
    }
}
