package quantum.trader.venue;

import java.util.Map;
import quantum.venue.Exchange;
import quantum.venue.Lookup;
import quantum.venue.VenueEvent;

/** An account at an exchange: where it is, and who we are there. */
public sealed interface Access permits BinanceAccess, CryptoComAccess {

    /** Where requests go: the place of the account, and what people are told. */
    String rest();

    /** What stands in front of the path of each request. */
    String api();

    String apiKey();

    /** Every address by the key that sets it. */
    Map<String, String> addresses();

    Exchange<?, ?> exchange();

    Lookup lookup();

    /** The same for a desk that only looks on: no order leaves whatever it asks. */
    Access observing();

    /** The same for who asks once what a service would be told; no order leaves, and all else is as it is. */
    Access probing();

    /** How the account has to be for the session to have started, in words. */
    String modes();

    /** What a person does about why the exchange cannot be used. */
    String nextStep(VenueEvent.Unusable why);
}
