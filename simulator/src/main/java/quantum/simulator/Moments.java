package quantum.simulator;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the times that price files carry: epochs in any unit, ISO with and without offset; UTC where none is told. */
final class Moments {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(\\.[0-9]{0,9})?([eE]\\+?[0-9]{1,2})?");
    /** In 1973; a smaller number counts something else. */
    private static final long LEAST_SECONDS = 100_000_000L;

    private static final long LEAST_MILLIS = 100_000_000_000L;
    private static final long LEAST_MICROS = 100_000_000_000_000L;
    private static final long LEAST_NANOS = 100_000_000_000_000_000L;
    private static final int DATE = 10;

    private Moments() {}

    /** Epoch milliseconds; empty if the text is no time. */
    static OptionalLong millis(String text) {
        try {
            if (NUMBER.matcher(text).matches()) return epoch(new BigDecimal(text).longValue());
            return OptionalLong.of(iso(text));
        } catch (DateTimeException noTime) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong epoch(long value) {
        if (value < LEAST_SECONDS) return OptionalLong.empty();
        if (value < LEAST_MILLIS) return OptionalLong.of(value * 1_000);
        if (value < LEAST_MICROS) return OptionalLong.of(value);
        return OptionalLong.of(value < LEAST_NANOS ? value / 1_000 : value / 1_000_000);
    }

    private static long iso(String text) {
        if (text.length() < DATE) throw new DateTimeException("too short");
        var date = LocalDate.parse(text.substring(0, DATE).replace('.', '-').replace('/', '-'));
        var rest = text.substring(DATE).strip();
        if (rest.isEmpty()) return millis(date.atStartOfDay(), ZoneOffset.UTC);
        if (rest.startsWith("T")) rest = rest.substring(1);
        if (rest.endsWith("UTC")) rest = rest.substring(0, rest.length() - 3);
        int sign = Math.max(Math.max(rest.indexOf('+'), rest.indexOf('-')), rest.indexOf('Z'));
        var clock = (sign < 0 ? rest : rest.substring(0, sign)).strip();
        var offset = sign < 0 ? ZoneOffset.UTC : ZoneOffset.of(rest.substring(sign));
        return millis(LocalDateTime.of(date, java.time.LocalTime.parse(clock)), offset);
    }

    private static long millis(LocalDateTime time, ZoneOffset offset) {
        return time.toInstant(offset).toEpochMilli();
    }
}
