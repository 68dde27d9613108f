package quantum.trader.page;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The body of an order, read strictly: a name that is not known, one that is there twice and a value of another kind are
 * refused. What is passed over unread could have been the word that made the order smaller.
 */
final class ControlBody {

    private final JsonNode fields;

    private ControlBody(JsonNode fields) {
        this.fields = fields;
    }

    /** The fields of a request that may have these and no other, and no parameters in its address. */
    static ControlBody of(Context context, String... known) {
        if (context.queryString() != null) {
            throw refused("PARAMETER_UNKNOWN", "an order is said in the body, not in the address: " + words(known));
        }
        JsonNode fields = object(context.body());
        List<String> unknown = fields.propertyNames().stream()
                .filter(name -> !Arrays.asList(known).contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw refused("FIELD_UNKNOWN", String.join(", ", unknown) + ": unknown; " + words(known));
        }
        return new ControlBody(fields);
    }

    private static JsonNode object(String text) {
        try {
            JsonNode body = Json.strictTree(text.isBlank() ? "{}" : text);
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException _) {
            // Told below.
        }
        throw refused("BODY_INVALID", "the body must be one JSON object that names each field once");
    }

    private static String words(String... known) {
        return known.length == 0 ? "this order has no fields" : "known: " + String.join(", ", known);
    }

    boolean has(String name) {
        return fields.has(name);
    }

    /** The text of a field; null where it is anything else or absent. */
    @Nullable
    String text(String name) {
        JsonNode value = fields.path(name);
        return value.isString() ? value.asString() : null;
    }

    /** Whether a field is the word true and nothing else. */
    boolean isTrue(String name) {
        JsonNode value = fields.path(name);
        return value.isBoolean() && value.asBoolean();
    }

    static Problem.Raised refused(String code, String detail) {
        return new Problem.Raised(new Problem("Bad order", 400, code, detail));
    }
}
