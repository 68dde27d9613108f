package quantum.trader.page;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may see the page: programs on this machine, and pages of our own. */
final class Visitors {

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\[\\]]+)(:[0-9]{1,5})?");
    private static final Set<String> OURS = Set.of("127.0.0.1", "localhost", "[::1]");

    private Visitors() {}

    /** @throws PageUnavailable if the address can be reached from elsewhere, which takes TLS and a token */
    static void requireLoopback(String bind) {
        try {
            if (InetAddress.getByName(bind).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new PageUnavailable("http.bind " + bind + " is no address of this machine; set it to 127.0.0.1", e);
        }
        throw new PageUnavailable(
                "http.bind " + bind + " can be reached from other machines, and there is no TLS and token to protect"
                        + " it; set http.bind to 127.0.0.1 and come through an SSH tunnel (ssh -L 8007:127.0.0.1:8007)",
                null);
    }

    /**
     * A name of somebody else's that resolves to this machine would let his page read ours (DNS rebinding), so the host
     * must be one that only this machine answers to.
     */
    static void requireOurHost(Context context) {
        if (!isOurs(context.header("Host"))) {
            throw new Problem.Raised(new Problem(
                    "Unknown host", 403, "HOST_NOT_ALLOWED", "open the page as 127.0.0.1, localhost or [::1]"));
        }
    }

    static boolean isOurs(@Nullable String authority) {
        if (authority == null) {
            return false;
        }
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() && OURS.contains(parts.group(1).toLowerCase(java.util.Locale.ROOT));
    }
}
