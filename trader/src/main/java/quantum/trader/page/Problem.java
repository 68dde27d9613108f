package quantum.trader.page;

import io.javalin.http.Context;

/** An error in the form of RFC 9457. The reason code is for programs, the detail says what to do. */
record Problem(String title, int status, String reasonCode, String detail) {

    static Problem notFound(String detail) {
        return new Problem("Not found", 404, "NOT_FOUND", detail);
    }

    static Problem unreadableLedger(String detail) {
        return new Problem("The ledger cannot be read", 503, "STORE_UNAVAILABLE", detail);
    }

    void answer(Context context) {
        context.status(status).contentType("application/problem+json").result(Json.bytes(this));
    }

    /** Ends the handling of a request with a problem. */
    static final class Raised extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Raised(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
