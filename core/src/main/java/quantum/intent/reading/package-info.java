/**
 * How the fields of a message become an intent: spellings, placeholders, values, sizes, exits, and what a message says twice.
 * Nothing here knows a position; what is not clear is refused by the name of its field.
 */
@NullMarked
package quantum.intent.reading;

import org.jspecify.annotations.NullMarked;
