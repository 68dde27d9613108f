package quantum.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id we give an order before it leaves. It is derived from what the order is for, so that the same decision has
 * the same id in every life of the process. At most 36 characters of {@code [A-Za-z0-9_-]}, which no encoding changes
 * (binance-usdm 2.2, 3.6).
 */
public record ClientOrderId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_.:/-]{1,36}");
    private static final Pattern OURS = Pattern.compile("q[ocxstb]-[0-9a-f]{20}(-[0-9]{1,6})?");

    public ClientOrderId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a client order id");
        }
    }

    /** As an exchange tells it; one that is absent, or in a shape that we would not give, is replaced by the order's own id. */
    public static ClientOrderId told(@Nullable String value, OrderId order) {
        return new ClientOrderId(value != null && SHAPE.matcher(value).matches() ? value : "id-" + order.value());
    }

    /** The entry of an intent. */
    public static ClientOrderId open(String intentId) {
        return new ClientOrderId("qo-" + digest(intentId));
    }

    /** The close asked for by an intent. */
    public static ClientOrderId close(String intentId) {
        return new ClientOrderId("qc-" + digest(intentId));
    }

    /** What the ids of all resting stops of a life have in common, whichever attempt. */
    public static String stopPrefix(String epoch) {
        return "qs-" + digest(epoch) + "-";
    }

    /** What the ids of all resting targets of a life have in common. */
    public static String targetPrefix(String epoch) {
        return "qt-" + digest(epoch) + "-";
    }

    /** What the ids of all bridges of a life have in common. */
    public static String bridgePrefix(String epoch) {
        return "qb-" + digest(epoch) + "-";
    }

    /** The bridge over which the resting stop of a life moves to its next attempt. */
    public static ClientOrderId bridge(String epoch, int attempt) {
        return new ClientOrderId(bridgePrefix(epoch) + attempt);
    }

    /** An exit decided by the desk itself for one life of a position. */
    public static ClientOrderId exit(String epoch, int attempt) {
        return new ClientOrderId("qx-" + digest(epoch) + "-" + attempt);
    }

    /** The resting stop of one life of a position. */
    public static ClientOrderId stop(String epoch, int attempt) {
        return new ClientOrderId(stopPrefix(epoch) + attempt);
    }

    /** The resting target of one life of a position. */
    public static ClientOrderId target(String epoch, int attempt) {
        return new ClientOrderId(targetPrefix(epoch) + attempt);
    }

    /** True for a stop, a target or a bridge of a life, whichever attempt. */
    public boolean isRestOf(String epoch) {
        return value.startsWith(stopPrefix(epoch))
                || value.startsWith(targetPrefix(epoch))
                || value.startsWith(bridgePrefix(epoch));
    }

    /** True for the stop and the target of one attempt of one life. */
    public boolean isBesideOf(ClientOrderId other) {
        return value.length() == other.value.length() && value.substring(2).equals(other.value.substring(2));
    }

    /** True if an id has the shape of ours; orders of others are never cancelled. */
    public boolean isOurs() {
        return OURS.matcher(value).matches();
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
