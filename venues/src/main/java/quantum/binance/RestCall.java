package quantum.binance;

import java.time.Duration;
import quantum.binance.BinanceRequest.Method;
import quantum.order.Purpose;

/** One question to the REST interface before it is stamped and signed, which happens when it leaves. */
record RestCall(Method method, String path, String params, Security security, Purpose purpose, Claim claim) {

    /** A stop that is sent again is refused where the first one rests, so that it waits no longer than a reading. */
    private static final Duration SAFE_TIMEOUT = Duration.ofSeconds(5);

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

    /** Whose share of the limits it uses. */
    enum Claim {
        /** Closes and protection, and what they wait for: never held back but by a ban. */
        EXIT,
        /** Start and recovery, which protection waits for: no share holds them back, and a used up minute is awaited. */
        RECOVERY,
        /** What an open needs: refused where there is no room, because a late open is worse than none. */
        OPENING,
        /** Everything else can wait. */
        QUESTION
    }

    RestCall(Method method, String path, String params, Security security, Purpose purpose) {
        this(method, path, params, security, purpose, claim(method, path, purpose));
    }

    private static Claim claim(Method method, String path, Purpose purpose) {
        if (purpose == Purpose.OPEN) {
            return Claim.OPENING;
        }
        return changesOrders(method, path) ? Claim.EXIT : Claim.QUESTION;
    }

    /** The same question where an exit waits for its answer: then it waits no more than the exit itself (law 5). */
    RestCall forExit() {
        return by(Claim.EXIT);
    }

    RestCall forRecovery() {
        return by(Claim.RECOVERY);
    }

    /** The same question by another share of the limits. */
    RestCall by(Claim other) {
        return new RestCall(method, path, params, security, purpose, other);
    }

    /** What it costs of the address's minute; an order costs nothing there (binance-usdm 3, 4, 6, 7). */
    int weight() {
        boolean isWide = !params.contains("symbol=");
        return switch (path) {
            case Endpoints.ORDER, Endpoints.ALGO_ORDER -> method == Method.POST ? 0 : 1;
            case "/fapi/v1/openOrders", "/fapi/v1/openAlgoOrders" -> isWide ? 40 : 1;
            case "/fapi/v1/premiumIndex" -> isWide ? 10 : 1;
            case "/fapi/v1/time",
                    "/fapi/v1/exchangeInfo",
                    "/fapi/v1/listenKey",
                    "/fapi/v1/leverage",
                    "/fapi/v1/marginType",
                    "/fapi/v1/leverageBracket" -> 1;
            case Endpoints.LOG_ON -> 2;
            case Endpoints.INCOME -> 30;
            case "/fapi/v1/positionSide/dual", "/fapi/v1/multiAssetsMargin" -> method == Method.GET ? 30 : 1;
            // Account, positions, trades, configurations.
            default -> 5;
        };
    }

    /** True for what counts as an order of the account. */
    boolean placesOrder() {
        return method == Method.POST && changesOrders();
    }

    /** True for what places or removes an order. */
    boolean changesOrders() {
        return changesOrders(method, path);
    }

    private static boolean changesOrders(Method method, String path) {
        return method != Method.GET && (path.equals(Endpoints.ORDER) || path.equals(Endpoints.ALGO_ORDER));
    }

    Duration timeout() {
        return method == Method.GET || path.equals(Endpoints.ALGO_ORDER) ? SAFE_TIMEOUT : CHANGE_TIMEOUT;
    }
}
