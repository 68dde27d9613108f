package quantum.binance;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of keys: a label, and bytes in Base64 between two lines of dashes (RFC 7468). */
final class Pem {

    private static final Pattern FORM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private Pem() {}

    static boolean isPem(String text) {
        return text.startsWith("-----BEGIN");
    }

    /**
     * The bytes of an unencrypted PKCS#8 private key. In a variable of the environment its lines may be joined by
     * {@code \n} in two characters.
     *
     * @throws IllegalArgumentException with what it is instead and without any of it
     */
    static byte[] privateKey(String text) {
        Matcher form = FORM.matcher(text.replace("\\n", "\n").strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "the private key is not complete; it needs every line from BEGIN to END of its PEM file");
        }
        String label = form.group(1);
        if (!label.equals(PRIVATE_KEY)) {
            throw new IllegalArgumentException("the PEM text is of kind \"" + label + "\" and must be a \""
                    + PRIVATE_KEY + "\": unencrypted PKCS#8 of an Ed25519 key");
        }
        try {
            return Base64.getMimeDecoder().decode(form.group(2));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("the private key is not valid Base64 between its PEM lines");
        }
    }
}
