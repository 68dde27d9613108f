package quantum.intent.reading;

import org.jspecify.annotations.Nullable;

/** A field as the producer wrote it. */
record Given(String name, @Nullable Object value) {

    /** Blank text, and the words for nothing of other languages, are no value. */
    boolean isPresent() {
        return value != null
                && !(value instanceof String text && (text.isBlank() || "null".equals(text) || "None".equals(text)));
    }
}
