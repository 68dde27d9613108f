package quantum.simulator.control;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.simulator.ApiKey;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import quantum.simulator.binance.Verifier;
import tools.jackson.databind.JsonNode;

/** Registers, restricts and revokes API keys of an account; a public key in PEM makes an RSA or Ed25519 key. */
final class KeyControl {

    private final Simulator exchange;

    KeyControl(Simulator exchange) {
        this.exchange = exchange;
    }

    JsonNode register(String body) {
        var fields = Fields.read(body, "apiKey", "account", "secret", "publicKey", "addresses", "trading", "revoked");
        var text = fields.requireText("apiKey");
        var present = exchange.keys().find(text);
        var account = fields.has("account") || present == null
                ? exchange.account(fields.has("account") ? fields.requireText("account") : Simulator.API_KEY)
                : present.account();
        if (account == null) throw fields.bad("account", "no such account");
        var key = new ApiKey(
                text,
                secret(fields, present),
                account,
                fields.has("addresses") ? addresses(fields) : present == null ? Set.of() : present.addresses(),
                fields.has("trading") ? fields.requireFlag("trading") : present == null || present.trading(),
                fields.has("revoked") ? fields.requireFlag("revoked") : present != null && present.revoked());
        exchange.keys().register(key);
        var answer = Json.object()
                .put("apiKey", key.text())
                .put("account", key.account().apiKey())
                .put("trading", key.trading())
                .put("revoked", key.revoked());
        var addresses = answer.putArray("addresses");
        key.addresses().stream().sorted().forEach(addresses::add);
        return answer;
    }

    private static String secret(Fields fields, @Nullable ApiKey present) {
        if (fields.has("secret")) return fields.requireText("secret");
        if (present != null && !fields.has("publicKey")) return present.secret();
        return publicKey(fields);
    }

    /** A public key in PEM, which makes an RSA or an Ed25519 key. */
    static String publicKey(Fields fields) {
        var pem = fields.requireText("publicKey");
        try {
            if (Verifier.of(pem) instanceof Verifier.PublicKeyed) return pem;
        } catch (InvalidInput unreadable) {
            throw fields.bad("publicKey", String.valueOf(unreadable.getMessage()));
        }
        throw fields.bad("publicKey", "an RSA or Ed25519 public key in PEM is expected");
    }

    private static Set<String> addresses(Fields fields) {
        var addresses = new HashSet<String>();
        for (var address : fields.node("addresses")) addresses.add(address.asString(""));
        return addresses;
    }
}
