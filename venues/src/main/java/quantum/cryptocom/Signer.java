package quantum.cryptocom;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves that a request is ours: HMAC-SHA256 over method, id, key, parameters and nonce, as hex (crypto-com 1). */
final class Signer {

    private static final String ALGORITHM = "HmacSHA256";

    private final String apiKey;
    private final SecretKeySpec secret;

    Signer(String apiKey, String secret) {
        this.apiKey = apiKey;
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The signed text of a request: the whole envelope, its id a number and its nonce in milliseconds. */
    String envelope(long id, String method, Params params, long nonce) {
        return Params.of("id", id)
                .with("method", method)
                .with("params", params)
                .with("api_key", apiKey)
                .with("sig", signature(id, method, params, nonce))
                .with("nonce", nonce)
                .json();
    }

    String signature(long id, String method, Params params, long nonce) {
        String text = method + id + apiKey + params.signed() + nonce;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
