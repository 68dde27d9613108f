package quantum.intent.reading;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a template that nobody filled in: {@code {{strategy.market_position}}}. What stands there is not what the
 * producer means; where the field matters that is no value.
 */
final class Placeholder {

    private static final Pattern FORM = Pattern.compile("\\{\\{.{0,60}?(?:}}|$)", Pattern.DOTALL);

    private Placeholder() {}

    /** By its opening alone: a template that was cut off is not filled in either. */
    static boolean isIn(@Nullable Object value) {
        return value instanceof String text && text.contains("{{");
    }

    /** The refusal of a field in which one is. */
    static BadField refusal(Given field) {
        Matcher found = FORM.matcher(String.valueOf(field.value()));
        String form = found.find() ? found.group().replaceAll("\\p{C}", "?") : "{{";
        return new BadField(
                field.name(),
                "has the placeholder " + form + ", which was not filled in; let the template fill it in, or leave the"
                        + " field away if it is not meant");
    }
}
