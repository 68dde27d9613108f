/**
 * One decision: the event that it answers, and its effects, collected in the order in which they are to be done. Repeated
 * wake-ups, log lines and alerts are thinned out here, so that no flow has to.
 */
@NullMarked
package quantum.decision;

import org.jspecify.annotations.NullMarked;
