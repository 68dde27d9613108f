package quantum.simulator.binance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import quantum.simulator.InvalidInput;

/** Checks signatures of one key (binance-usdm 2.1); payloads hold one character a byte. */
public sealed interface Verifier {

    boolean accepts(String payload, String signature);

    /** An HMAC secret, or a public key in PEM; throws {@link InvalidInput} when that cannot be read. */
    static Verifier of(String secret) {
        if (!secret.startsWith("-----BEGIN")) return new Hmac(secret);
        var encoded = secret.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            var key = new X509EncodedKeySpec(Base64.getDecoder().decode(encoded));
            try {
                return new PublicKeyed(
                        "Ed25519", KeyFactory.getInstance("Ed25519").generatePublic(key));
            } catch (InvalidKeySpecException _) {
                return new PublicKeyed(
                        "SHA256withRSA", KeyFactory.getInstance("RSA").generatePublic(key));
            }
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new InvalidInput("an RSA or Ed25519 public key in PEM is expected");
        }
    }

    /** HMAC-SHA256 as hexadecimal digits in either case. */
    record Hmac(String secret) implements Verifier {

        @Override
        public boolean accepts(String payload, String signature) {
            return MessageDigest.isEqual(
                    sign(payload).getBytes(StandardCharsets.US_ASCII),
                    signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        }

        String sign(String payload) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("HmacSHA256 is part of every JDK", missing);
            }
        }
    }

    /** RSA or Ed25519, as base64. */
    record PublicKeyed(String algorithm, PublicKey key) implements Verifier {

        @Override
        public boolean accepts(String payload, String signature) {
            try {
                var check = Signature.getInstance(algorithm);
                check.initVerify(key);
                check.update(payload.getBytes(StandardCharsets.ISO_8859_1));
                return check.verify(Base64.getDecoder().decode(signature));
            } catch (GeneralSecurityException | IllegalArgumentException _) {
                return false;
            }
        }

        boolean logsOn() {
            return algorithm.equals("Ed25519");
        }
    }
}
