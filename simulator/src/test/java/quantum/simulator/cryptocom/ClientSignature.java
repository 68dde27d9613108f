package quantum.simulator.cryptocom;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** The client's side of the signature, written from the venue's description and not from the simulator. */
final class ClientSignature {

    private final String secret;
    private final String nothing;

    /** A null is signed as this word. */
    ClientSignature(String secret, String nothing) {
        this.secret = secret;
        this.nothing = nothing;
    }

    ClientSignature(String secret) {
        this(secret, "null");
    }

    String of(String method, String id, String key, JsonNode params, String nonce) {
        return hex(method + id + key + text(params) + nonce);
    }

    /** Names in order, each with its value behind it; a list is its elements one after the other. */
    String text(JsonNode node) {
        if (node.isNull()) return nothing;
        var text = new StringBuilder();
        if (node.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            node.forEachEntry(sorted::put);
            sorted.forEach((name, value) -> text.append(name).append(text(value)));
        } else if (node.isArray()) {
            for (var element : node) text.append(text(element));
        } else {
            text.append(node.asString());
        }
        return text.toString();
    }

    String hex(String payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }
}
