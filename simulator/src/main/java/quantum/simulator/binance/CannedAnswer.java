package quantum.simulator.binance;

import org.jspecify.annotations.Nullable;
import quantum.simulator.Fault;

/** Answers of the exchange that say little or the wrong thing, as they are seen on the wire (binance-usdm 8.2, 9). */
public enum CannedAnswer {
    /** 503 A: accepted, and no reply in time. It comes from a gateway and carries no code. */
    UNKNOWN(503, "{\"msg\":\"Unknown error, please check your request or try again later.\"}"),
    /** 503 B: certainly not executed; no code either. */
    UNAVAILABLE(503, "{\"msg\":\"Service Unavailable.\"}"),
    /** 503 C. */
    DISCONNECTED(503, -1001, "Internal error; unable to process your request. Please try again."),
    /** 503 D: requests that make a position smaller are exempt. */
    THROTTLED(
            503,
            -1008,
            "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again."),
    INTERNAL(500, -1000, "Request occur unknown error."),
    UNEXPECTED(400, -1006, "An unexpected response was received from the message bus. Execution status unknown."),
    TIMEOUT(
            408,
            -1007,
            "Timeout waiting for response from backend server. Send status unknown; execution status unknown."),
    LATE(400, -5028, "Timestamp for this request is outside of the ME recvWindow."),
    FORBIDDEN(403, page("403 Forbidden")),
    BAD_GATEWAY(502, page("502 Bad Gateway")),
    GATEWAY_TIMEOUT(504, page("504 Gateway Time-out")),
    /** 200 with a page, as seen on the demo host. */
    PAGE(200, page("Binance")),
    EMPTY(200, ""),
    WRONG_JSON(200, "[{\"unexpected\":true}]");

    private final int status;
    private final int code;
    private final String message;
    private final @Nullable String body;

    CannedAnswer(int status, String body) {
        this(status, 0, "", body);
    }

    CannedAnswer(int status, int code, String message) {
        this(status, code, message, null);
    }

    CannedAnswer(int status, int code, String message, @Nullable String body) {
        this.status = status;
        this.code = code;
        this.message = message;
        this.body = body;
    }

    private static String page(String title) {
        return "<html>\n<head><title>" + title + "</title></head>\n<body><center><h1>" + title
                + "</h1></center></body>\n</html>\n";
    }

    public Fault.Answer answer() {
        return new Fault.Answer(status, code, message, body);
    }
}
