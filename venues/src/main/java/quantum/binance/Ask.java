package quantum.binance;

import java.time.Duration;
import quantum.binance.BinanceRequest.Method;
import quantum.order.Purpose;

/** One question to the REST interface before it is stamped and signed, which happens when it leaves. */
record Ask(Method method, String path, String params, Security security, Purpose purpose) {

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(8);

    /** What the exchange wants to see (binance-usdm 2.1). */
    enum Security {
        /** Market data. */
        NONE,
        /** The key's header alone: listen keys. */
        KEY,
        /** Key, timestamp and signature. */
        SIGNED
    }

    /** True for what places or removes an order. */
    boolean changesOrders() {
        return method != Method.GET && (path.equals(Asks.ORDER) || path.equals(Asks.ALGO_ORDER));
    }

    Duration timeout() {
        return method == Method.GET ? READ_TIMEOUT : CHANGE_TIMEOUT;
    }
}
