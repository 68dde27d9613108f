/** Measurements of the product beside the floors of the machine they ran on. Not a part of the product, and no test. */
@NullMarked
package quantum.bench;

import org.jspecify.annotations.NullMarked;
