/** Every order of events of a small model, breadth first: what random schedules only sample. */
@NullMarked
package quantum.explore;

import org.jspecify.annotations.NullMarked;
