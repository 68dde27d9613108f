package quantum.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** One tier of the leverage table: up to this notional, at most this leverage. */
public record Bracket(
        int number, int leverage, BigDecimal floor, BigDecimal cap, BigDecimal maintenance, BigDecimal cumulative) {

    private static final List<Bracket> MAJOR = tiers(
            "125 50000 0.004",
            "100 600000 0.005",
            "75 3000000 0.0065",
            "50 12000000 0.01",
            "25 70000000 0.02",
            "20 100000000 0.025",
            "10 230000000 0.05",
            "5 480000000 0.1",
            "2 1200000000 0.25",
            "1 1800000000 0.5");
    private static final List<Bracket> LARGE = tiers(
            "50 50000 0.01",
            "25 500000 0.02",
            "20 1000000 0.025",
            "10 5000000 0.05",
            "5 10000000 0.1",
            "2 20000000 0.25",
            "1 30000000 0.5");
    private static final List<Bracket> SMALL =
            tiers("20 50000 0.025", "10 250000 0.05", "5 1000000 0.1", "2 5000000 0.25", "1 10000000 0.5");

    /** A plausible table for a symbol whose own is not known. */
    static List<Bracket> standard(int maxLeverage) {
        if (maxLeverage >= 125) return MAJOR;
        return maxLeverage >= 50 ? LARGE : SMALL;
    }

    /** The tier that holds this notional; beyond the table the last one. */
    static Bracket holding(Instrument instrument, BigDecimal notional) {
        var tiers = instrument.brackets();
        return tiers.stream()
                .filter(tier -> notional.abs().compareTo(tier.cap) <= 0)
                .findFirst()
                .orElse(tiers.getLast());
    }

    /** The largest notional that this leverage allows. */
    public static BigDecimal cap(Instrument instrument, int leverage) {
        return instrument.brackets().stream()
                .filter(tier -> tier.leverage >= leverage)
                .map(Bracket::cap)
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
    }

    private static List<Bracket> tiers(String... rows) {
        var tiers = new ArrayList<Bracket>();
        var floor = BigDecimal.ZERO;
        var rate = BigDecimal.ZERO;
        var cumulative = BigDecimal.ZERO;
        for (var row : rows) {
            var columns = List.of(row.split(" ", -1));
            var next = new BigDecimal(columns.get(2));
            if (!tiers.isEmpty()) cumulative = cumulative.add(floor.multiply(next.subtract(rate)));
            rate = next;
            var cap = new BigDecimal(columns.get(1));
            tiers.add(new Bracket(
                    tiers.size() + 1,
                    Integer.parseInt(columns.get(0)),
                    floor,
                    cap,
                    rate,
                    Decimals.shorten(cumulative)));
            floor = cap;
        }
        return List.copyOf(tiers);
    }
}
