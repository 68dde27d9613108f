package quantum.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file of bars that was looked through from end to end without being kept: what it is of, how long its bars are, what is
 * missing, and at which row each block of them begins.
 */
public final class Recording {

    /** So many bars are in memory at a time. */
    static final int BLOCK = 2_048;

    private static final int MOST_INTERVALS = 1_000;
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Instrument instrument;
    private final List<Integer> blocks = new ArrayList<>();
    private final Map<Long, Integer> intervals = new HashMap<>();
    private int bars;
    private int withoutTrades;
    private long first;
    private long last;
    private long interval = MINUTE;
    private long longestStep;
    private long longestAfter;

    private Recording(Path file, Instrument instrument) {
        this.file = file;
        this.instrument = instrument;
    }

    /** Throws {@link InvalidInput}, with file, line and cause, when it cannot be played on this exchange. */
    static Recording read(Path file, Collection<Instrument> listed) {
        try (var reader = BarReader.open(file)) {
            var recording = new Recording(file, instrument(file, listed));
            recording.lookThrough(reader);
            return recording;
        }
    }

    private void lookThrough(BarReader reader) {
        int row = reader.taken();
        for (var bar = reader.next(); bar != null; bar = reader.next()) {
            // Rows without trades before the first bar of a block are read again with it.
            if (bars % BLOCK == 0) blocks.add(row);
            check(reader, bar);
            if (bars == 0) first = bar.at();
            else step(reader, bar.at());
            last = bar.at();
            bars++;
            row = reader.taken();
        }
        withoutTrades = reader.withoutTrades();
        if (bars == 0) throw new InvalidInput(file + " line 2: there is no bar to play");
        interval = intervals.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue()
                        .thenComparing(Map.Entry.<Long, Integer>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse(MINUTE);
    }

    private void check(BarReader reader, RecordedBar bar) {
        var rule = instrument.price();
        var outside = bar.low().compareTo(rule.minimum()) < 0
                ? bar.low()
                : rule.maximum().signum() > 0 && bar.high().compareTo(rule.maximum()) > 0 ? bar.high() : null;
        if (outside != null) {
            throw reader.bad(Decimals.shorten(outside).toPlainString() + " lies outside "
                    + Decimals.shorten(rule.minimum()).toPlainString() + " to "
                    + Decimals.shorten(rule.maximum()).toPlainString() + ", the bounds of " + instrument.symbol()
                    + ": are these the prices of another symbol?" + reader.separators());
        }
    }

    private void step(BarReader reader, long at) {
        long step = at - last;
        if (step == 0) throw reader.bad("the same time as the bar before");
        if (bars > 1 && step > 0 == newestFirst()) {
            throw reader.bad("the times must " + (newestFirst() ? "descend" : "ascend") + " as they began");
        }
        long length = Math.abs(step);
        intervals.merge(length, 1, Integer::sum);
        if (intervals.size() > MOST_INTERVALS) throw reader.bad("the bars are of no common length");
        if (length > longestStep) {
            longestStep = length;
            longestAfter = Math.min(at, last);
        }
    }

    /**
     * The listed instrument that the file's name begins with: alone (ETHUSDT-1m), in two parts (ETH_USDT-5m), or after the
     * name of an exchange (BINANCE_ETHUSDT.P, 1).
     */
    private static Instrument instrument(Path file, Collection<Instrument> listed) {
        var bySymbol = new TreeMap<String, Instrument>();
        for (var instrument : listed) bySymbol.put(instrument.symbol(), instrument);
        var name = String.valueOf(file.getFileName());
        var parts = List.of(name.toUpperCase(Locale.ROOT).split("[-_., ()]+", -1));
        for (int i = 0; i < Math.min(2, parts.size()); i++) {
            var alone = bySymbol.get(parts.get(i));
            if (alone != null) return alone;
            var joined = i + 1 < parts.size() ? bySymbol.get(parts.get(i) + parts.get(i + 1)) : null;
            if (joined != null) return joined;
        }
        throw new InvalidInput("Cannot play prices " + file + ": the file's name says of which symbol they are, and "
                + name.split("[-_.]", 2)[0] + " is not listed here. Rename it to SYMBOL-1m.csv with one of "
                + some(bySymbol.keySet()) + ", or list its symbol with --filters");
    }

    private static String some(Collection<String> symbols) {
        var shown = symbols.stream().limit(40).toList();
        return String.join(" ", shown) + (shown.size() < symbols.size() ? " ..." : "");
    }

    public String symbol() {
        return instrument.symbol();
    }

    public Path file() {
        return file;
    }

    public int bars() {
        return bars;
    }

    /** Milliseconds from bar to bar, as most of them have it. */
    public long interval() {
        return interval;
    }

    boolean newestFirst() {
        return bars > 0 && last < first;
    }

    int block(int number) {
        return blocks.get(number);
    }

    /** Everything somebody who starts it should know, in one line. */
    public String describe(int speed) {
        var words = new StringBuilder(symbol() + " from " + file.getFileName() + ": " + bars + " bars of "
                + length(interval) + ", " + CLOCK.format(Instant.ofEpochMilli(Math.min(first, last))) + " to "
                + CLOCK.format(Instant.ofEpochMilli(Math.max(first, last))) + " UTC, " + gaps());
        if (newestFirst()) words.append(", newest first and turned round");
        if (withoutTrades > 0) words.append(", ").append(withoutTrades).append(" rows without trades passed over");
        return words + "; plays for " + length(bars * interval / speed) + " at speed " + speed + ", then walks on";
    }

    private String gaps() {
        int gaps = 0;
        long missing = 0;
        for (var step : intervals.entrySet()) {
            if (step.getKey() <= interval) continue;
            gaps += step.getValue();
            missing += (step.getKey() / interval - 1) * step.getValue();
        }
        if (gaps == 0) return "no gaps";
        return gaps + (gaps == 1 ? " gap" : " gaps") + " of " + missing + " bars, played without a pause (the longest "
                + length(longestStep) + " after " + CLOCK.format(Instant.ofEpochMilli(longestAfter)) + ")";
    }

    /** As bars are called where that is short, such as 5m, 1d or 2h 30m. */
    private static @Nullable String length(long millis) {
        long seconds = millis / 1_000;
        long[] sizes = {86_400, 3_600, 60, 1};
        var words = new ArrayList<String>();
        for (int i = 0; i < sizes.length && words.size() < 2; i++) {
            long count = seconds / sizes[i];
            seconds %= sizes[i];
            if (count > 0) words.add(count + "dhms".substring(i, i + 1));
            else if (!words.isEmpty()) break;
        }
        return words.isEmpty() ? "0s" : String.join(" ", words);
    }
}
