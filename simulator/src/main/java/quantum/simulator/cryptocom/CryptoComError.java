package quantum.simulator.cryptocom;

import quantum.simulator.spot.SpotRefused;

/** Indicates that a request is answered with a code other than 0; some carry the ids of the order that was refused. */
final class CryptoComError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Code code;
    private final long orderId;
    private final String clientId;

    CryptoComError(Code code) {
        this(code, 0, "");
    }

    private CryptoComError(Code code, long orderId, String clientId) {
        super(code.message(), null, false, false);
        this.code = code;
        this.orderId = orderId;
        this.clientId = clientId;
    }

    static CryptoComError of(SpotRefused refused, String clientId) {
        return new CryptoComError(Code.of(refused.reason()), refused.orderId(), clientId);
    }

    Code code() {
        return code;
    }

    boolean carriesIds() {
        return orderId != 0 && code.carriesIds();
    }

    long orderId() {
        return orderId;
    }

    String clientId() {
        return clientId;
    }
}
