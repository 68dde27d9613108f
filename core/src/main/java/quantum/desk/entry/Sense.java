package quantum.desk.entry;

import quantum.intent.Refusal;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Quantity;

/** What an open would be. */
public sealed interface Sense {

    /** A size and a leverage that fit the exchange's rules and our limits, at this mark; of a new position or not. */
    record Sound(Instrument instrument, Quantity quantity, int leverage, Price mark, boolean isNew) implements Sense {}

    record Unsound(Refusal why, String detail) implements Sense {}
}
