package quantum.binance;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs text with an API secret (binance-usdm 2.1). */
final class Signer {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    Signer(String secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** The signature of exactly these bytes, in lower-case hexadecimal. */
    String sign(String payload) {
        return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    }

    /** The query with its signature as the last parameter. */
    String signed(String query) {
        return query + "&signature=" + sign(query);
    }
}
