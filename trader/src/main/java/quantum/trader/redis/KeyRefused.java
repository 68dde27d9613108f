package quantum.trader.redis;

import redis.clients.jedis.exceptions.JedisDataException;

/** Redis answers, and the key of one stream takes or gives nothing: it holds another value, or rights are missing. */
public final class KeyRefused extends JedisDataException {

    private static final long serialVersionUID = 1L;

    public KeyRefused(JedisDataException cause) {
        super(cause.getMessage(), cause);
    }

    /** Of one key alone; everything else is of the server. */
    public static boolean isOfTheKey(JedisDataException e) {
        String words = String.valueOf(e.getMessage());
        return words.startsWith("WRONGTYPE")
                || words.contains("NOPERM")
                || words.contains("The stream has exhausted the last possible ID")
                || words.contains("equal or smaller than the target stream top item");
    }

    /** The stream or its group went away under a reader: it may be another Redis, and it answers. */
    public static boolean isGone(RuntimeException e) {
        String words = String.valueOf(e.getMessage());
        return e instanceof JedisDataException && (words.startsWith("NOGROUP") || words.startsWith("UNBLOCKED"));
    }
}
