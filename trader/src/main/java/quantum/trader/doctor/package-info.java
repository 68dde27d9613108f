/**
 * What can be wrong before money is at stake, each finding with its next step: disk, store, a second instance, the
 * exchange as the service itself would meet it. Changes nothing on the exchange but for a listen key and orders that are
 * only validated; must know nothing of the desk's decisions.
 */
@NullMarked
package quantum.trader.doctor;

import org.jspecify.annotations.NullMarked;
