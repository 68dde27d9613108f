package quantum.simulator.binance;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.simulator.ApiKey;
import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** Checks key, time and signature of a request (binance-usdm 2). */
final class Authentication {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final String SIGNATURE = "signature=";
    private static final long AHEAD_MILLIS = 1_000;
    private static final long DEFAULT_WINDOW = 5_000;
    private static final int UNAUTHORIZED = 401;

    private final Simulator exchange;
    private final Map<String, Verifier> verifiers = new HashMap<>();

    Authentication(Simulator exchange) {
        this.exchange = exchange;
    }

    static BinanceError denied() {
        return new BinanceError(UNAUTHORIZED, -2015, "Invalid API-key, IP, or permissions for action.");
    }

    /** The key of a request that shows it, or of the session. */
    ApiKey byKey(Proof proof) {
        var text = proof.apiKey();
        if (text == null && proof.session() != null) text = proof.session().text();
        if (text == null || !KEY.matcher(text).matches()) {
            throw new BinanceError(UNAUTHORIZED, -2014, "API-key format invalid.");
        }
        var key = exchange.keys().find(text);
        if (key == null && exchange.settings().get(Setting.UNKNOWN_KEY_CODE) == 2_008) {
            throw new BinanceError(UNAUTHORIZED, -2008, "Invalid Api-Key ID.");
        }
        if (key == null || !key.admits(proof.address())) throw denied();
        return key;
    }

    /** Key, time and signature; a session that is logged on need not sign again (binance-usdm 10). */
    ApiKey bySignature(Proof proof, Params params) {
        var key = byKey(proof);
        long timestamp = params.requireLong("timestamp");
        long window = window(params);
        var known = proof.session() != null && proof.session().text().equals(key.text()) && !params.has("signature");
        var signature = known ? "" : params.require("signature");
        long now = exchange.serverMillis();
        if (timestamp >= now + AHEAD_MILLIS) {
            throw new BinanceError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        }
        if (now - timestamp > window) {
            throw new BinanceError(-1021, "Timestamp for this request is outside of the recvWindow.");
        }
        if (known) return key;
        if (proof.signed() == null || !verifier(key).accepts(proof.signed(), signature)) {
            throw new BinanceError(-1022, "Signature for this request is not valid.");
        }
        return key;
    }

    Verifier verifier(ApiKey key) {
        return verifiers.computeIfAbsent(key.secret(), Verifier::of);
    }

    /** Only Ed25519 keys open a session (binance-usdm 10). */
    JsonNode logon(Call call) {
        var key = call.key();
        if (key == null || !(verifier(key) instanceof Verifier.PublicKeyed keyed)) {
            throw new BinanceError(-4056, "HMAC_SHA256 API key is not supported.");
        }
        if (!keyed.logsOn()) throw new BinanceError(-4056, "RSA API key is not supported.");
        return Json.object().put("apiKey", key.text());
    }

    private static long window(Params params) {
        long window = params.getLong("recvWindow", DEFAULT_WINDOW);
        if (window < 0) throw BinanceError.invalid("recvWindow");
        return window;
    }

    /** The matching engine's own look at the time (binance-usdm 2.3). */
    void atEngine(Params params) {
        long delay = exchange.settings().get(Setting.ENGINE_DELAY_MILLIS);
        if (delay == 0) return;
        long age = exchange.serverMillis() + delay - params.requireLong("timestamp");
        if (age > window(params)) {
            throw new BinanceError(-5028, "Timestamp for this request is outside of the ME recvWindow.");
        }
    }

    /** Query and body joined, without the signature, which must be the last of its part; null when it is not. */
    static @Nullable String signed(String query, String body) {
        return query.contains(SIGNATURE)
                ? joined(withoutSignature(query), body)
                : joined(query, withoutSignature(body));
    }

    private static @Nullable String joined(@Nullable String query, @Nullable String body) {
        return query == null || body == null ? null : query + body;
    }

    private static @Nullable String withoutSignature(String part) {
        int at = part.lastIndexOf(SIGNATURE);
        if (at < 0 || part.indexOf('&', at) >= 0 || (at > 0 && part.charAt(at - 1) != '&')) return null;
        return part.substring(0, Math.max(0, at - 1));
    }
}
