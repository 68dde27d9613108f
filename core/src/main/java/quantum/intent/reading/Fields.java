package quantum.intent.reading;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.market.Decimals;
import quantum.market.Price;

/**
 * Typed access to a message's fields: text, numbers as {@link BigDecimal}, booleans, lists and maps. Names are
 * compared by {@link Spelling}. Blank text and null count as absent. The first alias that is present wins where
 * producers send several that mean different things, as with sizes and times; spellings of one name, of one flag and
 * of one level must agree. Remembers what was asked for, so that the rest can be named.
 */
final class Fields {

    private static final Pattern CLASS_NAME = Pattern.compile("[a-z][\\w$]*(\\.[\\w$]+)+");
    private static final BigDecimal HUNDRED = new BigDecimal("100");
    /** A longer text is no name; unprintable ones would act on logs and terminals (P3-3). */
    private static final int MAX_TEXT = 200;
    /** A message may hold a thousand fields, and its report names no more than these. */
    private static final int MOST_IGNORED = 100;

    private final Map<String, List<Given>> given = new LinkedHashMap<>();
    /** By {@link Spelling}: whatever somebody asked for, whether it is there or not. */
    private final Set<String> asked = new HashSet<>();
    /** As the producer wrote them: understood, and without effect here. */
    private final Set<String> unused = new LinkedHashSet<>();

    Fields(Map<String, ? extends @Nullable Object> values) {
        values.forEach(this::add);
    }

    /** What lies in a wrapping object counts as if it lay beside it. */
    private void add(String name, @Nullable Object value) {
        String key = Spelling.of(name);
        if (Spelling.WRAPPERS.contains(key) && value instanceof Map<?, ?> map) {
            map.forEach((inner, inside) -> add(name + "." + inner, inside));
        } else {
            given.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(new Given(name, value));
        }
    }

    /** The first of the names that is present, as the producer wrote it; the first name if none is. */
    String nameOf(String... names) {
        List<String> present = present(names);
        return present.isEmpty() ? names[0] : present.getFirst();
    }

    boolean has(String... names) {
        return !present(names).isEmpty();
    }

    /** Those of the names that are present, as the producer wrote them. */
    List<String> present(String... names) {
        List<String> present = new ArrayList<>();
        for (String name : names) {
            asked.add(Spelling.of(name));
            for (Given field : given(name)) {
                if (field.isPresent()) {
                    present.add(field.name());
                    break;
                }
            }
        }
        return present;
    }

    private List<Given> given(String name) {
        return given.getOrDefault(Spelling.of(name), List.of());
    }

    /** Fields with a value that nobody asked for. */
    List<Given> rest() {
        List<Given> rest = new ArrayList<>();
        given.forEach((key, fields) -> {
            if (!asked.contains(key)) {
                fields.stream().filter(Given::isPresent).forEach(rest::add);
            }
        });
        return rest;
    }

    /** Every field with a value. */
    List<Given> all() {
        return named().stream().filter(Given::isPresent).toList();
    }

    /** Every field, also where it has no value. */
    List<Given> named() {
        return given.values().stream().flatMap(List::stream).toList();
    }

    /** Whether it is a placeholder that nobody filled in. */
    boolean isUnfilled(String name) {
        return given(name).stream().anyMatch(field -> Placeholder.isIn(field.value()));
    }

    /** Refuses the first placeholder in a field that was asked for, but for those that are only shown. */
    void requireFilled(String... shown) {
        Set<String> spared = Stream.of(shown).map(Spelling::of).collect(Collectors.toSet());
        List<Given> rest = rest();
        for (Given field : all()) {
            if (Placeholder.isIn(field.value())
                    && !rest.contains(field)
                    && !spared.contains(Spelling.of(field.name()))) {
                throw Placeholder.refusal(field);
            }
        }
    }

    /** The field is understood, and has no effect here. */
    void setAside(String... names) {
        unused.addAll(present(names));
    }

    /** What is reported to have had no effect: set aside, or asked for by nobody. */
    List<String> ignored() {
        Set<String> names = new LinkedHashSet<>(unused);
        rest().forEach(field -> names.add(field.name()));
        return names.stream().limit(MOST_IGNORED).toList();
    }

    /** The value under a name. Two writings of it that differ are refused: nobody can say which is meant. */
    private @Nullable Object raw(String name) {
        asked.add(Spelling.of(name));
        Given found = null;
        for (Given field : given(name)) {
            if (!field.isPresent()) {
                continue;
            }
            if (field.value() instanceof Twice twice) {
                throw twice.refusal(field.name());
            }
            if (Placeholder.isIn(field.value())) {
                throw Placeholder.refusal(field);
            }
            if (found != null && !isSame(found.value(), field.value())) {
                throw new BadField(field.name(), "contradicts " + found.name());
            }
            found = found == null ? field : found;
        }
        return found == null ? null : found.value();
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return Values.canonical(one).equals(Values.canonical(other));
    }

    @Nullable
    String text(String... names) {
        String name = nameOf(names);
        Object value = raw(name);
        return switch (value) {
            case null -> null;
            case String text -> bounded(name, text.strip());
            // 7 and 7.0 as an identity are one (B-7).
            case BigDecimal number
            when Decimals.isSane(number) -> Decimals.plain(number).toPlainString();
            case BigDecimal _ -> throw new BadField(name, "has too many digits");
            case Boolean flag -> flag.toString();
            default -> throw new BadField(name, "must be text" + what(value));
        };
    }

    /** What stands there instead, where that helps: a Java serializer writes {@code ["java.math.BigDecimal", 200]}. */
    private static String what(@Nullable Object value) {
        return value instanceof List<?> list
                        && list.size() == 2
                        && list.getFirst() instanceof String type
                        && CLASS_NAME.matcher(type).matches()
                ? ", not JSON with Java types in it (" + type + "): turn the serializer's default typing off"
                : "";
    }

    private static String bounded(String name, String text) {
        if (text.length() > MAX_TEXT || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new BadField(name, "must be at most " + MAX_TEXT + " printable characters");
        }
        return text;
    }

    /** A text that is only shown: one that cannot be is left away. */
    @Nullable
    String shown(String name) {
        try {
            return text(name);
        } catch (BadField e) {
            setAside(name);
            return null;
        }
    }

    @Nullable
    BigDecimal number(String... names) {
        String name = nameOf(names);
        BigDecimal value = switch (raw(name)) {
            case null -> null;
            case BigDecimal number -> number;
            case String text when Values.NUMBER.matcher(text.strip()).matches() -> new BigDecimal(text.strip());
            case String text
            when text.strip().endsWith("%") ->
                throw new BadField(
                        name, "must be a number without a sign; percent go into the field that ends in _pct");
            case Object other -> throw new BadField(name, "must be a number" + what(other));
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

    /** One figure under names that all mean it. */
    @Nullable
    BigDecimal agreed(String... names) {
        List<String> present = present(names);
        BigDecimal value = null;
        for (String name : present) {
            BigDecimal other = number(name);
            if (value != null && other != null && value.compareTo(other) != 0) {
                throw new BadField(name, "contradicts " + present.getFirst());
            }
            value = other;
        }
        return value;
    }

    /** As many systems write "none": what is 0 is not given, and reported to have had no effect. */
    @Nullable
    BigDecimal unlessZero(String... names) {
        BigDecimal value = agreed(names);
        if (value != null && value.signum() < 0) {
            throw new BadField(nameOf(names), "must be greater than zero");
        }
        if (value != null && value.signum() == 0) {
            setAside(names);
            return null;
        }
        return value;
    }

    @Nullable
    Price price(String... names) {
        BigDecimal value = unlessZero(names);
        return value == null ? null : new Price(value);
    }

    /** A percentage above 0 and below 100. */
    @Nullable
    BigDecimal percent(String... names) {
        return belowHundred(positive(names), names);
    }

    /** The same, where 0 means that none is given. */
    @Nullable
    BigDecimal percentUnlessZero(String... names) {
        return belowHundred(unlessZero(names), names);
    }

    private @Nullable BigDecimal belowHundred(@Nullable BigDecimal value, String... names) {
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

    /** True for a field that has fields of its own. */
    boolean isObject(String name) {
        return raw(name) instanceof Map;
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

    /** Each spelling is read: one that is there without a value is unreadable too. */
    private @Nullable Boolean flagOf(String name) {
        asked.add(Spelling.of(name));
        Boolean agreed = null;
        for (Given field : given(name)) {
            Boolean value = Values.truth(field.value());
            if (value == null) {
                throw noFlag(field);
            }
            if (agreed != null && !value.equals(agreed)) {
                throw new BadField(field.name(), "contradicts another spelling of the same flag");
            }
            agreed = value;
        }
        return agreed;
    }

    static BadField noFlag(Given field) {
        if (Placeholder.isIn(field.value())) {
            return Placeholder.refusal(field);
        }
        return field.value() instanceof Twice twice
                ? twice.refusal(field.name())
                : new BadField(field.name(), "must be true or false");
    }

    /** An instant: ISO with or without zone (then UTC), or epoch in a unit that its size shows, as text or number. */
    @Nullable
    Instant instant(String... names) {
        String name = nameOf(names);
        String text = text(names);
        if (text == null) {
            return null;
        }
        try {
            return Times.read(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadField(name, "must be an ISO time, or epoch seconds, milli-, micro- or nanoseconds");
        }
    }

    /** A field that holds JSON, for a message in which the symbol is missing. */
    String whereItMayBe() {
        for (Given field : all()) {
            if (field.value() instanceof String text && text.strip().startsWith("{")) {
                return "; field " + field.name() + " holds JSON, which is read in payload, data or details alone";
            }
        }
        return "";
    }
}
