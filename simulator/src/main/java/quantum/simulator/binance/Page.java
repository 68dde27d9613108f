package quantum.simulator.binance;

import java.util.List;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Simulator;

/** The part of a long list that a request asks for: by time, in exchange milliseconds, and by number from one end. */
record Page(long from, long to) {

    private static final long WEEK = TimeUnit.DAYS.toMillis(7);

    /** Between two times at most a week apart; a missing one lies a week from the other, or now (binance-usdm 3.5). */
    static Page ofWeek(Simulator exchange, Params params) {
        var page = of(exchange, params, WEEK);
        if (page.to - page.from > WEEK) {
            throw new BinanceError(
                    -1127, "Lookup interval is too big. More than 168 hours between startTime and endTime.");
        }
        return page;
    }

    /** Between two times; a missing start lies so far before the end, a missing end so far after the start. */
    static Page of(Simulator exchange, Params params, long span) {
        long now = exchange.serverMillis();
        var started = params.has("startTime");
        long to = params.getLong("endTime", started ? params.requireLong("startTime") + span : now);
        long from = params.getLong("startTime", to - span);
        if (from > to) throw new BinanceError(-1023, "Start time is greater than end time.");
        return new Page(from, to);
    }

    /** Without bounds, as a list by ids is. */
    static Page unbounded() {
        return new Page(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    boolean holds(long millis) {
        return millis >= from && millis <= to;
    }

    /** With a first id or a start the earliest, else the latest; oldest first either way. */
    static <T> List<T> cut(List<T> all, Params params, int limit, boolean fromFirstId) {
        if (all.size() <= limit) return all;
        var forward = fromFirstId || params.has("startTime");
        return forward ? all.subList(0, limit) : all.subList(all.size() - limit, all.size());
    }
}
