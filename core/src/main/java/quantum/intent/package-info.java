/**
 * What producers ask for and what is reported to them: intents sealed into open, close and protect, read from neutral
 * fields, and reports that cannot be false. Knows nothing of Redis, JSON or of how a message was wrapped.
 */
@NullMarked
package quantum.intent;

import org.jspecify.annotations.NullMarked;
