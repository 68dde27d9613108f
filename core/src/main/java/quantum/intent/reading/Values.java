package quantum.intent.reading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.market.Decimals;

/** What values mean, whatever type and notation they came in. */
public final class Values {

    /** Bounded in length: a figure of ten thousand digits must not cost time or memory. */
    static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,2})?");

    /** What is a flag; 2, maybe and a blank are none, and are refused rather than read as false (INC-I43). */
    private static final Set<String> TRUE = Set.of("true", "1", "yes");
    /** The same for false. */
    private static final Set<String> FALSE = Set.of("false", "0", "no");

    private Values() {}

    /** {@code "True"} and {@code true}, {@code "1.50"} and {@code 1.5} are the same, also in lists and objects. */
    public static String canonical(@Nullable Object value) {
        return switch (value) {
            // Written out, 1e999999 would fill the memory.
            case BigDecimal number when !Decimals.isSane(number) -> number.unscaledValue() + "E" + number.scale();
            // The keys of an object have no order of their own.
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((name, inside) -> sorted.put(String.valueOf(name), canonical(inside)));
                yield sorted.toString().toLowerCase(Locale.ROOT);
            }
            case List<?> list -> list.stream().map(Values::canonical).toList().toString();
            case null, default -> ofText(String.valueOf(value).strip());
        };
    }

    private static String ofText(String text) {
        if (NUMBER.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            return Decimals.isSane(number) ? Decimals.plain(number).toPlainString() : text;
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** True or false where a value says so; null where it does not. */
    static @Nullable Boolean truth(@Nullable Object value) {
        String text = value == null ? "" : value.toString().strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(text)) {
            return true;
        }
        return FALSE.contains(text) ? false : null;
    }
}
