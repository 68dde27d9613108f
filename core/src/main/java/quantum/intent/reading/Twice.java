package quantum.intent.reading;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;

/**
 * What stands in one message more than once under the very same name, with values that differ. Which of them is meant
 * nobody can say: the last one would have turned {@code reduceOnly true … reduceOnly false} into an open (J-8).
 */
public record Twice(List<String> values) {

    /** Of each value; it is a producer's text and may be of any length. */
    private static final int SHOWN = 40;

    /** With one more value. */
    public Twice and(String value) {
        return new Twice(Stream.concat(values.stream(), Stream.of(value)).toList());
    }

    /** The refusal of the field that stands there under this name. */
    BadField refusal(String name) {
        return new BadField(name, detail(), Refusal.FIELD_UNSUPPORTED);
    }

    /** What is wrong, to be read behind the name of the field. */
    public String detail() {
        return String.format(
                Locale.ROOT,
                "stands twice in the message, as '%s' and as '%s'; send it once",
                shown(values.getFirst()),
                shown(values.getLast()));
    }

    /** Control characters of others must not reach a terminal (P3-3). */
    private static String shown(String value) {
        String part = value.length() <= SHOWN ? value : value.substring(0, SHOWN);
        return part.replaceAll("\\p{C}", "?");
    }

    /** Refuses the first field that stands twice, also in an object or a list: an open is a closed sentence. */
    static void requireNone(List<Given> fields) {
        fields.forEach(field -> requireNone(field.name(), field.value()));
    }

    private static void requireNone(String name, @Nullable Object value) {
        switch (value) {
            case Twice twice -> throw twice.refusal(name);
            // Named by their path, as in ladder.[0].at_pct.
            case Map<?, ?> map -> map.forEach((inner, inside) -> requireNone(name + "." + inner, inside));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    requireNone(name + ".[" + i + "]", list.get(i));
                }
            }
            case null, default -> {}
        }
    }
}
