package quantum.simulator.binance;

import java.util.List;

/** The part of a long list that a request asks for: by time, and by number from one end. */
final class Page {

    private Page() {}

    static boolean within(Params params, long millis) {
        long from = params.getLong("startTime", Long.MIN_VALUE);
        long to = params.getLong("endTime", Long.MAX_VALUE);
        if (from > to) throw new BinanceError(-1023, "Start time is greater than end time.");
        return millis >= from && millis <= to;
    }

    /** With a first id or a start the earliest, else the latest; oldest first either way. */
    static <T> List<T> of(List<T> all, Params params, boolean fromFirstId) {
        int limit = params.limit(500, 1_000);
        if (all.size() <= limit) return all;
        var forward = fromFirstId || params.has("startTime");
        return forward ? all.subList(0, limit) : all.subList(all.size() - limit, all.size());
    }
}
