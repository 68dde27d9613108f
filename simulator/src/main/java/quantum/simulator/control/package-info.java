/**
 * The exchange's own controls: what it knows and received, and the levers for prices, faults, money and time.
 * Nothing here is signed and nothing here is part of a venue; it runs on the exchange's thread like the faces.
 */
@NullMarked
package quantum.simulator.control;

import org.jspecify.annotations.NullMarked;
