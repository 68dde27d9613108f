package quantum.cryptocom;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parameters of one request: texts, whole numbers, lists and nested parameters. What is signed is made of the very
 * values that are sent; a null is never among them, because languages disagree on how to sign one (crypto-com 1).
 */
record Params(Map<String, Object> values) {

    static final Params NONE = new Params(Map.of());

    private static final int DEEPEST = 3;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    Params {
        values = new LinkedHashMap<>(values);
    }

    static Params of(String name, Object value) {
        return NONE.with(name, value);
    }

    Params with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Params(more);
    }

    /** Keys ascending, each with its value and nothing between; a list is its elements one after another. */
    String signed() {
        return signed(this, 1);
    }

    private static String signed(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("no request has parameters that are nested so deep");
        }
        StringBuilder text = new StringBuilder();
        switch (value) {
            case Params(Map<String, Object> nested) ->
                new TreeMap<>(nested)
                        .forEach((name, inner) ->
                                text.append(name).append(signed(inner, inner instanceof Params ? depth + 1 : depth)));
            case List<?> list ->
                list.forEach(element -> text.append(signed(element, element instanceof Params ? depth + 1 : depth)));
            default -> text.append(value);
        }
        return text.toString();
    }

    String query() {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "="
                        + URLEncoder.encode(String.valueOf(each.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** As it is sent. */
    String json() {
        return MAPPER.writeValueAsString(plain(this));
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Params(Map<String, Object> nested) -> {
                Map<String, Object> map = new LinkedHashMap<>();
                nested.forEach((name, inner) -> map.put(name, plain(inner)));
                yield map;
            }
            case List<?> list -> list.stream().map(Params::plain).toList();
            default -> value;
        };
    }
}
