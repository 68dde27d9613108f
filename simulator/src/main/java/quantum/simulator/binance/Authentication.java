package quantum.simulator.binance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.Request;
import quantum.simulator.Simulator;

/** Checks key, time and signature of a request (binance-usdm 2). */
final class Authentication {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final String SIGNATURE = "signature=";
    private static final long AHEAD_MILLIS = 1_000;
    private static final long DEFAULT_WINDOW = 5_000;

    private final Simulator exchange;

    Authentication(Simulator exchange) {
        this.exchange = exchange;
    }

    Account byKey(Request request) {
        var key = request.apiKey();
        if (key == null || !KEY.matcher(key).matches()) {
            throw new BinanceError(401, -2014, "API-key format invalid.");
        }
        var account = exchange.account(key);
        if (account == null) {
            throw new BinanceError(401, -2015, "Invalid API-key, IP, or permissions for action.");
        }
        return account;
    }

    Account bySignature(Request request, Params params) {
        var account = byKey(request);
        long timestamp = params.requireLong("timestamp");
        long window = params.getLong("recvWindow", DEFAULT_WINDOW);
        var signature = params.require("signature");
        long now = exchange.serverMillis();
        if (timestamp >= now + AHEAD_MILLIS) {
            throw new BinanceError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        }
        if (now - timestamp > window) {
            throw new BinanceError(-1021, "Timestamp for this request is outside of the recvWindow.");
        }
        var payload = payload(request.query(), request.body(), signature);
        if (payload == null || !matches(hmac(account.secret(), payload), signature)) {
            throw new BinanceError(-1022, "Signature for this request is not valid.");
        }
        return account;
    }

    /**
     * Query and body, directly one behind the other, without the signature; null when it is not the last of either
     * (binance-usdm 2.1; the official connectors sign a form body and put the signature at the query's end).
     */
    private static @Nullable String payload(String query, String body, String signature) {
        var last = SIGNATURE + signature;
        if (query.endsWith(last)) return without(last, query) + body;
        return body.endsWith(last) ? query + without(last, body) : null;
    }

    private static String without(String last, String part) {
        int end = part.length() - last.length();
        return part.substring(0, end > 0 && part.charAt(end - 1) == '&' ? end - 1 : end);
    }

    private static boolean matches(String expected, String signature) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    }

    static String hmac(String secret, String payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", missing);
        }
    }
}
