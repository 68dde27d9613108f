/**
 * What producers and operators learn of an intent and its order: the one terminal report, and the log lines of the
 * seeds.
 */
@NullMarked
package quantum.desk.report;

import org.jspecify.annotations.NullMarked;
