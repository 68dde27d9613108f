package quantum.simulator;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The minutes of a day (UTC) in which a symbol's mark follows its price; outside of them it stands still. */
public record MarketHours(int from, int to, String text) {

    public static final MarketHours ALWAYS = new MarketHours(0, 0, "");

    private static final Pattern FORM =
            Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])");
    private static final int MINUTES_OF_AN_HOUR = 60;
    private static final long MINUTES_OF_A_DAY = TimeUnit.DAYS.toMinutes(1);

    /** Null when the text is no such hours. */
    public static @Nullable MarketHours of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) return null;
        int from = Integer.parseInt(form.group(1)) * MINUTES_OF_AN_HOUR + Integer.parseInt(form.group(2));
        int to = Integer.parseInt(form.group(3)) * MINUTES_OF_AN_HOUR + Integer.parseInt(form.group(4));
        return new MarketHours(from, to, text);
    }

    /** Hours that end before they begin go over midnight; those that end where they begin never end. */
    boolean open(long epochNanos) {
        long minute = TimeUnit.NANOSECONDS.toMinutes(epochNanos) % MINUTES_OF_A_DAY;
        if (from == to) return true;
        return from < to ? minute >= from && minute < to : minute >= from || minute < to;
    }
}
