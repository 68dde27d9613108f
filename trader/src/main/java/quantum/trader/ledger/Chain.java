package quantum.trader.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash chain of the event log: each hash covers its row and everything before it. */
final class Chain {

    static final String START = "0".repeat(64);

    private Chain() {}

    static String next(String previous, long seq, long at, String kind, String key, String body) {
        String content = previous + "|" + seq + "|" + at + "|" + kind + "|" + key.length() + "|" + key + "|" + body;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
