package quantum.binance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs text with what belongs to an API key (binance-usdm 2.1). Not for several threads at once. */
sealed interface Signer {

    /**
     * The signer for a secret: a private key in PEM form signs by Ed25519, any other text is a secret for HMAC.
     *
     * @throws IllegalArgumentException with the next step, never with the secret, if it is neither
     */
    static Signer of(String secret) {
        String material = secret.strip();
        return Pem.isPem(material) ? new Ed25519(Pem.privateKey(material)) : new Hmac(material);
    }

    /** The signature of exactly these bytes, as it stands in JSON. */
    String sign(String payload);

    /** True if a WebSocket may be logged on with it (binance-usdm 10). */
    boolean logsOn();

    /** The query with its signature as the last parameter, percent-encoded. */
    default String signed(String query) {
        return query + "&signature=" + URLEncoder.encode(sign(query), StandardCharsets.UTF_8);
    }

    /** HMAC-SHA256 in lower-case hexadecimal. */
    final class Hmac implements Signer {

        private static final String ALGORITHM = "HmacSHA256";

        private final Mac mac;

        Hmac(String secret) {
            if (secret.isEmpty() || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException("the API secret must be the text that the exchange showed with the"
                        + " key, or a private key in PEM form; this is empty, or has spaces or foreign characters");
            }
            try {
                mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
            }
        }

        @Override
        public String sign(String payload) {
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public boolean logsOn() {
            return false;
        }
    }

    /** Ed25519 in Base64, without line breaks. */
    final class Ed25519 implements Signer {

        private final Signature signature;

        Ed25519(byte[] pkcs8) {
            try {
                signature = Signature.getInstance("Ed25519");
                signature.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (GeneralSecurityException _) {
                throw new IllegalArgumentException("the private key is no Ed25519 key in PKCS#8 form; make one with"
                        + " openssl genpkey -algorithm ed25519, or use the secret of an HMAC key");
            }
        }

        @Override
        public String sign(String payload) {
            try {
                signature.update(payload.getBytes(StandardCharsets.UTF_8));
                return Base64.getEncoder().encodeToString(signature.sign());
            } catch (SignatureException e) {
                throw new IllegalStateException("a key that was accepted signs", e);
            }
        }

        @Override
        public boolean logsOn() {
            return true;
        }
    }
}
