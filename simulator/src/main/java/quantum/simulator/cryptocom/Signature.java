package quantum.simulator.cryptocom;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * What a request is signed over: method, id, key, parameters and nonce, the parameters in order of their names without
 * any mark between them. A null counts as the word or as nothing, because clients sign it either way.
 */
final class Signature {

    private static final int DEEPEST = 3;

    private Signature() {}

    static boolean fits(Query query, String secret) {
        var given = query.text("sig").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        return matches(payload(query, "null"), secret, given) || matches(payload(query, ""), secret, given);
    }

    private static boolean matches(String payload, String secret, byte[] given) {
        return MessageDigest.isEqual(sign(payload, secret).getBytes(StandardCharsets.US_ASCII), given);
    }

    private static String payload(Query query, String nothing) {
        var id = query.body().path("id");
        return query.method()
                + (id.isMissingNode() || id.isNull() ? "" : id.asString())
                + query.text("api_key")
                + run(query.params(), nothing, 0)
                + query.text("nonce");
    }

    private static String run(JsonNode object, String nothing, int depth) {
        if (depth >= DEEPEST) return object.toString();
        var text = new StringBuilder();
        for (var name : new TreeSet<>(object.propertyNames())) {
            text.append(name).append(value(object.path(name), nothing, depth));
        }
        return text.toString();
    }

    private static String value(JsonNode node, String nothing, int depth) {
        if (node.isNull()) return nothing;
        if (node.isObject()) return run(node, nothing, depth + 1);
        if (!node.isArray()) return node.asString();
        var text = new StringBuilder();
        for (var element : node) text.append(value(element, nothing, depth));
        return text.toString();
    }

    private static String sign(String payload, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", missing);
        }
    }
}
