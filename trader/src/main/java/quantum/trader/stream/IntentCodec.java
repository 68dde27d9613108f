package quantum.trader.stream;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.reading.IntentReader;
import quantum.intent.reading.Spelling;
import quantum.intent.reading.Twice;
import quantum.intent.reading.Values;
import quantum.trader.redis.Replies;

/**
 * Unwraps an intent from any of the five wire forms (docs/streams.md): JSON in {@code payload} (W1, W2) or
 * {@code data} (W3), flat fields (W4), flat fields with the rest as JSON in {@code details} (W5). Never throws.
 *
 * <p>What lies beside the JSON is kept: dropping a {@code reduce_only} there would turn a close into an open (INC-I02,
 * INC-I43). The envelope's own fields give way to the JSON's; any other field in both places must agree. The envelope's
 * time counts only where the JSON has none, and its {@code trace_id} only where the JSON has no identity.
 */
public final class IntentCodec {

    /** By {@link Spelling}. */
    private static final Set<String> ENVELOPE = Set.of("eventtype", "source", "timestamp", "traceid", "correlationid");

    private static final Set<String> TIMES =
            IntentReader.TIMES.stream().map(Spelling::of).collect(Collectors.toUnmodifiableSet());
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** Fields that hold a list or an object; where the wire form is flat, as JSON in their text. */
    private static final Set<String> STRUCTURED = Set.of(
            "ladder",
            "aiharvestpolicy",
            "harvestpolicy",
            "stoploss",
            "takeprofit",
            "params",
            "info",
            "strategy",
            "order");

    private IntentCodec() {}

    /** Reads the fields of one stream entry. */
    public static Reading read(Map<String, String> entry) {
        if (entry.isEmpty()) {
            return new Reading.Unreadable(
                    Refusal.SCHEMA_INVALID, null, "it was trimmed or deleted from the stream before it could be read");
        }
        long bytes = bytes(entry);
        return Remains.with(bytes > IntentMessage.MAX_BYTES ? tooLarge(bytes) : read(entry, Map.of()), entry, Map.of());
    }

    private static Reading read(Map<String, String> entry, Map<String, Twice> twice) {
        String wrapping = null;
        for (String name : Remains.WRAPPINGS) {
            String text = entry.get(name);
            Twice contents = twice.get(name);
            if (contents != null) {
                return new Reading.Unreadable(Refusal.FIELD_UNSUPPORTED, name, name + " " + contents.detail());
            }
            if (text != null && !text.isBlank()) {
                if (wrapping != null) {
                    return unreadable(name, "is present beside " + wrapping + "; one of them must carry the intent");
                }
                wrapping = name;
            }
        }
        if (wrapping == null) {
            return named(entry, read(without(entry, twice, ""), null));
        }
        return unwrapped(without(entry, twice, wrapping), wrapping, entry.getOrDefault(wrapping, ""));
    }

    /** Reads an entry of which there may be only the beginning. */
    public static Reading read(IntentMessage message) {
        if (!message.whole() || message.bytes() > IntentMessage.MAX_BYTES) {
            return Remains.with(tooLarge(message.bytes()), message.fields(), message.twice());
        }
        return message.twice().isEmpty()
                ? read(message.fields())
                : Remains.with(read(message.fields(), message.twice()), message.fields(), message.twice());
    }

    private static Reading tooLarge(long bytes) {
        return new Reading.Unreadable(
                Refusal.MESSAGE_TOO_LARGE,
                null,
                "the message has " + bytes + " bytes; at most " + IntentMessage.MAX_BYTES + " in "
                        + Replies.MOST_TEXTS / 2 + " fields are read");
    }

    private static Reading unwrapped(Map<String, @Nullable Object> merged, String wrapping, String json) {
        Map<String, @Nullable Object> inner;
        try {
            inner = JsonObjects.parse(json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json);
        } catch (JsonObjects.NotAnObject e) {
            return unreadable(wrapping, wrapping + " " + e.getMessage());
        }
        boolean flat = "details".equals(wrapping);
        Object outerTrace = flat ? merged.get("trace_id") : merged.remove("trace_id");
        if (outerTrace instanceof Twice traces) {
            return new Reading.Unreadable(Refusal.FIELD_UNSUPPORTED, "trace_id", "trace_id " + traces.detail());
        }
        if (inner.entrySet().stream().anyMatch(e -> isTime(e.getKey()) && isPresent(e.getValue()))) {
            merged.keySet().removeIf(IntentCodec::isTime);
        }
        Map<String, String> outerNames = new HashMap<>();
        merged.keySet().forEach(name -> outerNames.put(Spelling.of(name), name));
        for (Map.Entry<String, @Nullable Object> field : inner.entrySet()) {
            String name = field.getKey();
            String key = Spelling.of(name);
            String outerName = outerNames.getOrDefault(key, name);
            Object outer = merged.get(outerName);
            if (ENVELOPE.contains(key) && isPresent(outer)) {
                if (!isPresent(field.getValue())) {
                    continue;
                }
                merged.remove(outerName);
            } else if (outer instanceof Twice) {
                continue;
            } else if (outer != null
                    && isPresent(outer)
                    && !(field.getValue() instanceof Twice)
                    && !isSame(outer, field.getValue())) {
                return unreadable(name, name + " contradicts the same field in " + wrapping);
            }
            merged.put(name, field.getValue());
        }
        return read(merged, outerTrace instanceof String trace ? trace : null);
    }

    private static boolean isTime(String name) {
        return TIMES.contains(Spelling.of(name));
    }

    private static Reading read(Map<String, @Nullable Object> fields, @Nullable String envelopeTraceId) {
        fields.replaceAll((name, value) -> STRUCTURED.contains(Spelling.of(name)) ? structure(value) : value);
        return IntentReader.read(fields, envelopeTraceId);
    }

    private static @Nullable Object structure(@Nullable Object value) {
        if (value instanceof String text && text.strip().matches("(?s)[\\[{].*")) {
            try {
                return JsonObjects.value(text);
            } catch (JsonObjects.NotAnObject e) {
                // It stays a text, and is refused as one.
            }
        }
        return value;
    }

    /** Where the names of the fields could not be read, that is what is told, and not that one of them is missing. */
    private static Reading named(Map<String, String> entry, Reading reading) {
        String odd = reading instanceof Reading.Unreadable ? NotJson.oddNames(entry) : null;
        return odd == null ? reading : new Reading.Unreadable(Refusal.SCHEMA_INVALID, null, odd);
    }

    private static Map<String, @Nullable Object> without(
            Map<String, String> entry, Map<String, Twice> twice, String wrapping) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(entry);
        fields.putAll(twice);
        fields.remove(wrapping);
        return fields;
    }

    private static boolean isPresent(@Nullable Object value) {
        return value != null && !(value instanceof String text && text.isBlank());
    }

    /** The flat side is text; {@code "True"} and {@code true}, {@code "1.50"} and {@code 1.5} are the same. */
    private static boolean isSame(Object outer, @Nullable Object inner) {
        return inner != null && Values.canonical(outer).equals(Values.canonical(inner));
    }

    private static Reading unreadable(String field, String detail) {
        return new Reading.Unreadable(Refusal.SCHEMA_INVALID, field, detail);
    }

    private static long bytes(Map<String, String> entry) {
        long total = 0;
        for (Map.Entry<String, String> field : entry.entrySet()) {
            total += bytes(field.getKey()) + bytes(field.getValue());
        }
        return total;
    }

    private static long bytes(String text) {
        return text.length() > IntentMessage.MAX_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
