/**
 * The transport: intents read from their Redis stream in all wire forms, notices published in theirs, keys mirrored for
 * operators. It must not know the desk's decisions or an
 * exchange. Each loop (reader, acknowledgements, publisher, mirror) has one platform thread and one client of its own.
 */
@NullMarked
package quantum.trader.stream;

import org.jspecify.annotations.NullMarked;
