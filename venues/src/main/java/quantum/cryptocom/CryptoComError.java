package quantum.cryptocom;

import java.util.HashMap;
import java.util.Map;
import quantum.venue.Answer.Cause;

/** What one error code of the exchange means for us, and what the session does about it (crypto-com 6). */
record CryptoComError(int code, Kind kind, Cause cause, Measure measure) {

    /** The classes of crypto-com 6; the exchange publishes none itself. */
    enum Kind {
        /** Not accepted, and may be tried again after a pause. */
        RETRY,
        /** Too many requests. */
        RATE,
        /** May have been accepted: only asking shows. */
        UNKNOWN,
        /** This request is refused, and would be again. */
        TERMINAL,
        /** Key, account or address: a person must act. */
        CONFIGURATION,
        /** In that state already: on a create an earlier one of ours, on a cancel an order that is over. */
        STATE,
        /** Our clock is wrong: not accepted, once more after a new reading of theirs. */
        CLOCK
    }

    /** What the session does beside answering. */
    enum Measure {
        NONE,
        /** The method pauses for all but exits. */
        LIMIT,
        /** Opens stop for a while: maintenance. */
        RESTRICT,
        /** Opens stop until a person acts. */
        HALT,
        /** So too where it was said of protection: without that nothing may open. */
        HALT_FOR_PROTECTION,
        /** Our copy of the exchange's rules is wrong: it is read again. */
        RELOAD_RULES,
        /** Our mistake: published once for each code. */
        PUBLISH,
        /** A code that is listed nowhere. */
        PUBLISH_UNKNOWN
    }

    static final int DUPLICATE_CLIENT_ID = 204;
    static final int NO_SUCH_ORDER = 40401;
    static final int API_DISABLED = 140_001;
    static final int TOO_MANY_REQUESTS = 42_901;

    private static final Map<Integer, CryptoComError> TABLE = new HashMap<>();

    static {
        put(Kind.UNKNOWN, Cause.OTHER, Measure.NONE, 40801, 50001, 40006, 120_009, 10001);
        put(Kind.RATE, Cause.RATE, Measure.LIMIT, TOO_MANY_REQUESTS, 10006);
        put(Kind.RETRY, Cause.BUSY, Measure.RESTRICT, 9_010_001);
        put(Kind.CLOCK, Cause.OTHER, Measure.NONE, 40102, 10007);
        put(Kind.STATE, Cause.OTHER, Measure.NONE, DUPLICATE_CLIENT_ID, 205, 43003, 43004, 43012);
        put(Kind.STATE, Cause.UNKNOWN_ORDER, Measure.NONE, 212, 316, 307, 130_008, NO_SUCH_ORDER);
        put(Kind.STATE, Cause.NOTHING_TO_REDUCE, Measure.NONE, 1110);
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, Measure.HALT, 40101, 40103, 40104, 10002, 10003, 10005);
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, Measure.HALT, 202, 401, 406, 408, 409, 410);
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, Measure.HALT, 203, 210, 407, 411, 412, 416);
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, Measure.HALT_FOR_PROTECTION, API_DISABLED);
        putTerminal();
    }

    private static void putTerminal() {
        put(Kind.TERMINAL, Cause.MARGIN, Measure.NONE, 306, 320, 321, 609);
        put(Kind.TERMINAL, Cause.MARGIN, Measure.NONE, 301, 302, 303, 304, 305, 310, 311, 501, 604, 605);
        put(Kind.TERMINAL, Cause.RULES, Measure.RELOAD_RULES, 206, 208, 209, 309, 213, 308, 415, 314, 50002);
        put(Kind.TERMINAL, Cause.RULES, Measure.NONE, 218, 219, 220, 221, 226, 227, 228, 229, 230);
        put(Kind.TERMINAL, Cause.RULES, Measure.NONE, 315, 319, 325, 608);
        put(Kind.TERMINAL, Cause.TOO_MANY_RESTING, Measure.NONE, 318);
        put(Kind.TERMINAL, Cause.LEVEL_PASSED, Measure.NONE, 50007);
        // The market, not the order: a close is tried again by the desk, an open is refused.
        put(Kind.TERMINAL, Cause.BUSY, Measure.NONE, 207, 222, 224, 312, 313, 606);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, 201, 216, 217, 317, 43005);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, 613, 614, 615, 616, 617, 618, 619, 620);
        put(Kind.TERMINAL, Cause.OTHER, Measure.PUBLISH, 40001, 40002, 40003, 40004, 40005, 40007);
        put(Kind.TERMINAL, Cause.OTHER, Measure.PUBLISH, 50010, 223, 40107, 10004, 10008, 10009);
    }

    private static void put(Kind kind, Cause cause, Measure measure, int... codes) {
        for (int code : codes) {
            if (TABLE.put(code, new CryptoComError(code, kind, cause, measure)) != null) {
                throw new IllegalStateException("code " + code + " is in the table twice");
            }
        }
    }

    /** The meaning of a code; whether something was done under an unlisted one is not known. */
    static CryptoComError of(int code) {
        CryptoComError known = TABLE.get(code);
        return known == null ? new CryptoComError(code, Kind.UNKNOWN, Cause.OTHER, Measure.PUBLISH_UNKNOWN) : known;
    }

    /** The clock was read again, and the exchange still refuses our time. */
    CryptoComError again() {
        return new CryptoComError(code, Kind.CONFIGURATION, Cause.CONFIGURATION, Measure.HALT);
    }

    /**
     * Whether an order may be behind this answer. A create that collides with an earlier one of ours leaves as much
     * open as one of which nothing was heard.
     */
    boolean leavesUnknown(Question.Kind of) {
        return kind == Kind.UNKNOWN || (of == Question.Kind.CREATE && kind == Kind.STATE && code != 1110);
    }

    static Map<Integer, CryptoComError> table() {
        return Map.copyOf(TABLE);
    }

    /** Of an order that was refused after its acknowledgement, only this text is known. */
    static Cause causeOf(String rejectReason) {
        return rejectReason.contains("INSUFFICIENT") ? Cause.MARGIN : Cause.OTHER;
    }
}
