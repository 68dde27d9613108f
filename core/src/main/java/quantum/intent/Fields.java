package quantum.intent;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.market.Decimals;
import quantum.market.Price;

/**
 * Typed access to a message's fields: text, numbers as {@link BigDecimal}, booleans, lists and maps. Blank text and
 * null count as absent. The first alias that is present wins; only spellings of one flag must agree, because producers
 * send several sizes and times that mean different things.
 */
final class Fields {

    private static final Set<String> TRUE = Set.of("true", "1", "yes");
    private static final Set<String> FALSE = Set.of("false", "0", "no");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,2})?");
    private static final Pattern NAIVE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+");
    private static final Pattern EPOCH = Pattern.compile("[0-9]{9,19}(\\.[0-9]{1,9})?");
    private static final BigDecimal MILLIS_FROM = new BigDecimal("100000000000");
    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final int MAX_TEXT = 200;

    private final Map<String, ? extends @Nullable Object> values;

    Fields(Map<String, ? extends @Nullable Object> values) {
        this.values = values;
    }

    /** Indicates that a field is present and cannot be what it must be. */
    static final class BadField extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String field;
        private final Refusal why;

        BadField(String field, String detail) {
            this(field, detail, Refusal.SCHEMA_INVALID);
        }

        BadField(String field, String detail, Refusal why) {
            super(field + " " + detail, null, false, false);
            this.field = field;
            this.why = why;
        }

        Refusal why() {
            return why;
        }

        String field() {
            return field;
        }

        String detail() {
            String message = getMessage();
            return message == null ? field : message;
        }
    }

    /** The first of the names that is present, for messages about the field; the first name if none is. */
    String nameOf(String... names) {
        for (String name : names) {
            if (raw(name) != null) {
                return name;
            }
        }
        return names[0];
    }

    boolean has(String... names) {
        return raw(nameOf(names)) != null;
    }

    private @Nullable Object raw(String name) {
        Object value = values.get(name);
        if (value instanceof String text && (text.isBlank() || "null".equals(text) || "None".equals(text))) {
            return null;
        }
        return value;
    }

    @Nullable
    String text(String... names) {
        String name = nameOf(names);
        Object value = raw(name);
        return switch (value) {
            case null -> null;
            case String text -> bounded(name, text.strip());
            case BigDecimal number when Decimals.isSane(number) -> number.toPlainString();
            case BigDecimal _ -> throw new BadField(name, "has too many digits");
            case Boolean flag -> flag.toString();
            default -> throw new BadField(name, "must be text");
        };
    }

    private static String bounded(String name, String text) {
        if (text.length() > MAX_TEXT || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new BadField(name, "must be at most " + MAX_TEXT + " printable characters");
        }
        return text;
    }

    @Nullable
    BigDecimal number(String... names) {
        String name = nameOf(names);
        BigDecimal value = switch (raw(name)) {
            case null -> null;
            case BigDecimal number -> number;
            case String text when NUMBER.matcher(text.strip()).matches() -> new BigDecimal(text.strip());
            default -> throw new BadField(name, "must be a number");
        };
        if (value != null && !Decimals.isSane(value)) {
            throw new BadField(name, "has too many digits");
        }
        return value;
    }

    @Nullable
    BigDecimal positive(String... names) {
        BigDecimal value = number(names);
        if (value != null && value.signum() <= 0) {
            throw new BadField(nameOf(names), "must be greater than zero");
        }
        return value;
    }

    @Nullable
    Price price(String name) {
        BigDecimal value = positive(name);
        return value == null ? null : new Price(value);
    }

    /** A percentage above 0 and below 100. */
    @Nullable
    BigDecimal percent(String... names) {
        BigDecimal value = positive(names);
        if (value != null && value.compareTo(HUNDRED) >= 0) {
            throw new BadField(nameOf(names), "is a percentage and must be below 100");
        }
        return value;
    }

    /** A list of objects; absent if the field is. */
    @Nullable
    List<Fields> objects(String name) {
        Object value = raw(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list)) {
            throw new BadField(name, "must be a list of objects");
        }
        return list.stream().map(element -> inner(name, element)).toList();
    }

    /** The fields of an object; absent if the field is. */
    @Nullable
    Fields object(String name) {
        Object value = raw(name);
        return value == null ? null : inner(name, value);
    }

    /** True for a field that is one text. */
    boolean isText(String name) {
        return raw(name) instanceof String;
    }

    private static Fields inner(String name, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new BadField(name, "must be an object");
        }
        Map<String, @Nullable Object> named = new HashMap<>();
        map.forEach((key, inside) -> named.put(String.valueOf(key), inside));
        return new Fields(named);
    }

    /** True, false or absent; several spellings must agree. */
    @Nullable
    Boolean flag(String... names) {
        Boolean agreed = null;
        for (String name : names) {
            Boolean value = flagOf(name);
            if (value != null && agreed != null && !value.equals(agreed)) {
                throw new BadField(name, "contradicts another spelling of the same flag");
            }
            agreed = value == null ? agreed : value;
        }
        return agreed;
    }

    private @Nullable Boolean flagOf(String name) {
        Object value = raw(name);
        if (value == null && !values.containsKey(name)) {
            return null;
        }
        String text = value == null ? "" : value.toString().strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        throw new BadField(name, "must be true or false");
    }

    /** An instant: ISO with or without zone (then UTC), or epoch seconds or milliseconds, as text or number. */
    @Nullable
    Instant instant(String... names) {
        String name = nameOf(names);
        String text = text(names);
        if (text == null) {
            return null;
        }
        try {
            if (EPOCH.matcher(text).matches()) {
                BigDecimal epoch = new BigDecimal(text);
                BigDecimal millis = epoch.compareTo(MILLIS_FROM) >= 0 ? epoch : epoch.movePointRight(3);
                BigDecimal nanos = millis.movePointRight(6);
                BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
                return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
            }
            String iso = text.replace(' ', 'T');
            return NAIVE.matcher(iso).matches()
                    ? LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadField(name, "must be an ISO time or epoch seconds or milliseconds");
        }
    }
}
