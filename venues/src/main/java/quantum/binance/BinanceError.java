package quantum.binance;

import java.util.HashMap;
import java.util.Map;
import quantum.venue.Answer.Cause;

/** What one error code of the exchange means for us (binance-usdm 9). */
record BinanceError(int code, Kind kind, Cause cause) {

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

    static final int LISTEN_KEY_GONE = -1125;

    private static final Map<Integer, BinanceError> TABLE = new HashMap<>();

    static {
        put(Kind.RETRY_SAFE, Cause.BUSY, -1001, -1008, -2012);
        put(Kind.QUERY_FIRST, Cause.OTHER, -1000, -1006, -1007, -4000, -4083, -4116, -4117);
        put(Kind.QUERY_FIRST, Cause.UNKNOWN_ORDER, -2011, -2013);
        put(Kind.QUERY_FIRST, Cause.NOTHING_TO_REDUCE, -2022, -2024);
        put(Kind.QUERY_FIRST, Cause.ALREADY_RESTING, -4130);
        put(Kind.CLOCK, Cause.OTHER, -1021, -5028);
        put(Kind.RATE, Cause.RATE, -1003, -1015);
        put(Kind.DONE, Cause.OTHER, -4046, -4059, -4171, -5027);

        put(Kind.CONFIGURATION, Cause.CONFIGURATION, -1002, -1004, -1005, -1011, -1016, -1020, -1022, -1099);
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, -2008, -2014, -2015, -2017, -2023);
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, -4060, -4061, -4062, -4087, -4088, -4109, -4120);
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, -4167, -4168, -4169, -4170, -4172, -4192);
        put(Kind.CONFIGURATION, Cause.CONFIGURATION, -4400, -4401, -4402, -4403);

        put(Kind.TERMINAL, Cause.MARGIN, -2018, -2019, -4050, -4051);
        put(Kind.TERMINAL, Cause.RATE, -2025, -4045);
        put(Kind.TERMINAL, Cause.LEVEL_PASSED, -2021, -4142);
        put(Kind.TERMINAL, Cause.LEVERAGE, -2028, -4028, -4047, -4048, -4161);
        put(Kind.TERMINAL, Cause.LEVERAGE, -4202, -4203, -4204, -4205, -4206, -4207, -4208, -4209);
        put(Kind.TERMINAL, Cause.RULES, -1111, -1112, -1121, -1122, -2016, -2020, -2027);
        put(Kind.TERMINAL, Cause.RULES, -4001, -4002, -4003, -4004, -4005, -4006, -4007, -4013, -4014, -4016);
        put(Kind.TERMINAL, Cause.RULES, -4023, -4024, -4055, -4131, -4135, -4140, -4141, -4164);
        put(Kind.TERMINAL, Cause.RULES, -4183, -4184, -4210, -4211, -5025);
        put(Kind.TERMINAL, Cause.OTHER, -1010, -1013, -1014, -1023, -1100, -1101, -1102, -1103, -1104, -1105, -1106);
        put(Kind.TERMINAL, Cause.OTHER, -1108, -1109, -1110, -1114, -1115, -1116, -1117, -1118, -1119, -1120);
        put(Kind.TERMINAL, Cause.OTHER, LISTEN_KEY_GONE, -1127, -1128, -1130, -1136, -2010, -2026);
        put(Kind.TERMINAL, Cause.OTHER, -4015, -4032, -4067, -4068, -4082, -4118, -4137, -4138, -4139, -4165, -4531);
        put(Kind.TERMINAL, Cause.OTHER, -5021, -5022, -5024, -5026, -5029, -5037, -5038, -5039, -5040, -5041, -5043);
    }

    private static void put(Kind kind, Cause cause, int... codes) {
        for (int code : codes) {
            if (TABLE.put(code, new BinanceError(code, kind, cause)) != null) {
                throw new IllegalStateException("code " + code + " is in the table twice");
            }
        }
    }

    /** The meaning of a code that came with a 4xx status; an unlisted one refuses this request and no more. */
    static BinanceError of(int code) {
        BinanceError known = TABLE.get(code);
        return known == null ? new BinanceError(code, Kind.TERMINAL, Cause.OTHER) : known;
    }

    /** True if an order may be behind this answer: only asking can tell. */
    boolean leavesUnknown() {
        return kind == Kind.QUERY_FIRST && cause == Cause.OTHER;
    }

    static Map<Integer, BinanceError> table() {
        return Map.copyOf(TABLE);
    }
}
