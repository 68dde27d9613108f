/**
 * What the runs of simulation, mutants and real processes found, as one machine-readable file a run and a page made from
 * it. It must not know how any of them works.
 */
@NullMarked
package quantum.reliability;

import org.jspecify.annotations.NullMarked;
