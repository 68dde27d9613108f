package quantum.simulator.cryptocom;

import quantum.simulator.ApiKey;
import quantum.simulator.Simulator;

/** Checks key, signature and nonce of a request, in this order. */
final class Authentication {

    private static final long WINDOW_MILLIS = 60_000;

    private final Simulator exchange;

    Authentication(Simulator exchange) {
        this.exchange = exchange;
    }

    ApiKey of(Query query) {
        var key = exchange.keys().find(query.text("api_key"));
        if (key == null || key.revoked()) throw new CryptoComError(Code.UNAUTHORIZED);
        if (!key.admits(query.address())) throw new CryptoComError(Code.IP_ILLEGAL);
        long nonce = nonce(query);
        if (!Signature.fits(query, key.secret())) throw new CryptoComError(Code.UNAUTHORIZED);
        if (Math.abs(exchange.serverMillis() - nonce) > WINDOW_MILLIS) throw new CryptoComError(Code.INVALID_NONCE);
        return key;
    }

    /** A number or a text of milliseconds; one with a fraction is no signature at all. */
    private static long nonce(Query query) {
        var nonce = query.body().path("nonce");
        if (nonce.isMissingNode() || nonce.isNull()) throw new CryptoComError(Code.INVALID_NONCE);
        if (nonce.isNumber() && !nonce.isIntegralNumber()) throw new CryptoComError(Code.UNAUTHORIZED);
        var digits = nonce.asString("");
        if (!digits.matches("[0-9]{1,18}")) throw new CryptoComError(Code.INVALID_NONCE);
        return Long.parseLong(digits);
    }
}
