package quantum.simulator.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Keys of the two asymmetric kinds, made for one test run. */
record KeyPairs(String algorithm, KeyPair pair) {

    static final KeyPairs ED25519 = generate("Ed25519", "Ed25519");
    static final KeyPairs RSA = generate("RSA", "SHA256withRSA");

    private static KeyPairs generate(String kind, String algorithm) {
        try {
            return new KeyPairs(algorithm, KeyPairGenerator.getInstance(kind).generateKeyPair());
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    /** The public half in PEM, its line breaks written as JSON escapes. */
    String pem() {
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n").replace("\n", "\\n");
    }

    String sign(String payload) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(payload.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }
}
