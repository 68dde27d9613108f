package quantum.decision;

/** The log events operators and their scripts search for; the words are those of the seeds and stay as they are. */
public enum Marker {
    INTENT_RECEIVED("INTENT_RECEIVED"),
    ORDER_SUBMIT("ORDER_SUBMIT"),
    ORDER_RESPONSE("ORDER_RESPONSE"),
    ORDER_ERROR("ORDER_ERROR"),
    WAITING_FOR_FILL("WAITING_FOR_FILL"),
    FILL_POLL("[FILL_POLL]"),
    FILL_CONFIRMED("FILL_CONFIRMED"),
    FILL_TIMEOUT("Fill timeout"),
    TERMINAL_STATE("TERMINAL STATE:"),
    IDEMPOTENCY_SKIP("IDEMPOTENCY_SKIP"),
    LOCK_SKIP("LOCK_SKIP"),
    RATE_LIMIT_SKIP("RATE_LIMIT_SKIP"),
    GLOBAL_RATE_LIMIT("GLOBAL_RATE_LIMIT"),
    MARGIN_CHECK("MARGIN CHECK"),
    INSUFFICIENT_MARGIN("INSUFFICIENT MARGIN"),
    SAFE_MODE_TRIGGERED("SAFE MODE TRIGGERED"),
    TRACKING("TRACKING"),
    POSITION_ADDED("Position added"),
    POSITION_CLOSED("POSITION_CLOSED"),
    PROTECTED("PROTECTED"),
    TP_HIT("TP_HIT"),
    SL_HIT("SL_HIT"),
    TRAILING_HIT("TRAILING_HIT"),
    CLOSE_SENT("Close order sent"),
    BOOTSTRAP_COMPLETE("BOOTSTRAP COMPLETE"),
    RECONCILED("RECONCILED"),
    INVALID_RESULT("INVALID ExecutionResult"),
    FATAL("FATAL_EXCHANGE_UNAVAILABLE"),
    SERVER_TIME("Server time"),
    SYMBOLS_AVAILABLE("symbols available"),
    ACCOUNT_BALANCE("Account balance"),
    SELF_TEST_PASSED("Startup self-test PASSED"),
    DEAD_LETTER("DEAD_LETTER"),
    ALERT("ALERT"),
    STREAM_LOST("STREAM_LOST"),
    READ_FAILED("READ_FAILED"),
    OPENS_WAIT("OPENS_WAIT"),
    OPENS_ALLOWED("OPENS_ALLOWED"),
    SWEPT("SWEPT");

    private final String text;

    Marker(String text) {
        this.text = text;
    }

    /** The words in the log line. */
    public String text() {
        return text;
    }
}
