package quantum.trader.venue;

/** Where an exchange tells everybody its rules, its books and its marks; no key belongs there. */
public record PublicAddresses(String rest, String books, String marks) {}
