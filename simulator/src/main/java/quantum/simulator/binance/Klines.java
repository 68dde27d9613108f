package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import quantum.simulator.Candle;
import quantum.simulator.Json;
import tools.jackson.databind.node.ArrayNode;

/** Candles of several minutes and their wire form (binance-usdm 6.2). */
final class Klines {

    /** How candles of so many minutes are called. */
    record Interval(String name, int minutes) {}

    /** Shortest first, which is also the order of their frames. */
    static final List<Interval> INTERVALS = List.of(
            new Interval("1m", 1),
            new Interval("3m", 3),
            new Interval("5m", 5),
            new Interval("15m", 15),
            new Interval("30m", 30),
            new Interval("1h", 60));

    private static final long MINUTE_MILLIS = 60_000;

    private Klines() {}

    static int minutes(String interval) {
        return INTERVALS.stream()
                .filter(each -> each.name.equals(interval))
                .findFirst()
                .orElseThrow(() -> new BinanceError(-1120, "Invalid interval."))
                .minutes;
    }

    static List<Candle> grouped(List<Candle> candles, int minutes) {
        if (minutes == 1) return candles;
        var groups = new TreeMap<Long, Candle>();
        for (var candle : candles) {
            long first = candle.minute() / minutes * minutes;
            var aligned = new Candle(
                    first,
                    candle.open(),
                    candle.high(),
                    candle.low(),
                    candle.close(),
                    candle.volume(),
                    candle.trades());
            groups.merge(first, aligned, Candle::and);
        }
        return new ArrayList<>(groups.values());
    }

    static long openTime(Candle candle) {
        return candle.minute() * MINUTE_MILLIS;
    }

    static long closeTime(Candle candle, int minutes) {
        return openTime(candle) + minutes * MINUTE_MILLIS - 1;
    }

    static BigDecimal quote(Candle candle) {
        return candle.volume().multiply(candle.close());
    }

    static ArrayNode row(Candle candle, int minutes) {
        return Json.array()
                .add(openTime(candle))
                .add(text(candle.open()))
                .add(text(candle.high()))
                .add(text(candle.low()))
                .add(text(candle.close()))
                .add(text(candle.volume()))
                .add(closeTime(candle, minutes))
                .add(text(quote(candle)))
                .add(candle.trades())
                .add(text(candle.volume()))
                .add(text(quote(candle)))
                .add("0");
    }
}
