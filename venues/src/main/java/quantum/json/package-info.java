/** Exchanges' texts as trees, within bounds; what the fields mean each venue reads by itself. */
@NullMarked
package quantum.json;

import org.jspecify.annotations.NullMarked;
