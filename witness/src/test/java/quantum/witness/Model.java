package quantum.witness;

import com.binance.connector.client.common.AbstractOpenApiSchema;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.UserDataStreamEventsResponse;
import com.google.gson.JsonElement;
import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The fields that the connector's own class of a reply or event knows, as paths. */
final class Model {

    private static final String CONNECTOR = "com.binance.connector.";

    private Model() {}

    static Set<String> paths(Object reply) {
        var paths = new TreeSet<String>();
        collect("", type(reply), paths);
        // The name of an event chooses its class, which then does not have it.
        if (reply instanceof UserDataStreamEventsResponse) paths.add("e");
        return paths;
    }

    /** A reply of one of several kinds stands for the kind it is. */
    private static Type type(Object reply) {
        return reply instanceof AbstractOpenApiSchema choice ? type(choice.getActualInstance()) : reply.getClass();
    }

    private static void collect(String path, Type type, Set<String> paths) {
        if (type instanceof ParameterizedType list) {
            paths.add(path + "[]");
            collect(path + "[]", list.getActualTypeArguments()[0], paths);
            return;
        }
        if (!(type instanceof Class<?> model) || !model.getName().startsWith(CONNECTOR)) return;
        if (Collection.class.isAssignableFrom(model)) {
            collect(path, model.getGenericSuperclass(), paths);
            return;
        }
        for (var field : model.getDeclaredFields()) {
            var name = field.getAnnotation(SerializedName.class);
            if (name == null || Modifier.isStatic(field.getModifiers())) continue;
            var child = path.isEmpty() ? name.value() : path + "." + name.value();
            paths.add(child);
            collect(child, field.getGenericType(), paths);
        }
    }

    /** The paths of the fields of a reply as it came. */
    static Set<String> paths(JsonElement json) {
        var paths = new TreeSet<String>();
        collect("", json, paths);
        return paths;
    }

    private static void collect(String path, JsonElement json, Set<String> paths) {
        if (json.isJsonArray()) {
            for (var element : json.getAsJsonArray()) {
                paths.add(path + "[]");
                collect(path + "[]", element, paths);
            }
        } else if (json.isJsonObject()) {
            json.getAsJsonObject().asMap().forEach((name, value) -> {
                var child = path.isEmpty() ? name : path + "." + name;
                paths.add(child);
                collect(child, value, paths);
            });
        }
    }
}
