/** One named test for each bug of the seeds and of the system behind them, so that none comes back unseen. */
@NullMarked
package quantum.incidents;

import org.jspecify.annotations.NullMarked;
