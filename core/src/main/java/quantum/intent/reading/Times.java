package quantum.intent.reading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Times as producers write them: ISO with or without zone (then UTC), or epoch in a unit that its size shows. */
final class Times {

    private static final Pattern NAIVE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+");
    private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("(T.*[+-][0-9]{2})([0-9]{2})$");
    private static final Pattern EPOCH = Pattern.compile("[0-9]{9,19}(\\.[0-9]{1,9})?");
    /** As some languages print a number of that size. */
    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9](\\.[0-9]{1,18})?[eE]\\+?(?:[89]|1[0-9])");

    /** As seconds it lies thousands of years ahead, as milliseconds in 1973: no time of an intent is near it. */
    private static final BigDecimal MILLIS_FROM = new BigDecimal("100000000000");

    private Times() {}

    /**
     * The instant that the text names.
     *
     * @throws java.time.DateTimeException if it names none
     * @throws ArithmeticException if it lies beyond all time
     */
    static Instant read(String text) {
        if (EPOCH.matcher(text).matches()) {
            return ofEpoch(new BigDecimal(text));
        }
        if (SCIENTIFIC.matcher(text).matches()) {
            return ofEpoch(new BigDecimal(text));
        }
        String iso = OFFSET_WITHOUT_COLON.matcher(text.replace(' ', 'T')).replaceFirst("$1:$2");
        return NAIVE.matcher(iso).matches()
                ? LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)
                : OffsetDateTime.parse(iso).toInstant();
    }

    /** Seconds, milliseconds, microseconds and nanoseconds of the same century differ by their size. */
    private static Instant ofEpoch(BigDecimal epoch) {
        BigDecimal seconds = epoch;
        while (seconds.compareTo(MILLIS_FROM) >= 0) {
            seconds = seconds.movePointLeft(3);
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
        return Instant.ofEpochSecond(
                whole.longValueExact(),
                seconds.subtract(whole).movePointRight(9).longValue());
    }
}
