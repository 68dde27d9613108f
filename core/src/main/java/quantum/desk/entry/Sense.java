package quantum.desk.entry;

import quantum.intent.Refusal;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Quantity;

/** What an open would be. */
sealed interface Sense {

    /**
     * A size and a leverage that fit the exchange's rules and our limits.
     *
     * @param quantity in units, on the step of the contract
     * @param leverage of the position, where it adds to one
     * @param mark the price that all of it was judged by
     * @param isNew whether it makes a position, which then needs a place and a stop of its own
     */
    record Sound(Instrument instrument, Quantity quantity, int leverage, Price mark, boolean isNew) implements Sense {}

    /** It cannot be an order as it stands; the detail is for the report and says what was found. */
    record Unsound(Refusal why, String detail) implements Sense {}
}
