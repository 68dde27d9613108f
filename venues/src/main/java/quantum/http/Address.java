package quantum.http;

import java.net.URI;
import java.util.Locale;

/** Addresses of an exchange as somebody typed them. */
public final class Address {

    private Address() {}

    /** Without a trailing slash, its scheme in small letters; refused where it is no plain base address of these schemes. */
    public static String checked(String url, String plain, String secure) {
        String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        URI uri = URI.create(trimmed);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean known = scheme.equals(plain) || scheme.equals(secure);
        if (!known
                || uri.getHost() == null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("not an address of kind " + plain + "(s)://host: " + url);
        }
        return scheme + trimmed.substring(scheme.length());
    }

    /** In small letters, without the dot that may end a full name. */
    public static String host(String address) {
        return URI.create(address).getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    public static boolean isWithin(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }
}
