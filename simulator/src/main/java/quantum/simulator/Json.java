package quantum.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees in and out; numbers with a fraction are read as decimals. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** JSON null. */
    public static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }

    /** A text with its quotation marks. */
    public static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** Reads a file piece by piece. */
    static JsonParser parser(InputStream input) {
        return MAPPER.createParser(input);
    }

    /** The JSON value of a file, with or without a byte order mark. */
    static JsonNode file(Path file) throws IOException {
        var text = Files.readString(file);
        return parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** Throws {@link InvalidInput} when the text is not one JSON value. */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            throw new InvalidInput("Not JSON: " + malformed.getOriginalMessage());
        }
    }
}
