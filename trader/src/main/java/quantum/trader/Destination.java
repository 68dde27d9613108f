package quantum.trader;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an address leads, in one spelling; user, query and fragment lead nowhere. */
final class Destination {

    /** A host that is no name by RFC 3986, such as 127.1, is found all the same. */
    private static final Pattern AUTHORITY = Pattern.compile("(?:.*@)?(\\[.*]|[^:]*)(?::(\\d*))?");

    private static final String THIS_HOST = "localhost";

    private Destination() {}

    /** @throws IllegalArgumentException if it is no address */
    static String of(String address) {
        URI uri = URI.create(address).normalize();
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("not an address");
        }
        Matcher authority = AUTHORITY.matcher(uri.getRawAuthority());
        if (!authority.matches()) {
            throw new IllegalArgumentException("not an address");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String port = authority.group(2);
        return scheme
                + "://"
                + host(authority.group(1))
                + ":"
                + (port == null || port.isEmpty() ? standardPort(scheme) : port)
                + uri.getRawPath().replaceFirst("/+$", "");
    }

    private static String standardPort(String scheme) {
        return scheme.equals("https") ? "443" : "80";
    }

    /** This host has many names and addresses; that of another one is left as it is spelt, also where nobody knows it. */
    private static String host(String spelt) {
        String name = spelt.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (name.equals(THIS_HOST)) {
            return THIS_HOST;
        }
        try {
            InetAddress address = InetAddress.getByName(name);
            if (isOfThisHost(address)) {
                return THIS_HOST;
            }
            return name.startsWith("[") ? address.getHostAddress() : name;
        } catch (UnknownHostException _) {
            return name;
        }
    }

    private static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException _) {
            return false;
        }
    }
}
