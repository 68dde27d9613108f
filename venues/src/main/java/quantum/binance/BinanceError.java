package quantum.binance;

import java.util.HashMap;
import java.util.Map;
import quantum.venue.Answer.Cause;

/** What one error code of the exchange means for us, and what the session does about it (binance-usdm 9). */
record BinanceError(int code, Kind kind, Cause cause, Measure measure) {

    /** The classes of binance-usdm 9. */
    enum Kind {
        /** Proven not executed; may be tried again after a pause. */
        RETRY_SAFE,
        /** The truth must be asked for. */
        QUERY_FIRST,
        /** This request will never be accepted as it is. */
        TERMINAL,
        /** A person must act. */
        CONFIGURATION,
        /** Our clock is wrong: proven not executed, once more after a new reading of theirs. */
        CLOCK,
        /** Too many requests or orders. */
        RATE,
        /** What was asked for is so already. */
        DONE
    }

    /** What the session does beside answering. */
    enum Measure {
        NONE,
        /** Everything but exits waits (429). */
        LIMIT,
        /** Orders wait for the next window. */
        LIMIT_ORDERS,
        /** Nothing leaves at all (418). */
        BAN,
        /** Opens wait some minutes (403). */
        BLOCK,
        /** Opens stop until a person acts. */
        HALT,
        /** Opens stop for a while: the exchange allows exits alone. */
        RESTRICT,
        /** Our copy of the exchange's rules is wrong: it is read again. */
        RELOAD_RULES,
        /** The symbol takes no opens until its rules are read again. */
        DISABLE_SYMBOL,
        /** Our mistake: a person is told, once for each code. */
        TELL,
        /** A code that is listed nowhere: so too, and that it is not known. */
        TELL_UNKNOWN
    }

    static final int DISCONNECTED = -1001;
    static final int THROTTLED = -1008;
    static final int LISTEN_KEY_GONE = -1125;
    static final int NO_SUCH_ORDER = -2013;
    static final int MARKET_REJECTED = -4131;
    static final int LIMIT_ORDERS_ONLY = -5025;

    /** Not the exchange's word but ours: there is no room for it in our share of the limits. */
    static final BinanceError OVER_SHARE = new BinanceError(0, Kind.RATE, Cause.RATE);

    private static final Map<Integer, BinanceError> TABLE = new HashMap<>();

    static {
        put(Kind.RETRY_SAFE, Cause.BUSY, Measure.NONE, DISCONNECTED, THROTTLED, -2012);
        put(Kind.QUERY_FIRST, Cause.OTHER, Measure.NONE, -1000, -1006, -1007, -4000, -4083, -4116, -4117);
        put(Kind.QUERY_FIRST, Cause.UNKNOWN_ORDER, Measure.NONE, -2011, NO_SUCH_ORDER);
        put(Kind.QUERY_FIRST, Cause.NOTHING_TO_REDUCE, Measure.NONE, -2022, -2024);
        put(Kind.QUERY_FIRST, Cause.ALREADY_RESTING, Measure.NONE, -4130);
        put(Kind.CLOCK, Cause.OTHER, Measure.NONE, -1021, -5028);
        put(Kind.RATE, Cause.RATE, Measure.LIMIT, -1003);
        put(Kind.RATE, Cause.RATE, Measure.LIMIT_ORDERS, -1015);
        put(Kind.DONE, Cause.OTHER, Measure.NONE, -4046, -4059, -4171, -5027);
        putConfiguration(Measure.HALT, -1002, -1004, -1005, -1011, -1016, -1020, -1022, -1099);
        putConfiguration(Measure.HALT, -2008, -2014, -2015, -2017, -2023);
        putConfiguration(Measure.HALT, -4060, -4061, -4062, -4088, -4109, -4120);
        putConfiguration(Measure.HALT, -4167, -4168, -4169, -4170, -4172, -4402, -4403);
        putConfiguration(Measure.RESTRICT, -4087, -4192, -4400, -4401);
        putTerminal();
    }

    private static void putTerminal() {
        put(Kind.TERMINAL, Cause.MARGIN, Measure.NONE, -2018, -2019, -4050, -4051);
        put(Kind.TERMINAL, Cause.RATE, Measure.NONE, -2025);
        put(Kind.TERMINAL, Cause.TOO_MANY_RESTING, Measure.NONE, -4045);
        put(Kind.TERMINAL, Cause.LEVEL_PASSED, Measure.NONE, -2021, -4142);
        put(Kind.TERMINAL, Cause.LEVERAGE, Measure.NONE, -2027, -2028, -4028, -4047, -4048, -4161);
        put(Kind.TERMINAL, Cause.LEVERAGE, Measure.NONE, -4202, -4203, -4204, -4205, -4206, -4207, -4208, -4209);
        put(Kind.TERMINAL, Cause.RULES, Measure.RELOAD_RULES, -1013, -1111, -4003, -4004, -4005);
        put(Kind.TERMINAL, Cause.RULES, Measure.RELOAD_RULES, -4001, -4002, -4013, -4014, -4023, -4164);
        put(Kind.TERMINAL, Cause.RULES, Measure.DISABLE_SYMBOL, -1121, -1122, -2016, -4140, -4141);
        put(Kind.TERMINAL, Cause.RULES, Measure.NONE, -1112, -2020, -4006, -4007, -4016, -4024, -4055);
        put(Kind.TERMINAL, Cause.RULES, Measure.NONE, MARKET_REJECTED, -4135, LIMIT_ORDERS_ONLY);
        put(Kind.TERMINAL, Cause.RULES, Measure.NONE, -4183, -4184, -4210, -4211);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, -1010, -1014, -1023, -1108, -1109, -1110);
        put(Kind.TERMINAL, Cause.OTHER, Measure.TELL, -1100, -1101, -1102, -1103, -1104, -1105, -1106);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, -1114, -1115, -1116, -1117, -1118, -1119, -1120);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, LISTEN_KEY_GONE, -1127, -1128, -1130, -1136, -2010, -2026);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, -4015, -4032, -4067, -4068, -4082);
        // What rests on our side is not ours and not ours to cancel.
        put(Kind.TERMINAL, Cause.NOTHING_TO_REDUCE, Measure.NONE, -4118);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, -4137, -4138, -4139, -4165, -4411, -4531);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, -5021, -5022, -5024, -5026, -5029);
        put(Kind.TERMINAL, Cause.OTHER, Measure.NONE, -5037, -5038, -5039, -5040, -5041, -5043);
    }

    BinanceError(int code, Kind kind, Cause cause) {
        this(code, kind, cause, Measure.NONE);
    }

    private static void putConfiguration(Measure measure, int... codes) {
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, measure, codes);
    }

    private static void put(Kind kind, Cause cause, Measure measure, int... codes) {
        for (int code : codes) {
            if (TABLE.put(code, new BinanceError(code, kind, cause, measure)) != null) {
                throw new IllegalStateException("code " + code + " is in the table twice");
            }
        }
    }

    /** The meaning of a code that came with a 4xx status; an unlisted one refuses this request and no more. */
    static BinanceError of(int code) {
        BinanceError known = TABLE.get(code);
        return known == null ? new BinanceError(code, Kind.TERMINAL, Cause.OTHER, Measure.TELL_UNKNOWN) : known;
    }

    /** The meaning of the statuses that are about limits, whatever code came with them (binance-usdm 8.2). */
    static BinanceError ofLimit(int status, String text, int code) {
        Measure measure = Measure.LIMIT;
        if (status == 403) {
            measure = Measure.BLOCK;
        } else if (status == 418 || text.contains("banned until")) {
            measure = Measure.BAN;
        } else if (code == -1015) {
            measure = Measure.LIMIT_ORDERS;
        }
        return new BinanceError(code, Kind.RATE, Cause.RATE, measure);
    }

    static boolean isListed(int code) {
        return TABLE.containsKey(code);
    }

    /** True if an order may be behind this answer: only asking can tell. */
    boolean leavesUnknown() {
        return kind == Kind.QUERY_FIRST && cause == Cause.OTHER;
    }

    static Map<Integer, BinanceError> table() {
        return Map.copyOf(TABLE);
    }
}
