package quantum.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as it arrived. Query and body hold the raw bytes, one character a byte (Latin-1), because a signature
 * covers exactly those bytes. The address is the client's.
 */
public record Request(
        String method,
        String path,
        String query,
        String body,
        @Nullable String apiKey,
        String address) {

    public static final String LOOPBACK = "127.0.0.1";

    /** A request from this machine. */
    public Request(String method, String path, String query, String body, @Nullable String apiKey) {
        this(method, path, query, body, apiKey, LOOPBACK);
    }

    /** The body as the text that its bytes stand for. */
    public String text() {
        return utf8(body);
    }

    /**
     * What a part of a query or form stands for, sent percent-encoded or raw. Throws {@link IllegalArgumentException} when
     * it is encoded wrongly.
     */
    public static String decode(String part) {
        if (part.chars().allMatch(c -> c != '%' && c != '+' && c < 0x80)) return part;
        return utf8(URLDecoder.decode(part, StandardCharsets.ISO_8859_1));
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
