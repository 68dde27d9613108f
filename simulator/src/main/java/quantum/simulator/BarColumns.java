package quantum.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quantum.simulator.Rows.Row;

/**
 * Which columns hold a bar: by the names of a header, whatever their order and case and whatever stands beside them; or,
 * without a header, time, open, high, low and close from the left, as exchanges' archives have it. A clock of -1 says
 * that one column has date and time.
 */
record BarColumns(boolean headed, int time, int clock, int open, int high, int low, int close) {

    private static final List<String> TIMES = List.of(
            "unix", "opentime", "timestamp", "unixtimestamp", "time", "datetime", "date", "starttime", "timeutc", "ts");
    private static final String NEEDED =
            "needed are a time (timestamp, time, open_time, date or unix) and open, high, low"
                    + " and close; or, without a header, these five in this order";

    static BarColumns of(Row first) {
        if (first.cells().stream().anyMatch(cell -> cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false"))) {
            throw trades(first);
        }
        return Moments.millis(first.cell(0)).isPresent() ? headless(first) : named(first);
    }

    private static BarColumns headless(Row first) {
        if (first.cells().size() < 5) {
            throw new InvalidInput(first.place() + ": 5 columns expected, found "
                    + first.cells().size() + "; " + NEEDED);
        }
        int after = first.cell(1).matches("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?") ? 1 : 0;
        return new BarColumns(false, 0, after == 1 ? 1 : -1, after + 1, after + 2, after + 3, after + 4);
    }

    private static BarColumns named(Row header) {
        var names = header.cells().stream().map(BarColumns::plain).toList();
        int open = column(names, "open", "o");
        int high = column(names, "high", "h");
        int low = column(names, "low", "l");
        int close = column(names, "close", "c");
        if (open < 0 && (names.contains("price") || names.contains("p"))) throw trades(header);
        int time = TIMES.stream()
                .mapToInt(names::indexOf)
                .filter(index -> index >= 0)
                .findFirst()
                .orElse(-1);
        int date = names.indexOf("date");
        var apart = date >= 0 && names.contains("time") && names.indexOf("time") == time;
        // A table that was written with its index has no name above it.
        if (time < 0 && names.getFirst().isEmpty()) time = 0;
        var missing = new ArrayList<String>();
        if (time < 0) missing.add("time");
        if (open < 0) missing.add("open");
        if (high < 0) missing.add("high");
        if (low < 0) missing.add("low");
        if (close < 0) missing.add("close");
        if (!missing.isEmpty()) {
            throw new InvalidInput(header.place() + ": no column for " + String.join(", ", missing) + " among "
                    + String.join(",", header.cells()) + "; " + NEEDED);
        }
        return new BarColumns(true, apart ? date : time, apart ? time : -1, open, high, low, close);
    }

    private static InvalidInput trades(Row row) {
        return new InvalidInput(
                row.place() + ": these are trades, not bars of prices: take the klines of the same place");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private static int column(List<String> names, String name, String letter) {
        int index = names.indexOf(name);
        return index >= 0 ? index : names.indexOf(letter);
    }
}
